"""Defects that random histories have found, in as few steps as they need."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine

from cms.core.calendar import today
from cms.publication.log.publication_log import publication_log
from cms.publication.models import Release, Window
from cms.publication.pages.agreement import list_differences
from tests.factories.pages import make_page, publish, translate
from tests.factories.releases import make_draft
from tests.faults.mirror import Mirror

pytestmark = pytest.mark.django_db

MARCH = "2026-03-01T12:00:00+01:00"
LATER = "2026-03-20T12:00:00+01:00"
MIDDLE = date(2026, 3, 10)


def test_new_classification_of_the_source_leaves_no_difference_in_its_translations(site):
    page = publish(make_page())
    translate(page, "en", title="Must I register?")

    publish(page, visibility="network", topics=["housing"])

    assert [difference.what for difference in list_differences()] == []


def test_page_whose_text_has_ended_may_move_without_a_difference(site):
    with time_machine.travel(MARCH, tick=False):
        section = publish(make_page(title="Emne"))
        publish(make_page(title="Under", parent=section), applies_until=MIDDLE)

    with time_machine.travel(LATER, tick=False):
        publish(section, slug="flyttet")
        differences = [difference.what for difference in list_differences()]

    assert differences == []


def test_cancelled_plan_does_not_make_a_hidden_content_public_again():
    content_id = uuid4()
    with time_machine.travel(MARCH, tick=False):
        publication_log.release_contents([make_draft("Nu", content_id=content_id)])
        planned = make_draft("Senere", content_id=content_id, applies_from=MIDDLE, visibility="network")
        publication_log.release_contents([planned])
        hidden = set(Window.objects.applying(today()).values_list("visibility", flat=True))

        publication_log.withdraw(content_id=content_id, version=Window.objects.applying(MIDDLE).get().version)

        shown = set(Window.objects.applying(today()).values_list("visibility", flat=True))
    assert (hidden, shown) == ({"network"}, {"network"})


def test_language_that_became_the_source_stays_it(site):
    page = publish(make_page())
    english = translate(page, "en", title="One")
    arabic = translate(page, "ar", title="Two")
    page.unpublish()
    type(page).objects.get(pk=page.pk).delete()
    english, arabic = publish(english, title="Three"), publish(arabic, title="Four")

    publish(english, title="Five", visibility="network")
    publish(arabic, slug="moved")

    found = Window.objects.values_list("locale", "visibility", "state")
    assert set(found) == {("en", "network", "source"), ("ar", "network", "current")}


def test_alias_of_a_deleted_page_is_not_left_live_outside_the_log(site):
    section = publish(make_page(title="Emne"))
    child = publish(make_page(title="Under", parent=section))
    translate(child, "en", title="Below")

    type(section).objects.get(pk=section.pk).delete()

    assert [difference.what for difference in list_differences()] == []


@pytest.mark.parametrize("cancelled_on", ["2026-03-05T12:00:00+01:00", "2026-03-15T12:00:00+01:00"])
def test_mirror_that_slept_over_a_planned_day_learns_whether_the_text_was_ever_there(client, cancelled_on):
    content_id = uuid4()
    mirror = Mirror(client, {})
    with time_machine.travel(MARCH, tick=False):
        publication_log.release_contents([make_draft("Nu", content_id=content_id)])
        publication_log.release_contents([make_draft("Senere", content_id=content_id, applies_from=MIDDLE)])
        mirror.take_snapshot()
    with time_machine.travel(cancelled_on, tick=False):
        publication_log.withdraw(content_id=content_id, version=Release.objects.get(title="Senere").version)

    with time_machine.travel(LATER, tick=False):
        while mirror.follow(limit=10, today=today()):
            pass
        shown = [document["title"] for document in mirror.show(today()).values()]
        expected = [window.title for window in Window.objects.applying(today())]

    assert shown == expected


def test_mirror_that_was_spared_a_superseded_version_hears_that_its_text_is_gone_with_it(client):
    content_id = uuid4()
    mirror = Mirror(client, {})
    with time_machine.travel(MARCH, tick=False):
        publication_log.release_contents([make_draft("Nu", content_id=content_id)])
        mirror.take_snapshot()
    with time_machine.travel(LATER, tick=False):
        wrong = make_draft("Forkert", content_id=content_id)
        publication_log.release_contents([wrong])
        publication_log.release_contents([make_draft("Noget andet")])
        publication_log.release_contents([make_draft("Forkert igen", content_id=content_id, locale="en")])
        mirror.follow(limit=1, today=today())
        publication_log.withdraw(
            content_id=content_id,
            version=Window.objects.applying(today()).get(title="Forkert").version,
            reason="recalled",
        )

        while mirror.follow(limit=1, today=today()):
            pass
        shown = sorted(document["title"] for document in mirror.show(today()).values())
        expected = sorted(window.title for window in Window.objects.applying(today()))

    assert shown == expected


def test_mirror_that_was_spared_a_plan_does_not_fall_back_to_the_plan_before_it(client):
    content_id = uuid4()
    mirror = Mirror(client, {})
    with time_machine.travel(MARCH, tick=False):
        publication_log.release_contents([make_draft("Nu", content_id=content_id)])
        publication_log.release_contents([make_draft("Plan", content_id=content_id, applies_from=MIDDLE)])
        mirror.take_snapshot()
        publication_log.release_contents([make_draft("Anden plan", content_id=content_id, applies_from=MIDDLE)])
        publication_log.withdraw(content_id=content_id, version=Window.objects.get(title="Anden plan").version)

        while mirror.follow(limit=10, today=today()):
            pass
        shown = [document["title"] for document in mirror.show(MIDDLE).values()]

    assert shown == ["Nu"]
