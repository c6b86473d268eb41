"""Agreement of pages and log: changes that went past the signals are found and repaired."""

from io import StringIO

import pytest
from django.core.management import call_command

from cms.publication.models import Window
from cms.publication.pages.agreement import list_differences
from knowledge.models import ArticlePage
from tests.factories.pages import make_page, publish

pytestmark = pytest.mark.django_db


def test_agreement_is_reported_as_such(site):
    publish(make_page())

    assert list(list_differences()) == []


def test_live_flag_set_behind_the_signals_is_found_and_repaired(site):
    page = make_page()
    page.save_revision()
    ArticlePage.objects.filter(pk=page.pk).update(live=True)
    out = StringIO()

    with pytest.raises(SystemExit) as stop:
        call_command("publication_check", "--repair", stdout=out)

    assert (stop.value.code, "live, but not released" in out.getvalue(), list(list_differences())) == (1, True, [])


def test_page_taken_down_behind_the_signals_is_withdrawn(site):
    page = publish(make_page())
    ArticlePage.objects.filter(pk=page.pk).update(live=False)

    for difference in list_differences():
        difference.repair()

    assert Window.objects.count() == 0


def test_title_changed_behind_the_signals_is_found(site):
    page = publish(make_page())
    ArticlePage.objects.filter(pk=page.pk).update(title="Ændret uden om")

    assert [difference.what for difference in list_differences()] == ["the live text is not the released one"]
