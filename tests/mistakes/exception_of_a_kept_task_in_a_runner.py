"""exceptions: a sync test has a runner, and keeps a task that failed unseen."""

import asyncio

KEPT = []


async def failing() -> None:
    raise LookupError("lost")  # HERE


def test_mistake() -> None:
    async def main() -> None:
        KEPT.append(asyncio.create_task(failing()))
        await asyncio.sleep(0)

    with asyncio.Runner() as runner:
        runner.run(main())


def test_mended() -> None:
    async def main() -> None:
        tasks = await asyncio.gather(failing(), return_exceptions=True)
        assert len(tasks) == 1

    with asyncio.Runner() as runner:
        runner.run(main())
