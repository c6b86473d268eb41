"""Left-to-right pieces in right-to-left text are isolated, whatever elements they stand in."""

import re

import pytest

from cms.core.allowed_html import sanitise_html
from cms.core.bidi import isolate_pieces

# The pieces stand between ‹ and ›.
CASES = [
    "<p>اتصل على ‹+45 87 11 22 33› الآن</p>",
    "<li>الاثنين ‹09:00–15:00›</li>",
    "<p>حسب ‹§ 9 a, stk. 2›، في القانون.</p>",
    "<p>حسب ‹§&nbsp;9&nbsp;a›، في القانون.</p>",
    "<p>قدره ‹6.055 kr.› في الشهر</p>",
    "<p>قدره ‹15 %› من ‹€ 20›</p>",
    '<p>قدره <strong>‹<data value="6055">6.055</data> kr.›</strong> شهريًا</p>',
    '<p>انظر ‹<a href="/x">§ 9 a</a> i <em>udlændingeloven</em>›.</p>',
    "<p>القانون (‹LBK 1183/2025›) و ‹Global Service Desk (GSD)› هنا</p>",
    "<p>‹desk@example.dk› و ‹https://a.dk/b/?x=1&amp;y=2› و ‹https://a.dk/›</p>",
    "<p>في ‹2026-01-01› و 1.1.2026 و 6.055,50</p>",
    "<p>18, 19, 20 و Aarhus، أول 90 يومًا</p>",
    "<p>5 &lt; 6 &amp; مرحبا &quot;نعم&quot; &#39;ب&#39;</p>",
    '<p><bdi dir="ltr">09:00–15:00</bdi> <span dir="ltr">§ 9 a</span></p>',
    '<blockquote dir="ltr"><p>Lov om § 9</p><div dir="rtl"><p>من ‹9–10›</p></div></blockquote>',
    "<p>ب <b>‹+45 1›</b><br>‹9 a›</p>",
    "<p>مرحبا</p>",
    "",
]


@pytest.mark.parametrize("marked", CASES)
def test_pieces_are_isolated_once_and_nothing_else_changes(marked: str) -> None:
    html = re.sub("[‹›]", "", marked)

    isolated = isolate_pieces(html)

    assert isolated == marked.replace("‹", '<bdi dir="ltr">').replace("›", "</bdi>")
    assert isolate_pieces(isolated) == isolated
    assert sanitise_html(isolated) == sanitise_html(isolated.replace("&#39;", "'").replace("&quot;", '"'))


@pytest.mark.parametrize("html", ["<p>ب <b>و 9</b> a, 3</p>", "<p><b>+45 <i>1</b></i></p>", "<p>9 <b>a ب</b></p>"])
def test_elements_stay_whole_where_a_piece_crosses_them(html: str) -> None:
    assert re.sub("</?bdi[^>]*>", "", isolate_pieces(html)) == html
    opened: list[str] = []
    for close, name in re.findall(r"<(/?)(bdi|b\b)", isolate_pieces(html.replace("<i>", "").replace("</i>", ""))):
        assert not close or opened.pop() == name
        opened += [] if close else [name]


def test_long_text_is_read_in_a_moment() -> None:
    html = "<p>" + "a_- +45 87 (9 a, " * 5000 + "ب</p>"

    assert len(isolate_pieces(html)) >= len(html)
