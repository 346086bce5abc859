"""What people are taught of the stream."""

from contextlib import aclosing

from my_project import async_stream


async def test_stream() -> None:
    values = []
    async for value in async_stream():
        values.append(value)
        if len(values) == 3:
            break
    assert len(values) == 3
    async with aclosing(async_stream()) as stream:
        await anext(stream)
