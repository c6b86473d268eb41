"""Who publishes in the tests: an administrator at the editor."""

from typing import Any

import pytest
from wagtail.users.models import UserProfile


@pytest.fixture
def editor(site: Any, admin_client: Any, admin_user: Any) -> Any:
    """A browser with an administrator at it, who reads English."""
    UserProfile.objects.create(user=admin_user, preferred_language="en")
    return admin_client
