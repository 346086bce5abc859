"""Fixtures for tests of the template: its macros, and a project of each kind."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tests.support.pairs import RUN
from tests.support.projects import Render
from tests.support.updates import ANSWERS

collect_ignore = ["contract"]  # It runs in a generated project.


@pytest.fixture(
    scope="session", params=RUN, ids=lambda row: "-".join(map(str, row.values()))
)
def variant(request: pytest.FixtureRequest, render: Render) -> Path:
    """The project of each row of answers that is run: shared, so for reading only."""
    return render(**request.param)


@pytest.fixture(scope="session")
def jinja(copier_template: Path) -> Environment:
    """Jinja as Copier sets it up for this template."""
    settings = yaml.safe_load((copier_template / "copier.yml").read_text("utf-8"))
    return Environment(
        loader=FileSystemLoader(copier_template),
        extensions=["jinja2_ansible_filters.AnsibleCoreFiltersExtension"],
        **settings["_envops"] | {"undefined": StrictUndefined},
    )


@pytest.fixture(scope="session")
def macros(jinja: Environment) -> Callable[[str], Any]:
    """Load a file of includes/ for a new project; its macros are the result's attributes."""
    copier = {"answers_file": ANSWERS, "data": {}, "defaults": True, "dst_path": "new"}
    context = {"_copier_conf": copier}
    return lambda name: jinja.get_template(f"includes/{name}").make_module(context)
