"""System checks of the harvest's settings: addresses that may be asked and a pause that the source allows."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from legal.harvest.pace import find_shortest_pause
from legal.harvest.source_addresses import AddressError, check_address


@register("legal")
def check_harvest_addresses(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that both addresses of the source may be asked."""
    found: list[CheckMessage] = []
    for name in ("LEGAL_HARVEST_API_URL", "LEGAL_HARVEST_SOURCE_URL"):
        try:
            check_address(getattr(settings, name))
        except AddressError as error:
            hint = "Write it as https://host/… and name the host in LEGAL_HARVEST_HOSTS."
            found.append(Error(f"{name}: {error}.", hint=hint, id="legal.E001"))
    return found


@register("legal")
def check_harvest_pause(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that the source is asked no more often than it allows; a copy of it on this machine may be."""
    seconds, shortest = settings.LEGAL_HARVEST_PAUSE_SECONDS, find_shortest_pause()
    if seconds >= shortest:
        return []
    hint = f"The source allows one call in {shortest:.0f} seconds."
    return [Error(f"LEGAL_HARVEST_PAUSE_SECONDS is {seconds}.", hint=hint, id="legal.E002")]
