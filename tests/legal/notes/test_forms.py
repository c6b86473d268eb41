"""The form of a law note."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.forms.models import modelform_factory
from django.test import RequestFactory
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from cms.core.blocks import RICH_TEXT_FEATURES
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


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_incomplete_note_is_refused_at_the_fields_it_lacks(
    site: Any, rf: RequestFactory, admin_user: Any, english: None, action: str
) -> None:
    note = make_page(LawNotePage, title="Nye regler", who="", verified_until=None)
    note.save_revision()
    request = rf.get("/")
    request.user = admin_user
    handler = LawNotePage.get_edit_handler()
    form_class = handler.get_form_class()
    kept = {
        "title": "Nye regler",
        "slug": note.slug,
        "what_changed": convert_to_draft("<p>Nyt.</p>"),
        "plain_language": convert_to_draft("<p>Nyt.</p>"),
        **{f"{name}-count": "0" for name in ("body", "citations", "related", "commencements")},
        "sources-count": "1",
        "sources-0-deleted": "",
        "sources-0-order": "0",
        "sources-0-type": "source",
        "sources-0-value-eli_uri": "https://www.retsinformation.dk/eli/lta/2025/1183",
        "sources-0-value-sections-count": "0",
        "visibility": "public",
        "significance": "minor",
        **{f"comments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")},
    }

    draft, asked = [form_class(data, instance=note, for_user=admin_user) for data in (kept, {**kept, action: "1"})]
    refused = {name: list(errors) for name, errors in asked.errors.items()}
    html = str(handler.get_bound_panel(instance=note, request=request, form=asked).render_html())

    assert dict(draft.errors) == {}
    assert refused == {"who": ["Say who is concerned."], "verified_until": ["Say until which day the note is checked."]}
    assert html.count('class="error-message"') == 2


def convert_to_draft(html: str) -> str:
    """Write rich text as the editor sends it."""
    converted: str = ContentstateConverter(RICH_TEXT_FEATURES).from_database_format(html)
    return converted
