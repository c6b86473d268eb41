"""Sections of documents: numbers, chapters, clauses of amending acts, and amending acts themselves."""

from xml.etree import ElementTree

import pytest

from legal.lexdania.section_elements import build_introduction, has_body, list_sections

AMENDING = """<Dokument><Meta/><DokumentIndhold>
  <Hymne><Exitus><Linea><Char>Folketinget har vedtaget følgende lov:</Char></Linea></Exitus></Hymne>
  <AendringCentreretParagraf localId="1">
    <Explicatus>§ 1</Explicatus>
    <Rubrica><Linea><Char formaChar="Italic">Skatteministeriet</Char></Linea></Rubrica>
    <Exitus><Linea><Char>I lov om ydelser foretages følgende ændringer:</Char></Linea></Exitus>
    <AendringsNummer><Explicatus>1.</Explicatus><Aendring>
      <AendringDefinition><Exitus><Linea><Char>Efter kapitel 7 a indsættes:</Char></Linea></Exitus></AendringDefinition>
      <AendringAktion><AendringNyTekst><Kapitel localId="7b"><Explicatus>Kapitel 7 b</Explicatus>
        <Rubrica><Linea><Char>Erklæringer</Char></Linea></Rubrica>
        <ParagrafGruppe><Paragraf localId="44b"><Explicatus>§ 44 b.</Explicatus>
          <Stk><Exitus><Linea><Char>Huset udsteder en erklæring.</Char></Linea></Exitus></Stk></Paragraf></ParagrafGruppe>
      </Kapitel></AendringNyTekst></AendringAktion>
    </Aendring></AendringsNummer>
  </AendringCentreretParagraf>
  <IkraftCentreretParagraf localId="2">
    <Explicatus>§ 2</Explicatus>
    <Rubrica><Linea><Char>Ikrafttrædelse</Char></Linea></Rubrica>
    <Stk><Exitus><Linea><Char>Loven træder i kraft den 1. januar 2025.</Char></Linea></Exitus></Stk>
  </IkraftCentreretParagraf>
</DokumentIndhold></Dokument>"""


def build_chapter(label: str, section: str = "§ 1.", local_id: str = "1") -> str:
    return (
        f"<Dokument><DokumentIndhold><Kapitel localId='7'><Explicatus>{label}</Explicatus><ParagrafGruppe>"
        f"<Paragraf localId='{local_id}'><Explicatus>{section}</Explicatus><Stk>Ord.</Stk></Paragraf>"
        "</ParagrafGruppe></Kapitel></DokumentIndhold></Dokument>"
    )


@pytest.mark.parametrize(
    ("label", "chapter"),
    [
        ("Kapitel 9 a", "9a"),
        ("Kapitel 1 ", "1"),
        ("Kapitel 10 A", "10A"),
        ("1. kapitel", "1"),
        ("KAPITEL IV", "IV"),
        ("Kapitel 9\u00a0b", "9b"),
        ("", "7"),
    ],
)
def test_chapter_is_written_as_lines_of_an_import_file_write_it(label: str, chapter: str) -> None:
    assert list_sections(ElementTree.XML(build_chapter(label)))[0][0] == chapter


@pytest.mark.parametrize(
    ("label", "local_id", "section"),
    [
        ("§ 9 a.", "9a", "9a"),
        ("§ 45 d.", "45", "45d"),
        ("§§ 20-31.", "20-31", "20-31"),
        ("§§ 371 og 372.", "371", "371og372"),
        ("§ 2 A.", "2A", "2A"),
        ("§ 62 æ.", "62æ", "62æ"),
        ("§", "89", "89"),
        ("", "5", "5"),
        ("", "", None),
    ],
)
def test_number_is_the_printed_one_where_it_is_a_number(label: str, local_id: str, section: str | None) -> None:
    assert list_sections(ElementTree.XML(build_chapter("Kapitel 1", label, local_id)))[0][1] == section


def test_sections_of_an_amending_act_hold_what_they_insert_elsewhere() -> None:
    sections = list_sections(ElementTree.XML(AMENDING))

    inserted = "Kapitel 7 b Erklæringer § 44 b. Huset udsteder en erklæring."
    assert sections == [
        (
            None,
            "1",
            f"§ 1 I lov om ydelser foretages følgende ændringer: 1. Efter kapitel 7 a indsættes: {inserted}",
        ),
        (None, "2", "§ 2 Loven træder i kraft den 1. januar 2025."),
    ]


def test_clauses_of_amending_acts_and_annexes_stand_outside_chapters_in_printed_order() -> None:
    document = ElementTree.XML(
        "<Dokument><Meta><Paragraf localId='0'/></Meta><DokumentIndhold><Bog><Afsnit localId='1'>"
        "<Kapitel localId='1'><Explicatus>Kapitel 1</Explicatus><ParagrafGruppe>"
        "<Paragraf localId='29'><Explicatus>§ 29.</Explicatus><Stk>Egen.</Stk></Paragraf></ParagrafGruppe></Kapitel>"
        "</Afsnit></Bog><Ikraft><Exitus>Lov nr. 1 indeholder:</Exitus>"
        "<Paragraf localId='29'><Explicatus>§ 29.</Explicatus><Stk>Overgang.</Stk></Paragraf></Ikraft></DokumentIndhold>"
        "<Bilag><Paragraf localId='1'><Explicatus>§ 1.</Explicatus><Stk>Statut.</Stk></Paragraf></Bilag></Dokument>"
    )

    assert list_sections(document) == [
        ("1", "29", "§ 29. Egen."),
        (None, "29", "§ 29. Overgang."),
        (None, "1", "§ 1. Statut."),
    ]


def test_section_without_a_word_is_left_out() -> None:
    document = ElementTree.XML("<Dokument><Paragraf localId='1'><Stk/></Paragraf><Paragraf>§ 2.</Paragraf></Dokument>")

    assert list_sections(document) == [(None, None, "§ 2.")]


def test_introduction_is_the_text_before_the_sections() -> None:
    document = ElementTree.XML(
        "<Dokument><DokumentIndhold><Indledning><Exitus><Linea><Char>I medfør af § 9 a fastsættes:</Char></Linea></Exitus>"
        "</Indledning></DokumentIndhold></Dokument>"
    )

    assert (build_introduction(document), has_body(document)) == ("I medfør af § 9 a fastsættes:", True)
    assert (build_introduction(ElementTree.XML("<Dokument/>")), has_body(ElementTree.XML("<Dokument/>"))) == ("", False)
