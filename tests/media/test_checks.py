"""A wrong address of the proxy or bucket is said before the site opens."""

import pytest

from cms.media.checks import check_offload


@pytest.mark.parametrize("value", ["", "/protected-media/", "https://files.example/media/", "http://10.0.0.2/"])
def test_usable_offload_passes(settings, value):
    settings.MEDIA_OFFLOAD = value

    assert check_offload(None) == []


@pytest.mark.parametrize(
    "value", ["protected", "/protected", "//files.example/", "https://files.example/media", "s3://bucket/"]
)
def test_offload_that_nobody_could_follow_is_an_error(settings, value):
    settings.MEDIA_OFFLOAD = value

    assert [error.id for error in check_offload(None)] == ["media.E001"]
