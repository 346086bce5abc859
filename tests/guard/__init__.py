"""The async guard of a generated project."""
