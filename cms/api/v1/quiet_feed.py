"""A feed that has nothing for its caller: what a request that waits for a change stands on."""

from dataclasses import dataclass, replace

from cms.api.v1.feed import FeedReader
from cms.api.v1.feed_cursor import FeedCursor
from cms.api.v1.recalls import list_recalls
from cms.api.v1.selection import Selection
from cms.publication.access.access_scope import AccessScope

# Where the view of changes leaves its quiet feed in the request's environment, for the server that called it.
QUIET_FEED = "videnbro.quiet_feed"


@dataclass(frozen=True)
class QuietFeed:
    """A feed that holds nothing for an access scope and selection up to ``read_until``; callers with the same one wait together."""

    selection: Selection
    access: AccessScope
    read_until: int

    def look_again(self) -> "QuietFeed | None":
        """Look at what was appended since; ``None`` when the caller is to be told of something."""
        cursor = FeedCursor.start(self.read_until, self.selection, self.access)
        if list_recalls(cursor, self.access).recalls:
            return None
        page = FeedReader(cursor, self.access).read(limit=1)
        return None if page.changes else replace(self, read_until=page.read_until)
