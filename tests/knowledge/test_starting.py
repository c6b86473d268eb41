"""The starter content makes sense, and leaves alone what editors made of it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, ReferenceIndex
from wagtail_localize.models import Translation

from cms.core.editor_index import TASKS
from cms.core.models import Consortium, Municipality, Topic
from cms.publication.following.followers import catch_up
from cms.publication.models import Release, Window
from cms.publication.pages.builder import build_release_draft
from cms.translation.passages.missing_passages import list_missing_passages
from knowledge.models import ArticlePage, GuidePage
from legal.models import LawChange, ReviewTask
from legal.reviews.followers import ReviewFollower
from tests.factories.pages import publish

pytestmark = pytest.mark.django_db


def read_html(page):
    return build_release_draft(page).document["html"]


@pytest.fixture
def starter(db):
    call_command("starter_load", stdout=StringIO())


def test_starter_content_is_complete_and_loading_it_again_leaves_an_editors_change(starter):
    counts = {
        "topics": Topic.objects.filter(locale__language_code="ar").count(),
        "consortia": Consortium.objects.count(),
        "municipalities": Municipality.objects.count(),
        "guide languages": Window.objects.filter(path__contains="/", type="guide").values("locale").distinct().count(),
        "law notes": Window.objects.filter(type="law-note", locale="da").count(),
        "answers and practices": Window.objects.filter(type__in=["article", "best-practice"], locale="en").count(),
        "translations in the desk": Translation.objects.filter(enabled=True).count(),
    }
    missing = {str(translation): list_missing_passages(translation) for translation in Translation.objects.all()}
    guides = {page.pk: read_html(page) for page in GuidePage.objects.exclude(locale__language_code="da")}
    for translation in Translation.objects.filter(source__specific_content_type__model="guidepage"):
        translation.save_target(publish=False)
    drafts = {pk: read_html(GuidePage.objects.get(pk=pk).get_latest_revision_as_object()) for pk in guides}
    article = ArticlePage.objects.filter(locale__language_code="da").first()
    publish(article, title="Rettet af en redaktør")
    rows = Release.objects.count()

    call_command("starter_load", stdout=StringIO())

    assert counts == {
        "topics": 16,
        "consortia": 7,
        "municipalities": 19,
        "guide languages": 8,
        "law notes": 12,
        "answers and practices": 20,
        "translations in the desk": 119,
    }
    assert [passages for passages in missing.values() if passages] == []
    assert drafts == guides
    assert (Release.objects.count(), ArticlePage.objects.get(pk=article.pk).title) == (rows, "Rettet af en redaktør")
    assert GuidePage.objects.filter(live=True).count() == 10


def test_starter_content_needs_no_review_of_itself(starter):
    catch_up(ReviewFollower())

    assert LawChange.objects.filter(opened_at__isnull=False).exists()
    assert not ReviewTask.objects.exists()


def test_editors_find_starter_pages_before_a_worker_has_run(starter):
    titles = [page.title for page in Page.objects.search("Medfølgende")]

    assert any("§ 9 m" in title for title in titles)
    assert not DBTaskResult.objects.filter(task_path__in=TASKS).exists()
    assert ReferenceIndex.objects.exists()
