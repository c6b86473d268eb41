"""Publishing is atomic: page and log row are stored together or not at all; and it is refused where something stands against it.

Wagtail 8.0 saves a page and sends its signal without a transaction around both, on publish, unpublish and move alike
(``wagtail.actions``). The actions are wrapped here, at the one place that the editor, the API, commands and scheduled publishing
all go through; an approval, which publishes in the end, likewise. The log's head is locked first, so that two of them never wait
for each other crosswise. Remove when Wagtail opens the transaction itself; ``tests/publication/pages/test_transactions.py`` tells.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial, wraps
from typing import Any

from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import LogContext, get_active_log_context
from wagtail.models import Page, Revision, TaskState, WorkflowState

from cms.publication.log.publication_log import publication_log
from cms.publication.pages.answers import are_answers_given, needs_answers
from cms.publication.pages.obstacles import AnswersMissingError, ReleaseRefusedError, find_obstacle
from cms.publication.pages.pending_releases import cancel_schedule
from cms.publication.pages.services import is_released_type, make_drafts

ACTIONS = (UnpublishAction, UnpublishPageAction, MovePageAction, DeletePageAction, CopyPageAction)
# The audit action with which Wagtail's ``publish_scheduled`` publishes.
SCHEDULED = "wagtail.publish.scheduled"


def make_actions_atomic() -> None:
    """Wrap Wagtail's actions; calling it twice changes nothing."""
    for action in ACTIONS:
        _wrap(action, _execute_plainly)
    _wrap(PublishRevisionAction, _execute_publishing)
    _wrap(ConvertAliasPageAction, _execute_converting)
    _wrap(TaskState, _execute_plainly, "approve")
    # Publishes when the last task is approved.
    _wrap(WorkflowState, _execute_approving, "on_finish")


def _wrap(action: type, execute_within: Callable[..., Any], name: str = "execute") -> None:
    execute = getattr(action, name)
    if hasattr(execute, "is_atomic"):
        return

    @wraps(execute)
    def execute_atomically(self: Any, *args: Any, **kwargs: Any) -> Any:
        with publication_log.appending(), _acting(getattr(self, "user", None)):
            return execute_within(self, partial(execute, self, *args, **kwargs))

    execute_atomically.is_atomic = True  # type: ignore[attr-defined]
    setattr(action, name, execute_atomically)


def _acting(user: Any) -> AbstractContextManager[Any]:
    """Let what is stored meanwhile know who did it, as Wagtail's own audit log does."""
    is_known = user is None or get_active_log_context().user is not None
    return nullcontext() if is_known else LogContext(user=user)


def _execute_plainly(action: Any, execute: Callable[[], Any]) -> Any:
    return execute()


def _execute_publishing(action: Any, execute: Callable[[], Any]) -> Any:
    """Publish or schedule what nothing stands against. One that was scheduled gives up its schedule instead of failing.

    Raises:
        ReleaseRefusedError: if a person asked and something stands against it.
        AnswersMissingError: if a person asked, and has not said how much of a text that readers know has changed.
    """
    is_scheduled = action.log_action == SCHEDULED
    if is_scheduled and not _is_still_scheduled(action.revision):
        # It was withdrawn after the worker had read what is due.
        return None
    obstacle = find_obstacle(action.object)
    if obstacle is None:
        if not is_scheduled and needs_answers(action.object, action.user):
            raise AnswersMissingError(action.object)
        return execute()
    if not is_scheduled:
        raise ReleaseRefusedError(obstacle)
    cancel_schedule(action.object, obstacle=obstacle)
    return None


def _execute_approving(state: WorkflowState, execute: Callable[..., Any]) -> Any:
    """Publish what the last task approved, if the approver has met the questions of publishing.

    Raises:
        ReleaseRefusedError: if something stands against publishing it.
        AnswersMissingError: if a person has not answered.
    """
    user = execute.keywords.get("user")  # type: ignore[attr-defined]
    instance = state.content_object
    page = instance.specific if isinstance(instance, Page) else instance
    if user is not None and is_released_type(page) and not are_answers_given():
        obstacle = find_obstacle(page.get_latest_revision_as_object())
        raise ReleaseRefusedError(obstacle) if obstacle else AnswersMissingError(page, is_approval=True)
    return execute()


def _is_still_scheduled(revision: Revision) -> bool:
    is_scheduled: bool = Revision.objects.filter(pk=revision.pk, approved_go_live_at__isnull=False).exists()
    return is_scheduled


def _execute_converting(action: Any, execute: Callable[[], Any]) -> Any:
    """Convert an alias into a draft of its own."""
    make_drafts(Page.objects.filter(pk=action.page.pk))
    action.page = Page.objects.get(pk=action.page.pk).specific
    return execute()
