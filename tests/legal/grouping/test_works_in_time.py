"""Effects of texts, from the import to the released document: names, commencements, amendments, repeals, status on any day."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine

from cms.publication.models import Release, ReleaseBody, Window
from legal.grouping.work_groups import release_pending_texts
from legal.models import Amendment, Commencement, Expression, Relation, Work, WorkName
from legal.works.act_documents import build_act_document
from tests.legal.acts import build_commencement, build_line, build_section, import_lines

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

UDL = "Bekendtgørelse af udlændingeloven"
LTA = "https://www.retsinformation.dk/eli/lta"


def build_udl(number: int, signed: str, **changes: Any) -> dict[str, Any]:
    sections = [build_section("9 a", f"Tekst {number}."), build_commencement("63", "1. oktober 1983", "10")]
    return build_line("LBK", number, signed, UDL, sections, **changes)


def build_order(number: int, signed: str, title: str, *clauses: str, **changes: Any) -> dict[str, Any]:
    sections = [build_section(str(place), text) for place, text in enumerate(("Gebyr.", *clauses), start=1)]
    return build_line("BEK", number, signed, title, sections, **changes)


def read_act(number: int, day: str) -> dict[str, Any]:
    document = build_act_document(Expression.objects.get(number=number).work, date.fromisoformat(day))
    assert document is not None
    return document


def read_state(number: int, day: str) -> str:
    return str(read_act(number, day)["status"]["state"])


def read_versions(number: int) -> dict[str, Any]:
    """Read the released documents of a work by the day they apply from."""
    windows = Window.objects.filter(content_id=Expression.objects.get(number=number).work.content_id).order_by("starts")
    return {
        window.starts.isoformat(): json.loads(bytes(ReleaseBody.objects.get(pk=window.pk).body)) for window in windows
    }


def store_text_effects() -> list[Any]:
    return [
        sorted(WorkName.objects.values_list("work__current__number", "kind", "name")),
        sorted(Commencement.objects.values_list("expression__number", "date", "provisions", "note"), key=str),
        sorted(Relation.objects.values_list("expression__number", "kind", "target", "work__current__number"), key=str),
        sorted(Amendment.objects.values_list("expression__number", "named", "work__current__number"), key=str),
        sorted(Work.objects.values_list("current__number", "repealed_on", "repealed_by__number"), key=str),
    ]


def test_work_is_known_by_all_its_names(tmp_path: Path) -> None:
    title = "Bekendtgørelse af lov om integration af udlændinge i Danmark (integrationsloven)"
    import_lines(tmp_path, build_udl(1009, "2024-09-02"), build_line("LBK", 1146, "2020-06-22", title))

    names = list(WorkName.objects.order_by("work", "kind", "key").values_list("kind", "name", "key"))

    assert sorted(names) == [
        ("abbreviation", "udl.", "udl"),
        ("official", "Lov om integration af udlændinge i Danmark", "lov om integration af udlændinge i danmark"),
        (
            "official",
            "Lov om integration af udlændinge i Danmark (integrationsloven)",
            "lov om integration af udlændinge i danmark integrationslov",
        ),
        ("official", "Udlændingeloven", "udlændingelov"),
        ("short", "Integrationsloven", "integrationlov"),
    ]


def test_renamed_act_keeps_its_old_names(tmp_path: Path) -> None:
    clause = [build_commencement("9", "1. oktober 2006")]
    import_lines(
        tmp_path,
        build_line("LBK", 1, "2010-01-01", "Bekendtgørelse af lov om orlov (barselloven)", clause),
        build_line("LBK", 2, "2020-01-01", "Bekendtgørelse af lov om ret til orlov ved barsel (barselloven)", clause),
    )

    assert {"Lov om orlov", "Lov om ret til orlov ved barsel"} <= set(
        Work.objects.get().names.values_list("name", flat=True)
    )


@time_machine.travel("2026-11-24 12:00:00+01:00")
def test_order_that_commences_later_is_not_in_force_until_then(tmp_path: Path) -> None:
    clause = "Bekendtgørelsen træder i kraft den 1. januar 2027, jf. dog stk. 2. Stk. 2. § 1 træder i kraft den 1. marts 2027."
    import_lines(tmp_path, build_order(10, "2026-11-02", "Bekendtgørelse om gebyrer", clause))

    states = {day: document["status"]["state"] for day, document in read_versions(10).items()}

    assert states == {"2026-11-02": "not_in_force", "2027-01-01": "partly_in_force", "2027-03-01": "in_force"}
    assert [read_state(10, day) for day in ("2026-12-31", "2027-01-01", "2027-03-01")] == [
        "not_in_force",
        "partly_in_force",
        "in_force",
    ]
    assert read_act(10, "2027-02-01")["status"]["derived_from"] == "Trådt i kraft den 1. januar 2027, men ikke § 1."
    assert [(entry["date"], entry["provisions"]) for entry in read_versions(10)["2026-11-02"]["commencements"]] == [
        ("2027-01-01", None),
        ("2027-03-01", ["1"]),
    ]


def test_released_status_needs_no_release_on_the_day_it_changes(tmp_path: Path) -> None:
    line = build_order(
        10, "2026-11-02", "Bekendtgørelse om gebyrer", "Bekendtgørelsen træder i kraft den 1. januar 2027."
    )
    with time_machine.travel("2026-11-24 12:00:00+01:00"):
        import_lines(tmp_path, line)
    before = read_versions(10)

    with time_machine.travel("2027-02-01 12:00:00+01:00"):
        Expression.objects.update(is_pending=True)
        appended = release_pending_texts()

    assert (appended, read_versions(10)) == (0, before)


@pytest.mark.parametrize("is_reversed", [False, True])
def test_repealed_order_is_repealed_from_the_day_the_new_one_commences(tmp_path: Path, *, is_reversed: bool) -> None:
    old = build_order(
        10, "2018-01-02", "Bekendtgørelse om gebyrer", "Bekendtgørelsen træder i kraft den 1. februar 2018."
    )
    new = build_order(
        20,
        "2019-12-02",
        "Bekendtgørelse om betaling",
        "Bekendtgørelsen træder i kraft den 1. januar 2020. Stk. 2. Bekendtgørelse nr. 10 af 2. januar 2018 om gebyrer ophæves.",
    )
    for line in (new, old) if is_reversed else (old, new):
        import_lines(tmp_path, line)

    document = read_act(10, "2020-01-01")

    assert (document["repealed_on"], document["repealed_by"]["number"]) == ("2020-01-01", 20)
    assert document["status"] == {
        "state": "repealed",
        "since": "2018-02-01",
        "until": "2019-12-31",
        "derived_from": "Ophævet den 1. januar 2020 ved bekendtgørelse nr. 20 af 2. december 2019.",
    }
    assert [read_state(10, day) for day in ("2018-01-02", "2018-02-01", "2019-12-31")] == [
        "not_in_force",
        "in_force",
        "in_force",
    ]
    assert [version["status"]["state"] for version in read_versions(10).values()][-1] == "repealed"
    assert [(entry["kind"], entry["act"]["number"]) for entry in document["incoming_relations"]] == [("repeals", 20)]


def test_order_that_ends_by_its_own_words(tmp_path: Path) -> None:
    clause = "Bekendtgørelsen træder i kraft den 9. juni 2021. Stk. 2. Bekendtgørelsen ophæves den 1. juli 2021."
    import_lines(tmp_path, build_order(10, "2021-06-07", "Bekendtgørelse om mundbind", clause))

    assert [read_state(10, day) for day in ("2021-06-09", "2021-06-30", "2021-07-01")] == [
        "in_force",
        "in_force",
        "repealed",
    ]
    assert read_act(10, "2021-07-01")["status"]["derived_from"] == "Ophævet den 1. juli 2021 efter egen bestemmelse."
    assert read_act(10, "2021-07-01")["relations"] == []


def test_repeal_that_a_new_text_no_longer_tells_is_taken_back(tmp_path: Path) -> None:
    old = build_order(
        10, "2018-01-02", "Bekendtgørelse om gebyrer", "Bekendtgørelsen træder i kraft den 1. februar 2018."
    )
    clause = "Bekendtgørelsen træder i kraft den 1. januar 2020."
    repeal = "Bekendtgørelse nr. 10 af 2. januar 2018 om gebyrer ophæves."
    import_lines(tmp_path, old, build_order(20, "2019-12-02", "Bekendtgørelse om betaling", clause, repeal))
    import_lines(tmp_path, build_order(20, "2019-12-02", "Bekendtgørelse om betaling", clause))

    assert read_act(10, "2021-01-01")["repealed_on"] is None
    assert read_state(10, "2021-01-01") == "in_force"
    assert [version["status"]["state"] for version in read_versions(10).values()] == ["in_force"]


def test_older_order_of_the_same_title_stands_until_the_new_one_commences(tmp_path: Path) -> None:
    import_lines(
        tmp_path,
        build_order(
            10, "2018-01-02", "Bekendtgørelse om gebyrer", "Bekendtgørelsen træder i kraft den 1. februar 2018."
        ),
        build_order(
            20, "2019-12-02", "Bekendtgørelse om gebyrer", "Bekendtgørelsen træder i kraft den 1. januar 2020."
        ),
    )

    assert [read_state(10, day) for day in ("2019-12-31", "2020-01-01")] == ["in_force", "historic"]


def test_amendment_after_the_newest_consolidation_is_pending(tmp_path: Path) -> None:
    amending = build_line(
        "LOV",
        756,
        "2025-06-20",
        "Lov om ændring af udlændingeloven og integrationsloven",
        [
            build_section("1", "I udlændingeloven, jf. lovbekendtgørelse nr. 1009 af 2. september 2024, foretages følgende "
            "ændringer: 1. I § 9 a, stk. 2, ændres »a« til: »b«. 2. § 15 ophæves.", None),
            build_section("2", "I integrationsloven foretages følgende ændring: 1. § 2 affattes således: »Ny.«", None),
            build_section("3", "Loven træder i kraft den 1. juli 2025. Stk. 2. § 2 træder i kraft den 1. januar 2026.", None),
        ],
    )  # fmt: skip
    import_lines(tmp_path, build_udl(1009, "2024-09-02"), amending)
    before = read_act(1009, "2025-06-21")["pending_amendments"]
    import_lines(tmp_path, build_udl(1183, "2025-09-25"))

    [pending] = before
    assert (pending["expression"]["number"], pending["place"], pending["sections"]) == (756, "1", ["9 a", "15"])
    assert [(entry["date"], entry["provisions"]) for entry in pending["commencements"]] == [
        ("2025-07-01", None),
        ("2026-01-01", ["2"]),
    ]
    assert read_act(1183, "2025-06-19")["pending_amendments"] == []
    assert len(read_act(1183, "2025-06-21")["pending_amendments"]) == 1
    assert read_act(1183, "2025-09-25")["pending_amendments"] == []
    assert [version["pending_amendments"] for version in read_versions(1183).values()] == [[]]


@pytest.mark.parametrize("is_reversed", [False, True])
def test_consolidation_is_taken_at_its_word_for_what_it_holds(tmp_path: Path, *, is_reversed: bool) -> None:
    introduction = (
        "Herved bekendtgøres udlændingeloven, jf. lovbekendtgørelse nr. 1009 af 2. september 2024, med de ændringer, der følger "
        "af § 1 i lov nr. 755 af 20. juni 2025."
    )
    amending = [
        build_line("LOV", 755, "2025-06-20", "Lov om ændring af udlændingeloven (A)"),
        build_line("LOV", 756, "2025-06-20", "Lov om ændring af udlændingeloven (B)"),
    ]
    import_lines(
        tmp_path,
        build_udl(1009, "2024-09-02"),
        *(reversed(amending) if is_reversed else amending),
        build_udl(1183, "2025-09-25", introduction=introduction),
    )

    document = read_act(1183, "2025-12-01")

    assert [entry["expression"]["number"] for entry in document["pending_amendments"]] == [756]
    assert Amendment.objects.get(expression__number=755).consolidated_in.number == 1183
    assert [(entry["event"], entry["expression"]["number"]) for entry in document["timeline"]] == [
        ("commenced", 1009),
        ("consolidated", 1009),
        ("amended", 755),
        ("amended", 756),
        ("consolidated", 1183),
    ]


def test_order_puts_parts_of_an_amending_act_into_force(tmp_path: Path) -> None:
    amending = build_line("LOV", 721, "2021-04-27", "Lov om ændring af udlændingeloven (EES)")
    order = build_line(
        "BEK",
        1175,
        "2025-09-30",
        "Bekendtgørelse om ikrafttræden af visse bestemmelser",
        [
            build_section("1", "§ 1, nr. 11, 16 og 19, i lov nr. 721 af 27. april 2021 om ændring af udlændingeloven sættes i "
            "kraft."),
            build_section("2", "Bekendtgørelsen træder i kraft den 12. oktober 2025."),
        ],
        lexdania_type="BEK I#LOKDOK06",
    )  # fmt: skip
    import_lines(tmp_path, build_udl(1009, "2020-09-02"))
    import_lines(tmp_path, order)
    import_lines(tmp_path, amending)

    [pending] = read_act(1009, "2025-11-01")["pending_amendments"]

    assert pending["commencements"] == [
        {
            "date": "2025-10-12",
            "provisions": ["1"],
            "note": "Sat i kraft ved bekendtgørelse nr. 1175 af 30. september 2025: § 1, nr. 11, 16 og 19",
        }
    ]
    assert [version["pending_amendments"] for version in read_versions(1009).values()] == [[pending]]


def test_act_whose_day_a_minister_fixes_commences_by_the_order(tmp_path: Path) -> None:
    act = build_line(
        "LOV",
        600,
        "2013-06-12",
        "Lov om Danpilot",
        [
            build_section("1", "Om lodser."),
            build_section("2", "Ministeren fastsætter tidspunktet for lovens ikrafttræden."),
        ],
    )
    import_lines(tmp_path, act)
    before = read_act(600, "2013-12-01")
    order = build_line(
        "BEK",
        1341,
        "2013-11-29",
        "Bekendtgørelse om ikrafttræden af lov om Danpilot",
        [
            build_section("1", "Lov nr. 600 af 12. juni 2013 om Danpilot sættes i kraft."),
            build_section("2", "Bekendtgørelsen træder i kraft den 4. december 2013."),
        ],
        lexdania_type="BEK I#LOKDOK06",
    )
    import_lines(tmp_path, order)

    assert (before["status"]["state"], [entry["date"] for entry in before["commencements"]]) == ("unknown", [None])
    assert [entry["date"] for entry in read_act(600, "2013-12-01")["commencements"]] == ["2013-12-04"]
    assert [read_state(600, day) for day in ("2013-12-03", "2013-12-04")] == ["not_in_force", "in_force"]


def test_day_of_the_source_wins_over_the_clause(tmp_path: Path) -> None:
    clause = "Loven træder i kraft dagen efter bekendtgørelsen i Lovtidende."
    line = build_line(
        "LOV", 7, "2020-06-26", "Lov om klima", [build_section("1", "Om klima."), build_section("2", clause)]
    )
    import_lines(tmp_path, {**line, "in_force_from": "2020-07-01"})

    assert list(Commencement.objects.values_list("date", "provisions")) == [(date(2020, 7, 1), None)]


def test_effects_do_not_depend_on_the_order_of_import(tmp_path: Path) -> None:
    lines = [
        build_udl(1009, "2024-09-02"),
        build_line("LOV", 755, "2025-06-20", "Lov om ændring af udlændingeloven og lov om gebyrer"),
        build_order(
            10, "2018-01-02", "Bekendtgørelse om gebyrer", "Bekendtgørelsen træder i kraft den 1. februar 2018."
        ),
        build_line("BEK", 30, "2019-01-02", "Bekendtgørelse om ændring af bekendtgørelse om gebyrer"),
        build_order(
            20,
            "2019-12-02",
            "Bekendtgørelse om gebyrer",
            "Bekendtgørelsen træder i kraft den 1. januar 2020. Stk. 2. Bekendtgørelse nr. 10 af 2. januar 2018 ophæves.",
        ),
        build_udl(1183, "2025-09-25"),
    ]
    import_lines(tmp_path, *lines)
    expected = store_text_effects()
    Work.objects.update(current=None, repealed_by=None)
    Expression.objects.all().delete()
    Work.objects.all().delete()

    for line in reversed(lines):
        import_lines(tmp_path, line)

    assert store_text_effects() == expected
    assert expected[3] == [
        (30, "bekendtgørelse om gebyrer", 10),
        (755, "lov om gebyrer", None),
        (755, "udlændingeloven", 1183),
    ]


def test_database_from_before_is_filled_by_the_next_import(tmp_path: Path) -> None:
    lines = [
        build_udl(1009, "2024-09-02"),
        build_order(
            10, "2018-01-02", "Bekendtgørelse om gebyrer", "Bekendtgørelsen træder i kraft den 1. februar 2018."
        ),
    ]
    import_lines(tmp_path, *lines)
    expected = store_text_effects()
    WorkName.objects.all().delete()
    Commencement.objects.all().delete()
    Relation.objects.all().delete()

    report = import_lines(tmp_path, lines[0])

    assert dict(report.outcomes) == {"unchanged": 1}
    assert store_text_effects() == expected


def test_interrupted_release_is_completed_by_the_next_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("legal.grouping.work_groups.release_works", _fail)
        with pytest.raises(RuntimeError):
            import_lines(tmp_path, build_udl(1009, "2024-09-02"))
    assert not Release.objects.exists()

    import_lines(tmp_path, build_udl(1009, "2024-09-02"))

    assert Release.objects.count() == 1


def _fail(works: Any) -> int:
    raise RuntimeError


def test_document_needs_the_same_queries_for_many_amendments(
    tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    amendments = [
        build_line("LOV", number, "2025-01-01", f"Lov om ændring af udlændingeloven (Nr. {number})")
        for number in range(1, 30)
    ]
    import_lines(tmp_path, build_udl(1009, "2024-09-02"), *amendments)

    with django_assert_max_num_queries(16):
        document = build_act_document(Expression.objects.get(number=1009).work, date(2025, 6, 1))

    assert document is not None
    assert len(document["pending_amendments"]) == 29
