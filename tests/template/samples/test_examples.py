"""The test of a project's examples: which blocks it runs, and what it reports."""

import re
from pathlib import Path

import pytest

from tests.support.commands import CommandError, run

LOST = """
import asyncio

async def fail():
    1 / 0

async def main():
    asyncio.create_task(fail())
    await asyncio.sleep(0)

asyncio.run(main())
"""
FAILING = {
    "raises": "Text\n\n```python\n1 / 0\n```\n",
    "in-a-list": "- a\n\n  ```py\n  1 / 0\n  ```\n",
    "tildes": "~~~~ python\n1 / 0\n~~~~~\n",
    "never-closed": "```python\n1 / 0\n",
    "more-words": '```python title="a"\n1 / 0\n```\n',
    "second": "```python\na = 0\n```\n\n```python\n1 / a\n```\n",
    "not-awaited": "```python\nasync def f(): ...\nf()\n```\n",
    "lost": f"```python\n{LOST}```\n",
    "syntax": "```python\n>>> 1\n```\n",
    "deep/index": "```python\n1 / 0\n```\n",
    "index": "```python\n1 / 0\n```\n",
}
PASSING = {
    "nothing": "# Nothing\n",
    "marked": "```python no-run\n1 / 0\n```\n",
    "others": "```console\n1 / 0\n```\n\n```\n1 / 0\n```\n\n~~~pycon\n1 / 0\n~~~\n",
    "quoted": "````markdown\n```python\n1 / 0\n```\n````\n",
    "shared": "```python\na = 1\n```\n\n```python\nassert a == 1\n```\n",
    "main": '```python\nassert __name__ == "__main__"\n```\n',
    "a-loop": "```python\nimport asyncio\n\nasyncio.run(asyncio.sleep(0))\n```\n",
}


def test_each_example_is_run(copy: Path) -> None:
    """Whatever Markdown it is written in; only those that are Python, and not marked."""
    for name, text in (FAILING | PASSING).items():
        page = copy / f"docs/{name}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, "utf-8")
    (copy / "README.md").write_text("# All of it is new\n", "utf-8")
    with pytest.raises(CommandError) as caught:
        run(copy, "uv", "run", "--quiet", "pytest", "tests/test_examples.py", "-rA")
    said = str(caught.value)
    ends = re.findall(
        r"^(PASSED|FAILED) \S+\[(?:docs/)?(\S+)\.md\]", said, re.MULTILINE
    )
    assert {name for end, name in ends if end == "FAILED"} == FAILING.keys()
    assert {name for end, name in ends if end == "PASSED"} == {*PASSING, "README"}
    assert "docs/second.md:6: ZeroDivisionError" in said
    assert "exception never retrieved: ZeroDivisionError" in said
    assert "the coroutine f() was never awaited, at docs/not-awaited.md:3" in said
