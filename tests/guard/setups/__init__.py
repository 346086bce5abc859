"""The settings of the async guard, and odd set-ups."""
