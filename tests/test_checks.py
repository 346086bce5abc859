"""Every check passes on the default project and fails on one that is broken on purpose."""

from collections.abc import Callable
from pathlib import Path

import checks
import pytest
from yaml import YAMLError

Check = Callable[[Path], None]


@pytest.mark.parametrize("check", checks.CHECKS)
def test_the_default_project_is_sound(project: Path, check: Check) -> None:
    """`copier copy --defaults` gives a project with nothing to mend."""
    check(project)


def add(file: str, text: str) -> Callable[[Path], None]:
    """Return a change of a project: text at the end of a file, which is made if need be."""

    def change(project: Path) -> None:
        with (project / file).open("a", encoding="utf-8", newline="") as stream:
            stream.write(text)

    change.__name__ = f"{file} + {text!r}"
    return change


def replace(file: str, old: str, new: str) -> Callable[[Path], None]:
    """Return a change of a project: other text in the place of what a file has."""

    def change(project: Path) -> None:
        text = (project / file).read_text("utf-8")
        assert old in text
        (project / file).write_text(text.replace(old, new), "utf-8")

    change.__name__ = f"{file}: {old!r} -> {new!r}"
    return change


TESTS = "tests/test_errors.py"
ERRORS = "src/my_project/errors.py"

BROKEN = [
    (checks.file_set, add("tests/test_extra.py", ""), "test_extra"),
    (checks.file_set, lambda project: (project / "CHANGELOG.md").unlink(), "CHANGELOG"),
    (
        checks.dependencies,
        replace("pyproject.toml", '    "aiohttp>', '    "attrs",\n    "aiohttp>'),
        "attrs",
    ),
    (checks.dependencies, replace("pyproject.toml", '"pytest-cov>=7.0",', ""), "cov"),
    (checks.parsed, add("pyproject.toml", '"'), "Unterminated"),
    (checks.parsed, add(".copier-answers.yml", "}"), "expected <block end>"),
    (checks.parsed, add(ERRORS, "def\n"), "invalid-syntax"),
    (checks.parsed, add("unknown.ending", ""), "ending"),
    (checks.tidy, add("README.md", "{{ project_name }}\n"), "README.md"),
    (checks.tidy, add("README.md", "{% endif %}\n"), "README.md"),
    (checks.tidy, add("README.md", "\n"), "README.md"),
    (checks.tidy, add("README.md", "no end"), "README.md"),
    (checks.tidy, add("README.md", "\n\n\nA gap above.\n"), "README.md"),
    (checks.tidy, add("README.md", "white space \n"), "README.md"),
    (checks.tidy, add("README.md", "carriage return\r\n"), "README.md"),
    (checks.suite, add(TESTS, "\n\ndef test_fails():\n    assert 0\n"), "1 failed"),
    (
        checks.suite,
        add(TESTS, "\n\ndef test_skips():\n    __import__('pytest').skip()\n"),
        "1 skipped",
    ),
    (
        checks.suite,
        add(TESTS, "\n\ndef test_warns():\n    __import__('warnings').warn('x')\n"),
        "UserWarning: x",
    ),
    (
        checks.suite,
        replace(
            "pyproject.toml",
            'testpaths = ["tests"]',
            'testpaths = ["tests/test_errors.py"]',
        ),
        ">= ",
    ),
    (checks.lint, add(ERRORS, "import os\n"), "F401"),
    (checks.formatted, add(ERRORS, "x = {  }\n"), "would be reformatted"),
    (checks.types, add(ERRORS, "\nnumber: int = ''\n"), "Incompatible types"),
    (
        checks.build,
        replace("pyproject.toml", "An asyncio package.", "Something else."),
        "Something else",
    ),
    (
        checks.build,
        replace("pyproject.toml", "my-project contributors", "Somebody"),
        "Somebody",
    ),
    (
        checks.build,
        replace("pyproject.toml", 'name = "my-project"', 'name = "other"'),
        "other",
    ),
    (
        checks.build,
        replace("pyproject.toml", "Framework :: AsyncIO", "No :: Such"),
        "No :: Such",
    ),
    (
        checks.build,
        replace("pyproject.toml", 'readme = "README.md"\n', ""),
        "long_description",
    ),
    (
        checks.build,
        lambda project: (project / "src/my_project/py.typed").unlink(),
        "py.typed",
    ),
]


@pytest.mark.parametrize(("check", "breaking", "match"), BROKEN)
def test_a_check_fails_on_a_broken_project(
    copy: Path, check: Check, breaking: Check, match: str
) -> None:
    """A check that cannot fail would prove nothing."""
    breaking(copy)
    with pytest.raises(
        (AssertionError, KeyError, SyntaxError, ValueError, YAMLError)
    ) as caught:
        check(copy)
    assert match in str(caught.value)
