"""Actions of the matrix on chosen texts and languages; other rooms register theirs from their app's ``ready``."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.publication.pages.obstacles import ReleaseRefusedError
from cms.translation.desk.passage_store import publish_translation
from cms.translation.desk.translated_content import find_translated_content
from cms.translation.enums import WorkState
from cms.translation.models import TranslationTask
from cms.translation.states import work
from cms.translation.states.state_table import StepRefusedError


@dataclass(frozen=True)
class ActionValues:
    """What a person said beside the choice: of whom, by when, and why."""

    owner: Any = None
    due: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of one text in one language, in words."""

    task: TranslationTask
    is_done: bool
    message: str


RunAction = Callable[[Sequence[TranslationTask], ActionValues, Any], Iterable[Outcome]]


def run_nothing(tasks: Sequence[TranslationTask], values: ActionValues, user: Any) -> Iterable[Outcome]:
    """Do nothing here."""
    return ()


@dataclass(frozen=True)
class MatrixAction:
    """Something that can be done with several texts and languages at once.

    ``run`` gets the tasks, what was said beside them and the user; each text is done whole or not at all, and told of by itself.
    With ``build_next_url`` the action goes on at a page of its own, with the tasks, and nothing is run before. ``is_offered``
    says whether the action is there today: a service may not be configured.
    """

    name: str
    label: str | Promise
    run: RunAction = run_nothing
    needs_reason: bool = False
    build_next_url: Callable[[Sequence[TranslationTask]], str] | None = None
    is_offered: Callable[[], bool] = lambda: True


ACTIONS: dict[str, MatrixAction] = {}


def register_action(action: MatrixAction) -> None:
    """Register an action; a second one of the same name is an error in the code."""
    if action.name in ACTIONS:
        raise ValueError(f"action {action.name} is registered twice")
    ACTIONS[action.name] = action


def list_actions() -> list[MatrixAction]:
    """List the actions that are offered today."""
    return [action for action in ACTIONS.values() if action.is_offered()]


def run_one_by_one(act: Callable[[TranslationTask, ActionValues, Any], str]) -> RunAction:
    """Let ``act`` do one text after the other, each in a transaction of its own, and tell what it was refused for."""

    def run(tasks: Sequence[TranslationTask], values: ActionValues, user: Any) -> Iterable[Outcome]:
        for task in tasks:
            try:
                with transaction.atomic():
                    message = act(task, values, user)
            except (ReleaseRefusedError, StepRefusedError) as error:
                yield Outcome(task, False, str(error))
            except ValidationError as error:
                yield Outcome(task, False, " ".join(error.messages))
            except PermissionDenied:
                yield Outcome(task, False, _("You may not do this."))
            else:
                yield Outcome(task, True, message)

    return run


def request_translation(task: TranslationTask, values: ActionValues, user: Any) -> str:
    """Ask for a translation."""
    work.request(task.content_id, task.locale, user=user, owner=values.owner, due=values.due, reason=values.reason)
    if values.owner is None:
        return _("Asked of the language’s team.")
    return _("Asked of %(who)s.") % {"who": values.owner.get_full_name() or values.owner.get_username()}


def publish_ready(task: TranslationTask, values: ActionValues, user: Any) -> str:
    """Publish a translation that is ready."""
    if task.state != WorkState.READY:
        raise StepRefusedError(_("It is not ready: %(state)s.") % {"state": task.get_state_display().lower()})
    content = find_translated_content(task.content_id, task.locale)
    if content is None or content.target is None:
        raise StepRefusedError(_("Nobody has begun to translate it."))
    if not content.target.permissions_for_user(user).can_publish():
        raise PermissionDenied
    publish_translation(content, user)
    return _("Published.")


def dismiss_change(task: TranslationTask, values: ActionValues, user: Any) -> str:
    """Say that an outdated translation is still right."""
    work.dismiss(task.content_id, task.locale, user=user, reason=values.reason)
    return _("Stands as it is.")


register_action(MatrixAction("request", gettext_lazy("Ask for a translation"), run_one_by_one(request_translation)))
register_action(MatrixAction("publish", gettext_lazy("Publish what is ready"), run_one_by_one(publish_ready)))
register_action(
    MatrixAction("dismiss", gettext_lazy("Still right as it is"), run_one_by_one(dismiss_change), needs_reason=True)
)
