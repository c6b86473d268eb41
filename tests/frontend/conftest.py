"""Fixtures of the portal's tests."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client


@pytest.fixture(autouse=True)
def _portal_urls(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.frontend.urls"


@pytest.fixture
def read(client: Client) -> Any:
    """Get a page and read it: ``read(path)`` gives the response with ``soup`` beside it."""

    def get(path: str, **headers: str) -> Any:
        response = client.get(path, headers=headers)
        if not response.get("Content-Type", "").startswith("text/html"):
            return response
        response.soup = BeautifulSoup(response.content, "html.parser")
        response.text_shown = " ".join(response.soup.get_text(" ").split())
        return response

    return get
