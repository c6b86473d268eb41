"""A feed that has nothing for its caller: what a request that waits for a change stands on."""

from dataclasses import dataclass, replace

from cms.api.v1.feed import FeedReader
from cms.api.v1.feed_cursor import FeedCursor
from cms.api.v1.recalls import list_recalls
from cms.api.v1.selection import Selection
from cms.publication.access.scope import Sight

# Where the view of changes leaves its quiet feed in the request's environment, for the server that called it.
QUIET_FEED = "videnbro.quiet_feed"


@dataclass(frozen=True)
class QuietFeed:
    """A feed that holds nothing for a sight and selection up to ``read_until``; all callers with the same one wait for the same."""

    selection: Selection
    sight: Sight
    read_until: int

    def look_again(self) -> "QuietFeed | None":
        """Look at what was appended since; ``None`` when the caller is to be told of something."""
        cursor = FeedCursor.start(self.read_until, self.selection, self.sight)
        if list_recalls(cursor, self.sight).recalls:
            return None
        page = FeedReader(cursor, self.sight).read(limit=1)
        return None if page.changes else replace(self, read_until=page.read_until)
