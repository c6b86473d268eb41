"""Access scope: the contents a caller may see. One rule, used by lists, documents, search, changes, snapshots and facets alike."""

from dataclasses import dataclass, field

from django.db.models import Q

from cms.core.enums import Visibility


@dataclass(frozen=True)
class AccessScope:
    """A caller's access scope: public content always, the network's when a member, and the named consortia's own."""

    network: bool = False
    consortia: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_public(self) -> bool:
        """Say whether this is what anyone sees."""
        return not self.network and not self.consortia

    @property
    def fingerprint(self) -> str:
        """A short name of this access scope, to bind cursors and cached answers to it."""
        return "public" if self.is_public else ",".join(["network" if self.network else "", *sorted(self.consortia)])

    def build_filter(self, prefix: str = "") -> Q:
        """Build the database condition for rows that carry ``visibility`` and ``consortium``, their names begun by ``prefix``."""
        visibility, consortium = f"{prefix}visibility", f"{prefix}consortium"
        condition = Q(**{visibility: Visibility.PUBLIC})
        if self.network or self.consortia:
            condition |= Q(**{visibility: Visibility.NETWORK})
        if self.consortia:
            condition |= Q(**{visibility: Visibility.CONSORTIUM, f"{consortium}__in": sorted(self.consortia)})
        return condition

    def covers(self, visibility: str, consortium: str) -> bool:
        """Say whether content of this visibility and owner is within the access scope."""
        if visibility == Visibility.PUBLIC:
            return True
        if visibility == Visibility.NETWORK:
            return self.network or bool(self.consortia)
        return consortium in self.consortia


PUBLIC_ACCESS = AccessScope()


def build_common_access(visibility: str, consortium: str) -> AccessScope:
    """Build what every reader of an item of this visibility and owner may see."""
    if visibility == Visibility.CONSORTIUM:
        return AccessScope(network=True, consortia=frozenset([consortium] if consortium else []))
    return AccessScope(network=visibility == Visibility.NETWORK)
