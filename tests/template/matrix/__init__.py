"""Every pair of answers: rendered, and run where it shapes code."""
