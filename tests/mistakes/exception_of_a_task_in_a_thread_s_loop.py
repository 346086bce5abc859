"""exceptions: a loop in a thread has a task that fails, and that nobody awaits."""

import asyncio


async def failing() -> None:
    raise LookupError("lost")  # HERE


async def main() -> None:
    asyncio.create_task(failing())  # noqa: RUF006
    await asyncio.sleep(0)


async def test_mistake() -> None:
    await asyncio.to_thread(asyncio.run, main())


async def test_mended() -> None:
    async def mended() -> None:
        await asyncio.gather(failing(), return_exceptions=True)

    await asyncio.to_thread(asyncio.run, mended())
