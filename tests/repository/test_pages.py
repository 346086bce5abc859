"""Every code block of this repository's pages is typed, and does what its page says."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cmarkgfm import github_flavored_markdown_to_html

from tests.repository.small_template import small_template
from tests.support import ROOT, checks
from tests.support.changes import append
from tests.support.commands import run
from tests.support.pages import FENCE
from tests.support.releases import TOMORROW, WORKING_TREE, Template, commit
from tests.support.selection import thorough
from tests.support.updates import conflicts, update

PAGES = [
    page
    for page in run(
        ROOT, "git", "ls-files", "-co", "--exclude-standard", "*.md"
    ).split()
    if not page.startswith(("template/", "includes/"))
]
BLOCKS = [
    (page, kind, text)
    for page in PAGES
    for kind, text in FENCE.findall((ROOT / page).read_text("utf-8"))
]
"""Each block of code: its page, its language, and what it says."""

TYPED = ("console", "python")

UVX = f"""#!/bin/sh
test "$1" = copier || exit 1
word="$2"; shift 2
exec "{sys.executable}" -m copier "$word" --defaults --vcs-ref={WORKING_TREE} "$@"
"""
"""A stand-in for uvx that needs no network, asks nothing, and takes the working tree as the release."""


class Reader:
    """Types what a page says, in a folder of the kind that the page is about."""

    def __init__(self, template: Template, folder: Path) -> None:
        self.template, self.folder = template, folder
        stub = folder / "bin/uvx"
        append(stub, UVX)
        stub.chmod(0o755)

    def types(self, block: str, where: Path) -> str:
        """Run a block in a shell that stops at the first failure."""
        text = block.replace("URL-OF-THIS-REPOSITORY", str(self.template.clone))
        path = f'PATH="{self.folder / "bin"}:$PATH"\n'
        return run(where, "bash", "-ec", path + text)

    def project(self, version: str = WORKING_TREE) -> Path:
        """Return a project of a release."""
        return self.template.start(self.folder / "my-project", version)


def makes_a_package(reader: Reader, block: str) -> None:
    """In a clone, the command makes a package whose tests pass. Pip gets an environment of its own."""
    clone = reader.folder / "clone"
    source = ("--quiet", "--no-tags", f"--branch={WORKING_TREE}", reader.template.clone)
    run(reader.folder, "git", "clone", "--single-branch", *source, clone)
    run(reader.folder, "uv", "venv", "--quiet", "--seed", "venv")
    activated = f'. "{reader.folder}/venv/bin/activate"\n'
    assert " passed" in reader.types(activated + block, clone)
    assert (reader.folder / "my-package/pyproject.toml").exists()


def is_what_ci_runs(_reader: Reader, block: str) -> None:
    """The command is the last line of .ci/run, so each run of CI types it."""
    assert (ROOT / ".ci/run").read_text("utf-8").endswith(f"\n{block}")


def copies(reader: Reader, block: str) -> None:
    """The new folder has a package."""
    reader.types(block, reader.folder)
    assert checks.answers(reader.folder / "my-package")["_commit"] == WORKING_TREE


def updates(reader: Reader, block: str) -> None:
    """A project of the oldest release gets the newest one, without conflicts."""
    tags = run(reader.template.clone, "git", "tag", "--sort=version:refname").split()
    project = reader.project(tags[0])
    reader.types(block, project)
    assert checks.answers(project)["_commit"] == WORKING_TREE
    assert conflicts(project) == set()


def old_package(reader: Reader) -> Path:
    """Return a package in a flat layout, committed."""
    project = reader.folder / "old"
    append(project / "PACKAGE/__init__.py", '"""Old."""\n')
    append(project / "pyproject.toml", '[project]\nname = "old"\nversion = "1"\n')
    commit(project)
    return project


def moves_to_src(reader: Reader, block: str) -> None:
    """The package is in `src/`, and git knows it as the same."""
    project = old_package(reader)
    reader.types(block, project)
    status = run(project, "git", "status", "--porcelain")
    assert status == "R  PACKAGE/__init__.py -> src/PACKAGE/__init__.py\n"


def adopts(reader: Reader, block: str) -> None:
    """The template's files are added, no samples, and the owner's stay as they were."""
    project = old_package(reader)
    reader.types(block, project)
    added = run(project, "git", "status", "--porcelain").splitlines()
    assert {line[:3] for line in added} == {"?? "}
    assert (project / "tests/async_guard/plugin.py").exists()
    assert checks.answers(project)["http_client"] == "none"
    assert not (project / "src").exists()


def checks_all(reader: Reader, block: str) -> None:
    """The command is the one that the project's own page gives."""
    page = (reader.project() / "CONTRIBUTING.md").read_text("utf-8")
    assert f"| run all checks side by side | `{block.strip()}` |" in page


def keeps_mine(reader: Reader, block: str) -> None:
    """After an update with a conflict, the owner's page is kept, and nothing is left to decide."""
    project = reader.project()
    page = project / "CONTRIBUTING.md"
    page.write_text("Mine.\n", "utf-8")
    commit(project)
    update(project, TOMORROW)
    assert conflicts(project) == {page.name}
    reader.types(block, project)
    assert conflicts(project) == set()
    assert page.read_text("utf-8") == "Mine.\n"


def takes_back(reader: Reader, block: str) -> None:
    """Everything that was not committed is gone."""
    project = reader.project()
    append(project / "README.md", "More.\n")
    append(project / "new.txt", "New.\n")
    reader.types(block, project)
    assert run(project, "git", "status", "--porcelain") == ""


def compares(reader: Reader, block: str) -> None:
    """The table has a row for each address. test_comparison.py measures the working tree's."""
    addresses = re.findall(r"https://(\S+)", block)
    for address in addresses:
        small_template(reader.folder / "net" / address)
    local = f"export GIT_CONFIG_COUNT=1 GIT_CONFIG_VALUE_0=https:// GIT_CONFIG_KEY_0=url.{reader.folder}/net/.insteadOf\n"
    printed = reader.types(
        local + block.replace("scripts.compare . ", "scripts.compare "), ROOT
    )
    rows = re.findall(r"^\| (\S+) \| 2\.0\.0-0-g", printed, re.MULTILINE)
    assert rows == [address.removeprefix("github.com/") for address in addresses] != []


def measures(reader: Reader, block: str) -> None:
    """Each script prints its table; here it measures one row, once."""
    short = {"copying": "copy", "guard": "--tests=3", "growth": "objects --scale=0"}
    for script, options in short.items():
        line = f"benchmarks.{script}"
        assert line in block
        block = block.replace(line, f"{line} --rounds=0 {options}")
    printed = reader.types(block, ROOT)
    assert len(re.findall(r"\| (?:met|\*\*missed\*\*) \|$", printed, re.MULTILINE)) == 4


def sweeps(reader: Reader, block: str) -> None:
    """The test passes with a transfer that is atomic, and fails with one that is not."""
    project = reader.project()
    for between, outcome in (("", "1 passed"), ("    await sleep(0)\n", "1 failed")):
        text = f"{ACCOUNTS.format(between=between)}\n\n{block}"
        (project / "tests/test_transfer.py").write_text(text, "utf-8")
        printed = reader.types("uv run pytest tests/test_transfer.py || true", project)
        assert outcome in printed


def shuffles(reader: Reader, block: str) -> None:
    """The samples pass in any order."""
    printed = reader.types(block.replace("=50", "=2"), reader.project())
    assert " passed" in printed


ACCOUNTS = """
from asyncio import sleep

import pytest


async def transfer(accounts, amount):
    await sleep(0)
    accounts["one"] -= amount
{between}    accounts["other"] += amount


@pytest.fixture
def accounts():
    return {{"one": 100, "other": 0}}
"""
CONSOLE: dict[str, Callable[[Reader, str], None]] = {
    "python3 -m pip install uv && python3 -m uv tool run copier copy": makes_a_package,
    "python3 -m pip install uv && python3 -m uv run pytest": is_what_ci_runs,
    "uvx copier copy URL": copies,
    "mkdir src": moves_to_src,
    "uvx copier copy --data": adopts,
    "uv run poe check": checks_all,
    "uvx copier update": updates,
    "git checkout --ours": keeps_mine,
    "git reset --hard": takes_back,
    "async def test_a_transfer": sweeps,
    "uv run pytest --async-shuffle": shuffles,
    "uv run --with cookiecutter": compares,
    "uv run python -m benchmarks.": measures,
}
"""The function that types a block, by how the block begins."""


def typist(block: str) -> Callable[[Reader, str], None]:
    """Return the function that types a block; raise ValueError if there is none."""
    (found,) = [CONSOLE[start] for start in CONSOLE if block.startswith(start)]
    return found


@pytest.mark.parametrize(
    ("page", "block"),
    [
        thorough(page, text) if page.startswith("docs/maintaining/") else (page, text)
        for text, page in {
            text: page for page, kind, text in BLOCKS if kind in TYPED
        }.items()
    ],
)
def test_a_command_does_what_the_page_says(
    template: Template, tmp_path: Path, page: str, block: str
) -> None:
    """Each block of commands, typed once, in the folder that its page is about."""
    assert page in PAGES
    typist(block)(Reader(template, tmp_path), block)


def test_every_block_is_typed() -> None:
    """No page has a block of code that is indented, in a list, or in another language."""
    for page in PAGES:
        html = github_flavored_markdown_to_html((ROOT / page).read_text("utf-8"))
        typed = [name for name, kind, _ in BLOCKS if kind in TYPED]
        assert html.count("<pre") == typed.count(page), page


@pytest.mark.parametrize("block", ["uvx copier recopy\n", "make\n", ""])
def test_an_unknown_command_is_refused(block: str) -> None:
    """A new block needs a function that types it."""
    with pytest.raises(ValueError, match="not enough values"):
        typist(block)


@pytest.mark.parametrize(
    ("page", "old", "new"),
    [
        ("README.md", "URL-OF", "--no-such-option URL-OF"),
        ("docs/update.md", "git reset --hard", "git reset --soft"),
        ("docs/adopt.md", "git mv", "cp -r"),
        ("docs/adopt.md", "http_client=none", "http_client=aiohttp"),
        ("docs/adopt.md", "--ours", "--theirs"),
    ],
)
def test_a_wrong_command_fails(
    template: Template, tmp_path: Path, page: str, old: str, new: str
) -> None:
    """The function that types a block fails if the block does not do what its page says."""
    (block,) = [text for name, _, text in BLOCKS if name == page and old in text]
    with pytest.raises(AssertionError):
        typist(block)(Reader(template, tmp_path), block.replace(old, new))
