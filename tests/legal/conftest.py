"""Fixtures of the law's tests."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture
def english() -> Iterator[None]:
    """Reasons are asserted in the language of the source code."""
    with translation.override("en"):
        yield
