"""Preview of the whole portal with a bundle: what it shows, to whom, and that nothing of it stays."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

from cms.core.calendar import today, write_day
from cms.exchange.sites import get_home
from cms.publication.models import JointRelease, LogHead, Release
from cms.translation.bundle_enums import Timing
from cms.translation.bundles.contents import add_texts
from cms.translation.models import BundleEntry, ReleaseBundle
from tests.factories.pages import make_page, publish
from tests.translation.bundles.conftest import draft, draft_translation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
DAYS = timedelta(days=30)


@pytest.fixture
def bundle(site: Any, admin_user: Any) -> ReleaseBundle:
    """A bundle of a new page in Danish and Polish, for a day to come; the Ukrainian one is missing."""
    UserProfile.objects.create(user=admin_user, preferred_language="en")
    publish(site)
    publish(get_home("pl"))
    page = draft(make_page(title="Ny frist", answer="Inden femten dage."))
    draft_translation(page, "pl", title="Nowy termin", answer="W ciągu piętnastu dni.")
    bundle = ReleaseBundle.objects.create(
        name="Pakken", owner=admin_user, timing=Timing.DAY, day=today() + DAYS, required_locales=["uk"]
    )
    add_texts(bundle, page.translation_key, ["da", "pl", "uk"])
    return bundle


def show(client: Any, bundle: ReleaseBundle, path: str) -> Any:
    return client.get(f"{reverse('portal_bundle_preview', args=[bundle.pk, '-']).removesuffix('-')}{path}")


def test_site_is_shown_as_it_will_be_in_each_language(bundle: ReleaseBundle, admin_client: Any) -> None:
    danish = show(admin_client, bundle, "da/ny-frist/")
    polish = show(admin_client, bundle, "pl/ny-frist/").content.decode()

    text = danish.content.decode()
    assert danish.status_code == 200
    assert "Inden femten dage." in text
    assert "W ciągu piętnastu dni." in polish
    assert f"The site on {write_day(today() + DAYS)}, with “Pakken”." in text
    assert "Not in it: “Ny frist” (Українська): There is no translation yet." in text


def test_links_stay_in_the_preview(bundle: ReleaseBundle, admin_client: Any) -> None:
    text = show(admin_client, bundle, "da/ny-frist/").content.decode()

    root = f"/admin/bundles/{bundle.pk}/site/"
    assert f'href="{root}pl/ny-frist/"' in text
    assert 'href="/da/' not in text
    assert 'rel="canonical"' not in text


def test_nothing_of_it_stays_and_nobody_keeps_it(
    bundle: ReleaseBundle, admin_client: Any, client: Any, django_capture_on_commit_callbacks: Any
) -> None:
    before = (Release.objects.count(), LogHead.objects.get().position)

    with django_capture_on_commit_callbacks() as callbacks:
        response = show(admin_client, bundle, "da/ny-frist/")

    assert "private, no-store" in response.headers["Cache-Control"]
    assert "ETag" not in response.headers
    assert (Release.objects.count(), LogHead.objects.get().position) == before
    assert (JointRelease.objects.count(), BundleEntry.objects.exclude(draft="").count()) == (0, 0)
    assert callbacks == []


def test_who_is_not_signed_in_is_not_shown_it(bundle: ReleaseBundle, client: Any) -> None:
    response = show(client, bundle, "da/ny-frist/")

    assert response.status_code == 302
    assert "/login/" in response.headers["Location"]


def test_path_that_leads_nowhere_is_answered_as_the_portal_does(bundle: ReleaseBundle, admin_client: Any) -> None:
    assert show(admin_client, bundle, "da/findes-ikke/").status_code == 404
