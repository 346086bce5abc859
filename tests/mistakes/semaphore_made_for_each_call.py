"""coroutines: the package makes a semaphore in the function that it is to limit."""

from asyncio import Semaphore, gather, sleep


async def mistaken(number: int) -> int:
    semaphore: Semaphore = Semaphore(2)  # HERE
    async with semaphore:
        await sleep(0)
        return number


async def mended(count: int) -> list[int]:
    semaphore = Semaphore(2)

    async def one(number: int) -> int:
        async with semaphore:
            await sleep(0)
            return number

    return await gather(*map(one, range(count)))


# tests
from my_project.semaphore_made_for_each_call import mended


async def test_mended() -> None:
    assert await mended(3) == [0, 1, 2]
