"""View that answers the difference between two texts of an act as an HTML fragment, shown beside the text somebody writes."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from legal.admin.section_comparison import build_comparison, find_neighbouring_texts, list_texts
from legal.models import Expression

MOST_SECTIONS = 40


@require_safe
def show_comparison(request: HttpRequest) -> HttpResponse:
    """Answer ``?eli_uri= section=… before= after=``: the named text and the one before it, unless other two are named."""
    expression = Expression.objects.find_by_eli_uri(request.GET.get("eli_uri", ""))
    context: dict[str, object] = {"expression": expression}
    pair = find_neighbouring_texts(expression) if expression else None
    if expression is not None and pair is not None:
        texts = list_texts(expression)
        by_uri = {text.eli_uri: text for text in texts}
        before = by_uri.get(request.GET.get("before", ""), pair[0])
        after = by_uri.get(request.GET.get("after", ""), pair[1])
        if before.order > after.order:
            before, after = after, before
        comparison = build_comparison(before, after, request.GET.getlist("section")[:MOST_SECTIONS])
        context |= {"texts": texts, "comparison": comparison}
    return TemplateResponse(request, "legal/admin/comparison.html", context)
