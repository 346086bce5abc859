"""tasks: the package starts a task that it never ends."""

import asyncio


class Heart:
    async def start(self) -> None:
        self.task = asyncio.create_task(asyncio.sleep(60))

    async def stop(self) -> None:
        self.task.cancel()
        await asyncio.wait([self.task])


async def mistaken() -> asyncio.Task[None]:
    return asyncio.create_task(asyncio.sleep(60))  # HERE


async def mended() -> None:
    heart = Heart()
    await heart.start()
    await heart.stop()


# tests
from my_project.task_started_by_the_package import mended, mistaken


async def test_mistake() -> None:
    assert not (await mistaken()).done()


async def test_mended() -> None:
    await mended()
