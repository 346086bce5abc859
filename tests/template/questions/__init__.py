"""What the questions take and refuse."""
