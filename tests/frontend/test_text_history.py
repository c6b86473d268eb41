"""The history of a page, and its texts of other days."""

from datetime import timedelta
from typing import Any

import pytest

from cms.core.calendar import today, write_day
from cms.publication.log.publication_log import publication_log
from tests.frontend.drafts import find_version, release, release_translation

pytestmark = pytest.mark.django_db

PAST = timedelta(days=90)
SOON = timedelta(days=30)


def write_three() -> Any:
    """Release a text of the past, that of today and a planned one."""
    draft = release(applies_from=today() - PAST, fields={"summary": "Gammel."})
    release(
        content_id=draft.content_id,
        applies_from=today(),
        fields={"summary": "Ny."},
        significance="substantive",
        change_note="Beløbet er et andet, jf. § 9 a.",
    )
    release(content_id=draft.content_id, applies_from=today() + SOON, fields={"summary": "Kommende."})
    return draft


def test_history_lists_texts_with_their_days_and_notes(read: Any) -> None:
    write_three()

    page = read("/da/article-1/")

    entries = page.soup.select(".history li")
    days = [write_day(day) for day in (today() + SOON, today(), today() - PAST)]
    assert [entry.select_one(".history-day").get_text() for entry in entries] == days
    assert [entry.get("class") for entry in entries] == [None, ["is-shown"], None]
    assert [link["href"] for link in page.soup.select(".history a")] == [
        f"/da/article-1/?as_of={today() + SOON}",
        f"/da/article-1/?as_of={today() - PAST}",
    ]
    assert "Planlagt" in entries[0].get_text()
    assert "Vigtig ændring" in entries[1].get_text()
    assert entries[1].select_one(".history-note").get_text() == "Beløbet er et andet, jf. §\u00a09\u00a0a."
    assert "Først udgivet" in entries[2].get_text()
    assert all(" ".join(line.get_text().split()) for entry in entries for line in entry.select("p"))


def test_page_says_from_when_a_new_version_applies(read: Any) -> None:
    write_three()

    notice = read("/da/article-1/").soup.select_one(".notice")

    assert f"En ny version gælder fra {write_day(today() + SOON)}." in notice.get_text()
    assert notice.a["href"] == f"?as_of={today() + SOON}"


@pytest.mark.parametrize(
    ("shift", "summary"), [(-PAST, "Gammel."), (-timedelta(days=1), "Gammel."), (SOON, "Kommende.")]
)
def test_text_of_another_day_says_so_and_is_not_indexed(read: Any, shift: timedelta, summary: str) -> None:
    write_three()
    day = today() + shift

    page = read(f"/da/article-1/?as_of={day}")

    assert page.soup.select_one(".lead").get_text() == summary
    notice = page.soup.select_one(".notice-day strong").get_text()
    assert notice == f"Dette er teksten pr. {write_day(day)}, ikke teksten i dag."
    assert page.soup.select_one(".notice-day a")["href"] == "/da/article-1/"
    assert page.soup.select_one("meta[name=robots]")["content"] == "noindex"
    assert f"?as_of={day}" in page.soup.select_one(".print-line").get_text()
    assert "/da/article-1/" in [link["href"] for link in page.soup.select(".history a")]


def test_text_of_today_is_the_page_itself(read: Any) -> None:
    write_three()

    page = read(f"/da/article-1/?as_of={today()}")

    assert page.soup.select(".notice-day") == []


@pytest.mark.parametrize(("as_of", "status"), [("1990-01-01", 404), ("2026-13-01", 400), ("i går", 400), ("", 200)])
def test_day_without_a_text_or_that_is_none_is_refused(read: Any, as_of: str, status: int) -> None:
    release()

    assert read(f"/da/article-1/?as_of={as_of}").status_code == status


def test_recalled_text_stands_in_the_history_without_a_way_to_it(read: Any) -> None:
    draft = release(applies_from=today() - PAST, fields={"summary": "Forkert."})
    version = find_version(draft.content_id, "da")
    release(content_id=draft.content_id, fields={"summary": "Rigtig."})
    publication_log.withdraw(content_id=draft.content_id, locale="da", version=version, reason="recalled")

    page = read("/da/article-1/")

    (shown, recalled) = page.soup.select(".history li")
    assert "is-shown" in shown["class"]
    assert "Kaldt tilbage" in recalled.get_text()
    assert recalled.select("a") == []
    assert read(f"/da/article-1/?as_of={today() - PAST}").status_code == 404


def test_text_of_a_time_when_it_was_for_some_eyes_only_is_not_told_of(read: Any) -> None:
    draft = release(applies_from=today() - PAST, visibility="network", fields={"summary": "Hemmelig."})
    release(content_id=draft.content_id, fields={"summary": "Åben."})

    page = read("/da/article-1/")

    assert page.soup.select(".history") == []


def test_page_released_once_has_no_history_though_its_languages_changed(read: Any) -> None:
    draft = release()
    release_translation(draft, "en", slug="article-en")

    page = read("/da/article-1/")

    assert (page.soup.select(".history"), page.soup.select(".notice")) == ([], [])


def test_text_classified_otherwise_is_no_version_of_its_own(read: Any) -> None:
    draft = release(applies_from=today() - PAST, fields={"summary": "Gammel."})
    release(content_id=draft.content_id, fields={"summary": "Ny."})
    release(content_id=draft.content_id, fields={"summary": "Ny."}, topics=("skat",))

    entries = read("/da/article-1/").soup.select(".history li")

    assert [entry.get("class") for entry in entries] == [["is-shown"], None]
    assert entries[1].a["href"] == f"/da/article-1/?as_of={today() - PAST}"


def test_section_has_neither_history_nor_texts_of_other_days(read: Any) -> None:
    draft = release("page", slug="svar", fields={"layout": "section", "summary": "Gammel."})
    release("page", slug="svar", content_id=draft.content_id, fields={"layout": "section", "summary": "Ny."})

    page = read("/da/svar/?as_of=1990-01-01")

    assert (page.status_code, page.soup.select(".history")) == (200, [])


def test_outdated_law_note_of_a_coming_day_gives_way_to_the_source(read: Any) -> None:
    source = release("law-note", fields={"title": "Nu"})
    release_translation(source, "en", slug="note", fields={"title": "Now"})
    release(
        "law-note",
        content_id=source.content_id,
        applies_from=today() + SOON,
        significance="substantive",
        fields={"title": "Til januar"},
    )

    page = read(f"/en/note/?as_of={today() + SOON}")

    assert page.soup.h1.get_text() == "Til januar"
    assert page.soup.select_one(".notice a[href*=allow_outdated]")["href"] == (
        f"/en/note/?as_of={today() + SOON}&allow_outdated=true"
    )
