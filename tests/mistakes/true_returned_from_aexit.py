"""cancellation: `__aexit__` returns `True`, whatever the exception is."""

from typing import Self


class Mistaken:
    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: object, error: object, _: object) -> bool:
        if error is not None:
            print(error)
            return True  # HERE
        return False


class Mended:
    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: object, error: object, _: object) -> bool:
        return isinstance(error, KeyError)


# tests
import asyncio

import pytest
from my_project.true_returned_from_aexit import Mended


async def test_mended() -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0), Mended():
            await asyncio.Event().wait()
