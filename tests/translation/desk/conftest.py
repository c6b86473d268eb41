"""Fixtures of the translators' desk."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from wagtail.users.models import UserProfile

from tests.translation.desk.translated_pages import make_translator


@pytest.fixture(autouse=True)
def _english(english: None) -> None:
    """Read what is asserted in the language of the source code."""


@pytest.fixture
def translator(site: Any) -> User:
    """A translator into Polish who reads English."""
    user = make_translator("tłumacz", "pl")
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


@pytest.fixture
def desk(translator: User) -> Client:
    """A browser with the translator at it."""
    client = Client()
    client.force_login(translator)
    return client
