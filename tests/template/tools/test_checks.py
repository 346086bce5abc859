"""Every check passes on the default project and fails on one that is broken on purpose."""

from collections.abc import Callable
from pathlib import Path

import pytest
from yaml import YAMLError

from tests.support import checks
from tests.support.changes import appending, replacing

Check = Callable[[Path], None]


@pytest.mark.parametrize("check", checks.CHECKS)
def test_the_default_project_is_sound(project: Path, check: Check) -> None:
    """`copier copy --defaults` gives a project that passes every check."""
    check(project)


TESTS = "tests/test_examples.py"
ERRORS = "src/my_project/errors.py"

BROKEN = [
    (checks.file_set, appending("tests/test_extra.py", ""), "test_extra"),
    (checks.file_set, lambda project: (project / "CHANGELOG.md").unlink(), "CHANGELOG"),
    (
        checks.dependencies,
        replacing("pyproject.toml", '    "aiohttp>', '    "attrs",\n    "aiohttp>'),
        "attrs",
    ),
    (checks.dependencies, replacing("pyproject.toml", '"pytest-cov>=7.0",', ""), "cov"),
    (checks.sizes, appending(ERRORS, "# One line of many.\n" * 80), "errors.py"),
    (checks.sizes, appending("tests/conftest.py", "# One.\n" * 60), "conftest.py"),
    (checks.sizes, appending(TESTS, "# One line of many.\n" * 120), "test_examples.py"),
    (checks.parsed, appending("pyproject.toml", '"'), "Unterminated"),
    (checks.parsed, appending(".copier-answers.yml", "}"), "expected <block end>"),
    (checks.parsed, appending(ERRORS, "def\n"), "invalid-syntax"),
    (checks.parsed, appending("unknown.ending", ""), "ending"),
    (checks.tidy, appending("README.md", "{{ project_name }}\n"), "README.md"),
    (checks.tidy, appending("README.md", "{% endif %}\n"), "README.md"),
    (checks.tidy, appending("README.md", "\n"), "README.md"),
    (checks.tidy, appending("README.md", "no end"), "README.md"),
    (checks.tidy, appending("README.md", "\n\n\nA gap above.\n"), "README.md"),
    (checks.tidy, appending("README.md", "white space \n"), "README.md"),
    (checks.tidy, appending("README.md", "carriage return\r\n"), "README.md"),
    (
        checks.suite,
        appending(TESTS, "\n\ndef test_skips():\n    __import__('pytest').skip()\n"),
        "1 skipped",
    ),
    (
        checks.suite,
        appending(
            TESTS, "\n\ndef test_warns():\n    __import__('warnings').warn('x')\n"
        ),
        "UserWarning: x",
    ),
    (
        checks.suite,
        replacing(
            "pyproject.toml",
            'testpaths = ["tests"]',
            'testpaths = ["tests/test_examples.py"]',
        ),
        ">= ",
    ),
    (checks.lint, appending(ERRORS, "import os\n"), "F401"),
    (checks.formatted, appending(ERRORS, "x = {  }\n"), "would be reformatted"),
    (checks.types, appending(ERRORS, "\nnumber: int = ''\n"), "Incompatible types"),
    (
        checks.described,
        replacing("pyproject.toml", "An asyncio package.", "Something else."),
        "Something else",
    ),
    (
        checks.described,
        replacing("pyproject.toml", "my-project contributors", "Somebody"),
        "Somebody",
    ),
    (
        checks.described,
        replacing("pyproject.toml", 'name = "my-project"', 'name = "other"'),
        "other",
    ),
    (
        checks.described,
        replacing("pyproject.toml", "Framework :: AsyncIO", "No :: Such"),
        "No :: Such",
    ),
    (
        checks.build,
        replacing("pyproject.toml", 'readme = "README.md"\n', ""),
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
