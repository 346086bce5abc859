"""Names of projects and packages: a taken one is refused, and every default is free."""

import importlib
import json
import keyword
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import checks
from tests.support.projects import DEFAULT, OTHERS, SUPPORTED, Render, Run, Variant

INSTALLED = """
import importlib.metadata, json
modules = importlib.metadata.packages_distributions()
print(json.dumps({"modules": list(modules), "distributions": sum(modules.values(), [])}))
"""


@pytest.fixture(scope="module")
def names(macros: Callable[[str], Any]) -> Any:
    """The macros of includes/names.jinja."""
    return macros("names.jinja")


def test_keywords_are_refused(names: Any) -> None:
    """No package is named by a keyword or a soft keyword of any Python here."""
    known = [*keyword.kwlist, *keyword.softkwlist, "lazy"]
    taken = [name for name in known if name.islower()]
    assert [name for name in taken if not names.refuse_package_name(name)] == []


@pytest.mark.parametrize("version", SUPPORTED)
def test_standard_modules_are_refused(names: Any, version: str) -> None:
    """No package hides a module of the standard library of any supported Python."""
    known = importlib.import_module(
        f"stdlibs.py{version.replace('.', '')}"
    ).module_names
    taken = [name for name in known if name.islower() and not name.startswith("_")]
    assert len(taken) > 150
    assert [name for name in taken if not names.refuse_package_name(name)] == []


@pytest.mark.parametrize("answers", [DEFAULT, OTHERS], ids=str)
def test_dependencies_are_refused(
    names: Any, render: Render, run: Run, answers: Variant
) -> None:
    """Neither name is one of what a project's environment has installed."""
    project = render(**answers._asdict())
    printed = run(project, "uv", "run", "--quiet", "python", "-c", INSTALLED)
    installed = json.loads(printed)
    modules = {name for name in installed["modules"] if name.isidentifier()}
    modules = {name for name in modules if not name.startswith("_")} - {"my_project"}
    distributions = {*installed["distributions"]} - {"my-project"}
    assert {answers.http_client, "pytest_asyncio"} <= modules
    assert {answers.http_client, "pytest-asyncio"} <= distributions
    assert [n for n in modules if not names.refuse_package_name(n)] == []
    assert [n for n in distributions if not names.refuse_project_name(n)] == []


def test_libraries_of_samples_left_out_are_free(
    names: Any, macros: Callable[[str], Any], render: Render, run: Run, tmp_path: Path
) -> None:
    """A project without samples gets their names by default; its environment has none of them."""
    libraries = macros("reserved.jinja").sample_libraries
    project = render(tmp_path / "aiosqlite", http_client="none", database="none")
    assert checks.answers(project)["project_name"] == "aiosqlite"
    assert checks.answers(project)["package_name"] == "aiosqlite"
    printed = run(project, "uv", "run", "--quiet", "python", "-c", INSTALLED)
    found = json.loads(printed)
    free = json.loads(names.left_out(["none", "none"]))
    assert {*free} == {*" ".join(libraries.values()).split()}
    assert {*free}.isdisjoint(found["modules"] + found["distributions"])
    assert [n for n in free if names.refuse_package_name(n, free)] == []
    assert [n for n in free if names.refuse_project_name(n, free)] == []
    for sample, brought in libraries.items():
        others = json.loads(names.left_out([sample]))
        for name in brought.split():
            assert names.refuse_package_name(name, others) or names.refuse_project_name(
                name, others
            )


@pytest.mark.parametrize("answers", [DEFAULT, OTHERS], ids=str)
def test_names_used_by_the_layout_are_refused(
    names: Any, render: Render, answers: Variant
) -> None:
    """No package is named like a folder of the project or a module of its tests."""
    project = render(**answers._asdict())
    folders = [path.name for path in project.iterdir() if path.is_dir()]
    modules = [path.stem for path in project.glob("[dt]*s/*.py")]
    taken = [name for name in (*folders, *modules) if not name.startswith(".")]
    assert {"src", "tests", "conftest", "test_client"} <= set(taken)
    assert [name for name in taken if not names.refuse_package_name(name)] == []


@given(folder=st.text(st.characters(exclude_categories=["Cs"])))
def test_every_folder_has_a_default(names: Any, folder: str) -> None:
    """Whatever the folder is called, the derived names are accepted."""
    project_name = str(names.project_name_for(folder)).strip()
    assert names.refuse_project_name(project_name) == ""
    package_name = str(names.package_name_for(project_name)).strip()
    assert names.refuse_package_name(package_name) == ""


@given(
    name=st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,98}[A-Za-z0-9])?", fullmatch=True)
)
def test_every_project_name_has_a_default(names: Any, name: str) -> None:
    """Whatever a valid project is called, the derived package name is accepted."""
    package_name = str(names.package_name_for(name)).strip()
    assert names.refuse_package_name(package_name) == ""


@pytest.mark.parametrize(
    ("folder", "project_name", "package_name"),
    [
        ("my-project", "my-project", "my_project"),
        ("My.Project", "My.Project", "my_project"),
        ("my project!", "my-project", "my_project"),
        ("2048", "2048", "my_2048"),
        ("été", "my-package", "my_package"),
        ("日本", "my-package", "my_package"),
        ("aiohttp", "my-aiohttp", "my_aiohttp"),
        ("test", "test", "my_test"),
        ("class", "class", "my_class"),
    ],
)
def test_defaults_stay_close_to_the_folder(
    names: Any, folder: str, project_name: str, package_name: str
) -> None:
    """A derived name differs from the folder's only where it has to."""
    assert str(names.project_name_for(folder)).strip() == project_name
    assert str(names.package_name_for(project_name)).strip() == package_name
