"""The tests of the template and of its repository."""
