"""Scopes of API keys, and the access scope that follows from them."""

from collections.abc import Iterable, Sequence

from cms.core.models import Consortium
from cms.publication.access.access_scope import AccessScope

READ_NETWORK = "read:network"
READ_CONSORTIUM = "read:consortium:"
PLAIN_SCOPES = (READ_NETWORK, "webhooks", "receipts", "preview")


class UnknownScopeError(ValueError):
    """A scope that does not exist, or one for a consortium that does not."""


def check_scopes(scopes: Sequence[str]) -> None:
    """Check that every scope exists.

    Raises:
        UnknownScopeError: names the scope and what there is instead.
    """
    for scope in scopes:
        if scope.startswith(READ_CONSORTIUM):
            slugs = list(Consortium.objects.order_by("slug").values_list("slug", flat=True))
            if scope.removeprefix(READ_CONSORTIUM) not in slugs:
                raise UnknownScopeError(f"{scope}: no such consortium; there are: {', '.join(slugs) or 'none'}")
        elif scope not in PLAIN_SCOPES:
            raise UnknownScopeError(
                f"{scope}: no such scope; there are: {', '.join(PLAIN_SCOPES)} and {READ_CONSORTIUM}SLUG"
            )


def build_access_scope(scopes: Iterable[str]) -> AccessScope:
    """Build the access scope that a key's scopes give; a consortium's includes the network's."""
    consortia = frozenset(scope.removeprefix(READ_CONSORTIUM) for scope in scopes if scope.startswith(READ_CONSORTIUM))
    return AccessScope(network=bool(consortia) or READ_NETWORK in scopes, consortia=consortia)
