"""What the benchmarks share with the tests: the repository, its releases, an owner's shell."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / ".github")]
import commands  # noqa: E402 - It lies in a folder of its own.
import ownership  # noqa: E402 - Likewise.
import releases  # noqa: E402 - Likewise.

__all__ = ["ROOT", "commands", "ownership", "releases"]
