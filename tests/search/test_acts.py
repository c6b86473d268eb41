"""Acts are found down to the section, by words and by the ways people cite them; from both engines."""

import pytest

from cms.publication.models import Window
from search.texts.index_documents import build_provision_document
from search.texts.log_contents import load_contents
from search.texts.provision_texts import count_provision_texts, iterate_provision_texts
from tests.factories.releases import make_draft
from tests.legal.acts import build_line, build_section, import_lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def acts(tmp_path):
    import_lines(
        tmp_path,
        build_line(
            "LBK",
            1183,
            "2025-09-25",
            "Bekendtgørelse af udlændingeloven",
            [
                build_section("9", "Der kan gives opholdstilladelse til en ægtefælle."),
                build_section("9 a", "Der kan gives opholdstilladelse på grundlag af beskæftigelse, jf. § 9."),
                build_section("9 i", "Der kan gives opholdstilladelse til studerende."),
            ],
        ),
        build_line(
            "LBK",
            1009,
            "2024-09-02",
            "Bekendtgørelse af udlændingeloven",
            [build_section("9 a", "Den tidligere ordlyd om positivlisten.")],
        ),
        build_line(
            "LBK",
            800,
            "2025-06-01",
            "Bekendtgørelse af integrationsloven",
            [build_section("9 a", "Kommunalbestyrelsen modtager udlændinge, jf. udlændingeloven.")],
        ),
    )
    return tmp_path


def list_sections(result):
    return [entry["section"] for entry in result["provisions"]]


@pytest.mark.parametrize(
    "q",
    [
        "udlændingeloven § 9 a",
        "§ 9a udlændingeloven",
        "udl. § 9 a, stk. 2",
        "udlændingeloven 9a",
        "Udlændingeloven §9 A",
        "udl § 9a",
        "LBK 1183/2025 § 9 a",
        "LBK nr. 1009 af 2. september 2024, § 9 a",
    ],
)
def test_citation_leads_to_its_section_first(ask, acts, q):
    answer = ask(q)

    first = answer["results"][0]
    assert (first["type"], first["title"]) == ("act", "Udlændingeloven")
    assert list_sections(first)[0] == "9 a"
    assert first["provisions"][0]["url"] == "http://testserver/da/acts/udlaendingeloven/9-a/"
    assert first["provisions"][0]["label"] == "§ 9 a"


@pytest.mark.parametrize(
    "q",
    [
        "LBK 1183/2025",
        "lbk 1009/2024",
        "lovbekendtgørelse nr. 1183 af 25. september 2025",
        "https://www.retsinformation.dk/eli/lta/2024/1009/dan",
    ],
)
def test_number_or_address_leads_to_its_act_first(ask, acts, q):
    answer = ask(q)

    assert (answer["results"][0]["type"], answer["results"][0]["title"]) == ("act", "Udlændingeloven")


@pytest.mark.parametrize("q", ["udlændingeloven", "Udlændingelovens", "udl.", "integrationsloven"])
def test_name_of_an_act_leads_to_it_before_guidance(ask, acts, release, q):
    release(make_draft(f"Om {q}", document={"html": f"<p>{q} {q} {q}</p>"}))

    first = ask(q)["results"][0]

    assert (first["type"], first["title"]) == (
        "act",
        "Integrationsloven" if q.startswith("integration") else "Udlændingeloven",
    )


@pytest.mark.parametrize("q", ["opholdstilladelse", "opholdstilladelse ægtefælle", "kommunalbestyrelsen", ""])
def test_guidance_stands_before_acts_however_well_they_match(ask, acts, release, q):
    filler = "Noget ganske andet står der her. " * 40
    words = "ægtefælle, opholdstilladelse og kommunalbestyrelsen"
    guidance = [make_draft(f"Vejledning {number}", document={"html": f"<p>{filler}{words}</p>"}) for number in range(3)]
    release(*guidance)
    import_lines(
        acts,
        build_line(
            "LBK", 1300, "2026-01-05", "Bekendtgørelse af lov om opholdstilladelse", [build_section("1", words)]
        ),
    )

    pages = [ask(q, page=page, limit=2) for page in (1, 2)]

    types = [result["type"] for page in pages for result in page["results"]]
    assert types[:3] == ["article"] * 3
    assert set(types[3:]) == {"act"}
    assert ask(q, filters={"type": [["act"]]})["results"][0]["type"] == "act"


def test_act_and_section_that_are_cited_stand_before_guidance(ask, acts, release):
    words = "udlændingeloven § 9 a LBK 1183/2025 "
    release(make_draft(words, document={"html": f"<p>{words * 5}</p>"}))

    first = {q: ask(q)["results"][0] for q in ("udlændingeloven § 9 a", "LBK 1183/2025", "udl § 9a")}

    assert {q: (result["type"], result["title"]) for q, result in first.items()} == dict.fromkeys(
        first, ("act", "Udlændingeloven")
    )


def test_words_of_a_section_find_the_act_once_with_the_section(ask, acts):
    answer = ask("studerende")

    assert answer["total"] == 1
    assert [entry["value"] for entry in answer["facets"]["type"]] == ["act"]
    first = answer["results"][0]
    assert list_sections(first) == ["9 i"]
    assert "til <mark>studerende</mark>" in first["provisions"][0]["highlights"][0]
    assert not {"sections", "expressions"} & set(first)


def test_act_with_many_sections_counts_once(ask, acts):
    answer = ask("opholdstilladelse")

    assert answer["total"] == 1
    assert {entry["value"]: entry["count"] for entry in answer["facets"]["type"]} == {"act": 1}
    assert set(list_sections(answer["results"][0])) == {"9", "9 a", "9 i"}


def test_superseded_wording_is_not_found(ask, acts):
    assert ask("positivlisten")["total"] == 0


def test_sections_are_those_of_the_days_on_which_the_act_applies(acts):
    windows = list(Window.objects.filter(type="act", title="Udlændingeloven"))

    texts = list(iterate_provision_texts(windows))

    newest = [text.section for text in texts if text.days.ends is None]
    earlier = [(text.section, text.days.starts, text.days.ends) for text in texts if text.days.ends is not None]
    begins = {text.days.starts for text in texts if text.days.ends is None}
    assert (newest, len(begins)) == (["9", "9 a", "9 i"], 1)
    assert earlier == [("9 a", windows[0].starts, begins.pop())]
    assert count_provision_texts(windows) == {windows[0].content_id: 4}


def test_section_document_carries_its_acts_names(acts):
    window = Window.objects.get(title="Udlændingeloven")
    (content,) = load_contents([window.content_id])
    provision = next(iterate_provision_texts([window]))

    document = build_provision_document(provision, window, content)

    assert document.source["names"][0] == "Udlændingeloven"
    assert {"udl.", "udl", "LBK 1183/2025"} <= set(document.source["names"])
    assert (document.source["section"], document.source["kind"]) == ("9", "provision")
    assert document.version == content.position
