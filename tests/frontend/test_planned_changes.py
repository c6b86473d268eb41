"""A coming change of the law is told to readers of every language, before it makes their text outdated."""

from datetime import timedelta
from typing import Any

import pytest

from cms.core.calendar import today
from cms.publication.log.publication_log import publication_log
from tests.frontend.drafts import find_version, release, release_translation

pytestmark = pytest.mark.django_db

DAY = today() + timedelta(days=36)
NOTE = "Medfølgende familie skal vise, jf. § 9 m, at den kan forsørges."


def plan_change(significance: str = "substantive", kind: str = "law-note") -> Any:
    """Release a text in Danish and English, and plan another Danish one."""
    source = release(kind, slug="lov", fields={"title": "Nu"})
    release_translation(source, "en", slug="law", fields={"title": "Now"})
    release(
        kind,
        slug="lov",
        content_id=source.content_id,
        applies_from=DAY,
        significance=significance,
        change_note=NOTE,
        fields={"title": "Til januar"},
    )
    return source


@pytest.mark.parametrize("kind", ["law-note", "guide"])
@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/en/law/", "the original says something else in substance"),
        ("/pl/~en/law/", "oryginał mówi co do treści coś innego"),
        ("/ar/~en/law/", "يقول النص الأصلي شيئًا مختلفًا"),
    ],
)
def test_planned_change_is_told_in_every_language(read: Any, path: str, told: str, kind: str) -> None:
    plan_change(kind=kind)
    locale = path.split("/")[1]

    page = read(path)

    (notice,) = [notice for notice in page.soup.select(".notice-warning") if NOTE[:20] in notice.get_text()]
    assert notice.time["datetime"] == DAY.isoformat()
    assert told in notice.get_text()
    assert (notice.span["lang"], notice.span["dir"]) == ("da", "ltr")
    assert notice.a["href"] == f"/{locale}/~da/lov/?original=true&as_of={DAY}"
    coming = read(notice.a["href"])
    assert (coming.status_code, coming.soup.html["lang"], coming.soup.h1.get_text()) == (200, locale, "Til januar")
    entry = page.soup.select(".history li")[0]
    assert (entry.time["datetime"], entry.select_one(".history-note")["lang"]) == (DAY.isoformat(), "da")


def test_small_planned_change_and_one_that_is_translated_are_not_told_as_missing(read: Any) -> None:
    source = plan_change("minor")
    assert read("/en/law/").soup.select(".notice") == []

    publication_log.withdraw(content_id=source.content_id, reason="gone")
    source = release("law-note", slug="ret")
    release_translation(source, "en", slug="right")
    coming = {"content_id": source.content_id, "applies_from": DAY}
    release("law-note", slug="ret", significance="substantive", fields={"summary": "Ny."}, **coming)
    version = find_version(source.content_id, "da")
    release("law-note", "en", slug="right", source_version=version, fields={"summary": "New."}, **coming)

    (notice,) = read("/en/right/").soup.select(".notice")
    assert "A new version applies from" in notice.get_text()


def test_planned_change_that_is_taken_back_is_not_told(read: Any) -> None:
    source = plan_change()
    version = find_version(source.content_id, "da")
    publication_log.withdraw(content_id=source.content_id, locale="da", version=version, reason="gone")

    assert read("/en/law/").soup.select(".notice") == []


def test_hidden_planned_change_is_not_told(read: Any) -> None:
    source = release("guide", slug="lov")
    release_translation(source, "en", slug="law")
    release(
        "guide",
        slug="lov",
        content_id=source.content_id,
        applies_from=DAY,
        significance="substantive",
        change_note="Hemmelig.",
        visibility="network",
    )

    page = read("/en/law/")
    assert "Hemmelig." not in page.text_shown
