"""What stands in the place of other libraries' functions, until it is put back."""

from contextlib import ExitStack
from typing import Any


class Replacements:
    """Puts things in the place of others, and puts those back, the last first."""

    def __init__(self) -> None:
        self._undo = ExitStack()

    def put(self, owner: Any, name: str, new: Any) -> Any:
        """Put something in the place of what an owner has, if it has it; return the original."""
        original = getattr(owner, name, None)
        if original is not None:
            setattr(owner, name, new)
            self._undo.callback(setattr, owner, name, original)
        return original

    def put_back(self) -> None:
        """Put back all that was replaced."""
        self._undo.close()
