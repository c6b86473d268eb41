"""The addresses of the site: where this machine reaches it, and what released documents say."""

import ipaddress
from collections.abc import Mapping

from deploy.local.environment import EnvironmentFile

# Beside PUBLIC_URL in DATA_DIR/env, so that it can be told from an address that somebody else has put there.
OWN_URL = "LOCAL_PUBLIC_URL"


def build_local_url(host: str, port: int) -> str:
    """Build the address by which this machine reaches a server: one for all interfaces is reached by loopback."""
    return f"http://{_build_shown_host(host)}:{port}"


def store_public_url(environ: Mapping[str, str], stored: EnvironmentFile, local_url: str) -> str:
    """Settle the address in released documents and write it down, as every command has to release with the same.

    The process environment wins, then an address somebody has put into the file, which stays there, then where the site
    is reached.
    """
    foreign = _find_foreign_url(stored)
    url = environ.get("PUBLIC_URL") or foreign or local_url
    if foreign is None:
        stored.store(PUBLIC_URL=url, **{OWN_URL: url})
    return url


def _find_foreign_url(stored: EnvironmentFile) -> str | None:
    url = stored.find("PUBLIC_URL")
    return url if url and url != stored.find(OWN_URL) else None


def _build_shown_host(host: str) -> str:
    address = ipaddress.ip_address(host) if host.replace(".", "").isdigit() or ":" in host else None
    if address and address.is_unspecified:
        return "[::1]" if address.version == 6 else "127.0.0.1"
    return f"[{host}]" if ":" in host else host
