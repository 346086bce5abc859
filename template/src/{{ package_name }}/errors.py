"""What can go wrong, under one base class."""


class Error(Exception):
    """Base class of every error that this package defines."""


class APIError(Error):
    """A server was not reached in time, or did not answer as it should."""


class DatabaseError(Error):
    """A database could not be opened, or refused a statement."""
