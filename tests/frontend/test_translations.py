"""The words of the interface in eight languages."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.translation import override

from cms.core.languages import LANGUAGES
from frontend.portal.force_notices import ForceNotice
from frontend.portal.templatetags.portal import day, marked


def test_day_is_written_in_words_and_for_machines() -> None:
    with override("de"):
        assert day("2027-03-01") == '<time datetime="2027-03-01">1. März 2027</time>'


@pytest.mark.parametrize(
    ("locale", "written"),
    [
        ("da", "1. januar 2027"),
        ("en", "1 January 2027"),
        ("de", "1. Januar 2027"),
        ("pl", "1 stycznia 2027"),
        ("ro", "1 ianuarie 2027"),
        ("lt", "2027 m. sausio 1 d."),
        ("uk", "1 січня 2027\u202fр."),
        ("ar", "1 يناير 2027"),
    ],
)
def test_day_is_written_as_its_readers_write_it(locale: str, written: str) -> None:
    with override(locale):
        assert strip_tags(day("2027-01-01")) == written


@pytest.mark.parametrize("locale", LANGUAGES)
def test_sentence_that_ends_with_a_day_has_one_full_stop(locale: str) -> None:
    """A day ends with an abbreviation in Lithuanian and Ukrainian, whose full stop is that of the sentence."""
    notice = ForceNotice("", begins=date(2027, 1, 1), last_day=date(2028, 1, 1), derived_from="", is_warning=True)
    planned = {"day": date(2027, 1, 1)}

    with override(locale):
        told = render_to_string("portal/parts/force_notice.html", {"force_notice": notice})
        planned_text = render_to_string("portal/parts/notices.html", {"planned": planned})
        first_day = render_to_string(
            "portal/act_diff.html",
            {"problem": "too-early", "first_day": date(2027, 1, 1), "frame": {"language": LANGUAGES[locale]}},
        )

    for html in (told, planned_text, first_day):
        text = strip_tags(html)
        assert ".." not in text
    assert strip_tags(told).count(".") == {"lt": 4, "da": 4, "de": 4}.get(locale, 2)


def test_moment_counts_as_a_day_in_copenhagen() -> None:
    with override("en"):
        assert day("2026-06-30T22:30:00Z") == '<time datetime="2026-07-01">1 July 2026</time>'


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("الهاتف: +45 12 34 56 78", 'الهاتف: <bdi dir="ltr">+45 12 34 56 78</bdi>'),
        ("من <mark>09:00</mark>–15:00", 'من <bdi dir="ltr"><mark>09:00</mark>–15:00</bdi>'),
        ("عقد &amp; § 3, stk. 2", 'عقد &amp; <bdi dir="ltr">§\u00a03, stk.\u00a02</bdi>'),
    ],
)
def test_highlight_isolates_what_is_read_from_left_to_right(written: str, shown: str) -> None:
    assert marked(written) == shown


def test_highlight_keeps_marks_and_escapes_everything_else() -> None:
    assert marked('a <mark>b</mark> <img src=x onerror="y"> &amp;') == (
        "a <mark>b</mark> &lt;img src=x onerror=&quot;y&quot;&gt; &amp;"
    )
