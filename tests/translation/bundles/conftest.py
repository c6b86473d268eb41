"""An owner of bundles, and texts with translations that wait for them."""

from typing import Any

import pytest
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from cms.core.models import ReleasablePage
from cms.exchange.sites import get_home


@pytest.fixture
def owner(site: Any, admin_user: Any) -> Any:
    """An administrator who reads English, with an address for notices."""
    UserProfile.objects.create(user=admin_user, preferred_language="en")
    return admin_user


@pytest.fixture
def editor(owner: Any, admin_client: Any) -> Any:
    """A browser with that administrator at it."""
    return admin_client


def draft(page: Any, **values: Any) -> Any:
    """Save a draft of a page; returns the page as it is stored then."""
    text = page.get_latest_revision_as_object()
    for name, value in values.items():
        setattr(text, name, value)
    text.save_revision()
    return type(page).objects.get(pk=page.pk)


def draft_translation(page: ReleasablePage, locale: str, **values: Any) -> Any:
    """Make a translation of a page, as a draft."""
    get_home(locale)
    target = Locale.objects.get_or_create(language_code=locale)[0]
    return draft(page.copy_for_translation(target, copy_parents=True), **values)
