"""A text is found however its letters were written, and however the question's are; both engines read one form."""

import json
import unicodedata

import pytest

from cms.exchange.bundle_import import import_bundle
from search.services import suggest
from tests.factories.releases import make_draft

pytestmark = pytest.mark.django_db

TITLE = "Åben rådgivning på Årø"
FORMS = [
    lambda text: text,
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: text.replace("r", "r\u00ad").replace("n", "\u200bn"),
]


def import_article(title, source_id="t"):
    line = {"kind": "article", "source_id": source_id, "locale": "da", "title": title, "html": "<p>Om ålegræs</p>"}
    import_bundle([json.dumps(line).encode()])


@pytest.mark.parametrize("written", FORMS)
def test_text_is_found_in_every_form(ask, site, written):
    import_article(written(TITLE))

    found = [ask(asked(q))["results"] for asked in FORMS for q in ("Årø", "ålegræs", "Åben rådgivning")]

    assert [[result["title"] for result in results] for results in found] == [[TITLE]] * 9


@pytest.mark.parametrize("written", FORMS)
def test_title_is_offered_while_it_is_typed(ask, site, written):
    import_article(written(TITLE))
    ask("")

    offered = [[completion["text"] for completion in suggest(form("åb"), "da")["completions"]] for form in FORMS]

    assert offered == [[TITLE]] * len(FORMS)


def test_search_sorts_titles_by_their_language(ask, site):
    titles = ["Café", "Cafeteria", "Én indgang", "Idébank", "Idrætstilbud", "Zone", "Ærø", "Aarhus", "Årstid"]
    for number, title in enumerate(reversed(titles)):
        import_article(title, f"t-{number}")

    assert [result["title"] for result in ask("ålegræs", sort="title")["results"]] == titles


@pytest.mark.parametrize("written", FORMS)
def test_text_that_was_released_before_is_found_too(ask, release, written):
    release(
        make_draft(written(TITLE), document={"summary": written("Kort om Årø"), "html": written("<p>Om ålegræs</p>")})
    )

    found = [ask(q)["total"] for q in ("Åben rådgivning", "Kort om Årø", "ålegræs")]

    assert found == [1, 1, 1]
