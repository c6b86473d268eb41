"""Terms of the glossary in a translation: one that is required and missing, one that is forbidden and stands there."""

import pytest

from cms.translation.checks.findings import FindingKind
from cms.translation.checks.services import PassageChecker, check_passage
from cms.translation.glossary.csv_import import import_glossary

pytestmark = pytest.mark.django_db

MISSING, FORBIDDEN = FindingKind.TERM_MISSING, FindingKind.TERM_FORBIDDEN
GLOSSARY = """concept,locale,term,kind
permit,da,opholdstilladelse,preferred
permit,da,ophold,lay
permit,en,residence permit,preferred
permit,en,visa,forbidden
permit,de,Aufenthaltserlaubnis,preferred
permit,pl,zezwolenie na pobyt,preferred
permit,pl,karta pobytu,lay
permit,ro,permis de ședere,preferred
permit,lt,leidimas gyventi,preferred
permit,uk,дозвіл на проживання,preferred
permit,ar,تصريح إقامة,preferred
card,da,gult sundhedskort,preferred
card,da,sygesikringsbevis,admitted
card,en,yellow health card,preferred
visit,da,visum,preferred
visit,en,visa,preferred
fund,da,A-kasse,preferred
fund,en,unemployment insurance fund,preferred
grant,da,SU,preferred
grant,en,State education grant,preferred
municipality,da,kommune,preferred
municipality,en,municipality,preferred
"""


@pytest.fixture(autouse=True)
def glossary(db: None) -> None:
    import_glossary(GLOSSARY.encode())


@pytest.mark.parametrize(
    ("source", "target", "locale"),
    [
        ("Du skal have opholdstilladelse.", "You need a residence permit.", "en"),
        ("Opholdstilladelserne gælder", "Residence permits are valid", "en"),
        ("Opholdstilladelsens længde", "Die Dauer der Aufenthaltserlaubnis", "de"),
        ("Uden opholdstilladelse", "Bez zezwolenia na pobyt", "pl"),
        ("Uden opholdstilladelse", "Bez karty pobytu", "pl"),
        ("Uden opholdstilladelse", "Fără permisul de ședere", "ro"),
        ("Uden opholdstilladelse", "Be leidimo gyventi", "lt"),
        ("Uden opholdstilladelse", "Без дозволу на проживання", "uk"),
        ("Uden opholdstilladelse", "بدون تصريح الإقامة", "ar"),
        ("Uden opholdstilladelse", "بدونِ تصريحُ إقامةٍ", "ar"),
        ("Det gule sundhedskort", "The yellow health card", "en"),
        ("Visum til Danmark", "A visa for Denmark", "en"),
        ("Meld dig ind i en a-kasse", "Join an unemployment insurance fund", "en"),
        ("Han så su ud", "He looked sour", "en"),
        ("Kommunens borgerservice", "The municipality’s citizen service", "en"),
        ("Kommunerne", "Municipalities", "en"),
        ("Fritidskommunen er et ord", "A made-up word", "en"),
        ("Vejret er godt", "The weather is fine", "en"),
    ],
)
def test_translation_with_the_right_terms_has_no_finding(source: str, target: str, locale: str) -> None:
    assert [finding.message for finding in check_passage(source, target, "da", locale)] == []


@pytest.mark.parametrize(
    ("source", "target", "locale", "findings"),
    [
        ("Du skal have opholdstilladelse", "You need a card", "en", [(MISSING, "residence permit", "")]),
        ("Uden ophold", "Bez papierów", "pl", [(MISSING, "zezwolenie na pobyt", "")]),
        ("Uden opholdstilladelse", "Без документа", "uk", [(MISSING, "дозвіл на проживання", "")]),
        ("Uden opholdstilladelse", "بدون وثيقة", "ar", [(MISSING, "تصريح إقامة", "")]),
        ("Du får SU", "You get money", "en", [(MISSING, "State education grant", "")]),
        ("Sygesikringsbeviset", "The card", "en", [(MISSING, "yellow health card", "")]),
        ("Din opholdstilladelse", "Your visas", "en", [(FORBIDDEN, "residence permit", "visas")]),
    ],
)
def test_wrong_terms_are_found(source: str, target: str, locale: str, findings: list[tuple[str, str, str]]) -> None:
    found = check_passage(source, target, "da", locale)

    assert [(finding.kind, finding.expected, finding.found) for finding in found] == findings


def test_forbidden_term_blocks_and_a_missing_one_warns() -> None:
    found = PassageChecker("da", "en").check("Opholdstilladelse til kommunen", "A visa for the town, 3")

    assert [(finding.kind, finding.is_blocking) for finding in found] == [
        (FindingKind.AMOUNT, True),
        (FORBIDDEN, True),
        (MISSING, False),
    ]
