"""The examples: the Python in README.md and docs/ runs as it stands."""

import re
from pathlib import Path
from textwrap import dedent

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]
BLOCK = re.compile(
    r"^ *(?P<fence>`{3,}|~{3,})(?P<kind>[^`\n]*)\n"
    r"(?P<code>.*?)(?:^ *(?P=fence)[`~]* *$|\Z)",
    re.DOTALL | re.MULTILINE,
)


@pytest.mark.parametrize(
    "page", PAGES, ids=[page.relative_to(ROOT).as_posix() for page in PAGES]
)
def test_the_examples_of_a_page_run(page: Path) -> None:
    """Its blocks are one program, except those marked ``python no-run``."""
    exec(compile(python_in(page), page, "exec"), {"__name__": "__main__"})


def python_in(page: Path) -> str:
    """Return a page with all but its Python emptied, so that line numbers stay right."""
    text = page.read_text("utf-8")
    lines = [""] * text.count("\n")
    for block in BLOCK.finditer(text):
        language, *marks = block["kind"].split() or [""]
        if language in ("py", "python") and "no-run" not in marks:
            code = dedent(block["code"]).split("\n")
            first = text.count("\n", 0, block.start("code"))
            lines[first : first + len(code)] = code
    return "\n".join(lines)
