"""What can go wrong, under one base class."""


class Error(Exception):
    """Base class of every error that this package defines."""


class APIError(Error):
    """A server was not reached in time, or did not answer as it should.

    The library's own error is the cause. The message leaves out its text, since that may
    hold the credentials of the request.
    """


class DatabaseError(Error):
    """A database could not be opened, or refused a statement."""
