"""A project's checks, hooks and documentation, and what graders find in it."""
