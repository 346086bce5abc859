"""A project's checks, hooks, workflows and documentation, and what graders say of it."""
