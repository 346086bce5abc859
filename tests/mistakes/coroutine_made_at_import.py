"""coroutines: a module of tests makes a coroutine when it is imported, and drops it."""

ready: list[int] = []


async def prepare() -> None:
    ready.append(1)


prepare()  # HERE


async def test_mended() -> None:
    await prepare()
    assert ready == [1]
