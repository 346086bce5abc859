"""The workflows of a project: what they say, and what their commands do."""
