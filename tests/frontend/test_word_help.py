"""Words of the glossary that stand in a text are explained beside it, in the reader's language."""

from time import process_time
from typing import Any

import pytest

from cms.translation.glossary.csv_import import import_glossary
from cms.translation.glossary.term_finder import TermFinder
from cms.translation.models.concept_rules import TermEntry
from frontend.portal.word_help import build_word_help
from tests.factories.pages import make_page, publish

pytestmark = pytest.mark.django_db

GLOSSARY = """concept,locale,term,kind,definition
permit,da,opholdstilladelse,preferred,Tilladelse til at bo i Danmark.
permit,pl,zezwolenie na pobyt,preferred,Zgoda na mieszkanie w Danii.
permit,pl,pozwolenie,lay,
card,da,skattekort,preferred,
card,pl,karta podatkowa,preferred,
mitid,da,MitID,preferred,
mitid,pl,MitID,preferred,
"""


@pytest.fixture
def glossary(db: None) -> None:
    import_glossary(GLOSSARY.encode())


def test_words_of_a_text_are_explained_in_its_order(site: Any, glossary: None, read: Any) -> None:
    page = publish(make_page(title="Svar", answer="Skattekortet og opholdstilladelsen skal bruges."))

    words = read(page.portal_path).soup.select_one(".words")

    assert [(word.dt.get_text(), word.dd.get_text()) for word in words.select("dl > div")] == [
        ("opholdstilladelse", "Tilladelse til at bo i Danmark."),
    ]


def test_reader_of_another_language_gets_its_terms_and_the_danish_name(glossary: None) -> None:
    document = {"locale": "da", "html": "<p>Skattekort, opholds<b>tilladelser</b> og MitID</p>"}

    words = build_word_help(document, "pl")

    assert words is not None
    assert [(word.term, word.everyday, word.definition, word.danish) for word in words.first] == [
        ("karta podatkowa", (), "", "skattekort"),
        ("zezwolenie na pobyt", ("pozwolenie",), "Zgoda na mieszkanie w Danii.", "opholdstilladelse"),
    ]


def test_word_is_also_named_as_it_stands_in_a_text_of_a_third_language(site: Any, read: Any) -> None:
    lines = "permit,en,residence permit,preferred,\n"
    import_glossary((GLOSSARY + lines).encode())
    page = publish(make_page(title="Answer", locale="en", answer="You need a residence permit."))

    words = read(f"/pl/~{page.portal_path[1:]}").soup.select_one(".words")

    assert words.dt.get_text() == "zezwolenie na pobyt"
    assert [(span["lang"], span["dir"], span.get_text()) for span in words.dd.select("small span")] == [
        ("en", "ltr", "residence permit"),
        ("da", "ltr", "opholdstilladelse"),
    ]


def test_text_without_such_words_has_no_help(site: Any, glossary: None, read: Any) -> None:
    page = publish(make_page(title="Svar", answer="Vejret er godt."))

    assert read(page.portal_path).soup.select_one(".words") is None


def test_site_without_a_glossary_asks_once(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert build_word_help({"locale": "da", "html": "<p>Opholdstilladelse</p>"}, "da") is None


def test_time_hardly_grows_with_the_glossary() -> None:
    text = "Du skal have en tilladelse, før du begynder at arbejde i en kommune i Danmark. " * 300
    few, many = (
        TermFinder([TermEntry(f"c{number}", "da", f"{number:x}begreb", "preferred") for number in range(count)], "da")
        for count in (100, 3_000)
    )

    def measure(finder: TermFinder) -> float:
        begun = process_time()
        assert list(finder.iterate(text)) == []
        return process_time() - begun

    assert min(measure(many) for _ in range(5)) < 4 * min(measure(few) for _ in range(5))
