"""Verification of a text: by whom, and until when."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Verification:
    """``until`` is the last day somebody vouches for a text; ``by`` the unit or role that does, never a person's name."""

    until: date | None = None
    by: str | None = None

    def build(self) -> dict[str, str | None]:
        """Build ``{"until", "by"}`` as released documents carry it."""
        return {"until": self.until.isoformat() if self.until else None, "by": self.by}
