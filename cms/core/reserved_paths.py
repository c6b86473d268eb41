"""Portal paths at which the site itself answers, so that a page there would never be seen.

Who serves pages registers how it knows its own addresses; nobody keeps a list of them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _


@dataclass
class ReservedPaths:
    """Finders of reserved paths: each gets a portal path and returns whether something else than its page answers there."""

    finders: list[Callable[[str], bool]] = field(default_factory=list)

    def register(self, finder: Callable[[str], bool]) -> None:
        """Register a finder; the same one twice counts once."""
        if finder not in self.finders:
            self.finders.append(finder)

    def is_reserved(self, path: str) -> bool:
        """Say whether the site itself answers at a portal path."""
        return any(finder(path) for finder in self.finders)

    def find_reserved(self, parent: Any, slug: str) -> str | None:
        """Find the reserved path at which a page of this slug would stand under ``parent``; ``None`` where it is free."""
        above = getattr(parent.specific, "portal_path", None) if parent and slug else None
        if above is None:
            return None
        path = f"{above}{slug}/"
        return path if self.is_reserved(path) else None


reserved_paths = ReservedPaths()


def build_reserved_message(path: str) -> str:
    """Build what an editor is told of a slug that leads to a reserved path."""
    return _("This slug is taken: the site itself answers at %(path)s. Choose another one.") % {"path": path}
