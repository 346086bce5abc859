"""exceptions: a server's protocol raises when data arrives, and the connection just ends."""

import asyncio


class Mistaken(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        int(data)  # HERE


class Mended(Mistaken):
    def data_received(self, data: bytes) -> None:
        self.transport.close()


async def talk(protocol: type[asyncio.Protocol]) -> bytes:
    loop = asyncio.get_running_loop()
    async with await loop.create_server(protocol, "127.0.0.1", 0) as server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(b"no number")
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()
        return answer


async def test_mistake() -> None:
    assert await talk(Mistaken) == b""


async def test_mended() -> None:
    assert await talk(Mended) == b""
