"""resources: a test opens a datagram endpoint and does not close it."""

import asyncio


async def test_mistake() -> None:
    loop, local = asyncio.get_running_loop(), ("127.0.0.1", 0)
    transport, _ = await loop.create_datagram_endpoint(  # HERE
        asyncio.DatagramProtocol, local
    )
    assert not transport.is_closing()


async def test_mended() -> None:
    loop, local = asyncio.get_running_loop(), ("127.0.0.1", 0)
    transport, _ = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, local)
    transport.close()
