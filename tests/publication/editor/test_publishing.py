"""Two clicks at the same moment publish one text once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from wagtail.models import Page

from cms.publication.editor.draft_marks import DraftMark
from cms.publication.editor.publishing import PublishedAlreadyError, publish_with_answers
from cms.publication.models import Release
from cms.publication.pages.answers import PublishAnswers
from tests.factories.pages import make_page, publish


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_publish_once(django_user_model: Any) -> None:
    user = django_user_model.objects.create_superuser("jurist")
    page = publish(make_page())
    draft = page.get_latest_revision_as_object()
    draft.title = "Ny titel"
    mark = DraftMark.build(draft.save_revision())

    def click(_number: int) -> str:
        try:
            release = publish_with_answers(Page.objects.get(pk=page.pk).specific, mark, PublishAnswers("typo"), user)
        except PublishedAlreadyError:
            return "already"
        else:
            return release.title if release else "nothing"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        came = sorted(pool.map(click, range(2)))

    texts = [row for row in Release.objects.filter(content_id=page.translation_key) if row.is_text]
    assert came == ["Ny titel", "already"]
    assert [text.title for text in texts][1:] == ["Ny titel"]
