# /// script
# requires-python = ">=3.11"
# dependencies = ["copier>=9.18.0", "rich>=14", "uv>=0.11"]
# ///
"""Make docs/report.svg, the README's picture: how pytest reports mistakes in a generated project.

Run as `uv run scripts/readme_picture.py`. The text in the picture is the output of a real run.
"""

import io
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import copier
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[1]
PYTEST = (
    "uv run --quiet pytest --color=yes --no-header -q -rN "
    "-o console_output_style=classic tests/test_mistakes.py"
)

TESTS = """
import asyncio

from my_project import AsyncAPIClient


async def test_user(client: AsyncAPIClient) -> None:
    client.get_user(1)


async def test_watch(received: asyncio.Queue[int]) -> None:
    asyncio.create_task(received.get())
"""


def main() -> None:
    """Make a project, run its tests, and draw what they print."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "my-project"
        copier.run_copy(str(ROOT), project, defaults=True, quiet=True, vcs_ref="HEAD")
        (project / "tests/test_mistakes.py").write_text(TESTS.lstrip())
        done = subprocess.run(
            PYTEST.split(),
            cwd=project,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
        if done.returncode != 1:  # Some tests failed, and nothing else did.
            sys.exit(f"pytest exited with {done.returncode}:\n{done.stdout}")
    console = Console(record=True, width=100, file=io.StringIO())
    console.print(Text.from_ansi(done.stdout.strip()))
    drawn = console.export_svg(title="uv run pytest")
    drawn = re.sub(
        r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL
    )  # No other host.
    (ROOT / "docs/report.svg").write_text(drawn, "utf-8")


if __name__ == "__main__":
    main()
