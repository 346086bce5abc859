"""exceptions: a datagram protocol raises when data arrives."""

import asyncio


class Mistaken(asyncio.DatagramProtocol):
    def __init__(self) -> None:
        self.received = asyncio.Event()

    def datagram_received(self, data: bytes, addr: object) -> None:
        self.received.set()
        int(data)  # HERE


class Mended(Mistaken):
    def datagram_received(self, data: bytes, addr: object) -> None:
        self.received.set()


async def send_to(protocol: Mistaken) -> None:
    loop = asyncio.get_running_loop()
    local = ("127.0.0.1", 0)
    transport, _ = await loop.create_datagram_endpoint(lambda: protocol, local)
    transport.sendto(b"no number", transport.get_extra_info("sockname"))
    await protocol.received.wait()
    transport.close()


async def test_mistake() -> None:
    await send_to(Mistaken())


async def test_mended() -> None:
    await send_to(Mended())
