"""The words people read: editors read Danish, readers their own language."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from deploy.local.children import REPOSITORY
from deploy.local.words.faults import list_faults


def test_every_word_people_read_is_there_in_their_language() -> None:
    assert list_faults(REPOSITORY) == []


@pytest.mark.parametrize(
    ("locale", "changed", "transition"),
    [
        ("da", "Hvad er ændret", "Overgangsregler"),
        ("en", "What changed", "Transitional rules"),
        ("de", "Was sich geändert hat", "Übergangsregelungen"),
        ("uk", "Що змінилося", "Перехідні положення"),
        ("ar", "ما الذي تغيّر", "أحكام انتقالية"),
    ],
)
def test_headings_of_a_law_note_are_in_the_language_of_the_page(locale: str, changed: str, transition: str) -> None:
    page = SimpleNamespace(what_changed="<p>…</p>", transition="<p>…</p>")

    with override(locale):
        html = render_to_string("legal/released/law_note.html", {"page": page})

    assert html.strip() == f"<h2>{changed}</h2><p>…</p><h2>{transition}</h2><p>…</p>"
