"""Failed comparisons show both sides, also those made outside the test modules."""

import pytest

pytest.register_assert_rewrite("tests.faults.agreement", "tests.faults.mirror", "tests.faults.stores")
