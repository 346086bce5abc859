"""The documentation site: what is in it, what fails it, and that it needs no network."""

import datetime
import html
import re
import zlib
from pathlib import Path

import pytest
import yaml

from tests.support import commands, environments, workflows
from tests.support.changes import append, appending, replacing
from tests.support.commands import CommandError, run
from tests.support.pairs import choices
from tests.support.projects import SETTINGS, Render, copied

DESCRIPTION = "% of `a`_ *b* |c| {d}`e` :f:`g` (h)= i_ <j> \"k\" -- 'l'... $m$ [n](o)"
"""Plain text, which would mean something in each of the languages of a site."""

OFFLINE = """
import sys
from sphinx.cmd.build import main

def refuse(event, details):
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise OSError(f"no network: {event} {details[:2]}")

sys.addaudithook(refuse)
sys.exit(main(sys.argv[1:]))
"""

MORE = "\n```{eval-rst}\n.. automodule:: my_project.extra\n```\n"
API, CLIENT = "src/my_project/api.py", "src/my_project/client.py"


@pytest.fixture(scope="session")
def documented(render: Render) -> Path:
    """A project with documentation, in its environment; for reading only."""
    project = render(docs=True, description=DESCRIPTION)
    run(project, "uv", "sync", "--quiet")
    return project


@pytest.fixture
def changed(documented: Path, tmp_path: Path) -> Path:
    """The files of that project, for a test to change; `make` uses its environment."""
    return copied(documented, tmp_path)


def make(documented: Path, changed: Path) -> Path:
    """Make the site as the project's checks do, without a network, and return its folder."""
    settings = (documented / "pyproject.toml").read_text("utf-8")
    (options,) = re.findall(r'^    "sphinx-build (.+)",$', settings, re.MULTILINE)
    python = (documented / ".venv/bin/python", "-c", OFFLINE, *options.split())
    run(changed, "env", f"PYTHONPATH={changed / 'src'}", *python)
    return changed / "build/docs"


def objects(site: Path) -> dict[str, str]:
    """Return the kind of each object of Python in a site, by its name."""
    text = zlib.decompress((site / "objects.inv").read_bytes().split(b"\n", 4)[4])
    rows = [line.split(" ") for line in text.decode().splitlines()]
    return {
        name: kind.removeprefix("py:")
        for name, kind, priority, *_ in rows
        if kind.startswith("py:") and priority == "1"
    }


def test_the_reference_has_the_public_names(documented: Path, changed: Path) -> None:
    """Each once, where people import it from; and those of a module that the page names."""
    init = (changed / "src/my_project/__init__.py").read_text("utf-8")
    public = {
        f"my_project.{n}" for n in re.findall(r'^    "(\w+)",', init, re.MULTILINE)
    }
    assert len(public) == 8
    kinds = {"class", "exception", "function"}

    def named() -> set[str]:
        found = objects(make(documented, changed))
        return {name for name, kind in found.items() if kind in kinds}

    assert named() == public
    own = "from typing import Any\n\n\ndef added(value: Any) -> None: ...\n"
    append(changed / "src/my_project/extra.py", own)
    append(changed / "docs/api.md", MORE)
    assert named() == public | {"my_project.extra.added"}


def test_the_site_needs_nothing_else(documented: Path, changed: Path) -> None:
    """No script, style or font of another machine; and text comes out as it was written."""
    site = make(documented, changed)
    page = (site / "index.html").read_text("utf-8")
    loaded = re.findall(r'<(?:script|link|img)\b[^>]* (?:src|href)="([^"]+)"', page)
    styles = [file.read_text("utf-8") for file in site.glob("_static/**/*.css")]
    loaded += re.findall(r"url\(([^)]+)\)", "".join(styles))
    assert len(loaded) > 5
    assert [address for address in loaded if "//" in address.split("data:")[0]] == []
    assert f"<p>{DESCRIPTION}</p>" in html.unescape(page)


MISTAKES = {
    "target not found: map_concurrent": replacing(API, "as `map_concurrently`", "as `map_concurrent`"),
    "target not found: Nothing": replacing(API, "in the order of", "in the :class:`Nothing` of"),
    "target not found: aiohttp.Nothing": replacing(API, "of their IDs", "of `aiohttp.Nothing`"),
    "start-string": replacing(CLIENT, "Close the session", "Close *the"),
    "nonexisting document": replacing("docs/index.md", "\napi\n", "\napi\nmore\n"),
    "missing.md": appending("docs/index.md", "\n[More](missing.md)\n"),
    "No module named 'my_project.nothing'": appending("docs/api.md", MORE.replace("extra", "nothing")),
    "isn't included in any toctree": appending("docs/other.md", "# Other\n"),
}  # fmt: skip
"""In docstrings and between pages, by what Sphinx says of them."""


def test_each_mistake_fails_the_site(documented: Path, changed: Path) -> None:
    """All at once: Sphinx names each of them."""
    for mistake in MISTAKES.values():
        mistake(changed)
    with pytest.raises(CommandError) as caught:
        make(documented, changed)
    assert [match for match in MISTAKES if match not in str(caught.value)] == []


@pytest.mark.thorough
@pytest.mark.parametrize("match", MISTAKES)
def test_a_mistake_fails_the_site(documented: Path, changed: Path, match: str) -> None:
    """Each alone is enough."""
    MISTAKES[match](changed)
    with pytest.raises(CommandError, match=re.escape(match)):
        make(documented, changed)


def test_other_packages_may_be_referred_to(documented: Path, changed: Path) -> None:
    """The standard library and a dependency, by their names."""
    names = "`asyncio.Event`, `ExceptionGroup` and :class:`aiohttp.ClientSession`"
    replacing(CLIENT, "one session", names)(changed)
    site = make(documented, changed)
    assert "docs.aiohttp.org" not in (site / "api.html").read_text("utf-8")


@pytest.mark.parametrize("client", choices(SETTINGS)["http_client"])
def test_references_to_other_sites_are_links(render: Render, client: str) -> None:
    """To Python and to the HTTP library, once their inventories were downloaded."""
    text = (render(docs=True, http_client=client) / "docs/conf.py").read_text("utf-8")
    mapped = dict(
        re.findall(r'^    "(\w+)": \("(https://[^"]+)", None\),$', text, re.MULTILINE)
    )
    known = {"aiohttp", "httpx2"} & {client}
    assert mapped.keys() == {"python", *known}


def test_a_reference_to_aiohttp_is_a_link(documented: Path, changed: Path) -> None:
    """With an inventory as Sphinx keeps it after a download."""
    replacing(CLIENT, "one session", "one :class:`aiohttp.ClientSession`")(changed)
    entries = zlib.compress(b"aiohttp.ClientSession py:class 1 client.html#$ -\n")
    lines = (
        "Sphinx inventory version 2",
        "Project: aiohttp",
        "Version: 3",
        "The remainder of this file is compressed using zlib.",
    )
    kept = changed / "build/docs/.doctrees/__intersphinx_cache__/aiohttp_objects.inv"
    kept.parent.mkdir(parents=True)
    kept.write_bytes("".join(f"# {line}\n" for line in lines).encode() + entries)
    page = (make(documented, changed) / "api.html").read_text("utf-8")
    assert (
        "https://docs.aiohttp.org/en/stable/client.html#aiohttp.ClientSession" in page
    )


def test_the_site_has_a_copyright(documented: Path, changed: Path) -> None:
    """Of the author, and of the year in which it is made."""
    page = (make(documented, changed) / "index.html").read_text("utf-8")
    year = datetime.datetime.now(datetime.UTC).year
    assert f"{year}, my-project contributors" in page


def shared(project: Path) -> dict[str, str]:
    """Return the variables with which commands run in the worker's environment."""
    return environments.environment(project, commands.environment())


@pytest.mark.thorough
def test_a_mistake_fails_the_checks(documented: Path, tmp_path: Path) -> None:
    """The one command that runs them all has it among them."""
    project = copied(documented, tmp_path)
    MISTAKES["target not found: map_concurrent"](project)
    with pytest.raises(CommandError, match="target not found: map_concurrent"):
        workflows.shell(project, "uv run poe check", shared(project))


def test_read_the_docs_builds_the_site(documented: Path, tmp_path: Path) -> None:
    """By the commands of its file, but for the one that installs uv."""
    settings = yaml.safe_load((documented / ".readthedocs.yaml").read_text("utf-8"))
    install, command = settings["build"]["commands"]
    assert install == "python -m pip install uv"
    output = {"READTHEDOCS_OUTPUT": str(tmp_path)}
    workflows.shell(documented, command, output)
    assert (tmp_path / "html/api.html").exists()
