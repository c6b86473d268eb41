"""Following from the portal: feeds that readers' programs find, links that people see, and data for machines."""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from cms.core.calendar import today
from cms.core.models import Topic
from cms.publication.log.drafts import ReleaseDraft
from frontend.portal.templatetags.portal import json_ld
from tests.frontend.drafts import release, release_translation
from tests.legal.acts import build_line, build_section, import_lines

pytestmark = pytest.mark.django_db

TITLE = "Bekendtgørelse af udlændingeloven"
LINE = build_line("LBK", 1183, "2025-09-25", TITLE, [build_section("9 a", "Ny tekst.")])
ACT = "/da/acts/udlaendingeloven/"


def list_alternates(page: Any) -> list[str]:
    return [link["href"] for link in page.soup.select('link[type="application/atom+xml"]')]


def list_followed(page: Any) -> list[tuple[str, str]]:
    return [(" ".join(link.get_text().split()), link["href"]) for link in page.soup.select(".follow a")]


def list_copied(page: Any) -> list[str]:
    return [code.get_text() for code in page.soup.select(".follow .address")]


def read_data(page: Any) -> list[Any]:
    return [json.loads(block.string) for block in page.soup.select('script[type="application/ld+json"]')]


def test_home_page_names_the_feed_of_all_and_of_the_law(read: Any) -> None:
    release("page", slug="x", path="/da/", fields={"layout": "home"})

    assert list_alternates(read("/da/")) == [
        "/api/v1/feeds/all.atom?locale=da&fallback=true",
        "/api/v1/feeds/law-note.atom?locale=da&fallback=true",
    ]


def release_dated_note(day: date) -> ReleaseDraft:
    """Release a law note on law that commences on a day."""
    fields = {"commencements": [{"date": day.isoformat(), "provisions": None, "note": ""}]}
    return release("law-note", path="/da/lovnyt/1/", fields=fields)


def test_section_of_law_notes_can_be_followed_as_feed_and_calendar(read: Any) -> None:
    release("page", path="/en/law/", locale="en", fields={"layout": "section"})
    note = release_dated_note(today() + timedelta(days=30))
    release_translation(note, "en", path="/en/law/1/")

    page = read("/en/law/")

    assert list_alternates(page) == ["/api/v1/feeds/law-note.atom?locale=en&fallback=true"]
    assert list_followed(page) == [
        ("Open the feed: Videnbro · Law note", "/api/v1/feeds/law-note.atom?locale=en&fallback=true"),
        ("Open the calendar: Videnbro · Law note", "/api/v1/calendar.ics?locale=en"),
    ]
    assert list_copied(page) == [
        "http://testserver/api/v1/feeds/law-note.atom?locale=en&fallback=true",
        "http://testserver/api/v1/calendar.ics?locale=en",
    ]


def test_following_is_explained_before_a_feed_is_opened(read: Any) -> None:
    release("page", path="/da/lovnyt/", fields={"layout": "section"})
    release("law-note", path="/da/lovnyt/1/")

    follow = read("/da/lovnyt/").soup.select_one("details.follow")

    assert not follow.has_attr("open")
    assert "Et feed fortæller en nyhedslæser" in follow.get_text()


@pytest.mark.parametrize(("days", "is_offered"), [(30, True), (-30, True), (-400, False)])
def test_calendar_without_events_is_not_offered(read: Any, days: int, is_offered: bool) -> None:
    release("page", path="/da/lovnyt/", fields={"layout": "section"})
    release_dated_note(today() + timedelta(days=days))

    links = [address for _text, address in list_followed(read("/da/lovnyt/"))]

    assert ("/api/v1/calendar.ics?locale=da" in links) == is_offered


def test_section_without_news_has_no_feed(read: Any) -> None:
    release("page", path="/da/steder/", fields={"layout": "section"})
    release("contact-point", path="/da/steder/1/")

    page = read("/da/steder/")

    assert (list_alternates(page), list_followed(page)) == ([], [])


def test_act_and_its_sections_can_be_followed(read: Any, tmp_path: Path) -> None:
    import_lines(tmp_path, LINE)

    page, section = read(ACT), read(f"{ACT}9-a/")

    address = list_alternates(page)[0]
    assert address.startswith("/api/v1/feeds/all.atom?locale=da&act=")
    assert list_followed(page) == [("Åbn feedet: Videnbro · Udlændingeloven", address)]
    assert list_alternates(section) == [address]


def test_list_of_acts_names_their_feed(read: Any, tmp_path: Path) -> None:
    import_lines(tmp_path, LINE)

    assert list_alternates(read("/de/acts/")) == ["/api/v1/feeds/act.atom?locale=da"]


@pytest.mark.parametrize(
    ("query", "addresses"),
    [
        ("topic=work", ["/api/v1/feeds/all.atom?locale=da&topic=work&fallback=true"]),
        ("topic=work&type=law-note", ["/api/v1/feeds/law-note.atom?locale=da&topic=work&fallback=true"]),
        ("topic=work&q=ophold", []),
        ("topic=nothing", []),
        ("", []),
    ],
)
def test_list_of_a_topic_names_its_feed(read: Any, site: Any, query: str, addresses: list[str]) -> None:
    Topic.objects.get_or_create(slug="work", locale=site.locale, defaults={"label": "Arbejde"})

    assert list_alternates(read(f"/da/search/?{query}")) == addresses


def test_act_section_and_law_note_are_described_for_machines(read: Any, tmp_path: Path) -> None:
    import_lines(tmp_path, LINE)
    release("law-note", path="/da/lovnyt/1/", fields={"title": "</script><script>alert(1)</script> & <b>"})

    act, provision, note = (read_data(read(path)) for path in (ACT, f"{ACT}9-a/", "/da/lovnyt/1/"))

    assert [(data["@type"], data["url"]) for data in [*act, *provision, *note]] == [
        ("Legislation", f"http://testserver{ACT}"),
        ("Legislation", f"http://testserver{ACT}9-a/"),
        ("Article", "http://testserver/da/lovnyt/1/"),
    ]
    assert note[0]["headline"] == "</script><script>alert(1)</script> & <b>"


def test_act_at_a_date_is_described_as_of_that_day(read: Any, tmp_path: Path) -> None:
    import_lines(tmp_path, LINE)

    assert read_data(read(f"{ACT}?as_of=2025-12-24"))[0]["legislationDateVersion"] == "2025-12-24"


def test_data_cannot_end_their_block() -> None:
    block = json_ld({"a": "</script><!--\u2028&"})

    assert block == '<script type="application/ld+json">{"a": "\\u003c/script\\u003e\\u003c!--\\u2028\\u0026"}</script>'
    assert json_ld(None) == ""


def test_page_without_description_has_no_block(read: Any) -> None:
    release("article", path="/da/svar/1/")

    assert read_data(read("/da/svar/1/")) == []


def test_text_that_became_outdated_is_no_news_to_who_follows_it(read: Any) -> None:
    with time_machine.travel("2026-11-01T09:00:00Z", tick=False):
        source = release("guide", slug="guide")
        release_translation(source, "pl", slug="poradnik")
    with time_machine.travel("2026-11-20T09:00:00Z", tick=False):
        changed = {"fields": {"summary": "Ny."}, "significance": "substantive"}
        release("guide", slug="guide", content_id=source.content_id, **changed)

        page, sitemap = read("/pl/poradnik/"), read("/sitemap.xml").content.decode()

    assert "Zaktualizowano 1 listopada 2026" in " ".join(page.soup.select_one(".version-line").get_text().split())
    moments = dict(re.findall(r"<loc>http://testserver(.*?)</loc><lastmod>(.*?)T", sitemap))
    assert moments == {"/da/guide/": "2026-11-20", "/pl/poradnik/": "2026-11-01"}
