"""Replace the machine translation of wagtail-localize 1.14 by ours, behind its own button.

It sends everything at once, stores whatever comes back and signs it with the name of whoever pressed the button. In the form that
updates translations it would wait for the service within a transaction, so it is not offered there. Remove when wagtail-localize
checks what it stores; ``tests/translation/machine`` tells.
"""

from typing import Any

from wagtail_localize.models import Translation
from wagtail_localize.views import edit_translation, update_translations

from cms.publication.pages.obstacles import ReleaseRefusedError
from cms.translation.interchange.report import Outcome
from cms.translation.machine.runs import run_machine


def apply_machine_translation(translation_id: int, user: Any, machine_translator: Any) -> bool:
    """Translate one translation's missing passages; returns whether there were any.

    Raises:
        ReleaseRefusedError: if the text, or one of its passages, was refused; the middleware shows the message.
    """
    translation = Translation.objects.select_related("source", "target_locale").get(pk=translation_id)
    pair = (translation.source.object_id, translation.target_locale.language_code)
    report = run_machine([pair], user=user)
    if report.problems or report.loud:
        raise ReleaseRefusedError(" ".join([str(report), *report.problems, *map(str, report.loud[:3])]))
    return any(result.outcome == Outcome.TAKEN for result in report.results)


def replace_machine_translation() -> None:
    """Put ours in the place of wagtail-localize's; calling it twice changes nothing."""
    edit_translation.apply_machine_translation = apply_machine_translation
    update_translations.get_machine_translator = lambda: None
