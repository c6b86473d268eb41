"""JSON views of the act picker: acts by name or number, and the sections of a text."""

from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from cms.core.unicode_text import clean_text
from legal.admin.act_suggestions import build_suggestion, suggest_acts
from legal.models import Expression, Provision

EXCERPT_LENGTH = 90
LONGEST_QUERY = 200


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Answer ``?q=`` with ``{"results": [{"eli_uri", "title", "line", "is_newest"}]}``."""
    found = suggest_acts(request.GET.get("q", "")[:LONGEST_QUERY])
    return JsonResponse({"results": [asdict(suggestion) for suggestion in found]})


@require_safe
def list_sections(request: HttpRequest) -> JsonResponse:
    """Answer ``?eli_uri=`` with ``{"act": {…} or null, "sections": [{"section", "label", "chapter", "excerpt"}]}``."""
    expression = Expression.objects.find_by_eli_uri(request.GET.get("eli_uri", ""))
    if expression is None or expression.work is None:
        return JsonResponse({"act": None, "sections": []})
    provisions = Provision.objects.served().filter(expression=expression).order_by("ordinal")
    return JsonResponse(
        {
            "act": asdict(build_suggestion(expression, expression.work)),
            "sections": [
                {
                    "section": provision.section,
                    "label": provision.label,
                    "chapter": provision.chapter,
                    "excerpt": _build_excerpt(provision),
                }
                for provision in provisions
            ],
        }
    )


def _build_excerpt(provision: Provision) -> str:
    text = clean_text(provision.text[: 4 * EXCERPT_LENGTH]).removeprefix(provision.label).lstrip(" .")
    return text if len(text) <= EXCERPT_LENGTH else f"{text[:EXCERPT_LENGTH].rsplit(' ', 1)[0]} …"
