"""LexDania documents beside lines of an import file: the same text, the same fields, and every contradiction told."""

from contextlib import suppress
from datetime import date
from random import Random
from typing import Any

import pytest

from legal.enums import RelationKind
from legal.lexdania.lexdania_document import parse_document
from legal.lines.act_lines import ActLineError, LineCommencement, LineRelation, parse_act_line
from tests.legal.acts import build_line, build_section
from tests.legal.lexdania.lexdania_documents import build_document

ENGLISH = pytest.mark.usefixtures("english")
pytestmark = ENGLISH

SECTION_9A = (
    "Efter ansøgning kan der gives opholdstilladelse til en udlænding, der 1) har indgået aftale om ansættelse, hvis a) "
    "lønnen er 375.000 kr., og b) vilkårene er sædvanlige, 2) er forsker. Lønnen reguleres årligt. Stk. 2. Tilladelsen "
    "gælder i 4 år, jf. stk. 1, nr. 2. Stk. 3. Ministeren kan fastsætte regler om 1. pkt."
)


def build_act(**changes: Any) -> dict[str, Any]:
    sections = [
        build_section("1", "Statsborgere i Norden kan indrejse."),
        ("1a", "9a", f"§ 9 a. {SECTION_9A}"),
        (None, "9", "§ 9. Loven træder i kraft den 1. juni 2024. 3) Loven blev bekendtgjort den 30. maj 2024."),
    ]
    return build_line("LBK", 1009, "2024-09-02", "Bekendtgørelse af udlændingeloven", sections, **changes)


def test_document_gives_the_same_sections_and_fields_as_the_line() -> None:
    act = build_act(accession_number="A20240100929")

    line, document = parse_act_line(_encode(act)), parse_document(build_document(act))

    assert (document.eli_uri, document.text_hash) == (line.eli_uri, line.text_hash)
    assert list(document.provisions) == list(line.provisions)
    assert {key: document.metadata[key] for key in line.metadata} == dict(line.metadata)


def test_document_tells_more_than_the_line() -> None:
    act = build_act(accession_number="A20240100929", introduction="Herved bekendtgøres udlændingeloven.")

    document = parse_document(
        build_document(
            act,
            PopularTitle="Udlændingeloven",
            Ministry="Udlændinge- og Integrationsministeriet",
            JournalNumber=r"Udlændingemin.,\n j.nr. 2024-1818",
            DiesEdicti="2024-09-05",
            start='<DateOfSubmit id="submit_1" /><StartDate REFid="submit_1">2024-09-06</StartDate>'
            '<EndDate REFid="submit_1">2026-06-23</EndDate>',
        )
    )

    told = (
        "popular_title",
        "ministry",
        "journal_number",
        "introduction",
        "published_date",
        "in_force_from",
        "ended_on",
    )
    assert [document.metadata[key] for key in told] == [
        "Udlændingeloven",
        "Udlændinge- og Integrationsministeriet",
        "Udlændingemin., j.nr. 2024-1818",
        "Herved bekendtgøres udlændingeloven.",
        date(2024, 9, 5),
        date(2024, 9, 6),
        None,
    ]
    assert (len(document.metadata["source_hash"]), document.warnings) == (64, [])


def test_references_are_related_by_what_names_them_and_by_who_says_it() -> None:
    extra = (
        '<Change id="change_1" /><Ref_Accn REFid="change_1">A20250164230</Ref_Accn>'
        '<Ref_Af REFid="change_1">2025-12-16</Ref_Af><Ref_Text REFid="change_1">Lov om ændring</Ref_Text>'
        '<Concerns id="concerns_1" /><Ref_Accn REFid="concerns_1">A20230107929</Ref_Accn>'
        '<Ref_Text REFid="concerns_1">Bekendtgørelse af udlændingeloven</Ref_Text>'
        '<Novelty id="n_1" /><Ref_Accn REFid="n_1">A20230107930</Ref_Accn>'
    )
    amending = build_line("LOV", 5, "2026-01-01", "Lov om ændring af udlændingeloven", [])

    consolidation = parse_document(build_document(build_act(), extra=extra))
    changing = parse_document(build_document(amending, extra=extra))

    assert consolidation.relations == [
        LineRelation(RelationKind.AMENDED_BY, "A20250164230", "Lov om ændring"),
        LineRelation(RelationKind.BASED_ON, "A20230107929", "Bekendtgørelse af udlændingeloven"),
    ]
    assert [entry.kind for entry in changing.relations or ()] == [RelationKind.AMENDS, RelationKind.AMENDS]
    assert "a reference of the unknown kind “Novelty” is left out" in consolidation.warnings


def test_references_of_old_documents_belong_to_the_marker_before_them() -> None:
    extra = "<Concerns /><Ref_Accn>A19990059229</Ref_Accn><Ref_Af>1999-07-14</Ref_Af><Ref_Text>Lov</Ref_Text>"

    document = parse_document(build_document(build_act(), extra=extra * 2))

    assert document.relations == [LineRelation(RelationKind.BASED_ON, "A19990059229", "Lov")]


@pytest.mark.parametrize(
    ("start", "in_force_from", "commencements"),
    [
        ("<StartDate>2024-10-01</StartDate>", date(2024, 10, 1), ()),
        ("<StartDate>01-10-2024</StartDate>", date(2024, 10, 1), ()),
        ('<DateOfSubmit id="s" /><StartDate REFid="s">2024-10-01T00:00:00</StartDate>', date(2024, 10, 1), ()),
        ("", None, ()),
        (
            '<DateOfSubmit id="s1">§§ 1, 2 og 9 a</DateOfSubmit><StartDate REFid="s1">2025-01-01</StartDate>'
            '<DateOfSubmit id="s2">§ 3, stk. 2</DateOfSubmit><StartDate REFid="s2">2024-10-01</StartDate>'
            '<DateOfSubmit id="s3">§ 4 i loven</DateOfSubmit><StartDate REFid="s3"></StartDate>',
            date(2024, 10, 1),
            (
                LineCommencement(date(2025, 1, 1), ["1", "2", "9 a"], "§§ 1, 2 og 9 a"),
                LineCommencement(date(2024, 10, 1), None, "§ 3, stk. 2"),
                LineCommencement(None, ["4"], "§ 4 i loven"),
            ),
        ),
    ],
)
def test_both_forms_of_the_start_are_read(start: str, in_force_from: date | None, commencements: Any) -> None:
    document = parse_document(build_document(build_act(), start=start))

    assert document.metadata["in_force_from"] == in_force_from
    assert document.commencements == commencements


@pytest.mark.parametrize(
    ("meta", "key", "value", "warning"),
    [
        ({"Year": "2023"}, "signed_date", date(2024, 9, 2), "Year is 2023, but the day of signature is 2024-09-02"),
        ({"AccessionNumber": "A20240100829"}, "number", 1009, "is not that of number 1009 of 2024"),
        ({"DiesEdicti": "2024-08-01"}, "published_date", date(2024, 8, 1), "lies before the signature"),
        (
            {"start": "<StartDate>2024-10-01</StartDate><StartDate>2024-11-01</StartDate>"},
            "in_force_from",
            date(2024, 10, 1),
            "StartDate is given as 2024-10-01 and as 2024-11-01; the first one counts",
        ),
        (
            {"start": '<DateOfSubmit id="s" /><StartDate REFid="s">2024-10-01</StartDate><StartDate>2024-12-01</StartDate>'},
            "in_force_from",
            date(2024, 10, 1),
            "the groups count",
        ),
        (
            {
                "start": '<DateOfSubmit id="s" /><StartDate REFid="s">2024-10-01</StartDate>'
                '<DateOfSubmit id="t" /><StartDate REFid="t">2024-11-01</StartDate>'
            },
            "in_force_from",
            date(2024, 10, 1),
            "several days, and the file does not say for which sections",
        ),
        ({"start": "<StartDate>snart</StartDate>"}, "in_force_from", None, "“snart” is no day"),
        ({"Status": "Bortfaldet"}, "source_status", "bortfaldet", "Status: “Bortfaldet” is not known"),
        ({"JournalNumber": "010203-1234"}, "journal_number", "", "looks like a CPR number"),
        ({"DocumentType": "XYZ H#LOKDOK99"}, "document_type", "XYZ", "unknown document type “XYZ H#LOKDOK99”; kept as XYZ"),
        ({"DocumentType": "Reskript"}, "document_type", "RESKRIPT", "unknown document type"),
    ],
)  # fmt: skip
def test_contradiction_is_settled_and_told(meta: dict[str, str], key: str, value: Any, warning: str) -> None:
    document = parse_document(build_document(build_act(), **meta))

    assert document.metadata[key] == value
    assert [warning in told for told in document.warnings].count(True) == 1


@pytest.mark.parametrize(
    ("meta", "ended_on"),
    [
        ({"Status": "Historic", "extra": "<DateOfHistoricMark>2025-10-01</DateOfHistoricMark><EndDate>2026-01-01</EndDate>"},
         date(2025, 10, 1)),
        ({"Status": "Historic", "extra": "<EndDate>2026-01-01</EndDate>"}, date(2026, 1, 1)),
        ({"Status": "Valid", "extra": "<EndDate>2026-01-01</EndDate>"}, None),
    ],
)  # fmt: skip
def test_end_counts_for_a_historic_text_only(meta: dict[str, str], ended_on: date | None) -> None:
    assert parse_document(build_document(build_act(), **meta)).metadata["ended_on"] == ended_on


@pytest.mark.parametrize(
    ("delivered", "document_type"),
    [("Bekendtgørelse", "BEK"), ("Lovbekendtgørelse", "LBK"), ("Lov", "LOV"), ("VEJ#LOKDOK15", "VEJ"), ("LOV H#LOKDOK 01", "LOV")],
)  # fmt: skip
def test_type_is_read_in_letters_and_in_words(delivered: str, document_type: str) -> None:
    document = parse_document(build_document(build_act(), DocumentType=delivered))

    assert (document.metadata["document_type"], document.metadata["lexdania_type"]) == (document_type, delivered)


@pytest.mark.parametrize(
    ("meta", "eli_uri"),
    [
        ({}, "https://www.retsinformation.dk/eli/lta/2024/1009"),
        ({"AnnouncedIn": None}, "https://www.retsinformation.dk/eli/lta/2024/1009"),
        ({"AnnouncedIn": "Lovtidende C"}, "https://www.retsinformation.dk/eli/ltc/2024/1009"),
        ({"AnnouncedIn": "Retsinformation"}, "https://www.retsinformation.dk/eli/retsinfo/2024/1009"),
        (
            {"AnnouncedIn": None, "DocumentType": "VEJ#LOKDOK15", "AccessionNumber": "C20240100960"},
            "https://www.retsinformation.dk/eli/accn/C20240100960",
        ),
    ],
)
def test_address_is_made_of_gazette_and_number(meta: dict[str, str | None], eli_uri: str) -> None:
    assert parse_document(build_document(build_act(), **meta)).eli_uri == eli_uri


def test_stub_keeps_what_stands_about_the_text() -> None:
    stub = parse_document(build_document(build_act(), body=""))

    assert (list(stub.provisions), stub.text_hash, stub.metadata["title"]) == (
        [],
        "",
        "Bekendtgørelse af udlændingeloven",
    )
    assert stub.warnings == ["a stub without a body; only what stands about the text is kept"]


def test_text_without_sections_is_told() -> None:
    body = "<DokumentIndhold><TekstGruppe><Exitus><Linea><Char>Vejledning.</Char></Linea></Exitus></TekstGruppe></DokumentIndhold>"

    document = parse_document(build_document(build_act(), body=body))

    assert (list(document.provisions), document.warnings) == (
        [],
        ["the text is not divided into sections; only what stands about it is kept"],
    )


def test_sections_that_stand_twice_are_both_kept() -> None:
    act = build_act()
    act["provisions"].append({"chapter": None, "section": "9a", "text": "§ 9 a. Overgangsbestemmelse."})

    assert [section for _chapter, section, _text in parse_document(build_document(act)).provisions] == [
        "1",
        "9a",
        "9",
        "9a",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (build_document(build_act(), Number=None), "Number: a whole number is missing"),
        (build_document(build_act(), Number="1-2"), "Number: a whole number is missing"),
        (build_document(build_act(), Year=""), "Year: a whole number is missing"),
        (build_document(build_act(), DiesSigni=None), "the day of signature is missing"),
        (build_document(build_act(), DiesSigni="i går"), "the day of signature is missing"),
        (build_document(build_act(), DocumentTitle=None), "title: text is missing"),
        (build_document(build_act(), DocumentType="1234"), "DocumentType: “1234” is no type"),
        (build_document(build_act(), DocumentTitle="Afgørelse om 010203-1234"), "looks like a CPR number"),
        (build_document(build_act(introduction="For 010203-1234 gælder")), "introduction: 010203-1234 looks like a CPR"),
        (build_document(build_act(provisions=[{"chapter": "1", "section": "1", "text": "§ 1. For 010203-1234 gælder."}])),
         "provision 1: 010203-1234 looks like a CPR number"),
        (build_document(build_act())[:3000], "breaks off"),
        (b"<html><body>Fejl</body></html>", "no LexDania document"),
        (b"<Dokument/>", "no LexDania document"),
    ],
)  # fmt: skip
def test_document_that_cannot_be_taken_in_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(ActLineError) as refused:
        parse_document(content)

    assert reason in str(refused.value)


@pytest.mark.parametrize(
    "asked_for",
    [
        "https://www.retsinformation.dk/eli/lta/2024/1009",
        "https://retsinformation.dk/eli/lta/2024/1009/xml",
        "https://www.retsinformation.dk/eli/accn/A20240100929",
    ],
)
def test_document_that_was_asked_for_is_taken(asked_for: str) -> None:
    document = parse_document(build_document(build_act(), AccessionNumber="A20240100929"), asked_for)

    assert document.eli_uri == "https://www.retsinformation.dk/eli/lta/2024/1009"


@pytest.mark.parametrize(
    "asked_for",
    ["https://www.retsinformation.dk/eli/lta/2025/1183", "https://www.retsinformation.dk/eli/accn/A20250118329"],
)
def test_another_document_than_the_one_asked_for_is_refused(asked_for: str) -> None:
    with pytest.raises(ActLineError, match="asked for"):
        parse_document(build_document(build_act()), asked_for)


@pytest.mark.parametrize("seed", range(40))
def test_damaged_document_is_read_or_refused_and_never_breaks_the_import(seed: int) -> None:
    chance = Random(seed)
    content = bytearray(build_document(build_act(introduction="Herved bekendtgøres udlændingeloven.")))
    for _damage in range(chance.randint(1, 12)):
        start = chance.randrange(len(content))
        content[start : start + chance.choice((0, 1, 30))] = chance.randbytes(chance.choice((0, 1, 3)))

    with suppress(ActLineError):
        assert parse_document(bytes(content)).eli_uri.startswith("https://www.retsinformation.dk/eli/")


def _encode(act: dict[str, Any]) -> bytes:
    import json

    return json.dumps(act).encode()
