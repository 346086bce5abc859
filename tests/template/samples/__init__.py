"""The samples of a project, their tests, and its pages."""
