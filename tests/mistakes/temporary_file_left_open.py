"""resources: a temporary file with a name is not closed."""

from tempfile import NamedTemporaryFile


async def test_mistake() -> None:
    file = NamedTemporaryFile()  # noqa: SIM115  # HERE
    assert file.write(b"x") == 1


async def test_mended() -> None:
    with NamedTemporaryFile() as file:
        assert file.write(b"x") == 1
