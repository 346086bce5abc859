"""What the tests share: rendering, running, releases, owners' edits, workflows."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
"""The folder of this repository."""
