"""The languages content is published in, their direction and the chain a missing one falls back along.

Source: the mission's language list; codes are BCP 47, endonyms as the languages write themselves.
"""

from dataclasses import dataclass

from babel import Locale
from django.utils.translation import get_language

SOURCE_LANGUAGE = "da"
BRIDGE_LANGUAGE = "en"


@dataclass(frozen=True)
class Language:
    """One language of the site; ``direction`` is ``ltr`` or ``rtl``."""

    code: str
    endonym: str
    direction: str = "ltr"


LANGUAGES = {
    language.code: language
    for language in (
        Language("da", "Dansk"),
        Language("en", "English"),
        Language("de", "Deutsch"),
        Language("pl", "Polski"),
        Language("ro", "Română"),
        Language("lt", "Lietuvių"),
        Language("uk", "Українська"),
        Language("ar", "العربية", "rtl"),
    )
}


def fallback_chain(code: str) -> list[str]:
    """List the languages to try for ``code``, best first: itself, English, Danish, each once."""
    return list(dict.fromkeys([code, BRIDGE_LANGUAGE, SOURCE_LANGUAGE]))


def get_written_locale() -> Locale:
    """Return the CLDR locale in which dates and numbers are written in the active language; English is British."""
    code = get_language() or SOURCE_LANGUAGE
    return Locale.parse("en-GB" if code == "en" else code, sep="-")
