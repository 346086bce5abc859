"""Which tests run without `--all`."""

from collections.abc import Iterable
from typing import Any

import pytest


def thorough_but(values: Iterable[Any], *default: object) -> list[Any]:
    """Mark the values of a parameter as thorough, but for those that every run takes."""
    mark = pytest.mark.thorough
    return [v if v in default else pytest.param(v, marks=mark) for v in values]
