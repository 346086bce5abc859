"""coroutines: the package begins no transaction: it only makes what would."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager


class Store:
    def __init__(self) -> None:
        self.log: list[str] = []

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[None]:
        self.log.append("begin")
        yield
        self.log.append("commit")

    async def mistaken(self) -> None:
        self.transaction()  # HERE

    async def mended(self) -> None:
        async with self.transaction():
            self.log.append("work")


# tests
from my_project.context_manager_not_entered import Store


async def test_mended() -> None:
    store = Store()
    await store.mended()
    assert store.log == ["begin", "work", "commit"]
