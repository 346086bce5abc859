"""Which code is the project's own, on each system and in each layout."""

import ntpath
import posixpath
import runpy
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.support.guard import FOLDER

MODULE = runpy.run_path(str(FOLDER / "own_code.py"))
PACKAGE, TESTS, LIBRARY = (
    MODULE["Owner"][name] for name in ("PACKAGE", "TESTS", "LIBRARY")
)
WINDOWS = {
    r"C:\Work\project\src\package\a.py": PACKAGE,
    r"c:\work\PROJECT\SRC\package\a.py": PACKAGE,
    "C:/Work/project/src/package/sub/a.py": PACKAGE,
    r"C:\Work\project\tests\test_a.py": TESTS,
    "c:/Work/Project/tests/test_a.py": TESTS,
    r"C:\Work\project\.venv\Lib\site-packages\library\a.py": LIBRARY,
    r"D:\Work\project\tests\test_a.py": LIBRARY,
    r"C:\Work\project2\tests\test_a.py": LIBRARY,
}
POSIX = {
    "/usr/src/app/src/package/a.py": PACKAGE,
    "/usr/src/app/tests/test_a.py": TESTS,
    "/usr/src/app/src/package/tests/test_a.py": TESTS,
    "/usr/src/app/.venv/lib/python3.12/site-packages/library/a.py": LIBRARY,
    "/usr/lib/python3/dist-packages/library/a.py": LIBRARY,
    "/usr/src/App/tests/test_a.py": LIBRARY,
}


@pytest.mark.parametrize(
    ("path", "root", "files"),
    [
        (ntpath, r"C:\Work\project", WINDOWS),
        (posixpath, "/usr/src/app", POSIX),
    ],
    ids=["windows", "posix"],
)
def test_each_file_gets_its_owner(
    path: ModuleType, root: str, files: dict[str, Any]
) -> None:
    """By their folders, as the system compares names."""
    own = MODULE["OwnCode"](root, [path.join(root, "src")], path)
    assert {file: own.owner(file) for file in files} == files


def test_a_place_is_relative_to_the_root() -> None:
    """It keeps the name's own case and separators."""
    own = MODULE["OwnCode"](r"C:\Work\project", [], ntpath)
    line = MODULE["Line"](r"c:\work\project\tests\test_A.py", 3)
    assert own.place(line) == r"tests\test_A.py:3"


def test_packages_are_found_in_each_layout(tmp_path: Path) -> None:
    """In `src/`, or beside the tests; none where there is none."""
    find = MODULE["package_folders"]
    assert find(tmp_path, ["tests"]) == []
    for name in ("tests", "docs", "flat_package"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
    assert find(tmp_path, ["tests"])[0] == str(tmp_path / "flat_package")
    (tmp_path / "src/package").mkdir(parents=True)
    (tmp_path / "src/package/__init__.py").touch()
    assert str(tmp_path / "src") in find(tmp_path, ["tests"])
    assert str(tmp_path / "flat_package") not in find(tmp_path, ["tests"])
