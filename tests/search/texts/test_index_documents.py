"""Index documents out of the log's contents."""

from datetime import timedelta
from uuid import uuid4

import pytest

from cms.core.calendar import today
from cms.publication.models import Release
from search.texts.index_documents import build_documents
from search.texts.log_contents import list_content_ids, load_contents
from tests.factories.releases import make_draft

pytestmark = pytest.mark.django_db


def build(content_id):
    (content,) = load_contents([content_id])
    return {(document.locale, document.source["title"]): document for document in build_documents(content)}


def test_document_holds_what_is_searched_filtered_and_sorted(release):
    draft = make_draft(
        "Løn og vilkår",
        topics=["working-conditions"],
        municipalities=["0751"],
        document={
            "summary": "Kort.",
            "html": "<p>Se <em>§ 9 a</em>, stk. 2.</p>",
            "citations": [{"act": None, "section": "10 b"}],
            "commencements": [{"date": "2026-07-01"}, {"date": None}],
        },
    )
    release(draft)

    document = build(draft.content_id)[("da", "Løn og vilkår")]

    source = document.source
    assert document.id == source["version"]
    assert (document.version, source["log_position"], source["position"]) == (1, 1, 1)
    assert (source["summary"], source["body"]) == ("Kort.", "Se § 9 a, stk. 2.")
    assert source["mentions"] == ["9 a", "10 b"]
    assert (source["topic"], source["municipality"], source["consortium"]) == (["working-conditions"], ["0751"], None)
    assert (source["commencements"], source["has_undated_commencement"]) == (["2026-07-01"], True)
    assert (source["starts"], source["ends"]) == (today().isoformat(), None)
    assert source["spelling"] == ["Løn og vilkår", "Kort.", "Se § 9 a, stk. 2."]


def test_hidden_text_adds_no_words_to_suggestions(release):
    draft = make_draft("Fortroligt", visibility="consortium", consortium="vest")
    release(draft)

    assert build(draft.content_id)[("da", "Fortroligt")].source["spelling"] == []


def test_danish_and_english_know_on_which_days_another_language_is_better(release):
    content_id = uuid4()
    later = today() + timedelta(days=7)
    last = today() + timedelta(days=20)
    release(
        make_draft("Dansk", content_id=content_id),
        make_draft("English", content_id=content_id, locale="en"),
        make_draft("Polski", content_id=content_id, locale="pl", applies_from=later, applies_until=last),
    )

    documents = {locale: document.source for (locale, _title), document in build(content_id).items()}

    polish = [{"gte": later.isoformat(), "lt": (last + timedelta(days=1)).isoformat()}]
    assert documents["da"]["covered"] == {"en": [{"gte": today().isoformat()}], "pl": polish}
    assert documents["en"]["covered"] == {"da": [{"gte": today().isoformat()}], "pl": polish}
    assert documents["pl"]["covered"] == {}


def test_content_with_rows_beyond_the_batch_is_left_to_them(release):
    first, second = uuid4(), uuid4()
    release(make_draft("Et", content_id=first), make_draft("To", content_id=second))
    release(make_draft("Et igen", content_id=first))
    rows = list(Release.objects.order_by("position"))

    assert list_content_ids(rows[:2]) == [second]
    assert list_content_ids(rows[2:]) == [first]
