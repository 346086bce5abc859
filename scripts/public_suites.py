"""Run the async guard over the test suites of public packages, and print what it reports.

Each suite runs twice, without the guard and with it. A test that fails only with the
guard is a mistake of the package, or a false alarm. The result is kept by
`uv run scripts/public_suites.py `; this installs the
packages, in an environment for each, and runs their code.
"""

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

GUARD = Path(__file__).parent.parent / "template" / "tests"
GUARD_NEEDS = "pytest>=9 pytest-asyncio>=1.3 pytest-timeout>=2.4 blockbuster>=1.5"
PYTEST = (
    # As in a generated project, where all warnings are errors: the guard relies on these.
    ".venv/bin/python -W error::ResourceWarning -W error::RuntimeWarning -m pytest "
    "-o addopts= -o asyncio_default_fixture_loop_scope=function -p no:cacheprovider "
    "--timeout=60 --basetemp=../tmp --junit-xml=../junit.xml"
)
SUITE_TIMEOUT_SECONDS = 900
REPORT = re.compile(r"^(?:E +)?(\S.*)(, at .+ \[[a-z]+\])$", re.MULTILINE)
"""The first line of a report of the guard: what, and where."""


class Suite(NamedTuple):
    """A package whose source distribution contains its tests."""

    package: str
    needs: str = ""
    """What its tests need, besides what the guard needs."""
    tests: str = "tests"
    options: str = ""
    """Options for pytest, in place of the package's own `addopts`."""


NO_SETTINGS = "-c pyproject.toml -o asyncio_mode=auto"
"""For a source distribution without settings for pytest."""

SUITES = (
    Suite("aiofiles==25.1.0"),
    Suite(
        "aioftp==0.28.3",
        "async-timeout pytest-mock siosocks trustme",
        options="--import-mode=importlib",
    ),
    Suite("aiojobs==1.4.0", "aiojobs[aiohttp] pytest-aiohttp", options=NO_SETTINGS),
    Suite("aiosqlite==0.22.1", "", "aiosqlite/tests/smoke.py", NO_SETTINGS),
    Suite("asgiref==3.13.0"),
    Suite("async-lru==2.4.0"),
    Suite("hypercorn==0.18.0", "httpx hypothesis mock pytest-trio trio"),
    Suite("janus==2.0.0", "pytest-codspeed"),
    Suite("python-engineio==4.15.1", "python-engineio[client,asyncio_client] tornado"),
    Suite(
        "starlette==1.10.0",
        "starlette[full] httpx2[zstd] importlib-metadata opentelemetry-sdk trio",
    ),
    Suite(
        "uvicorn==0.54.0",
        "uvicorn[standard] a2wsgi httpx2 pytest-codspeed pytest-mock trustme wsproto",
    ),
)


class Result(NamedTuple):
    """What one run of a suite showed."""

    passed: int
    failed: dict[str, str]
    """The tests that failed, each with its messages."""
    notes: list[str]
    """What the guard printed at the end of the run."""


def install(suite: Suite, folder: Path) -> Path:
    """Return the folder of a package's source, with an environment for it in `.venv`.

    The package is installed as editable: the guard takes its files for own code then.
    """
    folder /= suite.package
    if not folder.is_dir():
        pip = "uv tool run pip download --quiet --no-deps --no-binary=:all: --dest"
        subprocess.run([*pip.split(), folder, suite.package], check=True)
        shutil.unpack_archive(next(folder.iterdir()), folder, filter="data")
    source = next(folder.glob("*/PKG-INFO")).parent
    needs = f"uv pip install --quiet --python .venv -e . {GUARD_NEEDS} {suite.needs}"
    for command in (
        f"uv venv --quiet --allow-existing --python {sys.executable}",
        needs,
    ):
        subprocess.run(shlex.split(command), check=True, cwd=source)
    return source


def run(suite: Suite, source: Path, guard: Path | None = None) -> Result:
    """Run a suite; raise `subprocess.SubprocessError` if the run comes to no result."""
    command = shlex.split(f"{PYTEST} {suite.options} {suite.tests}")
    environment = dict(os.environ)
    if guard:
        command.append("-pasync_guard")
        environment["PYTHONPATH"] = str(guard)
    done = subprocess.run(
        command,
        capture_output=True,
        check=False,
        cwd=source,
        env=environment,
        text=True,
        timeout=SUITE_TIMEOUT_SECONDS,
    )
    log = source.parent / ("with-guard.txt" if guard else "without-guard.txt")
    log.write_text(done.stdout + done.stderr)
    if done.returncode not in (0, 1):  # Neither "passed" nor "tests failed".
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout)
    noise = re.compile(
        f"{re.escape(str(source.parent))}/({source.name}/)?| at 0x[0-9a-f]+"
    )
    junit = noise.sub("", (source.parent / "junit.xml").read_text())
    failed: dict[str, str] = {}
    outcomes: dict[str, set[str]] = {}
    for case in ET.fromstring(junit).iter("testcase"):
        test = f"{case.get('classname')}::{case.get('name')}"
        outcomes.setdefault(test, set()).update(outcome.tag for outcome in case)
        for failure in (*case.iter("failure"), *case.iter("error")):
            failed[test] = f"{failed.get(test, '')}{failure.text}\n"
    bad = {"failure", "error", "skipped"}
    passed = sum(not tags & bad for tags in outcomes.values())
    notes = re.findall("^async guard:.*", noise.sub("", done.stdout), re.MULTILINE)
    return Result(passed, failed, notes)


def reports(without: Result, with_guard: Result) -> Iterator[str]:
    """Yield a line of Markdown for each different report that only the guard makes."""
    texts: dict[str, str] = {}
    tests: dict[str, dict[str, None]] = {}
    for test in sorted(with_guard.failed.keys() - without.failed):
        message = with_guard.failed[test].strip()
        # Without a report, the guard changed what the test sees, or the test is flaky.
        found = REPORT.findall(message) or [(message.splitlines()[-1], "")]
        for what, where in found:
            key = re.sub("[0-9]+", "", what) + where  # Ports and the like differ.
            texts.setdefault(key, f"{what}{where}")
            tests.setdefault(key, {})[test] = None
    for key, (test, *others) in tests.items():
        more = f" and {len(others)} more" if others else ""
        yield f"- `{texts[key]}`: `{test}`{more}"
    yield from (f"- `{note}`" for note in with_guard.notes)


def main() -> int:
    """Print a table, and below it the reports on each package."""
    suites = {suite.package.partition("==")[0]: suite for suite in SUITES}
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("packages", nargs="*", help=f"of {', '.join(suites)}")
    parser.add_argument("--guard", type=Path, default=GUARD, help="its parent folder")
    parser.add_argument("--folder", type=Path, help="keep the packages here")
    options = parser.parse_args()
    if unknown := set(options.packages) - suites.keys():
        parser.error(f"unknown packages: {', '.join(sorted(unknown))}")
    print("# Public suites under the async guard", end="\n\n")
    print("| package | passed without the guard | failed only with it |")
    print("| --- | --: | --: |")
    details: list[str] = []
    crashed = False
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.folder or Path(temporary)).resolve()
        for suite in [suites[name] for name in options.packages or suites]:
            try:
                source = install(suite, folder)
                without = run(suite, source)
                with_guard = run(suite, source, options.guard.resolve())
            except subprocess.SubprocessError as error:
                print(error, getattr(error, "output", ""), sep="\n", file=sys.stderr)
                print(f"| {suite.package} | no result | no result |", flush=True)
                crashed = True
                continue
            new = len(with_guard.failed.keys() - without.failed)
            print(f"| {suite.package} | {without.passed} | {new} |", flush=True)
            if found := list(reports(without, with_guard)):
                details += ["", f"## {suite.package}", "", *found]
    print(*details, sep="\n")
    return int(crashed)


if __name__ == "__main__":
    sys.exit(main())
