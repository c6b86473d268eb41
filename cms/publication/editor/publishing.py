"""Publishing a page with the answers given for it: the revision a person saw, and no other."""

from typing import Any

from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, Revision

from cms.core.models import ReleasablePage
from cms.publication.editor.draft_marks import DraftMark
from cms.publication.log.history import load_histories
from cms.publication.log.publication_log import publication_log
from cms.publication.models import Release
from cms.publication.pages.answers import PublishAnswers, giving_answers


class NewerDraftError(Exception):
    """Somebody has saved the draft since it was looked at."""


class PublishedAlreadyError(Exception):
    """The draft that is to be published is out already."""


def publish_with_answers(page: ReleasablePage, mark: DraftMark, answers: PublishAnswers, user: Any) -> Release | None:
    """Publish the draft a person saw. Returns the text released, ``None`` where it stood there already.

    Raises:
        NewerDraftError: if the draft has been saved again since.
        PublishedAlreadyError: if it has been published since.
        ReleaseRefusedError: if something stands against it.
    """
    with publication_log.appending():
        revision = get_marked_draft(page, mark)
        answers.store(revision)
        with giving_answers():
            PublishPageRevisionAction(revision, user=user).execute()
        return find_release(page, revision)


def approve_with_answers(
    page: ReleasablePage, mark: DraftMark, answers: PublishAnswers, user: Any, *, comment: str = ""
) -> Release | None:
    """Approve the last task a page waits for, which publishes the draft. Returns and raises as ``publish_with_answers`` does."""
    with publication_log.appending():
        revision = get_marked_draft(page, mark)
        answers.store(revision)
        state = page.current_workflow_task_state
        with giving_answers():
            page.current_workflow_task.on_action(state, user, "approve", comment=comment)
        return find_release(page, revision)


def get_marked_draft(page: ReleasablePage, mark: DraftMark) -> Revision:
    """Get the newest draft, if it is still the one that was looked at. Called while the log's head is held."""
    stored = Page.objects.get(pk=page.pk)
    revision: Revision | None = stored.get_latest_revision()
    if stored.live_revision_id == mark.revision_id:
        raise PublishedAlreadyError
    if revision is None or not mark.stands_for(revision):
        raise NewerDraftError
    if stored.live_revision_id == revision.pk:
        raise PublishedAlreadyError
    return revision


def find_release(page: ReleasablePage, revision: Revision) -> Release | None:
    """Find the text that was released from a revision just now."""
    history = load_histories([page.translation_key])[page.translation_key]
    rows = history.list_rows(page.locale.language_code)
    return next((row for row in reversed(rows) if row.is_text and row.revision_id == revision.pk), None)
