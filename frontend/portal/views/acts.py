"""Acts and their sections, today or as of a date."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe

from cms.core.calendar import today
from cms.core.languages import LANGUAGES, SOURCE_LANGUAGE
from frontend.portal.feeds import build_feed_link
from frontend.portal.force_notices import build_day_notice, build_force_notice
from frontend.portal.page_frame import LanguageVersion, build_frame, build_site_versions
from frontend.portal.released_documents import ReleasedDocument, find_by_path, list_citing, list_documents
from frontend.portal.responses import build_moved_response, build_page_response, build_passing_response
from frontend.portal.timelines import TimelineEntry, build_act_timeline, build_wording_timeline
from frontend.portal.views.documents import (
    answer_absence,
    build_document_context,
    read_day,
    read_page_number,
    show_document,
)
from frontend.portal.views.errors import build_not_found_response
from legal.differences.wordings import list_wordings
from legal.enums import ACT
from legal.language.section_numbers import LABEL_LENGTH, build_anchor, build_section_key, normalise_section
from legal.models import Work
from legal.works.act_documents import build_act_document, build_provision, explain_status
from legal.works.json_ld import build_provision_json_ld

ACTS_PATH = f"/{SOURCE_LANGUAGE}/acts/"


@require_safe
def list_acts(request: HttpRequest, locale: str) -> HttpResponseBase:
    """List the acts, in Danish, whatever language the reader has; a page an editor made for the address goes first."""
    path = f"/{locale}/acts/"
    day = today()
    if find_by_path(path, day) is not None:
        return show_document(request, locale, "acts/")
    try:
        listing = list_documents(ACT, SOURCE_LANGUAGE, day, read_page_number(request))
    except Http404:
        listing = None
    if listing is None or not listing.items:
        return build_not_found_response(request, locale)
    with override(locale):
        title = gettext("Legislation")
    versions = build_site_versions("/{locale}/acts/", locale, LANGUAGES)
    frame = build_frame(locale=locale, title=title, path=path, day=day, versions=versions)
    items = [replace(item, path=f"{path}{item.path.removeprefix(ACTS_PATH)}") for item in listing.items]
    context = {
        "frame": frame,
        "listing": replace(listing, items=items),
        "feeds": [build_feed_link(SOURCE_LANGUAGE, type_name=ACT)],
    }
    return build_page_response(request, "portal/acts.html", context, locale=locale)


@require_safe
def show_act(request: HttpRequest, locale: str, slug: str) -> HttpResponseBase:
    """Show an act with its sections; ``as_of`` chooses the text of a day, and an unreadable one is answered 400."""
    path = f"/{locale}/acts/{slug}/"
    found = find_act(slug)
    if found is None:
        return answer_absence(request, locale, path)
    as_of, is_refused = read_day(request)
    document: dict[str, Any] = found.document
    current: dict[str, Any] | None = None
    if as_of is not None:
        dated = _build_dated(found, as_of)
        if dated is None:
            return build_not_found_response(request, locale)
        document = dated
        current = {**found.document, "expression": found.document["expressions"][0]}
    work = Work.objects.get(content_id=document["id"])
    if locale != SOURCE_LANGUAGE:
        # What is released says it in Danish.
        told = explain_status(work, as_of or today(), locale)
        document = {**document, "status": {**document["status"], "derived_from": told}}
    context = build_document_context(ReleasedDocument(found.path, document), locale=locale, path=path)
    timeline = build_act_timeline(document, path)
    context |= {
        "frame": replace(
            context["frame"], versions=_build_versions(path, locale, as_of), is_indexed=_is_indexed(locale, as_of)
        ),
        "act_path": path,
        "shown": document.get("expression") or document,
        "timeline": timeline,
        "missing_section": _read_missing_section(request, document),
        "citing_texts": list_citing(work, "", locale, today()),
        "shown_change": next((entry for entry in timeline if entry.is_shown and entry.diff_path), None),
        "force_notice": build_force_notice(document["status"], as_of or today()),
        "day_notice": build_day_notice(document, current, as_of, act_path=path, today_path=path),
        "as_of": as_of,
        "is_refused": is_refused,
    }
    return build_page_response(request, "portal/act.html", context, locale=locale, status=400 if is_refused else 200)


@require_safe
def show_provision(request: HttpRequest, locale: str, slug: str, section: str) -> HttpResponseBase:
    """Show one section of an act with its earlier wordings; other spellings of it lead to the address it has."""
    act_path = f"/{locale}/acts/{slug}/"
    act = find_act(slug)
    if act is None:
        return answer_absence(request, locale, act_path)
    as_of, is_refused = read_day(request)
    work = Work.objects.get(content_id=act.document["id"])
    provision = build_provision(work, _read_section(act, section), as_of or today(), language=locale)
    if provision is None:
        return _answer_missing_section(request, locale, act, section, as_of)
    path = f"{act_path}{build_anchor(provision['section'])}/"
    if path != request.path:
        return build_moved_response(request, path)
    current = build_provision(work, provision["section"], today()) if as_of else None
    shown_day = date.fromisoformat(provision["expression"]["signed_date"])
    wordings = list_wordings(work, provision["section"])
    timeline = build_wording_timeline(wordings, act_path, provision["section"], shown_day)
    context = {
        "frame": build_frame(
            locale=locale,
            title=f"{provision['label'] or provision['section']} {provision['act']['short_title']}",
            path=path,
            day=today(),
            versions=_build_versions(path, locale, as_of),
            is_indexed=_is_indexed(locale, as_of),
            canonical_path=path.replace(act_path, act.path, 1),
            title_locale=SOURCE_LANGUAGE,
        ),
        "provision": provision,
        "content_locale": SOURCE_LANGUAGE,
        "is_fallback": locale != SOURCE_LANGUAGE,
        "json_ld": build_provision_json_ld(provision),
        "feeds": [build_feed_link(SOURCE_LANGUAGE, act=provision["act"])],
        "act_path": act_path,
        "timeline": timeline,
        "citing_texts": list_citing(work, provision["section"], locale, today()),
        **_choose_earlier(timeline),
        "force_notice": build_force_notice(provision["status"], as_of or today()),
        "day_notice": build_day_notice(
            provision, current, as_of, act_path=act_path, today_path=path if current else act_path
        ),
        "as_of": as_of,
        "is_refused": is_refused,
    }
    return build_page_response(
        request, "portal/provision.html", context, locale=locale, status=400 if is_refused else 200
    )


def _choose_earlier(timeline: Sequence[TimelineEntry]) -> dict[str, TimelineEntry]:
    """Choose the wording before the one that is shown, and the one that replaced it."""
    for later, earlier in pairwise(timeline):
        if later.is_shown and later.diff_path:
            return {"earlier": earlier, "changed_with": later}
    return {}


def _answer_missing_section(
    request: HttpRequest, locale: str, act: ReleasedDocument, written: str, as_of: date | None
) -> HttpResponseBase:
    """Lead to the act, which names its official source, from a section that is not stored: texts link to it all the same.

    What is no number of a section was never there.
    """
    section = read_section_number(written)
    if not section or (as_of is not None and _build_dated(act, as_of) is None):
        return build_not_found_response(request, locale)
    query = urlencode({"section": section, **({"as_of": as_of} if as_of else {})})
    act_path = act.path.replace(f"/{SOURCE_LANGUAGE}/", f"/{locale}/", 1)
    return build_passing_response(request, act_path, query)


def _read_missing_section(request: HttpRequest, document: Mapping[str, Any]) -> str:
    section = read_section_number(request.GET.get("section", ""))
    return "" if section in {str(entry["section"]) for entry in document["sections"]} else section


def read_section_number(written: str) -> str:
    """Read the number of a section as people and addresses write it; ``""`` where it is none."""
    section = normalise_section(written) if len(written) <= LABEL_LENGTH else ""
    return section if build_section_key(section)[0] else ""


def find_act(slug: str) -> ReleasedDocument | None:
    """Find an act as it is released today: in Danish, for readers of every language."""
    found = find_by_path(f"{ACTS_PATH}{slug}/", today())
    return found if found is not None and found.type == ACT else None


def _build_versions(path: str, locale: str, as_of: date | None) -> list[LanguageVersion]:
    """Build the versions of a page of the law: the interface in every language around a text that is Danish."""
    rest = path.removeprefix(f"/{locale}/")
    versions = build_site_versions(f"/{{locale}}/{rest}" + (f"?as_of={as_of}" if as_of else ""), locale, LANGUAGES)
    danish = LANGUAGES[SOURCE_LANGUAGE]
    return [replace(version, text_language=None if version.language is danish else danish) for version in versions]


def _is_indexed(locale: str, as_of: date | None) -> bool:
    """Say whether search engines are told of a page of the law: of today's text, and once, in Danish."""
    return as_of is None and locale == SOURCE_LANGUAGE


def _read_section(act: ReleasedDocument, written: str) -> str:
    """Read a section from an address. A range such as "28-31 a" is told from its parts only by the act's own list."""
    sections = [str(entry["section"]) for entry in act.document["sections"]]
    return next((section for section in sections if build_anchor(section) == written), written)


def _build_dated(found: ReleasedDocument, as_of: date) -> dict[str, Any] | None:
    work = Work.objects.filter(content_id=found.document["id"]).first()
    dated = build_act_document(work, as_of, has_texts=False) if work else None
    return {**found.document, **dated} if dated else None
