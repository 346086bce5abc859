"""Warnings of dropped coroutines that somebody expects, or does not want."""

import gc
import warnings

import pytest


async def job() -> None:
    """Do nothing."""


with warnings.catch_warnings(record=True) as at_import:
    warnings.simplefilter("always")
    job()  # type: ignore[unused-coroutine]


async def test_what_an_import_recorded() -> None:
    """Whoever records warnings gets them."""
    assert [warning.category for warning in at_import] == [RuntimeWarning]


async def test_a_warning_is_expected() -> None:
    """It is what the test is about."""
    with pytest.warns(RuntimeWarning, match="never awaited"):
        job()  # type: ignore[unused-coroutine]


@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning")
async def test_a_warning_is_ignored() -> None:
    """A mark says so."""
    job()  # type: ignore[unused-coroutine]
    gc.collect()


async def test_a_warning_is_ignored_for_a_while() -> None:
    """A filter of the block's says so."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        job()  # type: ignore[unused-coroutine]


class Broken:
    """Its finalizer fails."""

    def __del__(self) -> None:
        raise ValueError


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_error_of_a_finalizer_is_ignored() -> None:
    """A mark says so."""
    Broken()
