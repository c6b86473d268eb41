"""The reader's language: asked for in the address, or the best of what the browser accepts."""

from collections.abc import Collection

from django.http import HttpRequest
from django.utils.translation import get_language_info
from django.utils.translation.trans_real import parse_accept_lang_header

from cms.core.languages import BRIDGE_LANGUAGE, LANGUAGES, SOURCE_LANGUAGE, Language


class LocaleConverter:
    """Match the code of one of the site's languages in an address."""

    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def get_language_of(locale: str) -> Language:
    """Return the language of a locale; an unknown code is its own name."""
    return LANGUAGES.get(locale, Language(locale, locale))


def get_endonym(code: str) -> str:
    """Return how a language writes its own name, also for one the site is not published in."""
    if code in LANGUAGES:
        return LANGUAGES[code].endonym
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def choose_locale(request: HttpRequest, available: Collection[str]) -> str:
    """Choose the best language of ``Accept-Language`` among those there are.

    Who accepts none of them is taken for a newcomer and gets the bridge language, as ``x-default`` tells search engines.
    """
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        locale = code.partition("-")[0]
        if locale in available:
            return locale
    return BRIDGE_LANGUAGE if BRIDGE_LANGUAGE in available else SOURCE_LANGUAGE
