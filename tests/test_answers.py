"""What each answer changes: metadata, license, addresses, syntax, and nothing else."""

import tomllib
from pathlib import Path
from typing import Any

import checks
import pytest
from conftest import INSTALLED, Render, Run

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


def test_the_same_answers_give_the_same_project(render: Render) -> None:
    """Neither the day nor the machine shows in what is rendered."""
    first, second = render(), render()
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
        run(project, "uv", "run", "--quiet", "mypy", python=minimum)
        checks.suite(project, "--cov", python=minimum)


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
