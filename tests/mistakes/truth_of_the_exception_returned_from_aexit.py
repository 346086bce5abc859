"""cancellation: `__aexit__` returns whether there is an exception: it swallows each."""


class Mistaken:
    async def __aenter__(self) -> None:
        pass

    async def __aexit__(self, kind, error, traceback) -> bool:
        return kind is not None  # HERE


class MistakenToo:
    async def __aenter__(self) -> None:
        pass

    async def __aexit__(self, kind, error, traceback) -> bool:
        return bool(error)  # HERE


class Mended:
    async def __aenter__(self) -> None:
        pass

    async def __aexit__(self, kind, error, traceback) -> bool:
        return kind is not None and issubclass(kind, ValueError)


# tests
import pytest
from my_project.truth_of_the_exception_returned_from_aexit import Mended


async def test_mended() -> None:
    async with Mended():
        raise ValueError
    with pytest.raises(KeyError):
        async with Mended():
            raise KeyError
