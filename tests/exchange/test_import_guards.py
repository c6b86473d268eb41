"""What an import meets in the editor: locks, approvals under way and drafts of colleagues."""

import pytest
import time_machine
from django.utils import timezone, translation
from wagtail.models import Workflow

from cms.publication.models import Release
from knowledge.models import ArticlePage
from tests.exchange.test_bundle_import import make_line, refuse, run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def first_of_march(site):
    with translation.override("en"), time_machine.travel("2026-03-01T12:00:00+01:00", tick=False):
        yield


@pytest.fixture
def colleague(django_user_model):
    return django_user_model.objects.create_superuser("maja", first_name="Maja", last_name="Lund")


@pytest.fixture
def page():
    run(make_line())
    return ArticlePage.objects.get()


def lock(page, user):
    page.locked, page.locked_by, page.locked_at = True, user, timezone.now()
    page.save(update_fields=["locked", "locked_by", "locked_at"])


def save_draft(page, user, title="Majas udkast"):
    page.title = title
    page.save_revision(user=user)


@pytest.mark.parametrize(
    "line",
    [
        make_line(title="Ny"),
        make_line(title="Ny", publish=False),
        {"source_id": "bolig", "locale": "da", "withdraw": "gone"},
    ],
)
def test_locked_page_is_refused_with_who_and_since_when(page, colleague, line):
    lock(page, colleague)

    errors = refuse(make_line(source_id="andet"), line)

    assert errors == ["line 2: the page is locked by Maja Lund since 2026-03-01 12:00"]
    assert (ArticlePage.objects.get().title, Release.objects.count()) == ("Bolig", 1)


def test_line_that_changes_nothing_of_a_locked_page_is_no_error(page, colleague):
    lock(page, colleague)

    assert run(make_line()).unchanged == 1


def test_page_that_waits_for_approval_is_refused(page, colleague):
    save_draft(page, colleague)
    Workflow.objects.get().start(page, colleague)

    assert refuse(make_line(title="Ny")) == [
        "line 1: the page waits for approval (Moderators approval) since 2026-03-01 12:00"
    ]


def test_draft_of_a_colleague_stays_on_top_of_what_is_released(page, colleague):
    save_draft(page, colleague)

    report = run(make_line(title="Fra filen"))

    page = ArticlePage.objects.get()
    draft = page.get_latest_revision()
    assert (page.title, page.has_unpublished_changes) == ("Fra filen", True)
    assert (draft.user, page.get_latest_revision_as_object().title) == (colleague, "Majas udkast")
    assert list(map(str, report.notes)) == [
        "line 1: the draft of Maja Lund from 2026-03-01 12:00 stays the latest draft and lacks this change"
    ]
    assert run(make_line(title="Fra filen")).unchanged == 1


def test_what_only_the_draft_says_is_not_released_with_the_line(colleague):
    run(make_line(kind="article", fields={"answer": "Ja."}))
    page = ArticlePage.objects.get()
    page.slug = "majas-adresse"
    save_draft(page, colleague)

    run(make_line(title="Fra filen", fields={"answer": "Ja."}))

    assert ArticlePage.objects.get().portal_path == "/da/bolig/"


def test_colleague_publishes_the_draft_that_stayed(page, colleague):
    save_draft(page, colleague)
    run(make_line(title="Fra filen"))

    ArticlePage.objects.get().get_latest_revision().publish()

    page = ArticlePage.objects.get()
    assert (page.title, page.has_unpublished_changes) == ("Majas udkast", False)
    assert list(Release.objects.values_list("title", flat=True)) == ["Bolig", "Fra filen", "Majas udkast"]


def test_draft_line_is_refused_where_a_colleague_has_a_draft(page, colleague):
    save_draft(page, colleague)

    assert refuse(make_line(title="Fra filen", publish=False)) == [
        "line 1: publish: the draft of Maja Lund from 2026-03-01 12:00 would be pushed aside; "
        "publish or discard it first"
    ]


def test_draft_that_came_by_a_bundle_gives_way_to_the_text_that_follows(page):
    run(make_line(title="Udkast", publish=False))

    report = run(make_line(title="Færdig"))

    page = ArticlePage.objects.get()
    assert (page.title, page.has_unpublished_changes, report.notes) == ("Færdig", False, [])


def test_parent_in_another_language_is_told(page):
    run(make_line(source_id="en-vej", title="Vej"))

    report = run(make_line(source_id="road", locale="en", title="Road", parent="bolig"))

    assert ArticlePage.objects.get(title="Road").portal_path == "/en/road/"
    assert list(map(str, report.notes)) == ["line 1: parent: bolig is not in en; the page stands under its home"]
