"""Turns silent async mistakes into failures of the test that made them.

It observes and never changes what it watches. `plugin` has the settings and pytest's hooks. Checks:

- `dropped`: coroutines never awaited, async generators left early, errors of finalizers
- `loops`: tests that hang, tasks and timers left on a loop, exceptions never retrieved
- `resources`: what a test opened and did not close
- `blocking`: calls of the package that block the event loop

Beside them, `sweep` cancels a function at every await, and `shuffle` runs tests in many orders.
"""

from .sweep import CancelEverywhere, Cancelled

__all__ = ["CancelEverywhere", "Cancelled"]
pytest_plugins = ["async_guard.plugin", "async_guard.sweep"]
