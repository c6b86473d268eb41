"""Addresses of the source: the hosts that may be asked, and the address of a text's XML."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from legal.language.eli_uris import SOURCE, normalise_eli_uri

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
# Example: "‹lta/2025/1183›"
# Example: "‹eli/accn/A20250118329›"
ELI_NAME = re.compile(r"^(?:eli/)?(?:(?:lta|ltb|ltc|mt|retsinfo)/\d{4}/\d{1,6}|accn/[A-Z]\d{11})$")
# Example: "‹https://www.retsinformation.dk/eli/lta/2025/1183›"
ELI_ADDRESS = re.compile(r"^https://www\.retsinformation\.dk/eli/[a-z]+/[A-Za-z0-9/_-]{1,120}$")


class AddressError(ValueError):
    """An address that is not asked; the message says why."""


def is_loopback(url: str) -> bool:
    """Say whether an address is this machine's own, where a copy of the source may run."""
    return urlsplit(url).hostname in LOOPBACK


def check_address(url: str) -> None:
    """Check that an address may be asked: a host of the allow-list, by https unless it is this machine.

    Raises:
        AddressError: if it may not.
    """
    parts = urlsplit(url)
    if parts.hostname not in settings.LEGAL_HARVEST_HOSTS:
        raise AddressError(
            _("%(host)s is no host of the source (LEGAL_HARVEST_HOSTS)") % {"host": parts.hostname or url[:80]}
        )
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(url)):
        raise AddressError(_("%(url)s is not asked: only https is") % {"url": url[:200]})
    if parts.username or parts.password:
        raise AddressError(_("%(host)s is not asked with a password in the address") % {"host": parts.hostname})


def parse_eli_uri(text: str) -> str:
    """Read the ELI URI of a text from any usual spelling: ``lta/2025/1183``, ``accn/A20250118329``, a whole address.

    Raises:
        AddressError: if it is none of Retsinformation.
    """
    name = text.strip().strip("/")
    if ELI_NAME.match(name):
        return f"{SOURCE}/eli/{name.removeprefix('eli/')}"
    uri = normalise_eli_uri(name)
    if not ELI_ADDRESS.match(uri):
        raise AddressError(
            _("“%(text)s” names no text of Retsinformation; write it as lta/2025/1183") % {"text": text[:80]}
        )
    return uri


def build_xml_address(eli_uri: str) -> str:
    """Build the address of a text's XML at the source that the settings name."""
    return f"{settings.LEGAL_HARVEST_SOURCE_URL}{eli_uri.removeprefix(SOURCE)}/xml"
