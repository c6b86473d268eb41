"""Acts over HTTP: found by what people call them, read at a date, section by section."""

from uuid import uuid4

import pytest

from cms.publication.following.followers import catch_up
from legal.models import Expression, Work
from search.followers import DatabaseFollower
from tests.legal.acts import build_commencement, build_line, build_section, import_lines

TITLE = "Bekendtgørelse af udlændingeloven"


@pytest.fixture
def act(db, tmp_path):
    """Two consolidations of one act."""
    clause = build_commencement("63", "1. oktober 1983", "10")
    import_lines(
        tmp_path,
        build_line("LBK", 100, "2018-03-01", TITLE, [build_section("9a", "Tekst 2018."), clause]),
        build_line("LBK", 901, "2019-08-19", TITLE, [build_section("9", "Ni."), build_section("9a", "Ny."), clause]),
        build_line("LBK", 5, "2019-01-01", "Bekendtgørelse af lov om aktiv beskæftigelsesindsats", [clause]),
    )
    return Work.objects.get(search_text__contains="udlænding")


def test_list_finds_by_name_and_pages(call, act):
    found = call("/acts/", q="udlændingeloven").json()["results"]
    first = call("/acts/", limit=1).json()
    second = call("/acts/", limit=1, cursor=first["next"].partition("cursor=")[2]).json()

    assert [entry["id"] for entry in found] == [str(act.content_id)]
    assert "sections" in found[0]
    assert second["next"] is None
    assert {page["results"][0]["type"] for page in (first, second)} == {"act"}
    assert len({page["results"][0]["id"] for page in (first, second)}) == 2
    assert call("/acts/", q="x", cursor=first["next"].partition("cursor=")[2]).status_code == 400


def test_list_needs_the_same_queries_for_many(call, act, django_assert_num_queries):
    with django_assert_num_queries(3):
        call("/acts/")


def test_act_at_a_date(call, act):
    path = f"/acts/{act.content_id}/"

    assert call(path).json()["expression"]["number"] == 901
    assert call(path, as_of="2019-08-18").json()["expression"]["number"] == 100
    assert call(path, as_of="2018-02-28").status_code == 404
    assert call(path).headers["Content-Language"] == "da"


@pytest.mark.parametrize("section", ["9 a", "9a", "9-a", "§ 9 a", "9A"])
def test_section_in_any_spelling(client, act, section):
    response = client.get(f"/api/v1/acts/{act.content_id}/provisions/{section}/")

    assert response.status_code == 200
    assert (response.json()["section"], response.json()["act"]["id"]) == ("9 a", str(act.content_id))


def test_section_at_a_date_and_missing_ones(call, act):
    path = f"/acts/{act.content_id}/provisions"

    assert "Tekst 2018" in call(f"{path}/9 a/", as_of="2018-06-01").json()["text"]
    assert call(f"{path}/9/", as_of="2018-06-01").status_code == 404
    assert call(f"{path}/99/").status_code == 404
    assert call(f"{path}/ /").status_code == 404
    assert call(f"{path}/{'9' * 500}/").status_code == 404
    assert call(f"/acts/{uuid4()}/provisions/9/").status_code == 404


def test_unchanged_section_is_304(call, act):
    path = f"/acts/{act.content_id}/provisions/9 a/"
    etag = call(path).headers["ETag"]

    assert call(path, headers={"If-None-Match": etag}).status_code == 304


def test_act_that_became_another_is_gone_and_says_which(call, db, tmp_path):
    popular, long = "Bekendtgørelse af lov om mål (målloven)", "Bekendtgørelse af lov om mål for vand (målloven)"
    clause = [build_commencement("9", "22. december 2003")]
    import_lines(
        tmp_path, build_line("LBK", 1, "2008-01-01", long, clause), build_line("LBK", 2, "2016-01-01", popular)
    )
    before = {str(work.content_id) for work in Work.objects.all()}
    import_lines(tmp_path, build_line("LBK", 2, "2016-01-01", popular, clause))
    kept = str(Work.objects.get().content_id)
    [lost] = before - {kept}

    response = call(f"/acts/{lost}/")

    assert (response.status_code, response.json()["moved_to"]) == (410, kept)


def test_diff_of_two_days(call, act):
    path = f"/acts/{act.content_id}/diff/"
    parameters = {"from": "2018-06-01", "to": "2019-12-31"}

    response = call(path, **parameters)
    answer = response.json()

    assert list(answer)[:2] == ["from", "to"]
    assert (answer["from"], answer["to"]) == ("2018-06-01", "2019-12-31")
    assert (answer["from_expression"]["number"], answer["to_expression"]["number"]) == (100, 901)
    assert answer["act"]["id"] == str(act.content_id)
    assert (answer["added"], answer["removed"], answer["renumbered"]) == (["9"], [], [])
    assert answer["changed"] == [
        {
            "section": "9 a",
            "before": "§ 9a. Tekst 2018.",
            "after": "§ 9a. Ny.",
            "marks": [
                {"op": "equal", "text": "§ 9a. "},
                {"op": "delete", "text": "Tekst 2018"},
                {"op": "insert", "text": "Ny"},
                {"op": "equal", "text": "."},
            ],
            "editorial": False,
        }
    ]
    assert response.headers["Content-Language"] == "da"
    assert call(path, headers={"If-None-Match": response.headers["ETag"]}, **parameters).status_code == 304


def test_diff_tells_renumbered_sections(call, db, tmp_path):
    texts = ("Den, der bor i landet, har ret til en samtale.", "Klage indgives senest fire uger efter afgørelsen.")
    title = "Bekendtgørelse af lov om samtaler"
    import_lines(
        tmp_path,
        build_line("LBK", 1, "2018-01-01", title, [build_section("1", texts[0]), build_section("2", texts[1])]),
        build_line("LBK", 2, "2019-01-01", title, [build_section("1", texts[0]), build_section("3", texts[1])]),
    )

    answer = call(f"/acts/{Work.objects.get().content_id}/diff/", **{"from": "2018-01-01", "to": "2019-01-01"}).json()

    assert answer["renumbered"] == [{"from": "2", "to": "3"}]
    assert (answer["added"], answer["removed"], answer["changed"]) == ([], [], [])


@pytest.mark.parametrize(
    ("start", "end"), [("2019-08-19", "2030-01-01"), ("2019-08-19", "2019-08-19"), ("2018-03-01", "2019-08-18")]
)
def test_diff_within_one_text_is_empty(call, act, start, end):
    answer = call(f"/acts/{act.content_id}/diff/", **{"from": start, "to": end}).json()

    assert answer["from_expression"] == answer["to_expression"]
    assert [answer[name] for name in ("added", "removed", "changed", "renumbered")] == [[], [], [], []]


@pytest.mark.parametrize(
    ("parameters", "status", "faulty"),
    [
        ({}, 400, ["from", "to"]),
        ({"from": "2018-06-01"}, 400, ["to"]),
        ({"from": "2019-01-01", "to": "2018-01-01"}, 400, ["to"]),
        ({"from": "x", "to": "2018-02-30"}, 400, ["from", "to"]),
        ({"from": "2018-06-01", "to": "2019-12-31", "as_of": "2019-12-31"}, 400, ["as_of"]),
        ({"from": "2018-02-28", "to": "2019-12-31"}, 404, []),
    ],
)
def test_diff_of_days_that_cannot_be_compared_is_refused(call, act, parameters, status, faulty):
    response = call(f"/acts/{act.content_id}/diff/", **parameters)

    assert response.status_code == status
    assert [error["parameter"] for error in response.json()["errors"] if "parameter" in error] == faulty


def test_diff_of_an_unknown_act_is_not_found(call, act):
    assert call(f"/acts/{uuid4()}/diff/", **{"from": "2018-06-01", "to": "2019-12-31"}).status_code == 404


@pytest.fixture
def amended(act, tmp_path):
    """The act with an amendment signed after its newest consolidation."""
    sections = [
        build_section("1", "I udlændingeloven foretages følgende ændring: 1. I § 9 a ændres »a« til: »b«.", None),
        build_section("2", "Loven træder i kraft den 1. juli 2020.", None),
    ]
    import_lines(tmp_path, build_line("LOV", 821, "2020-06-09", "Lov om ændring af udlændingeloven (Nyt)", sections))
    return act


def test_act_tells_its_names_events_and_what_is_not_consolidated_yet(call, amended):
    answer = call(f"/acts/{amended.content_id}/", as_of="2020-06-10").json()

    assert answer["names"] == [
        {"kind": "official", "name": "Udlændingeloven"},
        {"kind": "abbreviation", "name": "udl."},
    ]
    assert (answer["ministry"], answer["repealed_on"], answer["repealed_by"]) == ("", None, None)
    assert answer["commencements"] == [{"date": "1983-10-01", "provisions": None, "note": ""}]
    [pending] = answer["pending_amendments"]
    assert (pending["expression"]["number"], pending["act"]["number"]) == (821, 821)
    assert (pending["place"], pending["sections"]) == ("1", ["9 a"])
    assert pending["commencements"] == [{"date": "2020-07-01", "provisions": None, "note": ""}]
    assert [(entry["date"], entry["event"]) for entry in answer["timeline"]] == [
        ("1983-10-01", "commenced"),
        ("2018-03-01", "consolidated"),
        ("2019-08-19", "consolidated"),
        ("2020-06-09", "amended"),
    ]
    assert (answer["relations"], answer["incoming_relations"]) == ([], [])


def test_amendment_is_not_pending_before_its_signature(call, amended):
    assert call(f"/acts/{amended.content_id}/", as_of="2020-06-08").json()["pending_amendments"] == []


def test_acts_are_found_by_their_commencements(call, db, tmp_path):
    sections = [build_section("1", "Gebyr."), build_section("2", "Bekendtgørelsen træder i kraft den 1. januar 2090.")]
    import_lines(
        tmp_path,
        build_line("BEK", 10, "2020-11-02", "Bekendtgørelse om gebyrer", sections),
        build_line("LBK", 901, "2019-08-19", TITLE, [build_commencement("63", "1. oktober 1983", "10")]),
    )

    def find(**parameters):
        return [entry["number"] for entry in call("/documents/", type="act", **parameters).json()["results"]]

    assert find(in_force_on="2021-01-01") == [901]
    assert find(upcoming="true") == [10]
    assert sorted(find(in_force_on="2090-01-01")) == [10, 901]


@pytest.mark.parametrize("path", ["/documents/", "/feeds/all.json", "/search/"])
def test_ended_act_is_in_force_until_its_last_day_alone(call, db, tmp_path, path):
    first = "Bekendtgørelsen træder i kraft den 1. februar 2018."
    second = (
        "Bekendtgørelsen træder i kraft den 1. januar 2020. Stk. 2. Bekendtgørelse nr. 10 af 2. januar 2018 ophæves."
    )
    import_lines(
        tmp_path,
        build_line("BEK", 10, "2018-01-02", "Bekendtgørelse om gebyrer", [build_section("1", first)]),
        build_line("BEK", 20, "2019-12-02", "Bekendtgørelse om betaling", [build_section("1", second)]),
        build_line("BEK", 30, "2018-01-02", "Om told", [build_section("1", first)], source_status="historic"),
    )
    catch_up(DatabaseFollower())

    def list_numbers(day):
        answer = call(path, in_force_on=day).json()
        titles = [entry["title"] for entry in answer.get("results") or answer.get("items") or []]
        return sorted(Expression.objects.get(title=title.split(" · ")[0]).number for title in titles)

    assert [list_numbers(day) for day in ("2018-01-31", "2019-12-31", "2020-01-01")] == [[], [10], [20]]


def test_repealed_act_says_so(call, db, tmp_path):
    clause = (
        "Bekendtgørelsen træder i kraft den 1. januar 2020. Stk. 2. Bekendtgørelse nr. 10 af 2. januar 2018 ophæves."
    )
    import_lines(
        tmp_path,
        build_line("BEK", 10, "2018-01-02", "Bekendtgørelse om gebyrer", [build_section("1", "Gebyr.")]),
        build_line("BEK", 20, "2019-12-02", "Bekendtgørelse om betaling", [build_section("2", clause)]),
    )
    [found] = call("/acts/", q="BEK 10/2018").json()["results"]

    answer = call(f"/acts/{found['id']}/").json()

    assert (found["status"]["state"], answer["status"]["state"]) == ("repealed", "repealed")
    assert (answer["repealed_on"], answer["repealed_by"]["number"]) == ("2020-01-01", 20)
    assert [(entry["kind"], entry["act"]["number"]) for entry in answer["incoming_relations"]] == [("repeals", 20)]
    assert call(f"/acts/{found['id']}/", as_of="2019-12-31").json()["status"]["state"] != "repealed"
