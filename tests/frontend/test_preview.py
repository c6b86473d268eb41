"""The editor's preview of a draft."""

from typing import Any

import pytest
from wagtail.models import Locale, Page

from cms.core.models import StandardPage
from frontend.portal.preview import render_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> StandardPage:
    """A page that was never published."""
    locale = Locale.objects.get_or_create(language_code="da")[0]
    page = StandardPage(title="Ny side", summary="Under arbejde", locale=locale, live=False)
    Page.objects.get(depth=1).add_child(instance=page)
    return page


def test_preview_shows_the_draft_as_readers_will_see_it(draft: StandardPage, rf: Any) -> None:
    html = render_draft(draft, rf.get("/")).content.decode()

    assert '<html lang="da" dir="ltr">' in html
    assert "<h1>Ny side</h1>" in html
    assert 'class="draft-banner"' in html


def test_preview_is_kept_and_indexed_by_nobody_and_framed_by_the_editor_alone(draft: StandardPage, rf: Any) -> None:
    response = render_draft(draft, rf.get("/"))

    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"
