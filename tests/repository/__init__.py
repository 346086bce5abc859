"""What this repository's own pages, scripts and settings say and do."""
