"""The samples behave as people are taught: the tests of `contract/`, run in a project of each kind."""

from pathlib import Path
from shutil import copy2

import pytest

from tests.support import checks
from tests.support.changes import replacing
from tests.support.commands import CommandError
from tests.support.projects import DEFAULT, INSTALLED, OTHERS, Render, Run, Variant
from tests.support.selection import thorough_but

CONTRACT = Path(__file__).with_name("contract")


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


@pytest.mark.parametrize("python", thorough_but(INSTALLED, INSTALLED[0]))
@pytest.mark.parametrize("answers", [DEFAULT, OTHERS], ids=str)
def test_the_samples_keep_their_contract(
    render: Render, run: Run, python: str, answers: Variant
) -> None:
    """The public names behave as people are taught, with each library, on each Python."""
    project = render(**answers._asdict())
    with_contract(project)
    command = ("uv", "run", "--quiet", "pytest", "-k", "contract_of")
    printed = run(project, *command, python=python)
    assert set(checks.outcomes(printed)) == {"passed", "deselected"}


CLIENT, TRANSPORT, DATABASE = "client.py", "transport.py", "database.py"
BROKEN = [
    (DEFAULT, "http_client::async_client", (CLIENT, 'base_url.rstrip("/")', "base_url")),
    (DEFAULT, "http_client::an_id_below_one", (CLIENT, "Invalid user ID", "Wrong user ID")),
    (DEFAULT, "http_client::api_client_takes_the_address", (CLIENT, "upper()", "lower()")),
    (DEFAULT, "aiohttp::it_asks_this_machine", (CLIENT, "localhost", "api.example")),
    (DEFAULT, "aiohttp::a_response_with_only", (CLIENT, "if response.ok", "if response.status == 200")),
    (DEFAULT, "database::transactions", (DATABASE, "await connection.rollback()", "pass")),
    (DEFAULT, "streams::stream", ("streams.py", "while True", "while start < 2")),
    (OTHERS, "httpx::it_asks_this_machine", (CLIENT, "localhost", "api.example")),
    (OTHERS, "http_client::the_whole_request", (CLIENT, "self.timeout or None", "None")),
    (OTHERS, "httpx::a_response_is_one", (CLIENT, "Response.of(await session.get(url))", "await session.get(url)")),
    (OTHERS, "http_client::async_client", (TRANSPORT, "follow_redirects=True", "follow_redirects=False")),
    (OTHERS, "http_client::proxies", (TRANSPORT, "trust_env=False", "trust_env=True")),
    (OTHERS, "database::transactions", (DATABASE, ", held.transaction():", ":")),
    (OTHERS, "database::transactions", (DATABASE, "_in_transaction.set(held)", "_in_transaction.set(None)")),
    (OTHERS, "database::the_default_database", (DATABASE, "await pool.close()", "pass")),
    (OTHERS, "database::parameters", (DATABASE, "*parameters", "parameters")),
]  # fmt: skip
"""The tests of the contract, and the changes of a module that they fail for."""


@pytest.mark.parametrize(("answers", "test", "change"), BROKEN)
def test_a_broken_contract_is_found(
    render: Render, run: Run, answers: Variant, test: str, change: tuple[str, str, str]
) -> None:
    """Each behaviour, once it is gone, fails its test."""
    project = render(**answers._asdict())
    with_contract(project)
    file, old, new = change
    replacing(f"src/my_project/{file}", old, new)(project)
    part, name = test.split("::")
    one = (f"tests/test_contract_of_{part}.py", "-k", f"test_{name}")
    with pytest.raises(CommandError, match=r"\d (failed|error)"):
        run(project, "uv", "run", "--quiet", "pytest", *one)
