"""Reads: acts by name, expressions and sections at a date, windows, citations."""

from datetime import date
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from legal.citing.citation_answers import resolve_citation
from legal.models import Expression, Work
from legal.works.act_documents import build_act_document, build_provision
from legal.works.provision_windows import iterate_provisions
from tests.legal.acts import build_commencement, build_line, build_section, import_lines

pytestmark = pytest.mark.django_db

TITLE = "Bekendtgørelse af udlændingeloven"


@pytest.fixture
def act(tmp_path: Path) -> Work:
    """Three consolidations, two of one day; the newest with clauses of amending acts behind its own sections."""
    clause = build_commencement("63", "1. oktober 1983", "10")
    import_lines(
        tmp_path,
        build_line("LBK", 100, "2018-03-01", TITLE, [build_section("9a", "Tekst 2018."), clause]),
        build_line("LBK", 844, "2019-08-19", TITLE, [build_section("9a", "Tekst 844."), clause]),
        build_line(
            "LBK",
            901,
            "2019-08-19",
            TITLE,
            [
                build_section("2A", "Stort bogstav."),
                build_section("2a", "Lille bogstav."),
                build_section(
                    "9a",
                    "Opholds\u00adtilladelse\u200b gives, jf. stk. 2. Stk. 2. Efter ansøgning. Stk. 3. Ikke ellers.",
                ),
                build_section("15", "Om betingelser."),
                build_section("20-31", "(Ophævet)", "2"),
                clause,
                build_section("15", "Loven træder i kraft den 1. juni 2021.", None),
                build_section("64", "Loven træder i kraft den 1. juni 2022.", None),
            ],
        ),
    )
    return Work.objects.get()


@pytest.mark.parametrize(
    ("day", "number"),
    [(date(2018, 2, 28), None), (date(2018, 3, 1), 100), (date(2019, 8, 18), 100), (date(2019, 8, 19), 901)],
)
def test_expression_at_a_date_is_the_newest_signed_the_higher_number_winning(
    act: Work, day: date, number: int | None
) -> None:
    found = Expression.objects.find_at(act, day)

    assert (found.number if found else None) == number


@pytest.mark.parametrize("spelling", ["9a", "9-a", "9 a", "§ 9 a", "9 A", "9\u200ba"])
def test_section_is_found_in_any_spelling(act: Work, spelling: str) -> None:
    provision = build_provision(act, spelling, date(2020, 1, 1))

    assert provision is not None
    assert provision["section"] == "9 a"


@pytest.mark.parametrize(
    ("spelling", "beginning"), [("2A", "§ 2A. Stort"), ("2a", "§ 2a. Lille"), ("2-A", "§ 2A. Stort")]
)
def test_sections_that_differ_in_case_are_kept_apart(act: Work, spelling: str, beginning: str) -> None:
    provision = build_provision(act, spelling, date(2020, 1, 1))

    assert provision is not None
    assert provision["text"].startswith(beginning)


def test_section_number_shared_with_a_transitional_clause_gives_the_section(act: Work) -> None:
    provision = build_provision(act, "15", date(2026, 1, 1))

    assert provision is not None
    assert provision["text"] == "§ 15. Om betingelser."


@pytest.mark.parametrize("section", ["64", "21", "", "x"])
def test_section_that_is_not_there_gives_none(act: Work, section: str) -> None:
    assert build_provision(act, section, date(2026, 1, 1)) is None


def test_provision_carries_act_expression_neighbours_and_html(act: Work) -> None:
    provision = build_provision(act, "9a", date(2020, 1, 1))

    assert provision is not None
    assert provision["act"] == {
        "id": str(act.content_id),
        "short_title": "Udlændingeloven",
        "document_type": "LBK",
        "number": 901,
        "year": 2019,
        "eli_uri": "https://www.retsinformation.dk/eli/lta/2019/901",
    }
    assert provision["expression"]["signed_date"] == "2019-08-19"
    assert provision["url"] == "http://testserver/da/acts/udlaendingeloven/9-a/"
    assert (provision["previous"]["section"], provision["next"]["section"]) == ("2 a", "15")
    assert (provision["transitional"], provision["chapter"], provision["as_of"]) == (False, "1", "2020-01-01")
    assert provision["html"] == (
        '<p id="stk-1"><strong>§ 9a.</strong> Opholds\u00adtilladelse\u200b gives, jf. stk. 2.</p>'
        '<p id="stk-2"><em>Stk. 2.</em> Efter ansøgning.</p><p id="stk-3"><em>Stk. 3.</em> Ikke ellers.</p>'
    )


def test_act_at_a_date_lists_its_own_sections_only(
    act: Work, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(14):
        document = build_act_document(act, date(2020, 1, 1))

    assert document is not None
    assert [entry["section"] for entry in document["provisions"]] == ["2 A", "2 a", "9 a", "15", "20-31", "63"]
    assert [entry["number"] for entry in document["expressions"]] == [901, 844, 100]
    assert (document["id"], document["number"], document["status"]["state"]) == (str(act.content_id), 901, "in_force")
    assert "version" not in document


def test_act_at_an_earlier_date_was_in_force_by_the_text_of_that_day(act: Work) -> None:
    document = build_act_document(act, date(2018, 6, 1))

    assert document is not None
    assert (document["number"], document["status"]["state"]) == (100, "in_force")
    assert document["status"]["derived_from"] == (
        "Teksten på dagen var lovbekendtgørelse nr. 100 af 1. marts 2018; "
        "den nyeste er lovbekendtgørelse nr. 901 af 19. august 2019."
    )


def test_act_before_its_first_expression_is_none(act: Work) -> None:
    assert build_act_document(act, date(2017, 1, 1)) is None


def test_windows_follow_each_other_and_leave_out_transitional_clauses(act: Work) -> None:
    entries = [entry for entry in iterate_provisions([act.content_id]) if entry.section in ("9 a", "15", "64")]

    assert [(entry.section, entry.starts, entry.ends, entry.text) for entry in entries] == [
        ("9 a", date(2018, 3, 1), date(2019, 8, 19), "§ 9a. Tekst 2018."),
        (
            "9 a",
            date(2019, 8, 19),
            None,
            "§ 9a. Opholdstilladelse gives, jf. stk. 2. Stk. 2. Efter ansøgning. Stk. 3. Ikke ellers.",
        ),
        ("15", date(2019, 8, 19), None, "§ 15. Om betingelser."),
    ]


@pytest.mark.parametrize(
    "query",
    [
        "udlændingeloven",
        "UDLÆND",
        "udl.",
        "LBK 901/2019",
        "lovbekendtgørelse nr. 901 af 19. august 2019",
        "901/2019",
        "http://retsinformation.dk/eli/lta/2019/901/xml",
    ],
)
def test_search_finds_an_act_by_name_number_and_uri(act: Work, query: str) -> None:
    assert list(Work.objects.search(query)) == [act]


@pytest.mark.parametrize("query", ["LOV 901/2019", "ferieloven", "%", "/eli/", "9" * 400 + "/2019"])
def test_search_without_a_match_is_empty(act: Work, query: str) -> None:
    assert list(Work.objects.search(query)) == []


def test_search_takes_few_queries(act: Work, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert [work.current.number for work in Work.objects.search("udlændinge")] == [901]


def test_citation_of_a_known_act_is_resolved_to_the_section(act: Work) -> None:
    answer = resolve_citation("https://www.retsinformation.dk/eli/lta/2018/100", "9a", [2], [1], ["b"])

    assert answer == {
        "start": None,
        "end": None,
        "text": None,
        "act": {
            "id": str(act.content_id),
            "short_title": "Udlændingeloven",
            "document_type": "LBK",
            "number": 100,
            "year": 2018,
            "eli_uri": "https://www.retsinformation.dk/eli/lta/2018/100",
        },
        "section": "9 a",
        "section_to": None,
        "stk": [2],
        "nr": [1],
        "litra": ["b"],
        "pkt": [],
        "partial": False,
        "url": "http://testserver/da/acts/udlaendingeloven/9-a/",
    }


def test_citation_of_an_unknown_act_leads_to_the_source(act: Work) -> None:
    answer = resolve_citation("https://www.retsinformation.dk/eli/lta/1983/226")

    assert (answer["act"], answer["section"], answer["url"]) == (
        None,
        None,
        "https://www.retsinformation.dk/eli/lta/1983/226",
    )
