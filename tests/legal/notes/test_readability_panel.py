"""The readability panel in the editor."""

import json

import pytest
from django.test import RequestFactory
from django.utils import translation
from wagtail.admin.panels import ObjectList

from legal.notes.law_note_page import LawNotePage
from legal.notes.readability_panel import ReadabilityPanel


@pytest.fixture
def bind(db, rf: RequestFactory, admin_user):
    """Bind the panel to a note with a text, as the edit view does."""

    def bind_to(html):
        note = LawNotePage(title="Nyt beløb", plain_language=html)
        handler = ObjectList([ReadabilityPanel("plain_language")]).bind_to_model(LawNotePage)
        request = rf.get("/")
        request.user = admin_user
        form = handler.get_form_class()(instance=note)
        return handler.get_bound_panel(instance=note, request=request, form=form)

    return bind_to


def test_panel_shows_the_field_and_what_was_counted(bind):
    with translation.override("da"):
        html = str(bind("<p>Du skal betale.</p><p>Det er dyrt.</p>").render_html())

    assert 'name="plain_language"' in html
    assert "Lixtal 3, meget let: 6 ord i 2 sætninger, 0 lange ord" in html
    assert 'data-field="id_plain_language"' in html


def test_one_is_counted_as_one(bind):
    with translation.override("da"):
        html = str(bind("<p>Opholdstilladelse gives.</p>").render_html())

    assert "2 ord i 1 sætning, 1 langt ord" in html


def test_panel_of_an_empty_field_says_so(bind):
    with translation.override("da"):
        html = str(bind("").render_html())

    assert html.count("Der er endnu ingen hel sætning at måle.") == 2


def test_panel_brings_its_scripts_in_order_and_none_inline(bind):
    panel = bind("<p>Du skal betale.</p>")

    scripts = [str(script) for script in panel.media._js if "legal/" in str(script)]
    assert [script.split("/")[-2].split(chr(34))[0] for script in scripts] == ["readability.js", "readability-meter.js"]
    assert "<script" not in str(panel.render_html()).split("<readability-meter")[1]


def test_panel_hands_the_words_of_the_server_to_the_script(bind):
    context = bind("").children[0].get_context_data()

    rules = json.loads(context["readability_rules"])
    assert sorted(rules) == ["leading", "months", "trailing"]
    assert "jf" in rules["leading"].split("|")
