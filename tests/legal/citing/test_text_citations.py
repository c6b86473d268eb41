"""Citations in texts, resolved for a day; names are those of the acts imported."""

from datetime import date

import pytest

from legal.citing.text_citations import answer_citations
from legal.models import Work
from tests.legal.acts import COLLECTION, build_commencement, build_line, build_section, import_lines

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)


@pytest.fixture
def acts(tmp_path):
    own = [build_section("9", "Ægtefæller."), build_section("9a", "Arbejde."), build_section("9i", "Studerende.")]
    import_lines(
        tmp_path,
        build_line("LBK", 1009, "2024-09-02", "Bekendtgørelse af udlændingeloven", own),
        build_line("LBK", 1183, "2025-09-25", "Bekendtgørelse af udlændingeloven", own),
        build_line(
            "LBK", 1177, "2015-10-09", "Bekendtgørelse af lov om ferie", [build_commencement("5", "1. januar 2001")]
        ),
        build_line("LOV", 60, "2018-01-30", "Lov om ferie", [build_commencement("5", "1. september 2020")]),
        build_line("LOV", 756, "2025-06-20", "Lov om midlertidig boligplacering af udlændinge m.v.", []),
        build_line("BEK", 1206, "2024-11-20", "Bekendtgørelse om adgangen til job", [build_section("2", "Job.")]),
    )


def summarise(text, as_of=TODAY):
    """Summarise the answers: what is written, the number of the act, the section, and the last part of the address."""
    return [
        (
            answer["text"],
            answer["act"] and f"{answer['act']['document_type']} {answer['act']['number']}/{answer['act']['year']}",
            answer["section"],
            answer["url"] and answer["url"].removeprefix("http://testserver"),
        )
        for answer in answer_citations(text, as_of)
    ]


@pytest.mark.parametrize(
    "text", ["udlændingelovens § 9 a", "udl. § 9a", "Udlændingeloven § 9-a", "§ 9 a i udlændingeloven"]
)
def test_section_by_name_leads_to_the_section(acts, text):
    assert summarise(text) == [(text, "LBK 1183/2025", "9 a", "/da/acts/udlaendingeloven/9-a/")]


def test_capital_letter_means_the_small_one_where_there_is_no_other(acts):
    assert summarise("udl. § 9 A")[0][2:] == ("9 A", "/da/acts/udlaendingeloven/9-a/")


def test_name_means_the_text_that_applies_on_the_day(acts):
    assert summarise("udlændingelovens § 9 a", date(2025, 1, 1))[0][1] == "LBK 1009/2024"
    assert summarise("udlændingelovens § 9 a", date(2010, 1, 1)) == [("udlændingelovens § 9 a", None, "9 a", None)]


def test_number_means_that_very_text(acts):
    text = "§ 9 a i lovbekendtgørelse nr. 1009 af 2. september 2024"

    assert summarise(text) == [(text, "LBK 1009/2024", "9 a", "/da/acts/udlaendingeloven/9-a/")]
    assert summarise("LBK 1009/2024, bekendtgørelse nr. 1206 af 20. november 2024") == [
        ("LBK 1009/2024", "LBK 1009/2024", None, "/da/acts/udlaendingeloven/"),
        (
            "bekendtgørelse nr. 1206 af 20. november 2024",
            "BEK 1206/2024",
            None,
            "/da/acts/bekendtgoerelse-om-adgangen-til-job-1206-2024/",
        ),
    ]


def test_number_of_another_document_type_is_another_text(acts):
    assert summarise("lov nr. 1009 af 2. september 2024")[0][1] is None


def test_eli_uri_means_that_very_text(acts):
    text = f"{COLLECTION}/2024/1009/dan"

    assert summarise(text) == [(text, "LBK 1009/2024", None, "/da/acts/udlaendingeloven/")]


def test_name_shared_by_acts_means_the_one_that_applies_on_the_day(acts):
    assert Work.objects.filter(title__iexact="lov om ferie").count() == 2
    assert summarise("§ 5 i lov om ferie")[0][1] == "LOV 60/2018"
    assert summarise("§ 5 i lov om ferie", date(2016, 1, 1))[0][1] == "LBK 1177/2015"


def test_name_in_running_text_ends_where_a_known_name_does(acts):
    text = "efter § 5 i lov om ferie til en person, og § 1 i lov om midlertidig boligplacering af udlændinge."

    assert [(found, act) for found, act, _section, _url in summarise(text)] == [
        ("§ 5 i lov om ferie", "LOV 60/2018"),
        ("§ 1 i lov om midlertidig boligplacering af udlændinge", "LOV 756/2025"),
    ]


def test_section_that_is_not_there_leads_to_the_act(acts):
    assert summarise("udlændingelovens § 999")[0][3] == "/da/acts/udlaendingeloven/"


def test_unknown_act_by_number_leads_to_the_official_source(acts):
    assert summarise("lov nr. 1 af 2. januar 2020, vejledning nr. 5 af 2. april 2019, fantasilovens § 1") == [
        ("lov nr. 1 af 2. januar 2020", None, None, f"{COLLECTION}/2020/1"),
        ("vejledning nr. 5 af 2. april 2019", None, None, None),
        ("fantasilovens § 1", None, "1", None),
    ]


def test_self_reference_and_part_name_no_act(acts):
    assert summarise("lovens § 9, jf. dog stk. 2") == [
        ("lovens § 9", None, "9", None),
        ("stk. 2", None, None, None),
    ]


def test_queries_do_not_depend_on_the_text(acts, django_assert_num_queries):
    text = f"udlændingelovens § 9 a, § 5 i lov om ferie, LBK 1009/2024 § 9 og {COLLECTION}/2025/1183. "

    with django_assert_num_queries(4):
        answer_citations(text * 20, TODAY)
    with django_assert_num_queries(0):
        answer_citations("Intet her, jf. § 9 og stk. 2.", TODAY)
