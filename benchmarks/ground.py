"""What the benchmarks share with the tests: the repository, its releases, an owner's shell."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from tests.support import (  # noqa: E402 - It lies in a folder of its own.
    commands,
    ownership,
    releases,
)

__all__ = ["ROOT", "commands", "ownership", "releases"]
