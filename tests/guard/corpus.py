"""The mistakes under bad/ and elsewhere/: their parts, and what a run reports of them.

A case begins with `# mistake: NAME`. What follows `# tests` is its test module; what stands
before that, if anything, a module of the package. `# HERE` marks the line to be reported.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
INNOCENT = '''"""A test without a mistake, to be run beside those with one."""

from my_project import AsyncAPIClient


async def test_innocent(client: AsyncAPIClient) -> None:
    """Whatever the tests before it did, it passes."""
    assert await client.get_user(1) == {"id": 1}
'''


class Mistake(NamedTuple):
    """A case of the corpus."""

    source: str
    """The name of its file: the check, or the tool, that is to find it."""

    name: str
    found_by: str
    """What is to find it: a rule, or for `shuffle` a seed."""

    text: str

    @property
    def parts(self) -> dict[str, str]:
        """Its modules by their paths in a project."""
        package, divided, tests = self.text.rpartition("\n# tests\n")
        parts = {f"tests/test_{self.name}.py": tests.lstrip("\n")}
        if divided:
            parts[f"src/my_project/{self.name}.py"] = f"{package}\n"
        return parts

    @property
    def lines(self) -> list[str]:
        """The places to be reported, as `file:line`."""
        return [
            f"{path}:{number}"
            for path, part in self.parts.items()
            for number, line in enumerate(part.splitlines(), 1)
            if line.endswith("# HERE")
        ]

    @property
    def fails_run(self) -> bool:
        """Whether it happens before any test, and so fails the run and no test."""
        return "def test_mistake(" not in self.text

    @property
    def runs_alone(self) -> bool:
        """Whether it lasts for the whole session, and so needs one of its own."""
        return 'scope="session"' in self.text


def read(folder: str) -> list[Mistake]:
    """Return the cases of a folder, in the order in which pytest runs their modules."""
    cases = []
    for path in (FOLDER / folder).glob("*.py"):
        text = path.read_text("utf-8")
        _, *parts = re.split(r"^# mistake: (\w+)\n", text, flags=re.MULTILINE)
        for name, case in zip(parts[::2], parts[1::2], strict=True):
            header = re.match(r"# (?:found by|seed): (.*)\n", case)
            found_by, body = (header[1], case[header.end() :]) if header else ("", case)
            cases.append(Mistake(path.stem, name, found_by, f"{body.strip()}\n"))
    return sorted(cases, key=lambda case: case.name)


def place(project: Path, mistakes: Iterable[Mistake]) -> None:
    """Write cases into a project's tests, an innocent module before and after each."""
    (project / "tests/test_0_innocent.py").write_text(INNOCENT, "utf-8")
    for mistake in mistakes:
        for path, part in mistake.parts.items():
            (project / path).write_text(part, "utf-8")
        innocent = f"tests/test_{mistake.name}0_innocent.py"
        (project / innocent).write_text(INNOCENT, "utf-8")


def failures(junit: Path) -> dict[str, str]:
    """Return what failed each test of a run, or an empty text, by `module::test`."""
    texts: dict[str, str] = {}
    for case in ET.parse(junit).iter("testcase"):
        module = re.sub(r"\.Test\w+$", "", case.get("classname", ""))
        test = f"{module.rpartition('.')[2]}::{case.get('name')}"
        failed = [*case.iter("failure"), *case.iter("error")]
        texts[test] = texts.get(test, "") + "".join(f"{f.text}\n" for f in failed)
    return texts


def complaints(mistake: Mistake, failed: dict[str, str], printed: str) -> list[str]:
    """Return what is wrong with the report of a mistake, and with what its module's tests did."""
    module = f"test_{mistake.name}"
    test = f"{module}::test_mistake"
    report = printed if mistake.fails_run else failed.get(test, "")
    wrong = [
        f"{mistake.name} does not report {line} [{mistake.source}]: {report[:500]}"
        for line in mistake.lines
        if not re.search(
            rf"at {re.escape(line)}(, from \S+:\d+)? \[{mistake.source}\]\nE?\s+.*\nE?\s+Fix: .*\.$",
            report,
            re.MULTILINE,
        )
    ]
    if not any(name.startswith(f"{module}::test_fixed") for name in failed):
        wrong.append(f"{module} has no fixed twin")
    if not mistake.lines:
        wrong.append(f"{module} has no line that ends with # HERE")
    return wrong + [
        f"{name} failed: {text}"
        for name, text in failed.items()
        if name.startswith(f"{module}::") and name != test and text
    ]
