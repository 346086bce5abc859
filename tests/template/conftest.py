"""Fixtures for tests of the template: its macros, and a project of each kind."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tests.support.projects import Render, Variant

collect_ignore = ["contract"]  # It runs in a generated project.

VARIANTS = [
    Variant(http_client, database, uvloop=database == "postgresql")
    for http_client in ("aiohttp", "httpx", "none")
    for database in ("sqlite", "postgresql", "none")
]


@pytest.fixture(scope="session", params=VARIANTS, ids=str)
def variant(request: pytest.FixtureRequest, render: Render) -> Path:
    """The project of each HTTP client with each database: shared, so for reading only."""
    return render(**request.param._asdict())


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
    """Load a file of includes/; its macros are the result's attributes."""
    return lambda name: jinja.get_template(f"includes/{name}").module
