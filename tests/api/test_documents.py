"""The list of documents: what is in it, in which order, in how many queries."""

import json
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

import pytest
import time_machine

from tests.api.contents import day, find_newest, release, withdraw


def list_ids(response):
    return [entry["id"] for entry in response.json()["results"]]


def test_list_holds_what_applies_today_newest_first(call):
    first = release()
    second = release()
    release(applies_from=day("2999-01-01"))

    assert list_ids(call("/documents/")) == [str(second.content_id), str(first.content_id)]


def test_results_are_the_stored_bytes(call):
    row = find_newest(release(title="Blåbærgrød").content_id)

    assert call("/documents/").content == b'{"results":[' + bytes(row.stored_body.body) + b'],"next":null}'


@pytest.mark.parametrize("sort", ["-released_at", "title", "applies_from"])
def test_pages_hold_every_document_once(call, sort):
    with time_machine.travel("2026-11-01T10:00:00+01:00", tick=False):
        ids = {
            str(release(title=title).content_id)
            for title in ("Zebra", "Aarhus", "Abe", "Ærø", "Ørsted", "Zebra", "Åen")
        }
    seen = []
    address = {"limit": 3, "sort": sort}
    while True:
        page = call("/documents/", **address).json()
        seen += [entry["id"] for entry in page["results"]]
        if page["next"] is None:
            break
        address |= {"cursor": page["next"].partition("cursor=")[2]}

    assert len(seen) == 7
    assert set(seen) == ids


def test_titles_sort_as_danes_expect(call):
    for title in ("Aarhus", "Zebra", "Ærø", "Abe", "Ørsted"):
        release(title=title)

    titles = [entry["title"] for entry in call("/documents/", sort="title").json()["results"]]

    assert titles == ["Abe", "Zebra", "Ærø", "Ørsted", "Aarhus"]


def test_next_is_on_the_site_and_in_link(call):
    release()
    release()

    response = call("/documents/", limit=1, type="article")

    following = response.json()["next"]
    assert following.startswith("http://testserver/api/v1/documents/?limit=1&type=article&cursor=")
    assert response.headers["Link"] == f'<{following}>; rel="next"'


def test_cursor_of_another_list_is_refused(call, network_key):
    release()
    release()
    cursor = call("/documents/", limit=1).json()["next"].partition("cursor=")[2]

    statuses = [
        call("/documents/", cursor=cursor, type="article").status_code,
        call("/documents/", cursor=cursor, key=network_key).status_code,
        call("/documents/", cursor=cursor[:-2]).status_code,
        call("/documents/", cursor="x").status_code,
        call("/documents/", cursor=cursor).status_code,
    ]

    assert statuses == [400, 400, 400, 400, 200]


def test_fallback_gives_every_id_once_in_the_best_language(call):
    both, danish = uuid4(), uuid4()
    release(both)
    release(both, locale="en")
    release(danish)

    found = call("/documents/", locale="de", fallback="true").json()["results"]

    assert {(entry["id"], entry["locale"]) for entry in found} == {(str(both), "en"), (str(danish), "da")}
    assert call("/documents/", locale="de").json()["results"] == []


def test_stale_law_note_falls_back_unless_allowed(call):
    key = uuid4()
    source = release(key, type="law-note", significance="substantive")
    release(key, type="law-note", locale="en", source_version=source.version)
    release(key, type="law-note", significance="substantive", title="Ny ret")

    strict = call("/documents/", locale="en", fallback="true").json()["results"]
    lenient = call("/documents/", locale="en", fallback="true", allow_outdated="true").json()["results"]

    assert [entry["locale"] for entry in strict] == ["da"]
    assert [(entry["locale"], entry["translation"]["state"]) for entry in lenient] == [("en", "outdated")]
    assert call("/documents/", locale="en").json()["results"] == []


def test_terms_comma_is_or_and_repetition_is_and(call, vocabularies):
    both = release(topics=["work", "zoner"])
    one = release(topics=["work"])
    release()

    assert set(list_ids(call("/documents/", topic="work,zoner"))) == {str(both.content_id), str(one.content_id)}
    assert list_ids(call("/documents/", topic=["work", "zoner"])) == [str(both.content_id)]


def test_municipality_keeps_its_own_and_what_is_for_all(call, vocabularies):
    own = release(municipalities=["0751"])
    everybody = release()
    release(municipalities=["0561"])

    assert set(list_ids(call("/documents/", municipality="0751"))) == {str(own.content_id), str(everybody.content_id)}


def test_type_consortium_and_updated_since_filter(call, vocabularies):
    with time_machine.travel("2026-01-01T10:00:00+01:00", tick=False):
        release(consortium="east")
    kept = release(type="guide", consortium="east")
    release(type="guide", consortium="west")

    found = call("/documents/", type="guide,page", consortium="east", updated_since="2026-06-01T00:00:00Z")

    assert list_ids(found) == [str(kept.content_id)]


def test_law_dates_filter_by_commencement(call):
    past = release(type="law-note", commencements=[{"date": "2026-01-01", "provisions": None, "note": ""}])
    undated = release(type="law-note", commencements=[{"date": None, "provisions": None, "note": ""}])
    release(type="law-note")

    assert list_ids(call("/documents/", in_force_on="2026-02-01")) == [str(past.content_id)]
    assert list_ids(call("/documents/", in_force_on="2025-02-01")) == []
    assert list_ids(call("/documents/", upcoming="true")) == [str(undated.content_id)]


def test_fields_keeps_the_named_keys(call):
    row = release(title="Kun det")

    assert call("/documents/", fields="id,title").json()["results"] == [{"id": str(row.content_id), "title": "Kun det"}]


def test_as_of_past_hides_what_is_no_longer_within_the_access_scope(call, network_key):
    with time_machine.travel("2026-01-01T10:00:00+01:00", tick=False):
        row = release()
    with time_machine.travel("2026-03-01T10:00:00+01:00", tick=False):
        release(row.content_id, visibility="network", title="Internt")

    assert list_ids(call("/documents/", as_of="2026-02-01")) == []
    assert list_ids(call("/documents/", as_of="2026-02-01", key=network_key)) == [str(row.content_id)]


@pytest.mark.parametrize("count", [1, 30])
def test_number_of_queries_does_not_grow(call, django_assert_num_queries, count):
    for _number in range(count):
        release()

    with django_assert_num_queries(2):
        call("/documents/", limit=50, fallback="true", locale="uk")


def test_unchanged_list_is_304_without_reading_documents(call):
    row = release()
    first = call("/documents/")

    again = call("/documents/", headers={"If-None-Match": first.headers["ETag"]})
    withdraw(row.content_id)
    changed = call("/documents/", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert (changed.status_code, json.loads(changed.content)["results"]) == (200, [])


TITLES = {
    "da": ["Én indgang", "Idébank", "Idrætstilbud", "Zone", "Aarhus", "Årstid"],
    "pl": ["Łódź", "Mama", "Ósemka", "Zdrowie", "Żłobek"],
    "uk": ["Гора", "Ґанок", "Їжак", "Ялта"],
}


@pytest.mark.parametrize("locale", TITLES)
def test_titles_stand_in_the_order_of_the_language_asked_for(call, locale):
    for title in TITLES[locale][::-1]:
        release(title=title, locale=locale)

    titles = []
    address = {"locale": locale, "sort": "title", "limit": 2}
    while address:
        page = call("/documents/", **address).json()
        titles += [entry["title"] for entry in page["results"]]
        address = dict(parse_qsl(urlsplit(page["next"]).query)) if page["next"] else None

    assert titles == TITLES[locale]
