"""What each answer changes: metadata, license, addresses, syntax, and nothing else."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from tests.support import checks
from tests.support.commands import CommandError
from tests.support.pairs import choices
from tests.support.projects import SETTINGS, SUPPORTED, Render, Run

TITLES = {
    "MIT": "MIT License",
    "Apache-2.0": "Apache License",
    "BSD-3-Clause": "BSD 3-Clause License",
    "GPL-3.0-or-later": "GNU GENERAL PUBLIC LICENSE",
    "Proprietary": "All rights reserved.",
}


def table(project: Path) -> dict[str, Any]:
    """Return the table [project] of pyproject.toml."""
    settings = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    found: dict[str, Any] = settings["project"]
    return found


def static_checks(project: Path, run: Run) -> None:
    """Check what needs no environment of the project's own."""
    checks.file_set(project)
    checks.parsed(project)
    checks.tidy(project)
    run(project, "ruff", "format", "--diff")
    run(project, "ruff", "check")


def test_the_same_answers_give_the_same_project(render: Render, tmp_path: Path) -> None:
    """Neither the day nor the machine shows in what is rendered."""
    first, second = render(), render(tmp_path / "my-project")
    assert {name: (first / name).read_bytes() for name in checks.files(first)} == {
        name: (second / name).read_bytes() for name in checks.files(second)
    }


@pytest.mark.parametrize("answer", choices(SETTINGS)["license"])
def test_license_text_and_metadata_agree(render: Render, run: Run, answer: str) -> None:
    """The text, the expression and the classifiers; a proprietary package has one more."""
    project = render(license=answer)
    static_checks(project, run)
    metadata = checks.metadata(project)
    expression = "LicenseRef-Proprietary" if answer == "Proprietary" else answer
    assert metadata["license_expression"] == expression
    assert metadata["license_files"] == ["LICENSE"]
    assert TITLES[answer] in (project / "LICENSE").read_text("utf-8")
    private = "Private :: Do Not Upload" in metadata["classifiers"]
    assert private == (answer == "Proprietary")


def test_a_proprietary_package_is_built(render: Render) -> None:
    """Its metadata is as fit for a private index as any other's for a public one."""
    checks.build(render(license="Proprietary"))


@pytest.mark.parametrize("minimum", choices(SETTINGS)["python_min"])
def test_metadata_and_tools_follow_the_oldest_python(
    render: Render, run: Run, minimum: str
) -> None:
    """The code uses its syntax too; test_matrix.py runs it."""
    project = render(python_min=minimum)
    static_checks(project, run)
    metadata = table(project)
    assert metadata["requires-python"] == f">={minimum}"
    versions = [c.rpartition(" ")[2] for c in metadata["classifiers"]]
    named = [version for version in versions if version.startswith("3.")]
    assert named == SUPPORTED[SUPPORTED.index(minimum) :]
    tools = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["tool"]
    assert tools["mypy"]["python_version"] == minimum


def test_each_async_test_is_named_for_its_loop(render: Render, run: Run) -> None:
    """With uvloop, there is one on it for each that is on asyncio's own loop."""
    project = render(uvloop=True)
    collect = ("pytest", "--collect-only", "--quiet")
    printed = run(project, "uv", "run", "--quiet", *collect)
    found = re.findall(r"^tests/test_\S+::\S.*$", printed, re.MULTILINE)
    loops = ["asyncio", "uvloop"]
    on = {loop: {f for f in found if re.search(rf"\[{loop}\b", f)} for loop in loops}
    assert len(on["asyncio"]) > 40
    assert on["uvloop"] == {f.replace("[asyncio", "[uvloop") for f in on["asyncio"]}
    others = {*found} - on["asyncio"] - on["uvloop"]
    assert {f.partition("::")[0] for f in others} == {"tests/test_examples.py"}


OWN_CLOCK = """
import asyncio
from collections.abc import Callable

import pytest


@pytest.fixture
async def fast_forward(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    loop = asyncio.get_running_loop()
    real_time = loop.time

    def advance(seconds: float) -> None:
        ahead = loop.time() - real_time() + seconds
        monkeypatch.setattr(loop, "time", lambda: real_time() + ahead)

    return advance
"""
"""The fixture that the samples of older releases have in a module of the owner's."""

MOVED = """
async def test_moved(fast_forward: Callable[[float], None]) -> None:
    first, second = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.call_later(60, first.set)
    loop.call_later(3600, second.set)
    fast_forward(60)
    await first.wait()
    assert not second.is_set()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(3540):
            fast_forward(3540)
            await asyncio.Event().wait()
    assert second.is_set()
"""
SHARED_LOOP = '\npytestmark = pytest.mark.asyncio(loop_scope="module")\n'


@pytest.mark.parametrize("uvloop", [False, True])
def test_each_test_can_move_its_clock(render: Render, uvloop: bool) -> None:
    """On either loop, of a test or a module, by the template's fixture or an owner's own."""
    project = render(http_client="none", database="none", uvloop=uvloop)
    imports = OWN_CLOCK.partition("\n\n\n")[0]
    for name, parts in {
        "template": [imports, MOVED],
        "module": [imports, SHARED_LOOP, MOVED, MOVED.replace("moved", "again")],
        "owner": [OWN_CLOCK, MOVED],
    }.items():
        (project / f"tests/test_{name}.py").write_text("\n\n".join(parts), "utf-8")
    checks.suite(project, "--override-ini=async_guard_deadline=3")


def test_the_guard_works_on_uvloop(render: Render, run: Run) -> None:
    """A mistake fails its test on either loop."""
    project = render(uvloop=True)
    leak = project / "tests/test_leak.py"
    leak.write_text(
        "import asyncio\n\n\nasync def test_leak() -> None:\n"
        "    asyncio.create_task(asyncio.Event().wait())\n",
        "utf-8",
    )
    with pytest.raises(CommandError) as caught:
        run(project, "uv", "run", "--quiet", "pytest", leak)
    said = str(caught.value)
    assert len(re.findall(r"tests/test_leak\.py:5\b.*\[tasks\]", said)) == 2
    failed = re.findall(r" tests/\S+::test_leak\[(\w+)\]", said)
    assert {*failed} == {"asyncio", "uvloop"}


@pytest.mark.parametrize(("platform", "wanted"), [("linux", True), ("win32", False)])
def test_uvloop_is_not_installed_on_windows(
    render: Render, platform: str, wanted: bool
) -> None:
    """It does not exist there; the tests do without it."""
    settings = (render(uvloop=True) / "pyproject.toml").read_text("utf-8")
    declared = tomllib.loads(settings)["dependency-groups"]["test"]
    (uvloop,) = (Requirement(text) for text in declared if text.startswith("uvloop"))
    assert uvloop.marker
    assert uvloop.marker.evaluate({"sys_platform": platform}) == wanted


@pytest.mark.parametrize(
    ("answers", "address"),
    [
        ({"github_user": "ada"}, "https://github.com/ada/my-project"),
        (
            {"repository_provider": "gitlab", "gitlab_user": "ada/team"},
            "https://gitlab.com/ada/team/my-project",
        ),
    ],
)
def test_addresses_follow_the_user(
    render: Render, run: Run, answers: dict[str, str], address: str
) -> None:
    """Every address of the project begins with that of its repository."""
    project = render(**answers)
    static_checks(project, run)
    urls = table(project)["urls"]
    assert urls["Repository"] == address
    assert list(urls) == ["Changelog", "Issues", "Repository"]
    assert all(url.startswith(address) for url in urls.values())


@pytest.mark.parametrize(
    ("provider", "other"),
    [("github", "gitlab_user"), ("gitlab", "github_user"), ("none", "github_user")],
)
def test_no_address_is_invented(render: Render, provider: str, other: str) -> None:
    """Without a user there is none, and a user of the other provider does not count."""
    project = render(repository_provider=provider, **{other: "ada"})
    assert "urls" not in table(project)


def test_an_empty_email_leaves_no_field(render: Render) -> None:
    """With an address, it is the author's."""
    assert table(render())["authors"] == [{"name": "my-project contributors"}]
    known = render(user_name="Ada", user_email="ada@a.example")
    assert table(known)["authors"] == [{"name": "Ada", "email": "ada@a.example"}]


@pytest.mark.thorough
def test_code_is_formatted_for_every_length_of_name(
    render: Render, run: Run, tmp_path: Path
) -> None:
    """Imports and strings are laid out as ruff would, from 1 to 40 characters."""
    for length in range(1, 41):
        render(tmp_path / f"p{length}", package_name="n" * length)
    run(tmp_path, "ruff", "format", "--diff")
    run(tmp_path, "ruff", "check")


def test_the_shortest_name_is_formatted(render: Render, run: Run) -> None:
    """No line is wrapped too early; test_free_text.py has the longest."""
    static_checks(render(package_name="n"), run)


@pytest.mark.parametrize(
    ("answer", "provider", "email", "named"),
    [
        ("MIT", "github", "", ["Private vulnerability reporting"]),
        ("Proprietary", "gitlab", "", []),
        ("MIT", "none", "", ["where to report a vulnerability"]),
        ("Proprietary", "none", "ada@a.example", []),
    ],
)
def test_contributing_names_what_security_needs(
    render: Render, answer: str, provider: str, email: str, named: list[str]
) -> None:
    """Before the first release: a setting that is off at first, or an address to give."""
    project = render(license=answer, repository_provider=provider, user_email=email)
    page = (project / "CONTRIBUTING.md").read_text("utf-8").split("## Release")[1]
    steps = ("Private vulnerability reporting", "where to report a vulnerability")
    assert [step for step in steps if step in " ".join(page.split())] == named
    assert ("`SECURITY.md`" in page) == bool(named)
    assert email in (project / "SECURITY.md").read_text("utf-8")
    checks.tidy(project)
