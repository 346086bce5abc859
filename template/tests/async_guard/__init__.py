"""Turns silent async mistakes into failures of the test that made them.

CONTRIBUTING.md says how it is used and set. One idea a module:

- `plugin`: the list of all watchers, and notes at the end of a run
- `judge`: which test is to blame; `garbage`: for what only shows when it is collected
- `settings`: the checks, and what `pyproject.toml`, the command line and the marker say
- `mistakes`: what a mistake is, and where it stands in the project's own code
- `findings`: the mistakes of the running test; `items`: what a test is made of
- `report`: what the failure says
- `private`: each private part of another library that this leans on; `replacements`: what
  stands in the place of what, until it is put back

and the watchers, each of which finds what its checks are about:

- `warned`: coroutines never awaited, and resources left open, that Python warns of
- `runner`: the loop of a test; `tasks`: the tasks left on it
- `lost`: exceptions that nobody retrieved; `futures`: those of pools and of other threads' coroutines
- `resources`: what is open at the end, though Python does not warn; `opened`: the lines that
  opened it; `sqlite`: connections that Python warns of from 3.13 on
- `generators`: async generators left before their end; `entered`: context managers that nobody enters
- `watchdog`: the thread that looks at what runs; `deadline`: hangs; `spin`: computing
- `blocking`: calls that block the event loop; `calls`: those that blockbuster does not know;
  `permits`: when they do not block
- `mocks`: mocks that cannot fail
- `loops`: fixtures that live longer than their loop; `threads`: work from another thread
- `sources`: what source files show, each of them `parsed` once: `forgotten`, what is made to be
  awaited, entered or iterated, and is not; `in_vain`, locks and timeouts without an effect;
  `asserted`, assertions of mocks that are not called; and in the package `cancellation`, those that
  it swallows, and `held`, locks of threads that are held over an `await`
- `passing_on`: which handlers swallow nothing; `waits`: what a block waits for; `cancelled`: what
  a file cancels itself; `meanings`: what its names mean
- `mixed`: modules that mix async and sync tests
"""

from .plugin import (
    pytest_addoption,
    pytest_configure,
    pytest_load_initial_conftests,
)

__all__ = ["pytest_addoption", "pytest_configure", "pytest_load_initial_conftests"]
