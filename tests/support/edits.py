"""Edits that owners make between two updates; with any or all of them a project's checks pass."""

from pathlib import Path
from shutil import rmtree

from tests.support.changes import Change, append, replace
from tests.support.commands import run

Edit = Change
EDITS: list[Edit] = []
PACKAGE = "src/my_project"


def edit(change: Edit) -> Edit:
    """Add an edit to the list."""
    EDITS.append(change)
    return change


@edit
def readme_rewritten(project: Path) -> None:
    (project / "README.md").write_text("# Mine\n\nAll of it.\n", "utf-8")


@edit
def changelog_written(project: Path) -> None:
    replace(project / "CHANGELOG.md", "- The first version.", "- Everything.")


@edit
def version_raised(project: Path) -> None:
    replace(project / "pyproject.toml", '^version = "0.1.0"', 'version = "1.2.3"')


@edit
def author_added(project: Path) -> None:
    replace(project / "pyproject.toml", "^authors = .*", 'authors = [{ name = "Ada" }]')


@edit
def classifiers_changed(project: Path) -> None:
    settings = project / "pyproject.toml"
    replace(settings, "Status :: 3 - Alpha", "Status :: 5 - Production/Stable")
    replace(settings, '^    "Typing :: Typed",\n', '\\g<0>    "Topic :: Internet",\n')


@edit
def addresses_changed(project: Path) -> None:
    settings = project / "pyproject.toml"
    replace(settings, "^Issues = .*", 'Homepage = "https://a.example"\n\\g<0>')


@edit
def dependency_added_first(project: Path) -> None:
    replace(project / "pyproject.toml", "^dependencies = .*\n", '\\g<0>    "attrs",\n')


@edit
def dependency_added_between(project: Path) -> None:
    replace(project / "pyproject.toml", '^    "aiohttp.*\n', '\\g<0>    "idna",\n')


@edit
def dependency_added_last(project: Path) -> None:
    replace(project / "pyproject.toml", '^    "aiosqlite.*\n', '\\g<0>    "yarl",\n')


@edit
def scripts_added(project: Path) -> None:
    table = '[project.scripts]\nmy-project = "my_project:main"\n\n\\g<0>'
    replace(project / "pyproject.toml", r"^\[dependency-groups\]", table)


@edit
def groups_added(project: Path) -> None:
    settings = project / "pyproject.toml"
    include = '    { include-group = "own" },\n]\nown = ["iniconfig"]\n'
    replace(settings, '(?<=types" },\n)]\n', include)


@edit
def build_backend_changed(project: Path) -> None:
    settings = project / "pyproject.toml"
    replace(settings, "^requires = .*", 'requires = ["hatchling"]')
    replace(settings, "^build-backend = .*", 'build-backend = "hatchling.build"')
    replace(settings, r"^\[tool.flit.module\]\nname.*\n\n", "")
    replace(settings, r"^\[tool.flit.sdist\]\ninclude", "[tool.hatch.build]\nartifacts")


@edit
def coverage_gate_lowered(project: Path) -> None:
    replace(project / "pyproject.toml", "^fail_under = 100", "fail_under = 80")


@edit
def rule_ignored(project: Path) -> None:
    rule = '\\g<0>    "PLR2004", # We like numbers.\n'
    replace(project / "pyproject.toml", '^    "SIM105", .*\n', rule)


@edit
def line_length_set(project: Path) -> None:
    table = "[tool.ruff]\nline-length = 88\n\n\\g<0>"
    replace(project / "pyproject.toml", r"^\[tool.ruff.lint\]", table)


@edit
def markers_added(project: Path) -> None:
    markers = '\\g<0>markers = ["slow: takes long"]\n'
    replace(project / "pyproject.toml", "^strict = true\n", markers)


@edit
def warning_expected(project: Path) -> None:
    warning = '\\g<0>    "ignore:old:DeprecationWarning",\n'
    replace(project / "pyproject.toml", '^    "default::pytest.*\n', warning)


@edit
def tool_added(project: Path) -> None:
    table = '\n[[tool.mypy.overrides]]\nmodule = "untyped.*"\nignore_missing_imports = true\n'
    append(project / "pyproject.toml", table)


@edit
def ignored_files_added(project: Path) -> None:
    append(project / ".gitignore", "\n# Own\nsecrets/\n")


@edit
def contributing_extended(project: Path) -> None:
    append(project / "CONTRIBUTING.md", "\n## Our ways\n\nWe sign our commits.\n")


@edit
def lock_committed(project: Path) -> None:
    run(project, "uv", "lock", "--quiet")


@edit
def sample_deleted(project: Path) -> None:
    (project / PACKAGE / "streams.py").unlink()
    (project / "tests/test_streams.py").unlink()
    replace(project / PACKAGE / "__init__.py", "^.*async_stream.*\n", "")


@edit
def sample_renamed(project: Path) -> None:
    (project / PACKAGE / "client.py").rename(project / PACKAGE / "http_client.py")
    for file in (*project.glob("src/*/*.py"), *project.glob("tests/test_*.py")):
        text = file.read_text("utf-8").replace("from .client", "from .http_client")
        text = text.replace("my_project.client", "my_project.http_client")
        file.write_text(text, "utf-8")
    run(project, "ruff", "check", "--quiet", "--fix", "--select=I", "src", "tests")


@edit
def sample_rewritten(project: Path) -> None:
    (project / PACKAGE / "errors.py").write_text(
        '"""Errors."""\n\n\nclass Error(Exception):\n    """Any."""\n\n\n'
        'class APIError(Error):\n    """Of the API."""\n\n\n'
        'class DatabaseError(Error):\n    """Of the database."""\n',
        "utf-8",
    )


@edit
def sample_moved(project: Path) -> None:
    (project / PACKAGE / "store").mkdir()
    moved = project / PACKAGE / "store/__init__.py"
    (project / PACKAGE / "database.py").rename(moved)
    replace(moved, r"from \.errors", "from ..errors")
    replace(project / PACKAGE / "__init__.py", r"from \.database", "from .store")
    run(project, "ruff", "check", "--quiet", "--fix", "--select=I", "src", "tests")


@edit
def own_code_and_tests_added(project: Path) -> None:
    code = '"""Own."""\n\n\nasync def answer() -> int:\n    """Give it."""\n    return 42\n'
    append(project / PACKAGE / "own.py", code)
    append(
        project / "tests/unit/test_own.py",
        '"""Own."""\n\nfrom my_project.own import answer\n\n\n'
        "async def test_own(own: int) -> None:\n    assert await answer() == own\n",
    )
    append(
        project / "tests/conftest.py",
        "\n\n@pytest.fixture\nasync def own() -> int:\n    return 42\n",
    )


@edit
def job_added(project: Path) -> None:
    job = "name: Own\non: push\npermissions: {}\njobs: {}\n"
    append(project / ".github/workflows/own.yml", job)


@edit
def pins_raised(project: Path) -> None:
    """As Dependabot does, if there are workflows."""
    for workflow in project.glob(".github/workflows/*.yml"):
        if "uses: " in workflow.read_text("utf-8"):
            replace(workflow, "@[0-9a-f]{40} # v.*", f"@{'0123456789' * 4} # v99.0.0")


@edit
def poe_tasks_added(project: Path) -> None:
    append(
        project / "pyproject.toml",
        '\n[tool.poe.tasks]\nserve = "python -m my_project"\n',
    )


@edit
def hook_added(project: Path) -> None:
    """Where the release has hooks."""
    if (project / ".pre-commit-config.yaml").exists():
        hook = "      - id: own\n        name: Own\n        entry: git status\n        language: system\n"
        append(project / ".pre-commit-config.yaml", hook)


@edit
def job_added_to_ci(project: Path) -> None:
    """Where the release has a workflow for it, and required with its jobs."""
    workflow = project / ".github/workflows/ci.yml"
    if workflow.exists():
        replace(workflow, r"(?<=needs: \[)", "own, ")
        append(workflow, "\n  own:\n    runs-on: ubuntu-24.04\n    steps: []\n")


@edit
def tests_moved(project: Path) -> None:
    (project / "tests/concurrency").mkdir()
    test = "test_concurrency.py"
    (project / "tests" / test).rename(project / "tests/concurrency" / test)


@edit
def contributing_deleted(project: Path) -> None:
    """Not with what extends it."""
    if "Our ways" not in (project / "CONTRIBUTING.md").read_text("utf-8"):
        (project / "CONTRIBUTING.md").unlink()


@edit
def caches_left(project: Path) -> None:
    """They are ignored by git, so an update leaves them alone."""
    append(project / "src/my_project/__pycache__/own.pyc", "own")
    rmtree(project / ".ruff_cache", ignore_errors=True)
