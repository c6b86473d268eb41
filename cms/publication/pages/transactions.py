"""Publishing is atomic: page and log row are stored together or not at all.

Wagtail 8.0 saves a page and sends its signal without a transaction around both, on publish, unpublish and move alike
(``wagtail.actions``). The actions are wrapped here, at the one place that the editor, the API, commands and scheduled publishing
all go through. The log's head is locked first, so that two of them never wait for each other crosswise. Remove when Wagtail opens
the transaction itself; ``tests/publication/pages/test_transactions.py`` tells.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction

from cms.publication.log.publication_log import publication_log
from cms.publication.pages.services import is_released_type, release_page

ACTIONS = (PublishRevisionAction, UnpublishAction, UnpublishPageAction, MovePageAction, DeletePageAction)


def make_actions_atomic() -> None:
    """Wrap Wagtail's actions; calling it twice changes nothing."""
    for action in (*ACTIONS, ConvertAliasPageAction):
        if not hasattr(action.execute, "is_atomic"):
            action.execute = _make_atomic(action.execute, releases=action is ConvertAliasPageAction)


def _make_atomic(execute: Callable[..., Any], *, releases: bool) -> Callable[..., Any]:
    @wraps(execute)
    def execute_atomically(self: Any, *args: Any, **kwargs: Any) -> Any:
        with publication_log.appending():
            result = execute(self, *args, **kwargs)
            # An alias that becomes a page of its own is live without ever having been published.
            if releases and is_released_type(result.specific) and result.live:
                release_page(result.specific, revision_id=result.live_revision_id)
            return result

    execute_atomically.is_atomic = True  # type: ignore[attr-defined]
    return execute_atomically
