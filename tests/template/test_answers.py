"""What each answer changes: metadata, license, addresses, syntax, and nothing else."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from tests.support import checks
from tests.support.commands import CommandError
from tests.support.projects import INSTALLED, Render, Run

TITLES = {
    "MIT": "MIT License",
    "Apache-2.0": "Apache License",
    "BSD-3-Clause": "BSD 3-Clause License",
    "GPL-3.0-or-later": "GNU GENERAL PUBLIC LICENSE",
    "Proprietary": "All rights reserved.",
}


def metadata(project: Path) -> dict[str, Any]:
    """Return the table [project] of pyproject.toml."""
    table: dict[str, Any] = tomllib.loads(
        (project / "pyproject.toml").read_text("utf-8")
    )["project"]
    return table


def static_checks(project: Path, run: Run) -> None:
    """What needs no environment of the project's own."""
    checks.file_set(project)
    checks.parsed(project)
    checks.tidy(project)
    run(project, "ruff", "format", "--diff")
    run(project, "ruff", "check")


def test_the_same_answers_give_the_same_project(render: Render, tmp_path: Path) -> None:
    """Neither the day nor the machine shows in what is rendered."""
    first, second = (render(tmp_path / name / "my-project") for name in "ab")
    assert {name: (first / name).read_bytes() for name in checks.files(first)} == {
        name: (second / name).read_bytes() for name in checks.files(second)
    }


@pytest.mark.parametrize("answer", TITLES)
def test_a_license_is_the_same_everywhere(
    render: Render, run: Run, answer: str
) -> None:
    """Text, expression and metadata agree, and a proprietary package cannot be uploaded."""
    project = render(license=answer)
    static_checks(project, run)
    checks.build(project)
    expression = "LicenseRef-Proprietary" if answer == "Proprietary" else answer
    wheel = checks.wheel_metadata(next((project / "dist").glob("*.whl")))
    assert wheel["license_expression"] == expression
    assert wheel["license_files"] == ["LICENSE"]
    assert TITLES[answer] in (project / "LICENSE").read_text("utf-8")
    private = "Private :: Do Not Upload" in wheel["classifiers"]
    assert private == (answer == "Proprietary")


@pytest.mark.parametrize("minimum", ["3.11", "3.12", "3.13", "3.14"])
def test_the_oldest_python_is_the_same_everywhere(
    render: Render, run: Run, minimum: str
) -> None:
    """Metadata and tools follow it, and the code uses its syntax."""
    project = render(python_min=minimum)
    static_checks(project, run)
    table = metadata(project)
    assert table["requires-python"] == f">={minimum}"
    named = [c.rpartition(" ")[2] for c in table["classifiers"] if "Python :: 3." in c]
    assert named == [f"3.{minor}" for minor in range(int(minimum[2:]), 16)]
    tools = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["tool"]
    assert tools["mypy"]["python_version"] == minimum
    if minimum in INSTALLED:
        checks.types(project, minimum)
        checks.suite(project, "--cov", python=minimum)


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
    assert {f.partition("::")[0] for f in others} == {
        "tests/test_base_url.py",
        "tests/test_errors.py",
        "tests/test_examples.py",
    }


def test_reports_owner_fast_forward_on_uvloop(render: Render, run: Run) -> None:
    """A project made without uvloop has that fixture; each test that fails because of it says what to do."""
    project = render(uvloop=True)
    timeouts = "tests/test_timeouts.py"
    passing = run(project, "uv", "run", "--quiet", "pytest", timeouts)
    assert "delete it there" not in passing
    (project / timeouts).write_bytes((render() / timeouts).read_bytes())
    deadline = "--override-ini=async_guard_deadline=2"
    with pytest.raises(CommandError) as caught:
        run(project, "uv", "run", "--quiet", "pytest", timeouts, deadline)
    printed = str(caught.value)
    assert checks.outcomes(printed)["failed"] == 2
    assert printed.count(f"`fast_forward` in {timeouts} may not move uvloop's") == 2


def test_the_guard_works_on_uvloop(render: Render, run: Run) -> None:
    """A mistake fails its test on either loop."""
    project = render(http_client="none", database="none", uvloop=True)
    (project / "tests/test_leak.py").write_text(
        "import asyncio\n\n\nasync def test_leak() -> None:\n"
        "    asyncio.create_task(asyncio.Event().wait())\n",
        "utf-8",
    )
    with pytest.raises(CommandError) as caught:
        run(project, "uv", "run", "--quiet", "pytest")
    said = str(caught.value)
    assert said.count("was left running, at tests/test_leak.py:5 [tasks]") == 2
    assert {*re.findall(r" tests/\S+::test_leak\[(\w+)\]", said)} == {
        "asyncio",
        "uvloop",
    }


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
    """Every address of the project lies below that of its repository."""
    project = render(**answers)
    static_checks(project, run)
    urls = metadata(project)["urls"]
    assert urls["Repository"] == address
    assert list(urls) == ["Changelog", "Issues", "Repository"]
    assert all(url.startswith(address) for url in urls.values())


@pytest.mark.parametrize("provider", ["github", "gitlab", "none"])
def test_no_address_is_invented(render: Render, run: Run, provider: str) -> None:
    """Without a user there is none, and a user of the other provider does not count."""
    other = {"github": "gitlab_user", "gitlab": "github_user", "none": "github_user"}[
        provider
    ]
    project = render(repository_provider=provider, **{other: "ada"})
    static_checks(project, run)
    assert "urls" not in metadata(project)


def test_an_address_of_an_author_is_given_or_absent(render: Render) -> None:
    """An empty e-mail address leaves no empty field."""
    assert metadata(render())["authors"] == [{"name": "my-project contributors"}]
    known = render(user_name="Ada", user_email="ada@a.example")
    assert metadata(known)["authors"] == [{"name": "Ada", "email": "ada@a.example"}]


def test_every_length_of_name_is_formatted(
    render: Render, run: Run, tmp_path: Path
) -> None:
    """Imports and strings are laid out as ruff would, from 1 to 40 characters."""
    for length in range(1, 41):
        render(tmp_path / f"p{length}", package_name="n" * length)
    run(tmp_path, "ruff", "format", "--diff")
    run(tmp_path, "ruff", "check")


@pytest.mark.parametrize("name", ["n", "n" * 40])
def test_the_shortest_and_the_longest_name_work(render: Render, name: str) -> None:
    """The whole project is green, not only its layout."""
    project = render(package_name=name)
    for check in checks.CHECKS:
        check(project)


@pytest.mark.parametrize("answer", ["MIT", "Proprietary"])
@pytest.mark.parametrize(
    ("provider", "email", "named"),
    [
        ("github", "", ["Private vulnerability reporting"]),
        ("gitlab", "", []),
        ("none", "", ["where to report a vulnerability"]),
        ("none", "ada@a.example", []),
    ],
)
def test_what_security_md_leans_on_is_set_up(
    render: Render, answer: str, provider: str, email: str, named: list[str]
) -> None:
    """Before the first release: what is off at first, or that no address was given."""
    project = render(license=answer, repository_provider=provider, user_email=email)
    page = (project / "CONTRIBUTING.md").read_text("utf-8").split("## Release")[1]
    steps = ("Private vulnerability reporting", "where to report a vulnerability")
    assert [step for step in steps if step in " ".join(page.split())] == named
    assert ("`SECURITY.md`" in page) == bool(named)
    assert email in (project / "SECURITY.md").read_text("utf-8")
    checks.tidy(project)
