"""A terminal in which Copier asks its questions, and what a person sees of it."""

import sys
from pathlib import Path
from time import monotonic

import pexpect
import pyte

from tests.support import commands

ENTER, CLEAR, UP, DOWN, CONTROL_C = "\r", "\x15", "\x1b[A", "\x1b[B", "\x03"
LINES, SECONDS = 50, 30


class Terminal:
    """Runs `copier` with some arguments in a folder, in a terminal of so many columns."""

    def __init__(self, folder: Path, *arguments: str, columns: int = 80) -> None:
        # Without the first variable, the prompt waits for the terminal to say where the cursor is.
        environment = commands.environment() | {
            "PROMPT_TOOLKIT_NO_CPR": "1",
            "TERM": "xterm",
        }
        self._screen = pyte.Screen(columns, LINES)
        self._stream = pyte.Stream(self._screen)
        self._child: pexpect.spawn[str] = pexpect.spawn(
            sys.executable,
            ["-m", "copier", *arguments],
            cwd=folder,
            env=environment,
            encoding="utf-8",
            dimensions=(LINES, columns),
        )

    def shows(self) -> str:
        """Return what is on the screen now, without empty lines."""
        lines = (line.rstrip() for line in self._screen.display)
        return "\n".join(filter(None, lines))

    def sees(self, text: str) -> str:
        """Wait until the screen shows a text, wherever its lines are wrapped; return the screen."""
        end = monotonic() + SECONDS
        wanted = "".join(text.split())
        running = True
        while wanted not in "".join((shown := self.shows()).split()):
            assert running, f"no {text!r} at the end of\n{shown}"
            assert monotonic() < end, f"no {text!r} in\n{shown}"
            running = self._read()
        return shown

    def types(self, *keys: str) -> None:
        """Press keys."""
        self._child.send("".join(keys))

    def exit_code(self) -> int | None:
        """Wait for the end."""
        end = monotonic() + SECONDS
        while self._read():
            assert monotonic() < end, self.shows()
        self._child.close()
        return self._child.exitstatus

    def close(self) -> None:
        """End the command if it still runs."""
        self._child.close(force=True)

    def _read(self) -> bool:
        """Let the screen show all that was printed, and return whether there may be more."""
        try:
            while True:
                self._stream.feed(self._child.read_nonblocking(65536, timeout=0.05))
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
