"""Answers of search, whichever engine gives them: the same contents, filters and counts from both."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from cms.core.calendar import today
from cms.publication.access.access_scope import AccessScope
from cms.publication.log.publication_log import publication_log
from cms.translation.enums import TermKind
from cms.translation.models import Concept, Term
from tests.factories.releases import make_draft

pytestmark = pytest.mark.django_db


def list_titles(answer):
    return [result["title"] for result in answer["results"]]


def list_counts(answer, facet):
    return {entry["value"]: entry["count"] for entry in answer["facets"][facet]}


def make_body(html):
    return {"html": html}


def test_word_of_the_body_finds_the_danish_document(ask, release):
    release(
        make_draft("Skat", document=make_body("<p>Du skal have et <b>skatte</b>kort &amp; en konto.</p>")),
        make_draft("Bolig", document=make_body("<p>Find et sted at bo.</p>")),
    )

    answer = ask("skattekort")

    assert list_titles(answer) == ["Skat"]
    assert answer["total"] == 1
    assert answer["results"][0]["highlights"] == {
        "title": [],
        "body": ["Du skal have et <mark>skattekort</mark> &amp; en konto."],
    }


def test_english_and_danish_words_are_found_each_in_their_language(ask, release):
    content_id = uuid4()
    release(
        make_draft("Opholdstilladelse", content_id=content_id, document=make_body("<p>Ansøg i god tid.</p>")),
        make_draft(
            "Residence permit", content_id=content_id, locale="en", document=make_body("<p>Apply for it in time.</p>")
        ),
    )

    assert list_titles(ask("residence permit", locale="en")) == ["Residence permit"]
    assert list_titles(ask("opholdstilladelse", locale="da")) == ["Opholdstilladelse"]
    assert list_titles(ask("opholdstilladelse", locale="en")) == []


@pytest.mark.parametrize("typed", ["ægtefælle", "aegtefaelle", "ÆGTEFÆLLER"])
def test_danish_letters_may_be_written_out(ask, release, typed):
    release(make_draft("Job til medfølgende ægtefæller"))

    assert list_titles(ask(typed)) == ["Job til medfølgende ægtefæller"]


def test_highlight_escapes_what_stands_around_the_mark(ask, release):
    release(make_draft("Løn < 100 & > 50 kroner"))

    answer = ask("kroner")

    assert answer["results"][0]["highlights"]["title"] == ["Løn &lt; 100 &amp; &gt; 50 <mark>kroner</mark>"]


def test_empty_query_lists_everything_the_newest_first(ask, release):
    for title in ("Første", "Anden", "Tredje"):
        release(make_draft(title))

    answer = ask("")

    assert (list_titles(answer), answer["total"]) == (["Tredje", "Anden", "Første"], 3)
    assert [result["score"] for result in answer["results"]] == [None, None, None]


@pytest.mark.parametrize(
    ("access", "expected"),
    [
        (AccessScope(), {"Åben"}),
        (AccessScope(network=True), {"Åben", "Netværk"}),
        (AccessScope(consortia=frozenset({"vest"})), {"Åben", "Netværk", "Vest"}),
        (AccessScope(consortia=frozenset({"randers"})), {"Åben", "Netværk"}),
    ],
)
def test_nothing_out_of_sight_is_found_counted_or_offered(ask, release, access, expected):
    release(
        make_draft("Åben", document=make_body("<p>mentorordning</p>"), topics=["housing"]),
        make_draft("Netværk", document=make_body("<p>mentorordning</p>"), topics=["housing"], visibility="network"),
        make_draft(
            "Vest",
            document=make_body("<p>mentorordning</p>"),
            topics=["housing"],
            visibility="consortium",
            consortium="vest",
        ),
    )

    for q in ("mentorordning", ""):
        answer = ask(q, access=access)

        assert set(list_titles(answer)) == expected
        assert answer["total"] == len(expected)
        assert list_counts(answer, "topic") == {"housing": len(expected)}


def test_version_is_found_on_its_own_days_alone(ask, release):
    content_id = uuid4()
    january = today() + timedelta(days=40)
    release(make_draft("Satsen er gammel", content_id=content_id))
    release(make_draft("Satsen er ny", content_id=content_id, applies_from=january))

    assert list_titles(ask("satsen")) == ["Satsen er gammel"]
    assert list_titles(ask("satsen", as_of=january - timedelta(days=1))) == ["Satsen er gammel"]
    assert list_titles(ask("satsen", as_of=january)) == ["Satsen er ny"]
    assert list_titles(ask("satsen", as_of=today() - timedelta(days=1))) == []


def test_document_leaves_after_its_last_day(ask, release):
    last = today() + timedelta(days=3)
    release(make_draft("Høringssvar", applies_until=last))

    assert list_titles(ask("høringssvar", as_of=last)) == ["Høringssvar"]
    assert list_titles(ask("høringssvar", as_of=last + timedelta(days=1))) == []


def test_withdrawn_document_is_not_found(ask, release):
    draft = make_draft("Kulturpas")
    release(draft)
    assert list_titles(ask("kulturpas")) == ["Kulturpas"]

    publication_log.withdraw(content_id=draft.content_id, reason="recalled")

    answer = ask("kulturpas")
    assert (answer["total"], answer["results"]) == (0, [])


def test_fallback_gives_each_content_once_in_its_best_language(ask, release):
    both, danish, english = uuid4(), uuid4(), uuid4()
    release(
        make_draft("CPR-nummer", content_id=both),
        make_draft("CPR number", content_id=both, locale="en"),
        make_draft("Numer CPR", content_id=both, locale="pl"),
        make_draft("CPR for børn", content_id=danish),
        make_draft("CPR for studerende", content_id=english),
        make_draft("CPR for students", content_id=english, locale="en"),
    )

    polish = ask("CPR", locale="pl", fallback=True)

    assert set(list_titles(polish)) == {"Numer CPR", "CPR for børn", "CPR for students"}
    assert polish["total"] == 3
    assert list_counts(polish, "locale") == {"pl": 1, "en": 1, "da": 1}
    assert list_titles(ask("CPR", locale="pl")) == ["Numer CPR"]


def test_better_language_wins_even_where_another_one_matches_better(ask, release):
    content_id = uuid4()
    release(
        make_draft("Bolig", content_id=content_id, document=make_body("<p>international</p>")),
        make_draft("International international", content_id=content_id, locale="en"),
        make_draft("Mieszkanie", content_id=content_id, locale="pl", document=make_body("<p>international</p>")),
    )

    assert list_titles(ask("international", locale="pl", fallback=True)) == ["Mieszkanie"]


def test_fallback_follows_the_days_of_each_language(ask, release):
    content_id = uuid4()
    later = today() + timedelta(days=10)
    release(make_draft("Kontaktfamilie", content_id=content_id))
    release(make_draft("Contact family", content_id=content_id, locale="en", applies_from=later))

    assert list_titles(ask("", locale="en", fallback=True)) == ["Kontaktfamilie"]
    assert list_titles(ask("", locale="en", fallback=True, as_of=later)) == ["Contact family"]


def test_stale_law_note_falls_back_unless_it_is_allowed(ask, release):
    content_id = uuid4()
    release(make_draft("Lovnote ét", content_id=content_id, type="law-note"))
    version = publication_version(content_id)
    release(
        make_draft("Law note one", content_id=content_id, locale="en", type="law-note", source_version=version),
    )
    release(make_draft("Lovnote to", content_id=content_id, type="law-note", significance="substantive"))

    assert list_titles(ask("", locale="en", fallback=True)) == ["Lovnote to"]
    assert list_titles(ask("", locale="en")) == []
    assert list_titles(ask("", locale="en", fallback=True, allow_outdated=True)) == ["Law note one"]
    assert list_titles(ask("lovnote")) == ["Lovnote to"]


def publication_version(content_id):
    from cms.publication.models import Window

    return Window.objects.get(content_id=content_id, locale="da").version


def test_values_of_a_group_are_alternatives_and_groups_add_up(ask, release):
    release(
        make_draft("Et", topics=["housing", "health"]),
        make_draft("To", topics=["housing"]),
        make_draft("Tre", topics=["tax"]),
    )

    assert set(list_titles(ask(filters={"topic": [["housing", "tax"]]}))) == {"Et", "To", "Tre"}
    assert list_titles(ask(filters={"topic": [["housing"], ["health"]]})) == ["Et"]


def test_facet_is_counted_without_its_own_filter_and_under_the_others(ask, release):
    release(
        make_draft("Et", topics=["housing"], audiences=["worker"]),
        make_draft("To", topics=["tax"], audiences=["worker"]),
        make_draft("Tre", topics=["tax"], audiences=["student"]),
    )

    answer = ask(filters={"topic": [["housing"]], "audience": [["worker"]]})

    assert (answer["total"], list_titles(answer)) == (1, ["Et"])
    assert list_counts(answer, "topic") == {"housing": 1, "tax": 1}
    assert list_counts(answer, "audience") == {"worker": 1}


def test_municipality_keeps_what_is_meant_for_it_or_for_all(ask, release):
    release(
        make_draft("Aarhus", municipalities=["0751"]),
        make_draft("Herning", municipalities=["0657"]),
        make_draft("Alle"),
    )

    answer = ask(filters={"municipality": [["0751"]]})

    assert (set(list_titles(answer)), answer["total"]) == ({"Aarhus", "Alle"}, 2)
    assert list_counts(answer, "municipality") == {"0751": 2, "0657": 2}


def test_labels_come_in_the_language_asked_for(ask, release, site):
    release(make_draft("Housing", locale="en", topics=["housing"]))

    entry = ask("", locale="en")["facets"]["topic"][0]

    assert (entry["value"], entry["count"]) == ("housing", 1)
    assert entry["label"] not in ("", "housing")


def test_law_dates_select_what_is_in_force_or_upcoming(ask, release):
    day = date(2026, 1, 1)

    def make_note(title, commencements):
        return make_draft(title, type="law-note", document={"commencements": commencements})

    release(
        make_note("Gældende", [{"date": "2025-07-01", "provisions": None, "note": ""}]),
        make_note("Kommende", [{"date": (today() + timedelta(days=90)).isoformat(), "provisions": None, "note": ""}]),
        make_note("Uden dato", [{"date": None, "provisions": None, "note": ""}]),
        make_note("Ingen", []),
    )

    assert list_titles(ask(in_force_on=day)) == ["Gældende"]
    assert set(list_titles(ask(upcoming=True))) == {"Kommende", "Uden dato"}


ENDED_STATUSES = {
    "Ophævet med dag": {"state": "repealed", "since": "2019-01-01", "until": "2025-12-31", "derived_from": ""},
    "Historisk uden dag": {"state": "historic", "since": "2019-01-01", "until": None, "derived_from": ""},
}


def test_law_dates_leave_out_what_had_ended(ask, release):
    past = [{"date": "2019-01-01", "provisions": None, "note": ""}]
    undated = [*past, {"date": None, "provisions": None, "note": ""}]
    later = (today() + timedelta(days=30)).isoformat()
    ends_later = {"state": "in_force", "since": "2019-01-01", "until": later, "derived_from": ""}
    followed = uuid4()
    release(
        *(
            make_draft(title, type="act", document={"commencements": undated, "status": status})
            for title, status in {**ENDED_STATUSES, "Ophæves": ends_later}.items()
        ),
        make_draft("Note", type="law-note", applies_until=date.fromisoformat(later), document={"commencements": past}),
        make_draft(
            "Før", content_id=followed, type="law-note", applies_until=today(), document={"commencements": past}
        ),
        make_draft(
            "Efter",
            content_id=followed,
            type="law-note",
            applies_from=today() + timedelta(days=1),
            document={"commencements": past},
        ),
    )

    def list_in_force(day):
        return sorted(list_titles(ask(in_force_on=day)))

    last_day = date.fromisoformat(later)
    assert list_in_force(date(2025, 12, 31)) == ["Før", "Note", "Ophæves", "Ophævet med dag"]
    assert list_in_force(date(2026, 1, 1)) == ["Før", "Note", "Ophæves"]
    assert list_in_force(last_day) == ["Før", "Note", "Ophæves"]
    assert list_in_force(last_day + timedelta(days=1)) == ["Før"]
    assert list_titles(ask(upcoming=True)) == ["Ophæves"]


def test_pages_do_not_overlap_and_the_total_stays(ask, release):
    release(*(make_draft(f"Møde {number:02}") for number in range(7)))

    pages = [ask("møde", page=page, limit=3, sort="title") for page in (1, 2, 3)]

    assert [len(page["results"]) for page in pages] == [3, 3, 1]
    assert [title for page in pages for title in list_titles(page)] == [f"Møde {number:02}" for number in range(7)]
    assert {page["total"] for page in pages} == {7}


def test_titles_sort_as_danes_do(ask, release):
    release(make_draft("Aarhus"), make_draft("Ærø"), make_draft("Viborg"), make_draft("Struer"))

    assert list_titles(ask(sort="title")) == ["Struer", "Viborg", "Ærø", "Aarhus"]


@pytest.mark.parametrize(
    "q",
    [
        'title:"x" AND _exists_:visibility',
        "*",
        "a* OR b~2 /.*/ (((",
        '{"match_all": {}}',
        "\x00\x1f\u200b",
        "§",
        "%' ; DROP TABLE search_searchtext; --",
        "kommune " * 60,
        "ø" * 500,
        "NEAR(a b) ^title",
    ],
)
def test_operators_in_a_query_are_only_text(ask, release, q):
    release(make_draft("Velkommen"))

    answer = ask(q)

    assert answer["total"] in (0, 1)


def test_document_mentioning_a_section_of_an_act_is_found_by_it(ask, release):
    release(
        make_draft("Ny beløbsgrænse", document=make_body("<p>Udlændingelovens § 9 a, stk. 2, er ændret.</p>")),
        make_draft("Noget andet", document=make_body("<p>Udlændingelovens § 10 er ikke ændret.</p>")),
    )

    assert list_titles(ask("udlændingelovens § 9 a")) == ["Ny beløbsgrænse"]


@pytest.fixture
def glossary(db):
    read_glossary = (
        ("health-card", "da", "sundhedskort", TermKind.PREFERRED),
        ("health-card", "da", "gult kort", TermKind.LAY),
        ("health-card", "da", "sygesikringsbevis", TermKind.FORBIDDEN),
        ("health-card", "pl", "karta zdrowia", TermKind.PREFERRED),
    )
    for slug, locale, term, kind in read_glossary:
        concept = Concept.objects.get_or_create(slug=slug)[0]
        Term.objects.create(concept=concept, locale=locale, term=term, kind=kind)


@pytest.mark.parametrize(
    ("typed", "locale"),
    [("gult kort", "da"), ("sygesikringsbevis", "da"), ("karta zdrowia", "pl"), ("kartę zdrowia", "pl")],
)
def test_words_of_the_glossary_find_what_is_called_otherwise(ask, release, glossary, typed, locale):
    release(
        make_draft("Sundhedskort", document=make_body("<p>Bestil dit sundhedskort.</p>")),
        make_draft("Kørekort", document=make_body("<p>Et kort til bilen.</p>")),
    )

    answer = ask(typed, locale=locale, fallback=True)

    assert list_titles(answer) == ["Sundhedskort"]
    assert answer["results"][0]["highlights"]["title"] in ([], ["<mark>Sundhedskort</mark>"])


def test_the_word_that_was_typed_stands_before_others_that_mean_the_same(ask, release, glossary):
    release(make_draft("Gult kort"), make_draft("Sundhedskort"), make_draft("Kort"))

    assert list_titles(ask("gult kort")) == ["Gult kort", "Sundhedskort"]
    assert list_titles(ask("sundhedskort")) == ["Sundhedskort", "Gult kort"]


def test_word_beside_a_term_is_still_asked_for(ask, release, glossary):
    release(make_draft("Sundhedskort er væk"), make_draft("Sundhedskort"))

    assert list_titles(ask("gult kort væk")) == ["Sundhedskort er væk"]
