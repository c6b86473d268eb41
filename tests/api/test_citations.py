"""Citations found in a text through the API."""

import pytest

from tests.legal.acts import build_line, build_section, import_lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def act(tmp_path):
    import_lines(
        tmp_path,
        build_line("LBK", 1009, "2024-09-02", "Bekendtgørelse af udlændingeloven", [build_section("9a", "Før.")]),
        build_line("LBK", 1183, "2025-09-25", "Bekendtgørelse af udlændingeloven", [build_section("9a", "Nu.")]),
    )


def test_citation_is_answered_with_its_place_and_act(client, act):
    text = "Se ud\u00adlændingelovens §\u00a09 a, stk. 2, nr. 1,\nlitra b."

    answer = client.get("/api/v1/citations/", {"q": text}).json()

    (citation,) = answer["citations"]
    act_id = citation["act"].pop("id")
    assert client.get(f"/api/v1/acts/{act_id}/").status_code == 200
    assert citation == {
        "start": 3,
        "end": len(text) - 1,
        "text": text[3:-1],
        "act": {
            "short_title": "Udlændingeloven",
            "document_type": "LBK",
            "number": 1183,
            "year": 2025,
            "eli_uri": "https://www.retsinformation.dk/eli/lta/2025/1183",
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


def test_citation_is_answered_for_the_day(client, act):
    answer = client.get("/api/v1/citations/", {"q": "udl. § 9 a", "as_of": "2025-01-01"}).json()

    assert answer["citations"][0]["act"]["number"] == 1009


def test_text_of_20_000_characters_is_read_and_a_longer_one_refused(client, act):
    text = ("udl. § 9 a, " * 2000)[:20_000]

    assert len(client.get("/api/v1/citations/", {"q": text}).json()["citations"]) == 1667
    refused = client.get("/api/v1/citations/", {"q": f"{text}x"})
    assert refused.status_code == 400
    assert refused.json()["errors"] == [{"parameter": "q", "detail": "is longer than 20000 characters"}]


@pytest.mark.parametrize(
    "query", [{}, {"q": ""}, {"q": " "}, {"q": "§ 9\x00"}, {"q": "§ 9", "as_of": "i dag"}, {"q": "§", "x": "1"}]
)
def test_what_cannot_be_read_is_refused(client, query):
    response = client.get("/api/v1/citations/", query)

    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
