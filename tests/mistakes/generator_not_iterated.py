"""coroutines: a helper of the tests makes a generator, and sends nothing."""

from collections.abc import AsyncGenerator


async def send(items: list[int], sent: list[int]) -> AsyncGenerator[int]:
    for item in items:
        sent.append(item)
        yield item


async def send_none(sent: list[int]) -> None:
    send([1], sent)  # HERE


async def test_mended() -> None:
    sent: list[int] = []
    assert [item async for item in send([1], sent)] == sent == [1]
