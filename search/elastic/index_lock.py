"""One change of a language's indices at a time: who makes, opens or replaces one holds a lock that ends with its process."""

from contextlib import AbstractContextManager

from django.conf import settings

from cms.core.locking import hold_lock


def hold_indices(locale: str) -> AbstractContextManager[None]:
    """Hold the indices of a language for the time of the block, without waiting.

    Raises:
        LockBusyError: if somebody else is making or replacing one.
    """
    return hold_lock(f"{settings.SEARCH_INDEX_PREFIX}-{locale.lower()}", waits=False)
