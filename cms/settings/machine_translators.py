"""Adapters of wagtail-localize by the name of the service, as its setting wants them."""

from typing import Any


def build_machine_translator(service: str, *, key: str, url: str, timeout_seconds: float) -> dict[str, Any] | None:
    """Build the setting ``WAGTAILLOCALIZE_MACHINE_TRANSLATOR``; ``None`` without a service, or one nobody knows."""
    if service == "deepl":
        return {
            "CLASS": "wagtail_localize.machine_translators.deepl.DeepLTranslator",
            "OPTIONS": {"AUTH_KEY": key, "TIMEOUT": timeout_seconds},
        }
    if service == "libretranslate":
        return {
            "CLASS": "wagtail_localize.machine_translators.libretranslate.LibreTranslator",
            "OPTIONS": {"LIBRETRANSLATE_URL": url, "API_KEY": key, "TIMEOUT": timeout_seconds},
        }
    return None
