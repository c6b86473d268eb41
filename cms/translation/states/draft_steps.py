"""Steps that follow from drafts: a saved one, one in which a passage is let stand, and a page that is deleted."""

from typing import Any

from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, Revision

from cms.core.models import ReleasablePage
from cms.publication.log.history import load_histories
from cms.publication.pages.services import is_released_type
from cms.translation.enums import WorkEvent
from cms.translation.models import PassageApproval, TranslationTask
from cms.translation.states.draft_states import find_draft_event
from cms.translation.states.readiness import find_draft
from cms.translation.states.state_table import StepRefusedError
from cms.translation.states.task_rows import delete_tasks, make_missing_tasks
from cms.translation.states.work import record


def on_revision_saved(sender: type[Revision], instance: Revision, *, raw: bool = False, **kwargs: Any) -> None:
    """Record what a draft of a translation says of the work on it; one of a source makes the tasks of its translations.

    Wagtail has no signal for drafts. Every way to save one ends here: the editor, also while somebody types, wagtail-localize,
    bundles and the shell. A save of single fields is no draft: it cancels a schedule or adds the answers of publishing.
    """
    model = instance.content_type.model_class()
    if raw or kwargs.get("update_fields") or model is None or not issubclass(model, ReleasablePage):
        return
    draft = instance.as_object()
    pages = draft.list_source_first()
    if not is_released_type(draft) or not pages:
        return
    make_missing_tasks([draft.translation_key])
    if pages[0].pk != draft.pk:
        record_draft(draft, instance.user or get_active_log_context().user)


def record_draft(draft: ReleasablePage, user: Any) -> None:
    """Record what a draft says of the work on a translation, where that is possible: what a person has said stands."""
    event = find_draft_event(draft)
    if event is None:
        return
    try:
        record(event, draft.translation_key, draft.locale.language_code, user=user)
    except StepRefusedError:
        return


def on_approval_stored(sender: type[PassageApproval], instance: PassageApproval, **kwargs: Any) -> None:
    """Record what the newest draft says now that a person has let one of its passages stand."""
    draft = find_draft(instance.content_id, instance.locale)
    if draft is not None and is_released_type(draft):
        record_draft(draft, instance.user)


def on_page_deleted(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Forget the tasks of a source that is deleted; a translation that never came out and is deleted is not translated."""
    page = instance
    if not isinstance(page, ReleasablePage) or page.alias_of_id is not None:
        return
    left = type(page)._default_manager.filter(translation_key=page.translation_key, alias_of__isnull=True)
    code = page.locale.language_code
    task = TranslationTask.objects.filter(content_id=page.translation_key, locale=code).first()
    if task is None or not left.exists():
        delete_tasks(page.translation_key)
        return
    history = load_histories([page.translation_key])[page.translation_key]
    if not any(row.is_text for row in history.list_rows(code)):
        try:
            record(WorkEvent.WITHDRAWN, page.translation_key, code, user=get_active_log_context().user)
        except StepRefusedError:
            return
