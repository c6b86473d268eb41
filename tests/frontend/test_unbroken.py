"""No-break blanks in what is shown."""

from typing import Any

import pytest

from cms.publication.models import ReleaseBody
from frontend.portal.templatetags.portal import marked
from frontend.portal.unbroken import bind_html, bind_text
from tests.frontend.drafts import release


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("efter § 9 a, stk. 1, nr. 2", "efter §~9~a, stk.~1, nr.~2"),
        ("§§ 7-8 og § 48 E", "§§~7-8 og §~48~E"),
        ("jf. § 9 a, 2. pkt., litra b", "jf. §~9~a, 2.~pkt., litra~b"),
        ("6.055 kr. eller 4.405 kr, 12 % og 3 pct.", "6.055~kr. eller 4.405~kr, 12~% og 3~pct."),
        ("DKK 500 and kr. 20", "DKK~500 and kr.~20"),
        ("dette nr. er optaget, og § er et tegn", "dette nr. er optaget, og § er et tegn"),
        ("§ 9 er ophævet", "§~9 er ophævet"),
        ("", ""),
    ],
)
def test_sign_and_number_stay_together(text: str, bound: str) -> None:
    assert bind_text(text) == bound.replace("~", "\u00a0")


def test_tags_and_addresses_are_left_as_they_are() -> None:
    html = '<p>Efter § <a href="/x?q=§ 9" title="stk. 2">9 a</a>, stk. <strong>2</strong></p>'

    assert bind_html(html) == html.replace("Efter § <", "Efter §\u00a0<").replace(", stk. <", ", stk.\u00a0<")


def test_search_highlight_keeps_the_sign_with_a_marked_number() -> None:
    assert marked("efter § <mark>9</mark> a") == "efter §\u00a0<mark>9</mark> a"


@pytest.mark.django_db
def test_page_shows_them_and_the_release_is_stored_as_written(read: Any) -> None:
    release(fields={"title": "Om § 9 a", "summary": "Se § 14.", "html": "<p>Jf. § 9 a.</p>"})

    page = read("/da/article-1/")

    assert page.soup.h1.get_text() == "Om §\u00a09\u00a0a"
    assert page.soup.select_one(".lead").get_text() == "Se §\u00a014."
    assert page.soup.select_one(".prose p").get_text() == "Jf. §\u00a09\u00a0a."
    assert "\u00a0" not in bytes(ReleaseBody.objects.get().body).decode()
