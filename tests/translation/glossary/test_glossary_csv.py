"""The glossary's CSV file: imported whole or not at all, with every line that is wrong, and exported without a loss."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from cms.translation.glossary.csv_import import GlossaryRefusedError, export_glossary, import_glossary
from cms.translation.models import Concept, Definition, Term

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


HEADER = "concept,locale,term,kind\n"
PERMIT = HEADER + (
    "permit,da,opholdstilladelse,preferred\n"
    "permit,en,residence permit,preferred\n"
    "permit,en,visa,forbidden\n"
    "permit,ar,تصريح إقامة,preferred\n"
)


def list_terms() -> list[tuple[str, str, str, str]]:
    return sorted(Term.objects.values_list("concept__slug", "locale", "term", "kind"))


def list_errors(text: str | bytes, **options: Any) -> list[str]:
    raw = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(GlossaryRefusedError) as refused:
        import_glossary(raw, **options)
    return [str(error) for error in refused.value.errors]


def test_import_makes_concepts_and_terms() -> None:
    report = import_glossary(PERMIT.encode())

    assert str(report) == "4 added, 0 changed, 0 removed, 0 unchanged"
    assert list_terms() == [
        ("permit", "ar", "تصريح إقامة", "preferred"),
        ("permit", "da", "opholdstilladelse", "preferred"),
        ("permit", "en", "residence permit", "preferred"),
        ("permit", "en", "visa", "forbidden"),
    ]


def test_import_of_the_same_file_changes_nothing() -> None:
    import_glossary(PERMIT.encode())

    assert str(import_glossary(PERMIT.encode())) == "0 added, 0 changed, 0 removed, 4 unchanged"


def test_import_of_what_was_exported_changes_nothing() -> None:
    import_glossary((PERMIT + 'permit,pl,"zezwolenie, ""pobyt""",lay\n').encode())
    Definition.objects.create(concept=Concept.objects.get(), locale="da", text="Lov til at bo i Danmark, fx et år.")
    text = export_glossary(has_definitions=True)

    report = import_glossary(text.encode(), is_replacing=True)

    assert str(report) == "0 added, 0 changed, 0 removed, 6 unchanged"
    assert export_glossary(has_definitions=True) == text


def test_file_of_a_spreadsheet_is_read() -> None:
    import_glossary(b"\xef\xbb\xbf" + PERMIT.replace(",", ";").replace("\n", "\r\n").encode())

    assert len(list_terms()) == 4


def test_import_keeps_what_the_file_does_not_name_unless_it_replaces() -> None:
    import_glossary(PERMIT.encode())
    other = HEADER + "tax-card,da,skattekort,preferred\n"

    import_glossary(other.encode())
    kept = len(list_terms())
    report = import_glossary(other.encode(), is_replacing=True)

    assert (kept, str(report)) == (5, "0 added, 0 changed, 4 removed, 1 unchanged")
    assert (list_terms(), Concept.objects.count()) == ([("tax-card", "da", "skattekort", "preferred")], 1)


def test_import_changes_the_kind_of_a_term() -> None:
    import_glossary(PERMIT.encode())

    report = import_glossary((HEADER + "permit,en,Visa,admitted\n").encode())

    assert str(report) == "0 added, 1 changed, 0 removed, 0 unchanged"
    assert ("permit", "en", "Visa", "admitted") in list_terms()


def test_term_is_stored_in_the_one_form_of_text() -> None:
    import_glossary((HEADER + "permit,da,opho\u00adlds\u200btilladelse  A\u030arhus,preferred\n").encode())

    assert list_terms() == [("permit", "da", "opholdstilladelse Århus", "preferred")]


@pytest.mark.parametrize(
    ("lines", "errors"),
    [
        ("x,sv,ord,preferred", ["line 2: there is no language “sv”; there are da, en, de, pl, ro, lt, uk, ar."]),
        ("x,da,ord,best", ["line 2: there is no kind “best”; there are preferred, admitted, lay, forbidden."]),
        ("x,da,ord", ["line 2: it has 3 columns instead of 4."]),
        ("x,da,,preferred", ["line 2: the term is missing."]),
        ("x,da," + "o" * 121 + ",preferred", ["line 2: the term is longer than 120 characters."]),
        ("å b,da,ord,lay", ["line 2: “å b” is no name of a concept: letters without accents, digits and hyphens."]),
        ("x,da,ord,lay\nx,da,Ord,lay", ["line 3: “Ord” stands twice in Dansk of the concept x."]),
        (
            "x,da,ord,preferred\n\nx,da,ord,forbidden",
            ["line 4: “ord” cannot be both preferred and forbidden in Dansk of the concept x."],
        ),
        (
            'x,da,"to\nlinjer",preferred\nx,da,andet,preferred\ny,xx,z,lay',
            [
                "line 4: the concept x has two preferred terms in Dansk: “to linjer” and “andet”.",
                "line 5: there is no language “xx”; there are da, en, de, pl, ro, lt, uk, ar.",
            ],
        ),
        ('x,da,"ord,preferred', ["line 2: this is no CSV: unexpected end of data."]),
    ],
)
def test_wrong_line_is_named_and_nothing_is_imported(lines: str, errors: list[str]) -> None:
    assert list_errors(f"{HEADER}{lines}\n") == errors
    assert list_errors(f"{HEADER}ok,da,godt,lay\n{lines}\n")
    assert (Term.objects.count(), Concept.objects.count()) == (0, 0)


@pytest.mark.parametrize("text", ["", "term,kind\n", "x,da,ord,preferred\n", "\n" + HEADER])
def test_file_without_its_header_is_refused(text: str) -> None:
    assert list_errors(text) == ["line 1: the first line has to be “concept,locale,term,kind”."]


def test_file_that_is_not_utf_8_is_refused_with_the_line() -> None:
    raw = HEADER.encode() + "x,da,løn,preferred\n".encode("latin-1")

    assert list_errors(raw) == ["line 2: the file is not UTF-8; save it as “CSV UTF-8”."]


def test_second_preferred_term_beside_a_kept_one_is_refused() -> None:
    import_glossary(PERMIT.encode())

    errors = list_errors(HEADER + "permit,en,permit to stay,preferred\n")

    assert errors == [
        "line 2: the concept permit has two preferred terms in English: “residence permit” and “permit to stay”. "
        "One is not in the file: “--replace” removes it."
    ]
    assert len(list_terms()) == 4


def test_commands_import_export_and_exit_with_1(tmp_path: Path) -> None:
    good, bad, out = tmp_path / "good.csv", tmp_path / "bad.csv", tmp_path / "out.csv"
    good.write_text(PERMIT, encoding="utf-8")
    bad.write_text(HEADER + "x,sv,ord,preferred\n", encoding="utf-8")
    said = StringIO()

    call_command("glossary_import", str(good), stdout=said)
    call_command("glossary_export", str(out), stdout=said)
    with pytest.raises(SystemExit) as exit_:
        call_command("glossary_import", str(bad), stderr=said)
    with pytest.raises(CommandError):
        call_command("glossary_import", str(tmp_path / "none.csv"))

    assert exit_.value.code == 1
    assert out.read_text(encoding="utf-8").splitlines() == [
        "concept,locale,term,kind",
        "permit,da,opholdstilladelse,preferred",
        "permit,en,residence permit,preferred",
        "permit,en,visa,forbidden",
        "permit,ar,تصريح إقامة,preferred",
    ]
    assert "line 2: there is no language “sv”" in said.getvalue()
