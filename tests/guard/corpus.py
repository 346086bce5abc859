"""The mistakes under tests/mistakes/: what they consist of, and what a run says of them."""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

FOLDER = Path(__file__).parent / "mistakes"
INNOCENT = '''"""A test without a mistake, to be run beside those with one."""

from my_project import AsyncAPIClient


async def test_innocent(client: AsyncAPIClient) -> None:
    """Whatever the tests before it did, it passes."""
    assert await client.get_user(1) == {"id": 1}
'''


@dataclass(frozen=True)
class Mistake:
    """A mistake of a file of tests/mistakes/."""

    check: str
    """The check that is to name it: the name of the file."""

    name: str
    text: str

    @property
    def parts(self) -> dict[str, str]:
        """Its parts by where they go: the package's, if it has one, and the tests'."""
        package, divided, tests = self.text.rpartition("\n# tests\n")
        parts = {f"tests/test_{self.name}.py": tests.lstrip("\n")}
        if divided:
            parts[f"src/my_project/{self.name}.py"] = f"{package}\n"
        return parts

    @property
    def lines(self) -> list[str]:
        """The places that the report must name, as `file:line`."""
        return [
            f"{name}:{number}"
            for name, part in self.parts.items()
            for number, line in enumerate(part.splitlines(), 1)
            if line.endswith("# HERE")
        ]

    @property
    def failing(self) -> str:
        """The test that must fail: `test_mistake`, or that of the file that has the mistake."""
        module = f"test_{self.name}"
        if "def test_mistake(" in self.text:
            return f"{module}::test_mistake"
        return f"{self.name if len(self.parts) > 1 else module}::async_guard"

    @property
    def alone(self) -> bool:
        """Whether it lasts for the whole session, and so needs one of its own."""
        return 'scope="session"' in self.text


def read(path: Path) -> Iterator[Mistake]:
    """Yield the mistakes of a file, which are one after the other: few files are quick to clone."""
    _, *parts = re.split(
        r"^# mistake: (\w+)\n", path.read_text("utf-8"), flags=re.MULTILINE
    )
    for name, text in zip(parts[::2], parts[1::2], strict=True):
        yield Mistake(path.stem, name, f"{text.strip()}\n")


MISTAKES = sorted(
    (mistake for path in FOLDER.glob("*.py") for mistake in read(path)),
    key=attrgetter("name"),
)


def place(project: Path, mistakes: Iterable[Mistake]) -> None:
    """Write the mistakes into a project's tests, an innocent module before and after each.

    It is by their names that they run in this order: for modules that are named on its command
    line, pytest takes time that grows with the square of their number.
    """
    (project / "tests/test_0_innocent.py").write_text(INNOCENT, "utf-8")
    for mistake in mistakes:
        for name, part in mistake.parts.items():
            (project / name).write_text(part, "utf-8")
        innocent = f"tests/test_{mistake.name}0_innocent.py"
        (project / innocent).write_text(INNOCENT, "utf-8")


def verdicts(junit: Path) -> dict[str, str]:
    """Return what failed each test of a run, or an empty text, by `module::test`."""
    said: dict[str, str] = {}
    for case in ET.parse(junit).iter("testcase"):
        module = re.sub(r"\.Test\w+$", "", case.get("classname", ""))
        test = f"{module.rpartition('.')[2]}::{case.get('name')}"
        failures = [*case.iter("failure"), *case.iter("error")]
        said[test] = said.get(test, "") + "".join(f.text or "" for f in failures)
    return said


def complaints(mistake: Mistake, said: dict[str, str]) -> list[str]:
    """Return what is wrong with what a run said of a mistake and of its neighbours."""
    module = f"test_{mistake.name}"
    test = mistake.failing
    if not said.get(test):
        return [f"{test} passed"]
    wrong = [
        f"{test} does not name {line} [{mistake.check}]: {said[test]}"
        for line in mistake.lines
        if not re.search(
            rf"at {re.escape(line)} \[{mistake.check}\]$", said[test], re.MULTILINE
        )
    ]
    if mistake.check == "mocks":
        told = re.findall(r", at (\S+) \[\w+\]$", said[test], re.MULTILINE)
        wrong += [
            f"{test} names {place}" for place in Counter(told) - Counter(mistake.lines)
        ]
    if not any(name.startswith(f"{module}::test_mended") for name in said):
        wrong.append(f"{module} has no twin")
    if not mistake.lines:
        wrong.append(f"{module} has no line that ends with # HERE")
    return wrong + [
        f"{name} failed: {failure}"
        for name, failure in said.items()
        if name.startswith(f"{module}::") and name != test and failure
    ]
