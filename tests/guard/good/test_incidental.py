"""What libraries read from files on the package's behalf, once or at times."""

import asyncio
import ssl
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from my_project import well_behaved


async def test_a_first_import() -> None:
    """A module that is needed seldom is imported when it is needed."""
    for name in ("colorsys", "wave"):
        sys.modules.pop(name, None)
        assert (await well_behaved.imported(name)).__name__ == name


async def test_a_first_import_of_a_large_library() -> None:
    """The import runs the code of many modules."""
    for name in ("xml.dom.minidom", "wsgiref.simple_server", "ctypes.util"):
        assert (await well_behaved.imported(name)).__name__ == name


@pytest.fixture
def lazy_module() -> Iterator[str]:
    """Add a module to the package that reads a file while it is imported."""
    path = Path(well_behaved.__file__).with_name("lazy.py")
    path.write_text(
        "from pathlib import Path\n\n\ndef read():\n    return Path(__file__).read_text()\n\n\nTEXT = read()\n"
    )
    yield "my_project.lazy"
    path.unlink()


async def test_a_first_import_of_the_package_s_own(lazy_module: str) -> None:
    """What a module reads while it is imported, it reads once."""
    assert (await well_behaved.imported(lazy_module)).TEXT


async def test_a_traceback() -> None:
    """The lines of the source are read."""

    async def fail() -> None:
        raise ValueError("deep down")

    assert "deep down" in await well_behaved.traceback_of(fail())


async def test_no_traceback() -> None:
    """Where nothing fails, there is none."""
    assert await well_behaved.traceback_of(asyncio.sleep(0)) == ""


async def test_a_time_zone() -> None:
    """The rules of the zone are read."""
    assert (await well_behaved.zone("Europe/Paris")).key == "Europe/Paris"


async def test_a_content_type() -> None:
    """The first question reads the system's tables."""
    assert await well_behaved.content_type("a.html") == "text/html"


async def test_a_temporary_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first question tries the folders out."""
    monkeypatch.setattr(tempfile, "tempdir", None)
    assert await well_behaved.temporary_folder()


async def test_a_tls_context() -> None:
    """The system's certificates are loaded."""
    assert (await well_behaved.tls()).verify_mode is ssl.CERT_REQUIRED


async def test_the_version_of_a_library() -> None:
    """The metadata of the library is read."""
    assert await well_behaved.version_of("aiohttp")


async def test_a_warning() -> None:
    """The line that is warned about may be read."""
    with pytest.warns(UserWarning, match="careful"):
        await well_behaved.warn("careful")


async def test_a_client_of_httpx() -> None:
    """A new client loads its certificates."""
    httpx = pytest.importorskip("httpx")
    async with httpx.AsyncClient() as client:
        assert not client.is_closed


async def test_printing(capsys: pytest.CaptureFixture[str]) -> None:
    """A command of the package prints."""
    await well_behaved.say("hello")
    assert capsys.readouterr().out == "hello\n"


async def test_a_log_is_opened_at_the_start(tmp_path: Path) -> None:
    """The application opens its log once."""
    handler = await well_behaved.configure(tmp_path / "log")
    handler.close()


async def test_surroundings() -> None:
    """The system knows them without the disk, or they are remembered."""
    assert await well_behaved.surroundings()


async def test_a_translation() -> None:
    """The translations are looked for."""
    assert await well_behaved.translated("hello") == "hello"


async def test_the_source_of_a_function() -> None:
    """The source is read."""
    source = await well_behaved.source_of(well_behaved.read_settings)
    assert source.startswith("def read_settings")


async def test_where_the_certificates_are() -> None:
    """The folders are looked for."""
    assert await well_behaved.certificates() != ""


async def test_a_file_that_is_written_in_threads(tmp_path: Path) -> None:
    """What closing writes is not told of."""
    await well_behaved.write_in_threads(tmp_path / "file", "text")
    assert (tmp_path / "file").read_text() == "text"
