"""Cancellations that the package's source swallows, seen without running it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .findings import Findings
from .report import fail
from .swallowing import swallowing


class SwallowedCancellation(pytest.Item):
    """A failing test for a source file, made only where the file has the mistake."""

    mends: dict[int, str]
    """How to mend each line that swallows a cancellation."""
    findings: Findings

    def runtest(self) -> None:
        """Fail."""
        for line, mend in self.mends.items():
            self.findings.add(
                "cancellation",
                "a cancellation is caught here and not raised again",
                mend,
                [(str(self.path), line)],
            )
        fail(self.findings.take(), self.config.rootpath)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Tell where."""
        return (
            self.path,
            min(self.mends) - 1,
            f"{self.path.name}: swallowed cancellation",
        )


def items(session: pytest.Session, findings: Findings) -> Iterator[pytest.Item]:
    """Yield a failing test for each file of the package that swallows a cancellation."""
    source = findings.own.root / "src"
    folders = (
        folder for folder in findings.own.package_folders if folder.parent == source
    )
    paths = {path for folder in folders for path in folder.rglob("*.py")}
    for path in sorted(paths if "cancellation" not in findings.off else ()):
        if mends := swallowing(path.read_bytes()):
            module = pytest.Module.from_parent(session, path=path)
            item = SwallowedCancellation.from_parent(module, name="async_guard")
            item.mends, item.findings = mends, findings
            yield item
