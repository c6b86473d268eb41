"""Pages lie where they belong, whichever way they come there."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from cms.core.models import PageLayout, StandardPage
from cms.exchange.sites import get_home
from knowledge.models import ArticlePage, BestPracticePage, ConsortiumPage, ContactPointPage, GuidePage
from legal.notes.law_note_page import LawNotePage
from tests.exchange.test_bundle_import import make_line, refuse
from tests.factories.pages import make_page

pytestmark = pytest.mark.django_db

CONTENTS = (ArticlePage, BestPracticePage, ConsortiumPage, ContactPointPage, GuidePage, LawNotePage)


@pytest.mark.parametrize("model", CONTENTS)
@pytest.mark.parametrize(
    ("layout", "is_taken"), [(PageLayout.HOME, True), (PageLayout.SECTION, True), (PageLayout.PLAIN, False)]
)
def test_content_lies_where_it_is_listed(site: Any, model: type, layout: str, is_taken: bool) -> None:
    place = make_page(StandardPage, title="Sted", layout=layout)

    assert model.can_create_at(place) == is_taken


@pytest.mark.parametrize("model", [*CONTENTS, StandardPage])
@pytest.mark.parametrize("above", CONTENTS)
def test_nothing_lies_below_a_content(site: Any, model: type, above: type) -> None:
    assert not model.can_create_at(make_page(above, title="Over"))


def test_plain_page_may_lie_below_another(site: Any) -> None:
    assert StandardPage.can_create_at(make_page(StandardPage, title="Om os"))


def test_content_is_not_moved_where_it_does_not_belong(site: Any) -> None:
    article, note = make_page(), make_page(LawNotePage, title="Nyt")

    assert (article.can_move_to(note), article.can_move_to(get_home("da"))) == (False, True)


def test_editor_is_told_what_each_type_is_for(site: Any, admin_client: Client) -> None:
    page = admin_client.get(reverse("wagtailadmin_pages:add_subpage", args=[get_home("da").pk])).content.decode()

    assert [model for model in (*CONTENTS, StandardPage) if escape(model.get_page_description()) not in page] == []
    assert all(model.get_page_description() for model in (*CONTENTS, StandardPage))


def test_form_of_a_type_is_refused_where_it_does_not_belong(site: Any, admin_client: Client) -> None:
    note = make_page(LawNotePage, title="Nyt")

    answer = admin_client.get(reverse("wagtailadmin_pages:add", args=["knowledge", "articlepage", note.pk]))

    assert answer.status_code == 302


def test_bundle_line_is_refused_below_what_takes_nothing(site: Any) -> None:
    above = make_line(source_id="over", title="Over")

    (problem,) = refuse(above, make_line(source_id="under", title="Under", parent="over"))

    assert "cannot lie below “Over”" in problem
