"""What the async guard reports, and what it leaves alone."""
