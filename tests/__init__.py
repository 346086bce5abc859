"""The tests of the template and of its repository."""

import pytest

pytest.register_assert_rewrite("tests.support")
