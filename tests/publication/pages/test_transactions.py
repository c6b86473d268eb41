"""Pages and log change together or not at all."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask
from wagtail.signals import page_published

from cms.core.models import StandardPage
from cms.exchange.sites import get_home
from cms.publication.models import Release, Window
from cms.publication.pages.services import withdrawing
from knowledge.models import ArticlePage, ContactPointPage, GuidePage
from tests.factories.pages import make_page, publish, translate
from tests.factories.releases import read_document

pytestmark = pytest.mark.django_db


def read_last_rows(count=1):
    rows = Release.objects.order_by("-position")[:count]
    return [(row.kind, row.reason, row.locale) for row in rows]


def test_published_page_is_released(site):
    page = publish(make_page(title="Bolig", answer="Spørg kommunen."))

    window = Window.objects.get(content_id=page.translation_key)

    assert (window.path, window.title, window.type) == ("/da/bolig/", "Bolig", "article")


def test_failure_after_publishing_leaves_neither_page_nor_row(site):
    page = make_page(title="Bolig")
    revision = page.save_revision()

    def fail(**kwargs):
        raise RuntimeError("a receiver failed")

    page_published.connect(fail, sender=ArticlePage)
    try:
        with pytest.raises(RuntimeError):
            revision.publish()
    finally:
        page_published.disconnect(fail, sender=ArticlePage)

    assert (ArticlePage.objects.get(pk=page.pk).live, Release.objects.count()) == (False, 0)


def test_rolled_back_publishing_leaves_nothing(site):
    page = make_page(title="Bolig")

    with pytest.raises(RuntimeError), transaction.atomic():
        page.save_revision().publish()
        raise RuntimeError

    assert (ArticlePage.objects.get(pk=page.pk).live, Release.objects.count()) == (False, 0)


def test_unpublished_page_is_withdrawn_with_the_reason_given(site):
    page = publish(make_page())

    with withdrawing(reason="recalled"):
        page.unpublish()

    assert read_last_rows() == [("withdrawn", "recalled", "da")]


def test_action_of_the_editor_withdraws_like_the_page_itself(site):
    page = publish(make_page())

    UnpublishPageAction(page).execute(skip_permission_checks=True)

    assert read_last_rows() == [("withdrawn", "gone", "da")]


def test_deleted_page_is_withdrawn_and_so_is_what_lies_under_it(site):
    section = publish(make_page(StandardPage, title="Sektion", layout="section"))
    child = publish(make_page(title="Under", parent=section))

    section.delete()

    kinds = Release.objects.filter(kind="withdrawn").values_list("content_id", flat=True)
    assert set(kinds) == {section.translation_key, child.translation_key}


def test_unpublished_source_unpublishes_its_translations(site):
    page = publish(make_page())
    english = translate(page, "en", title="Must I register?")

    page.unpublish()

    assert (ArticlePage.objects.get(pk=english.pk).live, Window.objects.count()) == (False, 0)


def test_moved_page_is_released_under_its_new_path_with_what_lies_under_it(site):
    section = publish(make_page(StandardPage, title="Sektion", layout="section"))
    parent = publish(make_page(StandardPage, title="Emne", layout="section"))
    child = publish(make_page(title="Under", parent=parent))

    parent.move(section, pos="last-child")

    assert Window.objects.get(content_id=child.translation_key).path == "/da/sektion/emne/under/"


def test_new_slug_gives_a_new_path_to_what_lies_under_the_page(site):
    parent = publish(make_page(StandardPage, title="Emne", layout="section"))
    child = publish(make_page(title="Under", parent=parent))

    publish(parent, slug="nyt-emne")

    assert Window.objects.get(content_id=child.translation_key).path == "/da/nyt-emne/under/"


def test_alias_is_never_released_and_a_converted_one_is_a_draft_until_somebody_publishes_it(site):
    page = publish(make_page(title="Bolig"))
    alias = page.create_alias(parent=get_home("da"), update_slug="bolig-igen")

    ConvertAliasPageAction(alias).execute(skip_permission_checks=True)
    converted = ArticlePage.objects.get(pk=alias.pk)
    before = Release.objects.filter(content_id=alias.translation_key).count()
    publish(converted)

    after = Release.objects.filter(content_id=alias.translation_key).count()
    assert (converted.live, converted.has_unpublished_changes, converted.live_revision_id) == (False, True, None)
    assert (before, after) == (0, 1)


@pytest.mark.parametrize(("keeps_live", "released"), [(False, 0), (True, 1)])
def test_copy_is_released_only_when_publishing_the_copies_was_asked_for(site, keeps_live, released):
    page = publish(make_page(title="Bolig"))

    copy = page.copy(update_attrs={"slug": "bolig-kopi"}, keep_live=keeps_live)

    assert (copy.live, Release.objects.filter(content_id=copy.translation_key).count()) == (keeps_live, released)


def test_page_scheduled_for_later_is_not_released_yet(site):
    from datetime import timedelta

    from django.utils import timezone

    page = make_page(go_live_at=timezone.now() + timedelta(hours=1))

    page.save_revision().publish()

    assert Release.objects.count() == 0


def test_page_that_becomes_less_visible_is_released_so_in_every_language(site):
    page = publish(make_page())
    translate(page, "en", title="Must I register?")

    publish(page, visibility="network")

    assert set(Window.objects.values_list("locale", "visibility")) == {("da", "network"), ("en", "network")}


def test_guide_is_released_again_when_the_place_it_names_changes(site):
    place = publish(make_page(ContactPointPage, title="SCSC"))
    step = {"title": "CPR", "html": "<p>Gå hen.</p>", "bring": ["Pas"], "where": place.pk, "how_long": ""}
    guide = make_page(GuidePage, title="Guide", steps=[])
    guide.steps = GuidePage.steps.field.to_python([{"type": "step", "value": step}])
    guide = publish(guide, steps=guide.steps)

    publish(place, title="Struer Community Service Center")

    from cms.core.calendar import today

    document = read_document(guide.translation_key, today())
    assert document["steps"][0]["where"]["title"] == "Struer Community Service Center"


def test_publishing_again_without_a_change_appends_nothing(site):
    page = publish(make_page())

    publish(page)

    assert Release.objects.count() == 1


def test_approval_holds_the_head_of_the_log_before_its_own_rows(site):
    page = publish(make_page(title="Bolig"))
    workflow = Workflow.objects.create(name="Godkendelse")
    WorkflowTask.objects.create(workflow=workflow, task=GroupApprovalTask.objects.create(name="Godkendelse"))
    page.title = "Bolig og leje"
    page.save_revision()
    state = workflow.start(page, None)

    with CaptureQueriesContext(connection) as queries:
        state.current_task_state.specific.approve(user=None)

    statements = [query["sql"] for query in queries]
    held = next(place for place, sql in enumerate(statements) if '"publication_loghead"' in sql)
    written = next(place for place, sql in enumerate(statements) if sql.startswith(("UPDATE", "INSERT")))
    assert held < written
    assert Window.objects.get(content_id=page.translation_key).title == "Bolig og leje"
