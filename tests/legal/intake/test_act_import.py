"""Import of acts: what is stored, what is refused, and that it can be repeated."""

import codecs
import gzip
import json
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cms.core.calendar import today
from cms.publication.following.followers import catch_up
from cms.publication.models import Release, ReleaseBody, Window
from legal.intake.act_import import ImportProblem, import_acts
from legal.models import Expression, Provision, Work
from legal.reviews.followers import ReviewFollower
from tests.factories.pages import make_page, publish
from tests.factories.releases import read_document
from tests.legal.acts import build_commencement, build_line, build_section, import_lines

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

TITLE = "Bekendtgørelse af lov om arbejdskraft"


def build_consolidation(
    number: int, signed_date: str, text: str = "Alle kan ansættes.", **changes: Any
) -> dict[str, Any]:
    sections = [build_section("1", text), build_section("2a", "Om løn."), build_commencement("3", "1. juli 2003")]
    return build_line("LBK", number, signed_date, TITLE, sections, **changes)


def build_family() -> list[dict[str, Any]]:
    """Build acts of one name that replaced each other, of three jurisdictions, two orders and an amending act."""
    commencing = build_commencement("9", "1. januar 2020")
    return [
        build_consolidation(710, "2011-06-23"),
        build_consolidation(807, "2015-07-01"),
        build_line("LBK", 1342, "2016-11-21", TITLE),
        build_line("LOV", 548, "2019-05-07", "Lov om arbejdskraft", [commencing]),
        build_line("LBK", 701, "2022-05-22", TITLE, [commencing]),
        build_line("LBK", 70, "2020-01-28", "Bekendtgørelse for Færøerne af lov om arbejdskraft", [commencing]),
        build_line("LBK", 71, "2020-01-28", "Bekendtgørelse for Grønland af lov om arbejdskraft", [commencing]),
        build_line("BEK", 10, "2018-01-01", "Bekendtgørelse om gebyrer", [build_section("1", "Gebyr.")]),
        build_line("BEK", 20, "2019-01-01", "Bekendtgørelse om gebyrer", [build_section("1", "Nyt gebyr.")]),
        build_line("LOV", 999, "2021-01-01", "Lov om ændring af lov om arbejdskraft", [build_section("1", "Ændres.")]),
    ]


def read_released(work: Work) -> dict[str, Any]:
    window = Window.objects.get(content_id=work.content_id)
    return json.loads(bytes(ReleaseBody.objects.get(pk=window.pk).body))


def read_partition() -> dict[str, list[str]]:
    return {
        str(work.content_id): sorted(work.expressions.values_list("eli_uri", flat=True)) for work in Work.objects.all()
    }


def test_family_of_one_name_is_grouped_by_line_and_jurisdiction(tmp_path: Path) -> None:
    import_lines(tmp_path, *build_family())

    numbers = sorted(sorted(work.expressions.values_list("number", flat=True)) for work in Work.objects.all())
    assert numbers == [[10], [20], [70], [71], [548, 701], [710, 807, 1342], [999]]


def test_import_in_any_order_gives_the_same_works(tmp_path: Path) -> None:
    lines = build_family()
    import_lines(tmp_path, *lines)
    expected = read_partition()

    for seed in (1, 2):
        Work.objects.update(current=None)
        Provision.objects.all().delete()
        Expression.objects.all().delete()
        Work.objects.all().delete()
        Random(seed).shuffle(lines)
        import_lines(tmp_path, *lines)
        assert read_partition() == expected


def test_import_in_parts_gives_the_same_works_and_keeps_ids(tmp_path: Path) -> None:
    lines = build_family()
    import_lines(tmp_path, *lines[::2])
    given = set(Work.objects.values_list("content_id", flat=True))

    import_lines(tmp_path, *lines[1::2])

    numbers = sorted(sorted(work.expressions.values_list("number", flat=True)) for work in Work.objects.all())
    assert numbers == [[10], [20], [70], [71], [548, 701], [710, 807, 1342], [999]]
    assert given <= set(Work.objects.values_list("content_id", flat=True))


def test_same_file_again_changes_nothing(tmp_path: Path) -> None:
    import_lines(tmp_path, *build_family())
    before = (read_partition(), list(Provision.objects.values_list("pk", flat=True)), Release.objects.count())

    report = import_lines(tmp_path, *build_family())

    after = (read_partition(), list(Provision.objects.values_list("pk", flat=True)), Release.objects.count())
    assert (after, dict(report.outcomes), report.released) == (before, {"unchanged": 10}, 0)


def test_other_text_under_the_same_uri_replaces_it_and_is_reported(tmp_path: Path) -> None:
    import_lines(tmp_path, build_consolidation(710, "2011-06-23"))

    report = import_lines(tmp_path, build_consolidation(710, "2011-06-23", "Ingen kan ansættes."))

    eli_uri = "https://www.retsinformation.dk/eli/lta/2011/710"
    assert (dict(report.outcomes), [moved.eli_uri for moved in report.moved]) == ({"text changed": 1}, [eli_uri])
    assert Provision.objects.filter(section="1").get().text == "§ 1. Ingen kan ansættes."
    assert Provision.objects.count() == 3


def test_metadata_alone_is_filled_later_and_never_takes_the_text_away(tmp_path: Path) -> None:
    full = build_consolidation(710, "2011-06-23")
    alone = {**full, "provisions": []}

    outcomes = [dict(import_lines(tmp_path, line).outcomes) for line in (alone, full, alone)]

    assert outcomes == [{"new": 1}, {"filled": 1}, {"unchanged": 1}]
    assert (Work.objects.count(), Provision.objects.count()) == (1, 3)


def test_text_that_shows_another_line_moves_the_expression(tmp_path: Path) -> None:
    import_lines(tmp_path, build_consolidation(710, "2011-06-23"), build_line("LBK", 701, "2022-05-22", TITLE))

    later = build_line("LBK", 701, "2022-05-22", TITLE, [build_commencement("9", "1. januar 2020")])
    import_lines(tmp_path, later)

    assert [list(work.expressions.values_list("number", flat=True)) for work in Work.objects.order_by("pk")] == [
        [710],
        [701],
    ]


def test_text_that_turns_out_to_be_no_main_act_leaves_its_line(tmp_path: Path) -> None:
    import_lines(tmp_path, build_consolidation(710, "2011-06-23"), build_consolidation(807, "2015-07-01"))

    import_lines(tmp_path, {**build_consolidation(807, "2015-07-01"), "document_type": "BEK"})

    works = Work.objects.order_by("pk")
    assert [(str(work.current), work.expressions.count()) for work in works] == [
        ("LBK 710/2011", 1),
        ("BEK 807/2015", 1),
    ]


def test_work_left_without_texts_is_withdrawn_as_moved(tmp_path: Path) -> None:
    popular = "Bekendtgørelse af lov om mål (målloven)"
    long = "Bekendtgørelse af lov om mål for vand (målloven)"
    clause = [build_commencement("9", "22. december 2003")]
    import_lines(
        tmp_path, build_line("LBK", 1, "2008-01-01", long, clause), build_line("LBK", 2, "2016-01-01", popular)
    )
    kept = Expression.objects.get(number=1).work.content_id

    import_lines(tmp_path, build_line("LBK", 2, "2016-01-01", popular, clause))

    assert Work.objects.get().content_id == kept
    withdrawn = Release.objects.get(kind="withdrawn")
    assert (withdrawn.reason, withdrawn.moved_to) == ("moved", kept)


def test_text_that_cites_an_act_which_goes_leads_to_the_one_that_stays(tmp_path: Path, site: Any) -> None:
    popular = "Bekendtgørelse af lov om mål (målloven)"
    long = "Bekendtgørelse af lov om mål for vand (målloven)"
    clause = [build_commencement("9", "22. december 2003")]
    cited = build_line("LBK", 2, "2016-01-01", popular)
    import_lines(tmp_path, build_line("LBK", 1, "2008-01-01", long, clause), cited)
    gone, kept = (Expression.objects.get(number=number).work.content_id for number in (2, 1))
    citation = {"eli_uri": cited["eli_uri"], "section": "", "stk": [], "quote": ""}
    body = [("paragraph", "<p>Se lovbekendtgørelse nr. 2 af 1. januar 2016.</p>")]
    page = publish(make_page(citations=[("citation", citation)], body=body))
    catch_up(ReviewFollower())
    before = read_document(page.translation_key, today())

    import_lines(tmp_path, build_line("LBK", 2, "2016-01-01", popular, clause))

    after = read_document(page.translation_key, today())
    assert [{entry["act"]["id"] for entry in document["citations"]} for document in (before, after)] == [
        {str(gone)},
        {str(kept)},
    ]
    address = Window.objects.get(content_id=kept, ends=None).path
    assert f'href="http://testserver{address}"' in after["html"]


def test_release_holds_the_texts_of_an_act_and_no_provision_text(tmp_path: Path) -> None:
    import_lines(tmp_path, build_consolidation(710, "2011-06-23"), build_consolidation(807, "2015-07-01"))

    document = read_released(Work.objects.get())
    assert (document["type"], document["number"], document["summary"]) == (
        "act",
        807,
        "Lovbekendtgørelse nr. 807 af 1. juli 2015",
    )
    assert [entry["number"] for entry in document["expressions"]] == [807, 710]
    assert document["sections"][1] == {"section": "2 a", "label": "§ 2a", "chapter": "1"}
    assert document["status"]["state"] == "in_force"
    assert "ansættes" not in json.dumps(document, ensure_ascii=False)


def test_older_order_of_the_same_title_is_released_as_historic(tmp_path: Path) -> None:
    lines = build_family()
    import_lines(tmp_path, lines[7])
    import_lines(tmp_path, lines[8])

    document = read_released(Expression.objects.get(number=10).work)
    assert document["status"]["state"] == "historic"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "no JSON"),
        ("[]", "no JSON object"),
        ('{"eli_uri": "a", "title": "b", "eli_uri": "c"}', "the key “eli_uri” stands twice in one object"),
        ('{"provisions": [{"section": "1", "text": "a", "text": "b"}]}', "the key “text” stands twice in one object"),
        ({"eli_uri": "urn:x"}, "ELI URI"),
        ({"document_type": "lbk"}, "document_type"),
        ({"number": None}, "number"),
        ({"number": "12"}, "number"),
        ({"year": True}, "year"),
        ({"title": " "}, "title"),
        ({"signed_date": "25/09/2025"}, "signed_date"),
        ({"provisions": None}, "provisions"),
        ({"provisions": [{"chapter": "1", "section": "1"}]}, "provision 1, text"),
        ({"provisions": [{"chapter": "1", "section": "1", "text": "a\x00b"}]}, "null character"),
        ({"provisions": [{"chapter": "1", "section": "1", "text": "§ 1. 010203-1234"}]}, "CPR"),
    ],
)
def test_bad_line_is_refused_whole_and_the_others_go_in(tmp_path: Path, line: Any, reason: str) -> None:
    bad = line if isinstance(line, str) else {**build_consolidation(5, "2012-01-01"), **line}

    report = import_lines(tmp_path, build_consolidation(710, "2011-06-23"), bad, build_consolidation(807, "2015-07-01"))

    assert [(problem.line, reason in problem.reason) for problem in report.problems] == [(2, True)]
    assert sorted(Expression.objects.values_list("number", flat=True)) == [710, 807]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_byte_order_mark_before_the_first_line_is_no_part_of_it(tmp_path: Path, pack: Any) -> None:
    path = tmp_path / "acts.ndjson"
    path.write_bytes(pack(codecs.BOM_UTF8 + json.dumps(build_consolidation(710, "2011-06-23")).encode()))

    report = import_acts([path])

    assert (report.problems, Expression.objects.count()) == ([], 1)


def test_truncated_gzip_keeps_what_came_before_and_is_reported(tmp_path: Path) -> None:
    chance = Random(1)
    lines = [build_consolidation(number, "2011-06-23", str(chance.random()) * 200) for number in range(1, 300)]
    path = tmp_path / "acts.ndjson.gz"
    packed = gzip.compress("\n".join(json.dumps(line) for line in lines).encode())
    path.write_bytes(packed[: len(packed) // 2])

    report = import_acts([path])

    assert [(problem.line, problem.reason.startswith("damaged")) for problem in report.problems] == [(0, True)]
    assert 0 < Expression.objects.count() < 299
    assert not Expression.objects.filter(is_pending=True).exists()


def test_missing_file_is_reported(tmp_path: Path) -> None:
    report = import_acts([tmp_path / "none.ndjson"])

    assert report.problems == [ImportProblem("none.ndjson", 0, "no file that can be read")]


def test_same_uri_twice_in_a_file_keeps_the_later_text(tmp_path: Path) -> None:
    first, second = build_consolidation(710, "2011-06-23"), build_consolidation(710, "2011-06-23", "Nyt.")

    report = import_lines(tmp_path, first, second)

    assert dict(report.outcomes) == {"new": 1, "text changed": 1}
    assert Provision.objects.get(section="1").text == "§ 1. Nyt."


def test_interrupted_import_is_completed_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("legal.intake.act_import.release_pending_texts", lambda progress: 0)
        import_lines(tmp_path, *build_family())
    assert Work.objects.count() == 0

    import_lines(tmp_path, build_family()[0])

    assert Work.objects.count() == 7


@pytest.mark.parametrize("is_terminal", [True, False])
def test_command_rewrites_one_line_of_a_terminal_and_leaves_a_log_alone(tmp_path: Path, is_terminal: bool) -> None:
    class Output(StringIO):
        def isatty(self) -> bool:
            return is_terminal

    path = tmp_path / "acts.ndjson"
    path.write_text(json.dumps(build_consolidation(710, "2011-06-23")), encoding="utf-8")
    output = Output()

    call_command("legal_import", str(path), stdout=StringIO(), stderr=output)

    states = ["acts.ndjson: 1 acts, 0 MB", "Grouping and releasing: 1 / 1", ""]
    assert output.getvalue() == ("".join(f"\r\033[K{state}" for state in states) if is_terminal else "")


def test_command_exits_with_an_error_after_a_bad_line(tmp_path: Path) -> None:
    path = tmp_path / "acts.ndjson"
    path.write_text("{\n" + json.dumps(build_consolidation(710, "2011-06-23")), encoding="utf-8")

    with pytest.raises(CommandError, match="1 refused"):
        call_command("legal_import", str(path))

    assert Expression.objects.count() == 1
