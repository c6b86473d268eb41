"""No word of the interface is written into a page: pages are read in a language that marks each word it was asked for.

What editors write is set in Georgian letters, which no template and no catalogue has. Everything else a reader sees or
hears has to be a marked word, a name, or text that says it is in another language.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.utils.translation import trans_real

from cms.core.calendar import today
from cms.core.languages import LANGUAGES
from cms.core.models import Municipality
from cms.publication.following.followers import rebuild
from cms.publication.log.publication_log import publication_log
from search.followers import DatabaseFollower
from tests.frontend.drafts import OWN_FIELDS, release, release_translation
from tests.legal.acts import build_line, build_section, import_lines

pytestmark = pytest.mark.django_db

LATIN = "abcdefghijklmnopqrstuvwxyzæøå"
GEORGIAN = str.maketrans(LATIN + LATIN.upper(), "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწ" * 2)
# Values that software reads, not people.
CODES = {"layout", "status", "code", "eli_uri", "languages_spoken", "date", "deadline", "email", "url", "id"}
CODES |= {"type", "tone", "opens", "closes", "phone", "provisions", "sections", "act", "consortium", "valid_from"}
# Example: "⟦Until ‹⟦1 July⟧›⟧"
WORD = re.compile(r"⟦[^⟦⟧]*⟧")
NAMES = re.compile(r"Videnbro|Retsinformation|https?://\S+|\S+@example\.dk|[ა-ჿ]+|\bkr\b")
LETTERS = re.compile(r"[^\W\d_]{2,}")
# Languages name themselves.
OWN_NAMES = {name for language in LANGUAGES.values() for name in (language.endonym, language.code.upper())}
SPOKEN = ("aria-label", "title", "alt", "placeholder", "content")


class MarkedTranslation(trans_real.DjangoTranslation):
    """A language whose every word is the English one in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message.rpartition(trans_real.CONTEXT_SEPARATOR)[2]}⟧"

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return self.gettext(singular if number == 1 else plural)


@pytest.fixture(autouse=True, params=["pl", "ar"])
def marked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Provide the language that is read, its words marked."""
    locale: str = request.param
    monkeypatch.setitem(trans_real._translations, locale, MarkedTranslation(locale))
    return locale


@pytest.fixture
def law(tmp_path: Path) -> None:
    title = "Bekendtgørelse af udlændingeloven"
    long = " ".join(f"Sætning nummer {number} står uændret i begge tekster." for number in range(30))
    sections = [build_section("1", "Om indrejse."), build_section("3", "Falder bort.")]
    import_lines(
        tmp_path,
        build_line("LBK", 1009, "2024-09-02", title, [*sections, build_section("9 a", f"Gebyret er 375 kr. {long}")]),
        build_line(
            "LBK",
            1183,
            "2025-09-25",
            title,
            [sections[0], build_section("1 a", "Nyt."), build_section("9 a", f"Gebyret er 400 kr. {long}")],
        ),
    )


def georgian(value: Any, key: str = "") -> Any:
    """Set a document's texts in Georgian letters, tags and codes as they are."""
    if isinstance(value, dict):
        return {name: georgian(entry, name) for name, entry in value.items()}
    if isinstance(value, list):
        return [georgian(entry, key) for entry in value]
    if not isinstance(value, str) or key in CODES:
        return value
    return "".join(part if part.startswith("<") else part.translate(GEORGIAN) for part in re.split(r"(<[^>]*>)", value))


def build_fields(type_name: str, **fields: Any) -> dict[str, Any]:
    written = {"title": f"Om {type_name}", "summary": "Kort sagt.", "html": "<p>Tekst.</p>"}
    blocks = [
        {"type": "heading", "value": {"text": "Mere", "level": 2}, "id": "1"},
        {"type": "callout", "value": {"tone": "warning", "html": "<p>Pas på.</p>"}, "id": "2"},
        {"type": "callout", "value": {"tone": "important", "html": "<p>Husk.</p>"}, "id": "3"},
        {
            "type": "figure",
            "value": {"label": "Løn", "amount": "552000.00", "unit": "kr", "valid_from": "2026-01-01"},
            "id": "4",
        },
        {"type": "document", "value": {"url": "/x", "label": "Skema", "size_bytes": 123456}, "id": "5"},
    ]
    return dict(georgian({**OWN_FIELDS[type_name], **written, "blocks": blocks, **fields}))


def list_unmarked(html: str, locale: str, own: str = "") -> list[str]:
    """List what a page says in the interface's language without having asked for it; ``own`` are words of the reader."""
    html = html.replace(own, "") if own else html
    while WORD.search(html):
        html = WORD.sub("", html)
    soup = BeautifulSoup(html, "html.parser")
    for hidden in soup.select("script, style, time, svg, code"):
        hidden.decompose()
    return [said for text, language in _list_said(soup) if language == locale and (said := _find_words(text))]


def _list_said(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    for element in soup.find_all(True):
        language = next((place["lang"] for place in [element, *element.parents] if place.get("lang")), "")
        texts = [str(text) for text in element.find_all(string=True, recursive=False)]
        spoken = [element[name] for name in SPOKEN if element.get(name)]
        is_machine_read = element.name == "meta" and element.get("name") != "description"
        for text in [*texts, *([] if is_machine_read else spoken)]:
            yield " ".join(text.split()), language


def _find_words(text: str) -> str:
    return text if LETTERS.search(NAMES.sub(" ", text)) and text not in OWN_NAMES else ""


def check(read: Any, marked: str, path: str, status: int = 200, own: str = "") -> BeautifulSoup:
    page = read(f"/{marked}{path}")

    assert page.status_code == status
    assert "⟦" in page.text_shown
    assert "\n".join(list_unmarked(page.content.decode(), marked, own)) == ""
    return page.soup


@pytest.mark.parametrize("type_name", sorted(OWN_FIELDS))
def test_page_of_every_type(read: Any, marked: str, type_name: str) -> None:
    Municipality.objects.update_or_create(code="0671", defaults={"name": georgian("Struer")})
    source = release(type_name, "da", slug="kilde", fields=build_fields(type_name), municipalities=["0671"])
    release_translation(source, marked, slug="tekst", fields=build_fields(type_name), municipalities=["0671"])

    check(read, marked, "/tekst/")


def test_outdated_note_with_a_history_and_a_coming_text(read: Any, marked: str) -> None:
    source = release("law-note", "da", slug="kilde", fields=build_fields("law-note"))
    for title, change_note in [("Ny", "Rettet."), ("Nyere", "Rettet igen.")]:
        release_translation(
            source,
            marked,
            slug="tekst",
            fields=build_fields("law-note", title=title),
            change_note=georgian(change_note),
            significance="substantive",
        )
    release_translation(
        source,
        marked,
        slug="tekst",
        fields=build_fields("law-note", title="Senere"),
        applies_from=today() + timedelta(days=30),
    )
    release(
        "law-note",
        "da",
        slug="kilde",
        content_id=source.content_id,
        fields=build_fields("law-note", title="Ændret"),
        significance="substantive",
    )

    check(read, marked, "/tekst/")
    check(read, marked, "/tekst/?allow_outdated=true")
    check(read, marked, f"/tekst/?as_of={today()}")
    check(read, marked, "/tekst/?as_of=nej", 400)


def test_machine_translation(read: Any, marked: str) -> None:
    source = release("article", "da", slug="kilde", fields=build_fields("article"))
    release_translation(source, marked, slug="tekst", fields=build_fields("article"), is_machine=True)

    check(read, marked, "/tekst/")


def test_home_and_sections(read: Any, marked: str) -> None:
    release("page", "da", path="/da/", fields=build_fields("page", layout="home"))
    release("page", marked, path=f"/{marked}/", fields=build_fields("page", layout="home"))
    release("page", marked, slug="was", fields=build_fields("page"))
    release("page", marked, slug="kontakt", fields=build_fields("page", layout="section"))
    release("page", marked, slug="tom", fields=build_fields("page", layout="section"))
    Municipality.objects.update_or_create(code="0671", defaults={"name": georgian("Struer")})
    for number in range(50):
        type_name = ("contact-point", "contact-point", "law-note", "best-practice", "consortium")[number % 5]
        release(
            type_name,
            marked,
            slug=f"kontakt/{number}",
            fields=build_fields(type_name, title=f"Nr. {number}"),
            municipalities=["0671"],
        )
    release("law-note", "da", slug="dansk", fields=build_fields("law-note"))

    check(read, marked, "/")
    check(read, marked, "/kontakt/")
    check(read, marked, "/kontakt/?page=2")
    check(read, marked, "/kontakt/?municipality=0671")
    check(read, marked, "/tom/")


def test_page_that_is_not_there(read: Any, marked: str) -> None:
    release("article", "da", slug="andetsteds", fields=build_fields("article"))

    check(read, marked, "/andetsteds/", 404)


@pytest.mark.parametrize("reason", ["gone", "moved", "recalled"])
def test_page_that_is_gone(read: Any, marked: str, reason: str) -> None:
    new = release("article", "da", slug="ny", fields=build_fields("article", title="Ny"))
    old = release("article", "da", slug="gammel", fields=build_fields("article"))
    release_translation(old, marked, slug="gammel", fields=build_fields("article"))
    publication_log.withdraw(
        content_id=old.content_id,
        locale=marked,
        reason=reason,
        explanation=georgian("Forkert."),
        **({"moved_to": new.content_id} if reason == "moved" else {}),
    )

    check(read, marked, "/gammel/", 410)


def test_law_and_its_sections_on_any_day(read: Any, marked: str, law: None) -> None:
    check(read, marked, "/acts/")
    check(read, marked, "/acts/udlaendingeloven/")
    check(read, marked, "/acts/udlaendingeloven/?as_of=2025-01-01")
    check(read, marked, "/acts/udlaendingeloven/?as_of=nej", 400)
    check(read, marked, "/acts/udlaendingeloven/9-a/")
    check(read, marked, "/acts/udlaendingeloven/9-a/?as_of=2025-01-01")
    check(read, marked, "/acts/udlaendingeloven/3/?as_of=2025-01-01")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        ("?from=2024-12-31&to=2025-12-31", 200),
        ("?from=2024-12-31&to=2025-12-31&section=9%20a", 200),
        ("?from=2025-12-01&to=2025-12-31", 200),
        ("?from=2025-12-31&to=2024-12-31", 400),
        ("?from=nej", 400),
        ("?from=1990-01-01&to=2025-12-31", 404),
    ],
)
def test_differences(read: Any, marked: str, law: None, query: str, status: int) -> None:
    check(read, marked, f"/acts/udlaendingeloven/diff/{query}", status)


def test_search_with_hits_and_without(read: Any, marked: str, law: None) -> None:
    release(
        "article",
        marked,
        slug="tekst",
        fields=build_fields("article"),
        topics=[georgian("skat")],
        audiences=[georgian("borger")],
    )
    release("guide", "da", slug="vejledning", fields=build_fields("guide"))
    rebuild(DatabaseFollower())

    found = check(read, marked, "/search/?q=" + georgian("kort"))
    assert found.select(".entry")
    check(read, marked, "/search/?q=udl%C3%A6ndingeloven", own="udlændingeloven")
    check(read, marked, "/search/?q=udl%C3%A6ndingeloven+%C2%A7+9+a", own="udlændingeloven § 9 a")
    check(read, marked, "/search/?type=article")
    check(read, marked, "/search/?q=12345678")
    check(read, marked, "/search/?page=nej", 400)


def test_server_error(client: Any, marked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("frontend.portal.views.documents.find_by_path", fail)
    client.raise_request_exception = False

    response = client.get(f"/{marked}/tekst/")

    assert response.status_code == 500
    assert list_unmarked(response.content.decode(), marked) == []
