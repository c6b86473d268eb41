"""Page that compares an act on two days."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe

from cms.core.calendar import today
from cms.core.languages import LANGUAGES
from frontend.portal.differences import build_shown_diff
from frontend.portal.page_frame import build_frame, build_site_versions
from frontend.portal.periods import PeriodError, read_period
from frontend.portal.responses import build_page_response
from frontend.portal.timelines import build_diff_path
from frontend.portal.views.acts import find_act
from frontend.portal.views.documents import answer_absence
from legal.language.section_numbers import normalise_section
from legal.models import Expression, Work

SECTION_LENGTH = 60


@require_safe
def show_act_diff(request: HttpRequest, locale: str, slug: str) -> HttpResponseBase:
    """Show what differs between two days, in the whole act or in one ``section``.

    Days left out are those of the newest change. Days that cannot be compared are answered 400, a day before the first text
    404, both with the form to choose others.
    """
    act_path = f"/{locale}/acts/{slug}/"
    act = find_act(slug)
    if act is None:
        return answer_absence(request, locale, act_path)
    work = Work.objects.get(content_id=act.document["id"])
    expressions = list(work.expressions.newest_first())
    section = normalise_section(request.GET.get("section", "")[:SECTION_LENGTH])
    context: dict[str, Any] = {"act_path": act_path, "short_title": work.short_title, "section": section}
    status = 200
    rest = "diff/"
    try:
        start, end = read_period(request.GET, [expression.signed_date for expression in expressions])
    except PeriodError as error:
        status = 400
        context |= {"problem": error.problem, "start": error.start, "end": error.end}
    else:
        before, after = Expression.objects.find_at(work, start), Expression.objects.find_at(work, end)
        context |= {"start": start, "end": end, "before": before, "after": after}
        rest = build_diff_path("", start, end, section)
        if before is None or after is None:
            status = 404
            context |= {"problem": "too-early", "first_day": expressions[-1].signed_date}
        elif not before.text_hash or not after.text_hash:
            context["problem"] = "no-text"
        else:
            context |= {"diff": build_shown_diff(before, after, section), "is_same": before == after}
    with override(locale):
        title = gettext("What changed in %(act)s") % {"act": work.short_title}
    context["frame"] = build_frame(
        locale=locale,
        title=title,
        path=f"{act_path}diff/",
        day=today(),
        versions=build_site_versions(f"/{{locale}}/acts/{slug}/{rest}", locale, LANGUAGES),
        is_indexed=False,
    )
    return build_page_response(request, "portal/act_diff.html", context, locale=locale, status=status)
