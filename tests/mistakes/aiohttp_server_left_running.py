"""resources: a test starts a web server of aiohttp and does not stop it."""

from aiohttp import web


async def test_mistake() -> None:
    runner = web.AppRunner(web.Application())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()  # HERE
    assert runner.addresses


async def test_mended() -> None:
    runner = web.AppRunner(web.Application())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    assert runner.addresses
    await runner.cleanup()
