"""Released Arabic isolates what is read from left to right, in its whole text and in every block; other languages do not."""

from typing import Any

import pytest

from cms.core.calendar import today
from knowledge.models import ArticlePage, ContactPointPage, GuidePage
from tests.factories.pages import make_page, publish
from tests.factories.releases import read_document

PHONE = '<bdi dir="ltr">+45 87 11 22 33</bdi>'


def read(page: Any) -> dict[str, Any]:
    return read_document(page.translation_key, today(), page.locale.language_code)


@pytest.mark.parametrize(("locale", "count"), [("ar", 1), ("da", 0)])
def test_article_isolates_pieces_in_its_text_and_blocks(site: Any, locale: str, count: int) -> None:
    words = "<p>اتصل على +45 87 11 22 33</p>"
    body = [
        ("paragraph", words),
        ("list", {"ordered": False, "items": [words]}),
        ("callout", {"tone": "note", "html": words}),
    ]
    document = read(publish(make_page(ArticlePage, locale=locale, title="A", body=body)))

    values = [block["value"] for block in document["blocks"]]
    shown = [values[0], values[1]["items"][0], values[2]["html"]]
    assert [html.count(PHONE) for html in shown] == [count] * 3
    assert document["html"].count(PHONE) == 3 * count


def test_desk_can_be_dialled(site: Any) -> None:
    hours = [("hours", {"days": "الاثنين", "opens": "09:00", "closes": "15:00", "note": ""})]
    desk = make_page(ContactPointPage, locale="ar", title="مكتب", phone="+45 87\u00a011 22-33", hours=hours)

    html = read(publish(desk))["html"]

    assert 'href="tel:+4587112233"' in html
    assert '<bdi dir="ltr">09:00–15:00</bdi>' in html


def test_steps_of_a_guide_isolate_pieces(site: Any) -> None:
    step = {"title": "أولاً", "html": "<p>حسب § 9 a</p>", "bring": [], "where": None, "how_long": ""}
    guide = make_page(GuidePage, locale="ar", title="دليل", steps=[("step", step)])

    document = read(publish(guide))

    assert document["steps"][0]["html"] == '<p>حسب <bdi dir="ltr">§ 9 a</bdi></p>'
    assert document["steps"][0]["html"] in document["html"]


def test_translations_never_name_an_alias(site: Any) -> None:
    page = publish(make_page(ArticlePage))
    make_page(ArticlePage, locale="pl", title="Inne")
    target = ArticlePage.objects.get(title="Inne").locale

    alias = page.copy_for_translation(target, copy_parents=True, alias=True)

    assert alias.alias_of_id == page.pk
    assert alias.live
    assert read(publish(page, summary="Nyt."))["translations"] == []
