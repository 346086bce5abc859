"""An existing package adopts the template, and gets its updates from then on."""

import re
import shlex
import sys
from pathlib import Path

import pytest

from tests.support import ROOT
from tests.support.projects import Run
from tests.support.releases import TOMORROW, WORKING_TREE, Template, commit
from tests.support.selection import thorough_but
from tests.support.updates import conflicts, update

ADOPT = (ROOT / "docs/adopt.md").read_text("utf-8")
BACKENDS = {
    "flit_core": """
[build-system]
requires = ["flit_core>=4"]
build-backend = "flit_core.buildapi"
""",
    "hatchling": """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[tool.hatch.build.targets.wheel]
packages = ["src/old_package"]
""",
    "setuptools": """
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"

[tool.setuptools.packages.find]
where = ["src"]
""",
}
OLD_PROJECT = """
[project]
name = "old-package"
version = "3.2.1"
description = "An old package."
requires-python = ">=3.11"
dependencies = ["aiosqlite", "attrs"]

[project.optional-dependencies]
more = ["attrs"]
"""


@pytest.mark.parametrize("backend", thorough_but(BACKENDS, "hatchling"))
def test_an_existing_package_is_adopted(
    template: Template, tmp_path: Path, run: Run, backend: str
) -> None:
    """By the steps of the page: code, tests, pages and metadata stay, and updates arrive."""
    old = tmp_path / "old-package"
    own = {
        "README.md": "# Old\n",
        "CONTRIBUTING.md": "Sign first.\n",
        "LICENSE": "Ask us.\n",
        "src/old_package/__init__.py": "def answer() -> int:\n    return 42\n",
        "tests/test_old.py": "import pytest\nfrom old_package import answer\n\n\n@pytest.mark.slow\n"
        "def test_answer() -> None:\n    assert answer() == 42\n",
    }
    kept = f"{BACKENDS[backend]}{OLD_PROJECT}"
    for name, text in {**own, "pyproject.toml": kept}.items():
        (old / name).parent.mkdir(parents=True, exist_ok=True)
        (old / name).write_text(text, "utf-8")
    commit(old)

    line = next(line for line in ADOPT.splitlines() if "--overwrite" in line)
    words = shlex.split(line.removeprefix("uvx copier "))[:-2]
    words += ["--defaults", f"--vcs-ref={WORKING_TREE}", str(template.clone), "."]
    run(old, sys.executable, "-m", "copier", *words)
    new = (old / "pyproject.toml").read_text("utf-8")
    rest = new[new.index("[dependency-groups]") :]
    rest = re.sub(r"\[tool\.flit\.(.|\n)*?\n\n", "", rest)
    marker = 'asyncio_mode = "auto"'
    rest = rest.replace(marker, f'markers = ["slow: takes long"]\n{marker}')
    (old / "pyproject.toml").write_text(f"{kept}\n{rest}", "utf-8")
    run(old, "uv", "run", "--quiet", "pytest")
    commit(old)

    update(old, TOMORROW)
    assert conflicts(old) == {"CONTRIBUTING.md", "LICENSE"}
    run(
        old, *next(shlex.split(line) for line in ADOPT.splitlines() if "--ours" in line)
    )
    assert {name: (old / name).read_text("utf-8") for name in own} == own
    settings = (old / "pyproject.toml").read_text("utf-8")
    assert settings.startswith(kept)
    assert "slow: takes long" in settings
    assert "parallel = true" in settings
    run(old, "uv", "run", "--quiet", "pytest")
