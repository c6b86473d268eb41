"""Names of indices and aliases: ``videnbro-da-read``, ``videnbro-da-write``, ``videnbro-da-next``."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from cms.core.languages import LANGUAGES

READ = "read"
WRITE = "write"
# The index a rebuild is filling: it follows the log beside the one that is read.
NEXT = "next"


def build_alias(locale: str, role: str) -> str:
    """Build the name of a language's alias; ``role`` is READ, WRITE or NEXT."""
    return f"{settings.SEARCH_INDEX_PREFIX}-{locale.lower()}-{role}"


def build_index_name(locale: str, moment: datetime) -> str:
    """Build the name of a new index of a language."""
    return f"{settings.SEARCH_INDEX_PREFIX}-{locale.lower()}-{moment:%Y%m%d%H%M%S%f}"


def build_aliases(role: str, locales: Iterable[str] = tuple(LANGUAGES)) -> list[str]:
    """Build the aliases of several languages in one role."""
    return [build_alias(locale, role) for locale in locales]
