"""Publishing that fails half-way leaves nothing anywhere, and the next one goes on as if it had not been tried."""

from contextlib import contextmanager, suppress

import pytest
from django.db import transaction
from wagtail.signals import page_published

from cms.publication.following.followers import catch_up
from cms.publication.models import LogHead, Release, ReleaseBody, Window
from cms.publication.pages.agreement import list_differences
from cms.publication.pages.services import withdrawing
from knowledge.models import ArticlePage
from search.asking.query import SearchQuery
from search.database.database_search import search_database
from search.followers import DatabaseFollower
from search.models import SearchText
from tests.factories.pages import make_page, publish, translate
from tests.faults.mirror import Mirror

pytestmark = pytest.mark.django_db

WORD = "gennemstrømning"


class LaterError(RuntimeError):
    """Something after the release that fails."""


def fail(**kwargs):
    raise LaterError


@pytest.fixture
def failing_receiver():
    """Let a receiver fail that runs after the log's own."""
    page_published.connect(fail, sender=ArticlePage)
    yield
    page_published.disconnect(fail, sender=ArticlePage)


@contextmanager
def failing_afterwards():
    """Fail after what stands in the block, and roll it back."""
    with suppress(LaterError), transaction.atomic():
        yield
        raise LaterError


def read_everything(client):
    """Read what the log, the API and search say."""
    catch_up(DatabaseFollower())
    titles = [document["title"] for document in client.get("/api/v1/documents/").json()["results"]]
    snapshot = Mirror(client, {})
    snapshot.take_snapshot()
    return {
        "rows": list(Release.objects.order_by("position").values_list("position", "kind", "title")),
        "bodies": ReleaseBody.objects.count(),
        "head": LogHead.objects.values_list("position", flat=True).first(),
        "windows": list(Window.objects.values_list("title", "starts", "ends")),
        "list": titles,
        "mirrored": sorted(snapshot.held),
        "texts": list(SearchText.objects.values_list("title", flat=True)),
        "found": search_database(SearchQuery(q=WORD))["total"],
        "differences": list(list_differences()),
    }


def test_first_publishing_that_fails_leaves_nothing(site, client, failing_receiver):
    page = make_page(title=f"Kladde {WORD}")
    before = read_everything(client)

    with pytest.raises(LaterError), transaction.atomic():
        page.save_revision().publish()

    assert read_everything(client) == before
    assert client.get(f"/api/v1/documents/{page.translation_key}/").status_code == 404


def test_edit_that_fails_leaves_the_text_before_it(site, client):
    page = publish(make_page(title=f"Første {WORD}"))
    translate(page, "en", title="First")
    before = read_everything(client)

    with failing_afterwards():
        publish(page, title=f"Anden {WORD}", visibility="network", slug="flyttet")

    assert read_everything(client) == before


def test_withdrawal_that_fails_leaves_the_text_standing(site, client):
    page = publish(make_page(title=f"Bliver {WORD}"))
    before = read_everything(client)

    with failing_afterwards(), withdrawing(reason="recalled"):
        page.unpublish()

    assert read_everything(client) == before
    assert client.get(f"/api/v1/documents/{page.translation_key}/").status_code == 200


def test_mirror_hears_nothing_of_what_was_rolled_back_and_of_all_that_follows(site, client):
    mirror = Mirror(client, {})
    mirror.take_snapshot()
    page = make_page(title=f"Første {WORD}")

    with failing_afterwards():
        publish(page)
    publish(ArticlePage.objects.get(pk=page.pk), title=f"Anden {WORD}")

    while mirror.follow(limit=10, today=Window.objects.get().starts):
        pass
    shown = [document["title"] for document in mirror.show(Window.objects.get().starts).values()]
    assert (shown, Release.objects.get().position) == ([f"Anden {WORD}"], 1)
