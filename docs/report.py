# /// script
# requires-python = ">=3.11"
# dependencies = ["copier>=9.18.0", "rich>=14", "uv>=0.11"]
# ///
"""Make docs/report.svg: what pytest says of four mistakes in a generated project.

Run as `uv run docs/report.py`. The text in the image is the output of a real run.
"""

import io
import re
import sys
import tempfile
from pathlib import Path

import copier
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from tests.support import commands  # noqa: E402 - It lies in a folder of its own.

PACKAGE = """
import json
from pathlib import Path


async def load(path: Path) -> list[int]:
    return json.loads(path.read_text())
"""
TESTS = """
import asyncio
from pathlib import Path

from my_project import AsyncAPIClient
from my_project.settings import load


async def test_user(client: AsyncAPIClient) -> None:
    client.get_user(1)


async def test_watch(received: asyncio.Queue[int]) -> None:
    asyncio.create_task(received.get())


async def test_load(tmp_path: Path) -> None:
    (tmp_path / "ids").write_text("[1]")
    assert await load(tmp_path / "ids") == [1]


async def test_wait(client: AsyncAPIClient, gate: asyncio.Event) -> None:
    gate.clear()
    await client.get_user(1)
"""


def main() -> None:
    """Render, run, and draw."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "my-project"
        copier.run_copy(str(ROOT), project, defaults=True, quiet=True, vcs_ref="HEAD")
        (project / "src/my_project/settings.py").write_text(PACKAGE.lstrip())
        (project / "tests/test_mistakes.py").write_text(TESTS.lstrip())
        pytest_ = (
            "uv",
            "run",
            "--quiet",
            "pytest",
            "--color=yes",
            "--no-header",
            "-q",
            "-r",
            "",
        )
        try:
            commands.run(
                project,
                *pytest_,
                "-o",
                "console_output_style=classic",
                "tests/test_mistakes.py",
            )
        except commands.CommandError as error:
            printed = str(error).partition("exited with 1:\n")[2]
    console = Console(record=True, width=100, file=io.StringIO())
    console.print(Text.from_ansi(printed.strip()))
    drawn = console.export_svg(title="uv run pytest")
    drawn = re.sub(
        r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL
    )  # No other host.
    (ROOT / "docs/report.svg").write_text(drawn, "utf-8")


if __name__ == "__main__":
    main()
