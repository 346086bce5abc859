"""Turns silent async mistakes into failures of the test that made them.

It observes and never changes what it watches: nothing of it stands in a traceback. One subject a module:

- `plugin`: pytest's hooks, and which test a finding belongs to; `settings`: the checks
- `findings`: what was found, and its report; `own_code`: which lines are the project's own
- `observe`: learn of calls without a wrapper; `compat`: private parts of other libraries

The modules of the checks:

- `dropped`: coroutines never awaited, async generators left early, errors of finalizers
- `loops`: tasks and timers left on a loop, exceptions never retrieved
- `resources`: what a test opened and did not close
- `blocking`: calls of the package that block the event loop
- `deadline`: tests and fixtures that hang

Beside them, `sweep` cancels a function at every await, and `shuffle` runs tests in many orders.
"""

from .plugin import pytest_addoption, pytest_configure, pytest_load_initial_conftests
from .sweep import CancelEverywhere, Cancelled, cancel_everywhere, pytest_runtest_call

__all__ = [
    "CancelEverywhere",
    "Cancelled",
    "cancel_everywhere",
    "pytest_addoption",
    "pytest_configure",
    "pytest_load_initial_conftests",
    "pytest_runtest_call",
]
