"""The samples behave as people are taught: the tests of `contract/`, run in a project of each kind."""

import re
from pathlib import Path
from shutil import copy2
from typing import NamedTuple

import pytest

from tests.support import checks
from tests.support.changes import replacing
from tests.support.commands import CommandError
from tests.support.projects import DEFAULT, INSTALLED, OTHERS, Render, Run, Variant
from tests.support.selection import thorough_but

CONTRACT = Path(__file__).with_name("contract")
FORMER = Variant("httpx", "none")
"""Answers that are not offered any more, and that projects have."""


def with_contract(project: Path) -> None:
    """Add to a project the parts of the contract that its answers call for."""
    given = checks.answers(project)
    chosen = [
        question
        for question in ("http_client", "database")
        if given[question] != "none"
    ]
    for part in ("streams", *chosen, *(given[question] for question in chosen)):
        if (CONTRACT / f"{part}.py").exists():
            copy2(
                CONTRACT / f"{part}.py", project / f"tests/test_contract_of_{part}.py"
            )
        elif part == "httpx":  # It is used as its successor is.
            text = (CONTRACT / "httpx2.py").read_text("utf-8")
            module = project / "tests/test_contract_of_httpx.py"
            module.write_text(text.replace("httpx2", "httpx"), "utf-8")


@pytest.mark.parametrize("python", thorough_but(INSTALLED, INSTALLED[0]))
@pytest.mark.parametrize("answers", [DEFAULT, OTHERS, FORMER], ids=str)
def test_the_samples_keep_their_contract(
    render: Render, run: Run, python: str, answers: Variant
) -> None:
    """The public names behave as people are taught, with each library, on each Python."""
    project = render(**answers._asdict())
    with_contract(project)
    command = ("uv", "run", "--quiet", "pytest", "-k", "contract_of")
    printed = run(project, *command, python=python)
    assert set(checks.outcomes(printed)) == {"passed", "deselected"}


class Broken(NamedTuple):
    """A change of a module's text, and the test of the contract that it fails."""

    answers: Variant
    test: str
    change: tuple[str, str, str]


API, CLIENT, DATABASE = "api.py", "client.py", "database.py"
BROKEN = [
    Broken(DEFAULT, "http_client::async_client", (CLIENT, 'base_url.rstrip("/")', "base_url")),
    Broken(DEFAULT, "http_client::an_id_below_one", (API, "Invalid user ID", "Wrong user ID")),
    Broken(DEFAULT, "http_client::api_client_takes_the_address_of_the_environment", (API, "MY_PROJECT_BASE_URL", "my_project_BASE_URL")),
    Broken(DEFAULT, "aiohttp::it_asks_this_machine_by_default", (API, "localhost", "api.example")),
    Broken(DEFAULT, "aiohttp::a_response_with_only_json_prepared_is_enough", (API, "response.ok", "response.status == 200")),
    Broken(DEFAULT, "aiohttp::a_session_that_is_passed_in", (CLIENT, "self._opened: aiohttp.ClientSession | None = None", "self._opened = session")),
    Broken(DEFAULT, "database::transactions", (DATABASE, "await connection.rollback()", "pass")),
    Broken(DEFAULT, "streams::stream", ("streams.py", "while True", "while start < 2")),
    Broken(OTHERS, "httpx2::it_asks_this_machine_by_default", (API, "localhost", "api.example")),
    Broken(OTHERS, "http_client::the_whole_request_is_bounded", (CLIENT, "self.timeout or None", "None")),
    Broken(OTHERS, "httpx2::a_session_that_is_passed_in", (CLIENT, "self._session = session", "self._session = None")),
    Broken(OTHERS, "httpx2::a_response", (CLIENT, "got.content)", 'b"")')),
    Broken(OTHERS, "http_client::async_client", (CLIENT, "follow_redirects=True", "follow_redirects=False")),
    Broken(OTHERS, "http_client::proxies_of_the_environment_are_left_alone", (CLIENT, "trust_env=False", "trust_env=True")),
    Broken(OTHERS, "database::transactions", (DATABASE, ", held.transaction():", ":")),
    Broken(OTHERS, "database::transactions", (DATABASE, "_in_transaction.set(held)", "_in_transaction.set(None)")),
    Broken(OTHERS, "database::the_default_database", (DATABASE, "await pool.close()", "pass")),
    Broken(OTHERS, "database::parameters", (DATABASE, "*parameters", "parameters")),
]  # fmt: skip


def contract_fails(render: Render, run: Run, *broken: Broken) -> set[str]:
    """Break a project, and return the tests of the contract that fail, without parameters."""
    project = render(**broken[0].answers._asdict())
    with_contract(project)
    for _, _, (file, old, new) in broken:
        replacing(f"src/my_project/{file}", old, new)(project)
    modules = {f"tests/test_contract_of_{one.test.split('::')[0]}.py" for one in broken}
    with pytest.raises(CommandError, match=r"\d (failed|error)") as caught:
        # Once is enough, and uvloop never closes a loop whose transports were lost.
        run(
            project,
            "uv",
            "run",
            "--quiet",
            "pytest",
            "-k",
            "not uvloop",
            *sorted(modules),
        )
    failed = r"^(?:FAILED|ERROR) \S+_contract_of_(\w+)\.py::test_(\w+)"
    found = re.findall(failed, str(caught.value), re.MULTILINE)
    return {"::".join(one) for one in found}


@pytest.mark.parametrize("answers", thorough_but([DEFAULT, OTHERS], DEFAULT), ids=str)
def test_broken_contracts_are_found(render: Render, run: Run, answers: Variant) -> None:
    """Each behaviour, once it is gone, fails its test; here they all are."""
    broken = [one for one in BROKEN if one.answers == answers]
    assert {one.test for one in broken} <= contract_fails(render, run, *broken)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "broken", BROKEN, ids=lambda one: f"{one.test}-{one.change[2]}"
)
def test_a_broken_contract_is_found(render: Render, run: Run, broken: Broken) -> None:
    """Each alone."""
    assert broken.test in contract_fails(render, run, broken)
