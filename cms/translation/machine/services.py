"""Machine translation for the desk: whether it is set up, what it would be, and its start."""

from collections.abc import Iterable
from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import get_language
from wagtail_localize.machine_translators import get_machine_translator

from cms.translation.machine.plans import MachinePlan, plan_texts
from cms.translation.machine.tasks import translate_texts


class Translatable(Protocol):
    """A content and a language it is translated into, as a ``TranslationTask`` has them."""

    content_id: UUID
    locale: str


def is_configured() -> bool:
    """Say whether a service is set up."""
    return get_machine_translator() is not None


def estimate(tasks: Iterable[Translatable], *, user: Any) -> MachinePlan:
    """Plan the translation of some texts: passages, characters, and what is refused, to be shown before the start."""
    return plan_texts([(task.content_id, task.locale) for task in tasks], user=user)


def start(tasks: Iterable[Translatable], *, user: Any) -> str:
    """Start the translation in the background; returns the id under which its report can be read."""
    pairs = [[str(task.content_id), task.locale] for task in tasks]
    return str(translate_texts.enqueue(pairs, str(user.pk), get_language() or "da").id)
