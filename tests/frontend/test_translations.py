"""The words of the interface in eight languages."""

from django.utils.translation import override

from frontend.portal.templatetags.portal import day, marked


def test_day_is_written_in_words_and_for_machines() -> None:
    with override("de"):
        assert day("2027-03-01") == '<time datetime="2027-03-01">1. März 2027</time>'


def test_moment_counts_as_a_day_in_copenhagen() -> None:
    with override("en"):
        assert day("2026-06-30T22:30:00Z") == '<time datetime="2026-07-01">1 July 2026</time>'


def test_highlight_keeps_marks_and_escapes_everything_else() -> None:
    assert marked('a <mark>b</mark> <img src=x onerror="y"> &amp;') == (
        "a <mark>b</mark> &lt;img src=x onerror=&quot;y&quot;&gt; &amp;"
    )
