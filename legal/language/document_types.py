"""Table of Retsinformation's document types: their letters, their Danish names, and the forms in which texts write them.

Recognition, the LexDania reader, search boxes and number lines all take their words from here.
"""

from typing import NamedTuple


class DocumentType(NamedTuple):
    """One document type.

    ``short_forms`` are abbreviations in use beside the name. ``is_in_lovtidende_a``: the type is printed in Lovtidende A, whose
    one series of numbers makes the ELI URI follow from number and year. ``is_cited`` is false for compilations of the source
    that no text cites.
    """

    letters: str
    name: str
    short_forms: tuple[str, ...] = ()
    is_in_lovtidende_a: bool = False
    is_cited: bool = True


DOCUMENT_TYPES = (
    DocumentType("LOV", "lov", is_in_lovtidende_a=True),
    DocumentType("LBK", "lovbekendtgørelse", ("lovbekg", "lovbek", "lbkg", "lbk"), is_in_lovtidende_a=True),
    DocumentType("BEK", "bekendtgørelse", ("bekg", "bek"), is_in_lovtidende_a=True),
    DocumentType("ANO", "anordning", ("ano",)),
    DocumentType("CIR", "cirkulære", ("cirk", "cir")),
    DocumentType("CIS", "cirkulæreskrivelse"),
    DocumentType("VEJ", "vejledning", ("vejl", "vej")),
    DocumentType("SKR", "skrivelse", ("skr",)),
    DocumentType("DSK", "datasammenskrivning", is_cited=False),
)

# "LBK": "lovbekendtgørelse"
TYPE_NAMES = {entry.letters: entry.name for entry in DOCUMENT_TYPES}
# "lovbekendtgørelse": "LBK"
TYPE_LETTERS = {entry.name: entry.letters for entry in DOCUMENT_TYPES}
# "lovbekendtgørelse", "lovbekg", "lbk": "LBK"
CITED_FORMS = {
    form: entry.letters for entry in DOCUMENT_TYPES if entry.is_cited for form in (entry.name, *entry.short_forms)
}
LOVTIDENDE_A = frozenset(entry.letters for entry in DOCUMENT_TYPES if entry.is_in_lovtidende_a)
