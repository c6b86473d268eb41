"""The law in the editor: looking up acts and sections, comparing texts, the list of acts."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from legal.notes.law_note_page import LawNotePage
from tests.factories.pages import make_page
from tests.legal.acts import COLLECTION, build_line, build_section, import_lines

pytestmark = pytest.mark.django_db

NEW, OLD = f"{COLLECTION}/2025/1183", f"{COLLECTION}/2024/1009"


@pytest.fixture
def acts(tmp_path: Path) -> None:
    """Two texts of an act."""
    title = "Bekendtgørelse af udlændingeloven"
    import_lines(
        tmp_path,
        build_line("LBK", 1009, "2024-09-02", title, [build_section("9 a", "Beløbet er <100> kr.")]),
        build_line("LBK", 1183, "2025-09-25", title, [build_section("9 a", "Beløbet er <200> kr.")]),
    )


@pytest.fixture
def editor(acts: None) -> Client:
    """Somebody who may use the editor and nothing more."""
    group = Group.objects.create(name="Without pages")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = User.objects.create_user("guest", password="en-lang-adgangskode")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


def test_acts_are_suggested_to_any_editor(editor: Client) -> None:
    answer = editor.get(reverse("legal_act_suggestions"), {"q": "udl"})

    assert answer.json() == {
        "results": [
            {
                "eli_uri": NEW,
                "title": "Udlændingeloven",
                "line": "lovbekendtgørelse nr. 1183 af 25. september 2025",
                "is_newest": True,
            }
        ]
    }


def test_sections_of_a_text_are_listed_with_their_first_words(editor: Client) -> None:
    answer = editor.get(reverse("legal_section_list"), {"eli_uri": NEW}).json()

    assert answer["sections"] == [
        {"section": "9 a", "label": "§ 9 a", "chapter": "1", "excerpt": "Beløbet er <200> kr."}
    ]


def test_text_that_is_not_known_has_no_sections(editor: Client) -> None:
    answer = editor.get(reverse("legal_section_list"), {"eli_uri": f"{COLLECTION}/1999/1"}).json()

    assert answer == {"act": None, "sections": []}


def test_comparison_marks_the_words_and_escapes_the_law(editor: Client) -> None:
    html = editor.get(reverse("legal_comparison"), {"eli_uri": NEW, "section": "9 a"}).content.decode()

    assert "<del>100</del><ins>200</ins>" in html
    assert "&lt;" in html
    assert "<100>" not in html


def test_texts_may_be_named_in_any_order(editor: Client) -> None:
    answer = editor.get(reverse("legal_comparison"), {"eli_uri": NEW, "before": NEW, "after": OLD})

    comparison = answer.context["comparison"]
    assert (comparison.before.eli_uri, comparison.after.eli_uri) == (OLD, NEW)


@pytest.mark.parametrize("name", ["legal_act_suggestions", "legal_section_list", "legal_comparison", "legal_acts"])
def test_who_may_not_use_the_editor_is_sent_to_log_in(client: Client, acts: None, name: str) -> None:
    response = client.get(reverse(name))

    assert response.status_code == 302
    assert response.url.startswith(reverse("wagtailadmin_login"))


def test_list_of_acts_is_searched_and_leads_to_the_portal(editor: Client) -> None:
    found = editor.get(reverse("legal_acts"), {"q": "udl"}).content.decode()
    missed = editor.get(reverse("legal_acts"), {"q": "findes ikke"}).content.decode()

    assert 'href="http://testserver/da/acts/udlaendingeloven/"' in found
    assert "lovbekendtgørelse nr. 1183 af 25. september 2025" in found
    assert "udlaendingeloven" not in missed


def test_author_is_told_which_source_is_not_known(site: Any, admin_client: Client) -> None:
    unknown = f"{COLLECTION}/2031/7"
    sources = [("source", {"eli_uri": unknown, "sections": []})]
    note = make_page(LawNotePage, title="Nye regler", sources=sources)
    page = admin_client.get(reverse("wagtailadmin_pages:edit", args=[note.pk]))

    response = admin_client.post(
        reverse("wagtailadmin_pages:edit", args=[note.pk]), build_form_data(page.context["form"]), follow=True
    )

    assert any(unknown in str(message) for message in response.context["messages"])


def build_form_data(form: Any) -> dict[str, Any]:
    """Build what a browser would send of an untouched form of a law note with one source."""
    from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

    texts = ("what_changed", "before", "after", "plain_language", "who", "what_to_do", "transition")
    note = form.instance
    streams = {name: streamfield([]) for name in ("body", "citations", "related", "commencements")}
    source = {"eli_uri": str(note.sources[0].value["eli_uri"]), "sections": streamfield([])}
    return nested_form_data(
        {
            "title": note.title,
            "slug": note.slug,
            "summary": "",
            "visibility": "public",
            "significance": "minor",
            "verified_by": note.verified_by,
            **{name: rich_text("") for name in texts},
            **streams,
            "sources": streamfield([("source", source)]),
            "comments": inline_formset([]),
        }
    )
