"""exceptions: the package gives a pool a job that fails, and does not ask for its result."""

from concurrent.futures import ThreadPoolExecutor


async def mistaken() -> None:
    with ThreadPoolExecutor() as pool:
        pool.submit(int, "many")  # HERE


async def mended() -> BaseException | None:
    with ThreadPoolExecutor() as pool:
        job = pool.submit(int, "many")
    return job.exception()


# tests
from my_project.exception_of_a_pool_s_job import mended, mistaken


async def test_mistake() -> None:
    await mistaken()


async def test_mended() -> None:
    assert isinstance(await mended(), ValueError)
