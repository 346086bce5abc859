"""resources: the package keeps a stack of what it has opened, and does not close it."""

from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self


class Service:
    def __init__(self, log: list[str]) -> None:
        self._log = log

    async def start(self) -> None:
        self._stack = AsyncExitStack()  # HERE
        self._stack.callback(self._log.append, "closed")

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._stack.aclose()


# tests
from my_project.exit_stack_left_open import Service


async def test_mistake() -> None:
    log: list[str] = []
    await Service(log).start()
    assert log == []


async def test_mended() -> None:
    log: list[str] = []
    async with Service(log):
        assert log == []
    assert log == ["closed"]
