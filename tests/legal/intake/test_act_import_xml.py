"""Import of LexDania XML beside lines: the same act from both forms, the source that moved, and bad documents in a batch."""

import gzip
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from legal.intake.act_import import import_acts
from legal.intake.import_report import ActImportReport
from legal.intake.source_effects import store_source_effects
from legal.lexdania.lexdania_document import parse_document
from legal.models import Commencement, Expression, Provision, Relation, SourceDeviation, Work
from tests.legal.acts import build_commencement, build_line, build_section, import_lines
from tests.legal.lexdania.lexdania_documents import build_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

TITLE = "Bekendtgørelse af lov om luft"
AMENDS = (
    '<Concerns id="concerns_1" /><Ref_Accn REFid="concerns_1">A20230107929</Ref_Accn>'
    '<Ref_Text REFid="concerns_1">Lov om luft</Ref_Text>'
)


def build_act(
    number: int = 710, signed: str = "2011-06-23", text: str = "Alle må ånde.", **changes: Any
) -> dict[str, Any]:
    sections = [build_section("1", text), build_commencement("2", "1. juli 2003")]
    return build_line("LBK", number, signed, TITLE, sections, **changes)


def build_amending(**changes: Any) -> dict[str, Any]:
    inserted = [build_section("9b", "Nyt.", None)]
    fields = {"lexdania_type": "LOV Æ#LOKDOK02", **changes}
    return build_line("LOV", 88, "2012-01-01", "Lov om ændring af lov om luft", inserted, **fields)


AMENDING_BODY = """<DokumentIndhold><AendringCentreretParagraf localId="1"><Explicatus>§ 1</Explicatus>
<Exitus><Linea><Char>I lov om luft indsættes:</Char></Linea></Exitus><AendringsNummer><Aendring><AendringAktion><AendringNyTekst>
<Paragraf localId="9b"><Explicatus>§ 9 b.</Explicatus><Stk><Exitus><Linea><Char>Nyt.</Char></Linea></Exitus></Stk></Paragraf>
</AendringNyTekst></AendringAktion></Aendring></AendringsNummer></AendringCentreretParagraf>
<IkraftCentreretParagraf localId="2"><Explicatus>§ 2</Explicatus>
<Stk><Exitus><Linea><Char>Loven træder i kraft den 1. februar 2012.</Char></Linea></Exitus></Stk></IkraftCentreretParagraf>
</DokumentIndhold>"""


def import_xml(folder: Path, *documents: bytes) -> ActImportReport:
    """Write documents to files of one folder and import it."""
    inner = folder / "xml"
    inner.mkdir(exist_ok=True)
    for place, content in enumerate(documents):
        (inner / f"{place}.xml").write_bytes(content)
    return import_acts([inner])


def read_provisions() -> list[tuple[str, str, str, str, bool]]:
    rows = Provision.objects.order_by("expression_id", "ordinal")
    return list(rows.values_list("chapter", "section", "label", "text", "is_transitional"))


def test_act_is_the_same_from_xml_as_from_a_line(tmp_path: Path) -> None:
    act = build_act()
    import_lines(tmp_path, act)
    from_line = read_provisions()

    report = import_xml(tmp_path, build_document(act))

    assert (dict(report.outcomes), report.moved, read_provisions()) == ({"metadata changed": 1}, [], from_line)
    assert len(Expression.objects.get().source_hash) == 64


@pytest.mark.parametrize("first", ["line", "xml"])
def test_both_forms_in_turn_settle_on_what_xml_says(tmp_path: Path, first: str) -> None:
    line, document = (
        build_act(text="Udledning af CO 2 er fri."),
        build_document(build_act(text="Udledning af CO2 er fri.")),
    )
    if first == "line":
        import_lines(tmp_path, line)

    outcomes = [
        dict(import_xml(tmp_path, document).outcomes),
        dict(import_lines(tmp_path, line).outcomes),
        dict(import_xml(tmp_path, document).outcomes),
    ]

    assert outcomes == [{"text respelled" if first == "line" else "new": 1}, {"unchanged": 1}, {"unchanged": 1}]
    assert Provision.objects.get(section="1").text == "§ 1. Udledning af CO2 er fri."
    assert not SourceDeviation.objects.exists()


def test_amending_act_gets_its_whole_text_from_xml_and_keeps_it(tmp_path: Path) -> None:
    line = build_amending()
    document = build_document(line, body=AMENDING_BODY)

    outcomes = [
        dict(report.outcomes)
        for report in (import_lines(tmp_path, line), import_xml(tmp_path, document), import_lines(tmp_path, line))
    ]

    assert outcomes == [{"new": 1}, {"text completed": 1}, {"unchanged": 1}]
    assert [text for *_rest, text, _transitional in read_provisions()] == [
        "§ 1 I lov om luft indsættes: § 9 b. Nyt.",
        "§ 2 Loven træder i kraft den 1. februar 2012.",
    ]
    assert not SourceDeviation.objects.exists()


def test_other_text_of_the_same_expression_replaces_it_and_both_hashes_are_recorded(tmp_path: Path) -> None:
    import_lines(tmp_path, build_act())
    before = Expression.objects.get().text_hash

    report = import_xml(tmp_path, build_document(build_act(text="Ingen må ånde.")))

    after = Expression.objects.get().text_hash
    assert Provision.objects.get(section="1").text == "§ 1. Ingen må ånde."
    assert [(moved.stored_hash, moved.found_hash) for moved in report.moved] == [(before, after)]
    found = SourceDeviation.objects.get()
    assert (found.stored_hash, found.found_hash, found.resolved_at) == (before, after, None)


def test_source_that_moves_back_is_recorded_each_way(tmp_path: Path) -> None:
    old, new = build_document(build_act()), build_document(build_act(text="Ingen må ånde."))

    for document in (old, new, old, new):
        import_xml(tmp_path, document)

    assert SourceDeviation.objects.count() == 2


def test_stub_never_takes_the_text_away(tmp_path: Path) -> None:
    act = build_act()
    import_xml(tmp_path, build_document(act))
    before = (read_provisions(), Expression.objects.get().source_hash)

    report = import_xml(tmp_path, build_document(act, body="", Ministry="Luftministeriet"))

    expression = Expression.objects.get()
    assert (read_provisions(), expression.source_hash) == before
    assert (dict(report.outcomes), expression.ministry) == ({"metadata changed": 1}, "Luftministeriet")
    assert [warning.reason for warning in report.warnings] == [
        "a stub without a body; only what stands about the text is kept"
    ]


def test_older_text_becomes_an_earlier_one_of_its_work(tmp_path: Path) -> None:
    import_xml(tmp_path, build_document(build_act(807, "2015-07-01")))

    import_xml(tmp_path, build_document(build_act(710, "2011-06-23")))

    work = Work.objects.get()
    assert (str(work.current), work.expressions.count()) == ("LBK 807/2015", 2)


def test_bad_documents_are_refused_whole_and_the_others_go_in(tmp_path: Path) -> None:
    good, other = build_document(build_act()), build_document(build_act(807, "2015-07-01"))
    hostile = b'<!DOCTYPE Dokument [<!ENTITY a "ha">]><Dokument>&a;</Dokument>'
    truncated = build_document(build_act(900, "2016-01-01"))[:-200]
    unnumbered = build_document(build_act(901, "2016-01-02"), Number=None)
    personal = build_document(build_act(902, "2016-01-03", "For 010203-1234 gælder."))

    report = import_xml(tmp_path, hostile, good, truncated, unnumbered, personal, other)

    assert [problem.file for problem in report.problems] == ["0.xml", "2.xml", "3.xml", "4.xml"]
    assert sorted(Expression.objects.values_list("number", flat=True)) == [710, 807]
    assert Provision.objects.count() == 4
    assert Work.objects.count() == 1


def test_unknown_type_is_kept_as_a_work_of_its_own_and_told(tmp_path: Path) -> None:
    report = import_xml(tmp_path, build_document(build_act(), DocumentType="XYZ H#LOKDOK99"))

    expression = Expression.objects.get()
    assert (expression.document_type, expression.kind) == ("XYZ", "other")
    assert "unknown document type" in report.warnings[0].reason


def test_packed_files_and_archives_are_read_by_what_they_hold(tmp_path: Path) -> None:
    document = build_document(build_act())
    (tmp_path / "packed").write_bytes(gzip.compress(document))
    with zipfile.ZipFile(tmp_path / "archive", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/first.xml", build_document(build_act(807, "2015-07-01")))
        archive.writestr("a/broken.xml", b"<Dokument>")
        archive.writestr("lines.ndjson", json.dumps(build_act(900, "2016-01-01")))
    (tmp_path / "wide").write_bytes(build_document(build_act(901, "2016-02-01"), encoding="utf-16"))

    report = import_acts([tmp_path / "packed", tmp_path / "archive", tmp_path / "wide"])

    assert [(problem.file, "breaks off" in problem.reason) for problem in report.problems] == [
        ("archive/a/broken.xml", True)
    ]
    assert sorted(Expression.objects.values_list("number", flat=True)) == [710, 807, 900, 901]


def test_damaged_packed_file_is_told_and_the_next_is_read(tmp_path: Path) -> None:
    packed = gzip.compress(build_document(build_act()))
    (tmp_path / "a.xml.gz").write_bytes(packed[: len(packed) // 2])
    (tmp_path / "b.xml").write_bytes(build_document(build_act(807, "2015-07-01")))

    report = import_acts([tmp_path])

    assert [(problem.file, problem.reason.startswith("damaged")) for problem in report.problems] == [("a.xml.gz", True)]
    assert Expression.objects.get().number == 807


def test_references_are_stored_once_and_follow_the_source(tmp_path: Path) -> None:
    amending = build_amending()
    import_xml(tmp_path, build_document(amending, body=AMENDING_BODY, extra=AMENDS))
    first = Relation.objects.get(target="A20230107929")

    import_xml(tmp_path, build_document(amending, body=AMENDING_BODY, extra=AMENDS, Ministry="Luftministeriet"))
    kept = Relation.objects.get(target="A20230107929").pk
    import_xml(tmp_path, build_document(amending, body=AMENDING_BODY))

    assert (first.kind, first.text, kept) == ("amends", "Lov om luft", first.pk)
    assert not Relation.objects.filter(target="A20230107929").exists()


def test_what_was_read_out_of_a_text_is_not_the_metadatas_to_replace(tmp_path: Path) -> None:
    document = build_document(build_amending(), body=AMENDING_BODY)
    import_xml(tmp_path, document)
    expression = Expression.objects.get()
    Relation.objects.create(expression=expression, kind="repeals", target="bekendtgørelse om luft")

    store_source_effects([(expression, parse_document(document))])

    assert Relation.objects.filter(target="bekendtgørelse om luft").exists()


def test_commencement_in_parts_is_stored(tmp_path: Path) -> None:
    start = (
        '<DateOfSubmit id="a">§ 1</DateOfSubmit><StartDate REFid="a">2012-01-01</StartDate>'
        '<DateOfSubmit id="b">§ 2</DateOfSubmit><StartDate REFid="b">2012-07-01</StartDate>'
    )

    for _round in range(2):
        import_xml(tmp_path, build_document(build_act(), start=start))

    assert list(Commencement.objects.values_list("date", "provisions", "note")) == [
        (date(2012, 1, 1), ["1"], "§ 1"),
        (date(2012, 7, 1), ["2"], "§ 2"),
    ]
    assert Expression.objects.get().in_force_from == date(2012, 1, 1)


def test_line_may_tell_what_xml_tells_and_leaves_the_rest_as_it_is(tmp_path: Path) -> None:
    told = {
        "published_date": "2011-06-24",
        "in_force_from": "2011-07-01",
        "ministry": "Luftministeriet",
        "popular_title": "Luftloven",
        "introduction": "Herved bekendtgøres lov om luft.",
    }
    import_lines(tmp_path, build_act(**told))

    report = import_lines(tmp_path, build_act())

    expression = Expression.objects.get()
    assert dict(report.outcomes) == {"unchanged": 1}
    assert (str(expression.published_date), str(expression.in_force_from)) == ("2011-06-24", "2011-07-01")
    assert (expression.ministry, expression.popular_title) == ("Luftministeriet", "Luftloven")
    assert expression.introduction == "Herved bekendtgøres lov om luft."


def test_command_tells_of_warnings_and_of_the_source_that_moved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "act.xml"
    path.write_bytes(build_document(build_act()))
    call_command("legal_import", str(path))
    stored = Expression.objects.get().text_hash
    path.write_bytes(build_document(build_act(text="Ingen må ånde."), Year="2012", AccessionNumber=""))

    with pytest.raises(CommandError, match="1 refused"):
        call_command("legal_import", str(path), str(tmp_path / "none.xml"))

    path.write_bytes(build_document(build_act(text="Ingen må ånde."), Status="Fremtidig"))
    call_command("legal_import", str(path))
    told = capsys.readouterr()
    assert f"The source moved, text replaced: {build_act()['eli_uri']} ({stored} → " in told.out
    assert "act.xml: warning: Status: “Fremtidig” is not known" in told.err
