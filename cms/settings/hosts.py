"""The host names a development server answers to."""

from urllib.parse import urlsplit

LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALL_INTERFACES = {"0.0.0.0", "::"}  # noqa: S104


def build_allowed_hosts(host: str, public_url: str) -> list[str]:
    """Build ``ALLOWED_HOSTS`` for a server listening on ``host``, an address or a name.

    One that listens on all interfaces is reached by names and addresses of the machine that it cannot know, such as those
    of a container's host; it takes any.
    """
    if host in ALL_INTERFACES:
        return ["*"]
    public = urlsplit(public_url).hostname or ""
    names = [*LOOPBACK, *(f"[{name}]" if ":" in name else name for name in (host, public) if name)]
    return list(dict.fromkeys(names))
