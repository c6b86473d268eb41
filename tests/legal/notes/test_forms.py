"""The form of a law note."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.forms.models import modelform_factory

from cms.core.calendar import today
from legal.notes.forms import LawNoteForm
from legal.notes.law_note_page import LawNotePage
from tests.factories.pages import make_page

pytestmark = pytest.mark.django_db


def build_form(note: LawNotePage, verified_until: date) -> Any:
    """Build the editor's form with another day of verification."""
    form_class = modelform_factory(LawNotePage, form=LawNoteForm, fields=["verified_until"])
    return form_class({"verified_until": verified_until.isoformat()}, instance=note)


def test_verification_that_is_over_is_refused_when_it_is_typed(site: Any, english: None) -> None:
    form = build_form(make_page(LawNotePage, title="Nye regler"), today() - timedelta(days=1))

    errors = form.errors

    assert errors["verified_until"] == ["This day has passed. Check the note anew, or leave the field empty."]


def test_verification_that_ran_out_does_not_keep_anyone_from_editing(site: Any) -> None:
    over = today() - timedelta(days=1)
    form = build_form(make_page(LawNotePage, title="Nye regler", verified_until=over), over)

    errors = form.errors

    assert "verified_until" not in errors
