"""What a copy writes for its answers, and what it says."""
