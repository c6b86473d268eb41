"""System checks of the settings of machine translation."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

SERVICES = ("", "deepl", "libretranslate")


@register("translation")
def check_machine_translation(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that the service is one we know, and has what it needs."""
    service = settings.MACHINE_TRANSLATION
    found: list[CheckMessage] = []
    if service not in SERVICES:
        found.append(
            Error(f"MACHINE_TRANSLATION is {service!r}.", hint="deepl, libretranslate or none.", id="translation.E001")
        )
    if service == "deepl" and not settings.MACHINE_TRANSLATION_KEY:
        found.append(Error("MACHINE_TRANSLATION_KEY is missing.", hint="DeepL needs a key.", id="translation.E002"))
    if service == "libretranslate" and not settings.MACHINE_TRANSLATION_URL.startswith(("https://", "http://")):
        hint = "The address of LibreTranslate, such as https://translate.example."
        found.append(
            Error(f"MACHINE_TRANSLATION_URL is {settings.MACHINE_TRANSLATION_URL!r}.", hint=hint, id="translation.E003")
        )
    if settings.MACHINE_TRANSLATION_TIMEOUT_SECONDS < 1:
        found.append(
            Error("MACHINE_TRANSLATION_TIMEOUT_SECONDS is below 1.", hint="At least a second.", id="translation.E004")
        )
    return found
