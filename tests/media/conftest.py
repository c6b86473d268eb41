"""A storage of its own for each test, so that names are free and nothing is remembered of the files of another."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
