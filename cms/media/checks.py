"""System checks of files: an offload address that no proxy could follow is said before the site opens."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register("media")
def check_offload(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that ``MEDIA_OFFLOAD`` is empty, a path of the proxy's or an address of a bucket's."""
    value = settings.MEDIA_OFFLOAD
    parts = urlsplit(value)
    is_path = value.startswith("/") and not value.startswith("//")
    is_address = parts.scheme in ("http", "https") and bool(parts.netloc)
    if not value or (value.endswith("/") and (is_path or is_address)):
        return []
    hint = "Write a path such as /protected-media/ or an address such as https://files.example/media/, with a slash at the end."
    return [Error(f"MEDIA_OFFLOAD is {value!r}.", hint=hint, id="media.E001")]
