"""The search page: a form, facets and results, all in the address."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe

from cms.core.calendar import today
from cms.core.languages import LANGUAGES
from frontend.portal.feeds import FeedLink, build_feed_link
from frontend.portal.labels import LabelBook
from frontend.portal.page_frame import build_frame, build_site_versions
from frontend.portal.responses import build_page_response
from frontend.portal.search_page import (
    RESULT_LIMIT,
    BadQueryError,
    ReaderQuestion,
    answer_question,
    build_chips,
    build_facets,
    find_direct_hit,
    read_question,
)
from frontend.portal.views.errors import build_not_found_response


@require_safe
def show_search(request: HttpRequest, locale: str) -> HttpResponseBase:
    """Show the search form with what was found; an address that no form of ours makes is answered 400."""
    status = 200
    try:
        question = read_question(request.GET)
        answer = answer_question(question, locale)
    except BadQueryError:
        status = 400
        question = ReaderQuestion()
        answer = answer_question(question, locale)
    if question.page > 1 and not answer["results"]:
        return build_not_found_response(request, locale)
    address = question.build_address()
    facets = build_facets(answer, question, locale)
    with override(locale):
        title = gettext("Search")
    versions = build_site_versions("/{locale}/search/" + (f"?{address}" if address else ""), locale, LANGUAGES)
    context = {
        "frame": build_frame(
            locale=locale, title=title, path=f"/{locale}/search/", day=today(), versions=versions, is_indexed=False
        ),
        "question": question,
        "answer": answer,
        "direct_hit": find_direct_hit(question),
        "facets": facets,
        "chips": build_chips(facets, question),
        "page_count": -(-answer["total"] // RESULT_LIMIT),
        "address": f"{address}&" if address else "",
        "suggestion_address": question.build_address(q=answer["suggestion"]) if answer["suggestion"] else "",
        "plain_address": ReaderQuestion(question.text).build_address(),
        "is_refused": status != 200,
        "feeds": list_topic_feeds(question, locale),
    }
    return build_page_response(request, "portal/search.html", context, locale=locale, status=status)


def list_topic_feeds(question: ReaderQuestion, locale: str) -> list[FeedLink]:
    """List the feeds of a search that only lists topics: of all that carries them, and of a chosen type alone."""
    topics, types = question.chosen.get("topic", []), question.chosen.get("type", [])
    book = LabelBook(locale)
    known = [label for label in book.list_labels("topic", topics) if label.value in book.topic]
    if question.text or not known:
        return []
    return [build_feed_link(locale, type_name=types[0] if len(types) == 1 else "", topics=known)]
