"""Background task of machine translation."""

from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.tasks import task
from django.utils import translation

from cms.translation.machine.runs import run_machine


@task()
def translate_texts(pairs: list[list[str]], user_id: str, language: str) -> dict[str, Any]:
    """Translate contents into languages, ``[id, locale]`` each, for a user; returns the report in the user's language."""
    user = get_user_model().objects.get(pk=user_id)
    with translation.override(language):
        report = run_machine([(UUID(content_id), locale) for content_id, locale in pairs], user=user)
        return {"summary": str(report), "lines": [str(line) for line in [*report.loud, *report.problems]]}
