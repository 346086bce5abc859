"""What the questions take and refuse, and what their answers are in a project."""
