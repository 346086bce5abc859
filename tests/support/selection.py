"""Which tests run without `--all`."""

from collections.abc import Iterable
from typing import Any

import pytest


def thorough(*values: object) -> Any:
    """Mark a set of parameters as thorough."""
    return pytest.param(*values, marks=pytest.mark.thorough)


def thorough_but(values: Iterable[Any], *default: object) -> list[Any]:
    """Mark the values of one parameter as thorough, but for those that every run takes."""
    return [value if value in default else thorough(value) for value in values]
