"""The samples behave as people are taught: the tests of `contract/`, run in a project of each kind."""

from pathlib import Path
from shutil import copy2

import pytest

from tests.support import checks
from tests.support.commands import CommandError
from tests.support.projects import (
    AIOHTTP,
    DEFAULT,
    HTTPX,
    OTHERS,
    POSTGRESQL,
    SQLITE,
    Render,
    Run,
    Variant,
)

CONTRACT = Path(__file__).with_name("contract")


def with_contract(project: Path) -> None:
    """Add to a project the parts of the contract that its answers call for."""
    given = checks.answers(project)
    chosen = {question: given[question] for question in ("http_client", "database")}
    kept = [part for pair in chosen.items() for part in pair if pair[1] != "none"]
    for part in ("streams", *kept):
        if (CONTRACT / f"{part}.py").exists():
            copy2(
                CONTRACT / f"{part}.py", project / f"tests/test_contract_of_{part}.py"
            )


@pytest.mark.parametrize(
    "answers",
    [DEFAULT, OTHERS],
    ids=str,
)
def test_the_samples_keep_their_contract(
    render: Render, run: Run, python: str, answers: Variant
) -> None:
    """The public names behave as people are taught, with each library, on every Python."""
    project = render(**answers._asdict())
    with_contract(project)
    command = ("uv", "run", "--quiet", "pytest", "-k", "contract_of")
    printed = run(project, *command, python=python)
    assert set(checks.outcomes(printed)) == {"passed", "deselected"}


BROKEN = [
    (AIOHTTP, ("client.py", 'base_url.rstrip("/")', "base_url")),
    (AIOHTTP, ("client.py", "Invalid user ID", "Wrong user ID")),
    (AIOHTTP, ("client.py", "localhost", "api.example")),
    (AIOHTTP, ("client.py", "upper()", "lower()")),
    (AIOHTTP, ("client.py", "if response.ok", "if response.status == 200")),
    (HTTPX, ("client.py", "localhost", "api.example")),
    (HTTPX, ("client.py", "self.timeout or None", "None")),
    (
        HTTPX,
        ("client.py", "Response.of(await session.get(url))", "await session.get(url)"),
    ),
    (HTTPX, ("transport.py", "follow_redirects=True", "follow_redirects=False")),
    (HTTPX, ("transport.py", "trust_env=False", "trust_env=True")),
    (SQLITE, ("database.py", "await connection.rollback()", "pass")),
    (POSTGRESQL, ("database.py", ", held.transaction():", ":")),
    (
        POSTGRESQL,
        ("database.py", "_in_transaction.set(held)", "_in_transaction.set(None)"),
    ),
    (POSTGRESQL, ("database.py", "await pool.close()", "pass")),
    (POSTGRESQL, ("database.py", "*parameters", "parameters")),
    (SQLITE, ("streams.py", "while True", "while start < 2")),
]


@pytest.mark.parametrize(("answers", "change"), BROKEN)
def test_a_broken_contract_is_found(
    render: Render, run: Run, answers: Variant, change: tuple[str, str, str]
) -> None:
    """Each behaviour, once it is gone, fails the contract."""
    project = render(**answers._asdict())
    with_contract(project)
    file, old, new = change
    module = project / "src/my_project" / file
    text = module.read_text("utf-8")
    assert old in text
    module.write_text(text.replace(old, new), "utf-8")
    contract = ("pytest", "-k", "contract_of", "--exitfirst")
    with pytest.raises(CommandError, match=r"\d (failed|error)"):
        run(project, "uv", "run", "--quiet", *contract)
