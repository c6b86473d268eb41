"""Sections as HTML."""

from html.parser import HTMLParser

from hypothesis import given

from cms.core.allowed_html import sanitise_html
from legal.provisions.section_html import build_provision_html
from legal.provisions.structure import build_part_anchor
from tests.legal.provisions.provision_texts import provision_texts


class Reader(HTMLParser):
    """Collects elements with their attributes, and visible text."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.text = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, sorted(attributes)))

    def handle_data(self, data):
        self.text += data

    @property
    def ids(self):
        return [value for _, attributes in self.elements for name, value in attributes if name == "id"]


def test_list_of_a_stk_is_nested_and_prints_its_marks():
    html = build_provision_html(
        "§ 9 a. Først. Stk. 2. Gives, hvis 1) a) den ene, b) den anden, eller 2) begge. Ellers ikke."
    )

    assert html == (
        '<p id="stk-1"><strong>§ 9 a.</strong> Først.</p>'
        '<p id="stk-2"><em>Stk. 2.</em> Gives, hvis</p>'
        '<ol><li id="stk-2-nr-1"><span class="number">1)</span> '
        '<ol><li id="stk-2-nr-1-litra-a"><span class="number">a)</span> den ene,</li>'
        '<li id="stk-2-nr-1-litra-b"><span class="number">b)</span> den anden, eller</li></ol></li>'
        '<li id="stk-2-nr-2"><span class="number">2)</span> begge.</li></ol><p>Ellers ikke.</p>'
    )


def test_prefix_keeps_the_ids_of_two_sections_apart():
    html = build_provision_html("§ 9 a. Først. Stk. 2. Så.", "9-a-")

    assert html == ('<p id="9-a-stk-1"><strong>§ 9 a.</strong> Først.</p><p id="9-a-stk-2"><em>Stk. 2.</em> Så.</p>')


def test_each_stk_of_a_joint_one_has_an_id():
    html = build_provision_html("§ 1. Først. Stk. 2-4. (Ophævet)")

    assert html.endswith(
        '<p id="stk-2-4"><span id="stk-2"></span><span id="stk-3"></span><span id="stk-4"></span>'
        "<em>Stk. 2-4.</em> (Ophævet)</p>"
    )


def test_anchor_of_a_citation_is_on_the_page():
    html = build_provision_html("§ 1. Gives til 1) børn og 2) unge.")

    assert f'id="{build_part_anchor(nr=2)}"' in html


def test_second_list_of_a_stk_is_a_passage_of_its_own():
    html = build_provision_html("§ 1. For børn gælder: 1) ja, 2) nej. For unge gælder: 1) nej, 2) ja.")

    assert '<p id="stk-1-led-2">For unge gælder:</p><ol><li id="stk-1-led-2-nr-1">' in html


def test_html_of_hostile_text_is_escaped():
    assert build_provision_html("§ 1. <script>x</script>") == (
        '<p id="stk-1"><strong>§ 1.</strong> &lt;script&gt;x&lt;/script&gt;</p>'
    )


def test_text_without_label_is_a_paragraph():
    assert build_provision_html("(Ophævet)") == '<p id="stk-1">(Ophævet)</p>'


@given(provision_texts())
def test_html_has_all_the_text_unique_ids_and_only_what_may_leave_the_system(text):
    html = build_provision_html(text)

    reader = Reader(html)
    assert "".join(reader.text.split()) == "".join(text.split())
    assert len(set(reader.ids)) == len(reader.ids)
    assert Reader(sanitise_html(html)).elements == reader.elements
