"""The documentation site: what is in it, what fails it, and that it needs no network."""

import html
import re
import zlib
from pathlib import Path

import pytest
import yaml

from tests.support import commands, environments, workflows
from tests.support.changes import append, appending, replacing
from tests.support.commands import CommandError, run
from tests.support.pages import FENCE, all_checks_command, readme
from tests.support.projects import Render, copied
from tests.support.releases import commit
from tests.support.selection import thorough, thorough_but

DESCRIPTION = "% of `a`_ *b* |c| {d}`e` :f:`g` (h)= i_ <j> \"k\" -- 'l'... $m$ [n](o)"
"""Plain text, which would mean something in each of the languages of a site."""

OFFLINE = """
import sys
from sphinx.cmd.build import main

def refuse(event, details):
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise OSError(f"no network: {event} {details[:2]}")

sys.addaudithook(refuse)
sys.exit(main(["--fail-on-warning", "--quiet", "docs", "build/docs"]))
"""

API, CLIENT = "src/my_project/api.py", "src/my_project/client.py"
CONF = "docs/conf.py"


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
    """Make the site without a network, as strictly as a project does, and return its folder."""
    python = (documented / ".venv/bin/python", "-c", OFFLINE)
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
    """Each once, where people import it from; those of a module that is added too."""
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
    for name in ("extra", "deep/__init__", "deep/inner", "_hidden", "deep/_hidden"):
        add_module(changed / f"src/my_project/{name}.py")
    (changed / "src/my_project/__main__.py").write_text("raise SystemExit(1)\n")
    more = ("extra.added", "deep.added", "deep.inner.added")
    assert named() == public | {f"my_project.{name}" for name in more}


def add_module(file: Path) -> None:
    """Add a module with a function, and with another module's."""
    file.parent.mkdir(exist_ok=True)
    code = (
        "from my_project import async_stream\n\n\ndef added(value: int) -> None: ...\n"
    )
    file.write_text(f'"""Added; as `async_stream`."""\n\n{code}', "utf-8")


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


def other_machine(project: Path) -> None:
    """Have Sphinx look up the names in Python's own documentation."""
    extension = '"sphinx.ext.autodoc", "sphinx.ext.intersphinx"'
    replacing(CONF, '"sphinx.ext.autodoc"', extension)(project)
    mapping = '\nintersphinx_mapping = {"a": ("https://a.example", None)}\n'
    append(project / CONF, mapping)


FATAL = {
    "No module named 'nothing'": appending("src/my_project/a.py", "import nothing\n"),
    "no network: socket.getaddrinfo": other_machine,
}


@pytest.mark.parametrize("match", [*FATAL, *map(thorough, MISTAKES)])
def test_a_mistake_fails_the_site(documented: Path, changed: Path, match: str) -> None:
    """Each alone is enough; after one that is fatal, Sphinx names no other."""
    (FATAL | MISTAKES)[match](changed)
    with pytest.raises(CommandError, match=re.escape(match)):
        make(documented, changed)


def test_other_packages_may_be_referred_to(documented: Path, changed: Path) -> None:
    """The standard library and a dependency, by their names."""
    names = "`asyncio.Event`, `ExceptionGroup` and :class:`aiohttp.ClientSession`"
    replacing(CLIENT, "one session", names)(changed)
    make(documented, changed)


def shared(project: Path) -> dict[str, str]:
    """Return the variables with which commands run in the worker's environment."""
    return environments.environment(project, commands.environment())


def test_a_mistake_fails_the_checks(documented: Path, tmp_path: Path) -> None:
    """The one command that runs them all has it among them."""
    project = copied(documented, tmp_path)
    commit(project)
    MISTAKES["target not found: map_concurrent"](project)
    one = f"{all_checks_command(project)} documentation"
    with pytest.raises(CommandError, match="target not found: map_concurrent"):
        workflows.shell(project, one, shared(project))


@pytest.mark.parametrize("program", thorough_but(["sphinx-build", ""], "sphinx-build"))
def test_the_readme_s_commands_work(
    documented: Path, tmp_path: Path, program: str
) -> None:
    """That which makes the site, and each of the others."""
    project = copied(documented, tmp_path)
    blocks = FENCE.findall(readme(project))
    typed = "".join(text for kind, text in blocks if kind == "console")
    chosen = [line for line in typed.splitlines() if program in line]
    workflows.shell(project, "\n".join(chosen), shared(project))
    assert (project / "build/docs/index.html").exists()


def test_read_the_docs_makes_it(documented: Path, tmp_path: Path) -> None:
    """By the commands of its file, but for the one that installs uv."""
    settings = yaml.safe_load((documented / ".readthedocs.yaml").read_text("utf-8"))
    install, command = settings["build"]["commands"]
    assert install == "python -m pip install uv"
    output = {"READTHEDOCS_OUTPUT": str(tmp_path)}
    workflows.shell(documented, command, output)
    assert (tmp_path / "html/api.html").exists()
