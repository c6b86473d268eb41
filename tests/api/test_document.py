"""One document: the right one, or the right reason why not."""

from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

import pytest
import time_machine

from cms.publication.log.publication_log import publication_log
from cms.publication.models import Release
from tests.api.contents import day, find_newest, release, withdraw


def read(call, row, **parameters):
    return call(f"/documents/{row.content_id}/", **parameters)


def test_document_is_the_stored_bytes_with_its_validators(call):
    row = find_newest(release(title="Blåbær").content_id)

    response = read(call, row)

    assert response.content == bytes(row.stored_body.body)
    assert response.headers["ETag"] == f'"{row.etag}"'
    assert response.headers["Cache-Control"] == "public, max-age=30"
    assert response.headers["Content-Language"] == "da"
    assert response.headers["Vary"] == "Authorization"
    assert "Last-Modified" in response.headers
    assert "Videnbro-Fallback-From" not in response.headers


def test_head_has_the_headers_of_get(client, call):
    row = release()
    path = f"/api/v1/documents/{row.content_id}/"

    got, headed = client.get(path), client.head(path)

    assert headed.content == b""
    assert dict(headed.headers) == dict(got.headers)
    assert got.headers["Content-Length"] == str(len(got.content))


@pytest.mark.parametrize(
    "form",
    [
        '"{tag}"',
        'W/"{tag}"',
        '"other", "{tag}"',
        "*",
        'W/"x",W/"{tag}" , "y"',
        '"{tag}-gzip"',
        'W/"{tag}-br"',
        '"{tag};gzip"',
        '"x-gzip", "{tag}--gzip"',
    ],
)
def test_matching_etag_is_304_with_the_same_headers(call, form):
    row = release()
    first = read(call, row)

    again = read(call, row, headers={"If-None-Match": form.format(tag=first.headers["ETag"].strip('"'))})

    body_headers = {"Content-Type", "Content-Length"}
    assert (again.status_code, again.content) == (304, b"")
    assert dict(again.headers) == {k: v for k, v in first.headers.items() if k not in body_headers}


@pytest.mark.parametrize("other", ['"other"', '"other-gzip"', '"-gzip"', "-gzip", '"{tag}-gzip-gzip"', '"{tag}-plain"'])
def test_other_etag_is_200(call, other):
    row = release()
    tag = read(call, row).headers["ETag"].strip('"')

    assert read(call, row, headers={"If-None-Match": other.format(tag=tag)}).status_code == 200


def test_cache_ends_at_midnight(call):
    with time_machine.travel("2026-11-23T23:59:49+01:00", tick=False):
        row = release()
        assert read(call, row).headers["Cache-Control"] == "public, max-age=11"


def test_missing_language_falls_back_and_says_so(call):
    row = release()

    response = read(call, row, locale="pl")

    assert response.json()["locale"] == "da"
    assert response.headers["Content-Language"] == "da"
    assert response.headers["Videnbro-Fallback-From"] == "pl"
    assert read(call, row, locale="pl", fallback="false").status_code == 404


def test_withdrawn_translation_falls_back_or_is_gone(call):
    row = release()
    release(row.content_id, locale="en")
    withdraw(row.content_id, locale="en")

    assert read(call, row, locale="en").json()["locale"] == "da"
    response = read(call, row, locale="en", fallback="false")
    assert (response.status_code, response.json()["reason"]) == (410, "gone")


def test_moved_document_is_gone_and_says_where(call):
    row, target = release(), uuid4()
    withdraw(row.content_id, reason="moved", moved_to=target)

    response = read(call, row, locale="en")

    assert response.status_code == 410
    assert response.headers["Content-Type"] == "application/problem+json"
    assert (response.json()["reason"], response.json()["moved_to"]) == ("moved", str(target))


def test_withdrawn_document_says_why(call):
    row = release()
    withdraw(row.content_id, reason="recalled", explanation="Fristen var forkert.")

    response = read(call, row)

    assert (response.status_code, response.json()["explanation"]) == (410, "Fristen var forkert.")


def test_recalled_version_leaves_a_hole_for_good(call):
    row = release(applies_from=day("2026-01-01"))
    second = release(row.content_id, title="Forkert", applies_from=day("2026-02-01"))
    withdraw(row.content_id, reason="recalled", version=second.version)

    response = read(call, row)

    assert (response.status_code, response.json()["reason"]) == (410, "recalled")
    assert read(call, row, as_of="2026-01-15").status_code == 200


def test_ended_document_is_gone(call):
    row = release(applies_from=day("2026-01-01"), applies_until=day("2026-01-31"))

    response = read(call, row)

    assert (response.status_code, response.json()["reason"], response.json()["moved_to"]) == (410, "ended", None)
    assert read(call, row, as_of="2026-01-31").status_code == 200
    assert read(call, row, as_of="2025-12-31").status_code == 404


def test_planned_document_is_not_there_yet(call):
    row = release(applies_from=day("2999-01-01"))

    assert read(call, row).status_code == 404
    assert read(call, row, as_of="2999-01-01").status_code == 200
    withdraw(row.content_id, version=row.version)
    assert read(call, row, as_of="2999-01-01").status_code == 404


def test_planned_version_follows_on_its_day(call):
    with time_machine.travel("2026-11-23T12:00:00+01:00") as clock:
        row = release(title="Nu")
        release(row.content_id, title="Fra januar", applies_from=day("2027-01-01"))
        before = read(call, row).json()["title"]
        clock.move_to("2027-01-01T00:00:01+01:00")
        after = read(call, row).json()["title"]

    assert (before, after) == ("Nu", "Fra januar")


@pytest.fixture
def stale_note(db):
    """A law note in Danish and German, the German one stale."""
    source = release(type="law-note", significance="substantive")
    release(source.content_id, type="law-note", locale="de", source_version=source.version)
    release(source.content_id, type="law-note", significance="substantive", title="Ny ret")
    return source


def test_stale_law_note_falls_back_to_the_source(call, stale_note):
    response = read(call, stale_note, locale="de")

    assert (response.json()["locale"], response.headers["Videnbro-Fallback-From"]) == ("da", "de")


def test_stale_law_note_is_404_of_its_own_type_without_fallback(call, stale_note):
    response = read(call, stale_note, locale="de", fallback="false")

    assert (response.status_code, response.json()["type"]) == (404, "/problems/outdated-translation")


def test_stale_law_note_is_served_marked_when_allowed(call, stale_note):
    document = read(call, stale_note, locale="de", fallback="false", allow_outdated="true").json()

    assert (document["locale"], document["translation"]["state"]) == ("de", "outdated")


def test_stale_translation_of_another_type_is_served_with_its_state(call):
    source = release(significance="substantive")
    release(source.content_id, locale="de", source_version=source.version)
    release(source.content_id, significance="substantive", title="Nyt")

    assert read(call, source, locale="de").json()["translation"]["state"] == "outdated"


def test_exact_version_is_served_until_it_is_withdrawn(call):
    first = release(title="Gammel")
    second = release(first.content_id, title="Ny")

    assert read(call, first, version=first.version).json()["title"] == "Gammel"
    assert read(call, first, version="0" * 16).status_code == 404
    assert call(f"/documents/{uuid4()}/", version=first.version).status_code == 404
    withdraw(first.content_id, version=second.version, reason="recalled")
    assert read(call, first, version=second.version).json()["reason"] == "recalled"
    assert read(call, first, version=first.version).status_code == 200


def test_fields_and_expand_open_the_document(call):
    other = release(title="Anden")
    hidden = release(visibility="network")
    related = [{"id": str(row.content_id), "type": "article"} for row in (other, hidden)]
    row = release(title="Den", related=related)

    kept = read(call, row, fields="title,locale")
    expanded = read(call, row, expand="related")

    assert kept.json() == {"locale": "da", "title": "Den"}
    assert kept.headers["ETag"] != expanded.headers["ETag"] != f'"{find_newest(row.content_id).etag}"'
    assert [(entry["document"] or {}).get("title") for entry in expanded.json()["related"]] == ["Anden", None]


def test_municipality_is_checked_and_changes_nothing_yet(call, vocabularies):
    row = release()

    assert read(call, row, municipality="0751").content == read(call, row).content
    assert read(call, row, municipality="9999").status_code == 400


@pytest.mark.parametrize("bad", ["x", "-1", "9" * 30, "00000000-0000-0000-0000-00000000000g", "١٢٣", "a%00b", "%ff"])
def test_what_is_no_id_is_not_there(client, call, bad):
    response = client.get(f"/api/v1/documents/{bad}/")

    assert response.status_code == 404
    assert response.content == call(f"/documents/{uuid4()}/").content


def test_number_of_queries(call, django_assert_num_queries):
    row = release()
    etag = read(call, row).headers["ETag"]

    with django_assert_num_queries(2):
        read(call, row)
    with django_assert_num_queries(1):
        read(call, row, headers={"If-None-Match": etag})


def test_versions_tell_the_history(call, network_key):
    first = release(significance="substantive", change_note="Første")
    second = release(first.content_id, title="Ny", change_note="Anden")
    withdraw(first.content_id, version=second.version, reason="recalled")

    versions = call(f"/documents/{first.content_id}/versions/").json()["results"]

    assert [(entry["version"], entry["change_note"], entry["withdrawn"]) for entry in versions] == [
        (second.version, "Anden", "recalled"),
        (first.version, "Første", None),
    ]
    assert call(f"/documents/{first.content_id}/versions/", locale="en").status_code == 404
    hidden = release(visibility="network")
    assert call(f"/documents/{hidden.content_id}/versions/").status_code == 404
    assert call(f"/documents/{hidden.content_id}/versions/", key=network_key).status_code == 200


def test_versions_are_texts_and_no_repetitions(call, django_assert_num_queries):
    """A sibling's release, another path, a planned text and another topic all release the text again."""
    first = release(topics=["work"])
    release(first.content_id, topics=["work", "housing"], title=first.title)
    release(first.content_id, locale="en", source_locale="da", source_version=first.version)
    publication_log.refresh(first.content_id, {"da": "/da/et-andet-sted/"})
    planned = release(first.content_id, title="Til marts", topics=["work", "housing"], applies_from=day("2027-03-01"))
    assert Release.objects.filter(content_id=first.content_id, locale="da").count() > 4

    with django_assert_num_queries(3):
        versions = call(f"/documents/{first.content_id}/versions/").json()["results"]

    assert [entry["version"] for entry in versions] == [planned.version, first.version]


def test_same_words_released_again_after_a_withdrawal_are_a_version(call):
    first = release(title="Det samme")
    withdraw(first.content_id)
    second = release(first.content_id, title="Det samme")

    versions = call(f"/documents/{first.content_id}/versions/").json()["results"]

    assert [(entry["version"], entry["withdrawn"]) for entry in versions] == [
        (second.version, None),
        (first.version, "gone"),
    ]


def test_versions_come_in_pages(call, network_key):
    first = release(title="Udgave 0")
    for number in range(1, 45):
        release(first.content_id, title=f"Udgave {number}")
    path = f"/documents/{first.content_id}/versions/"

    pages = [call(path).json()]
    while following := pages[-1]["next"]:
        query = dict(parse_qsl(urlsplit(following).query))
        pages.append(call(path, **query).json())

    seen = [entry["version"] for page in pages for entry in page["results"]]
    rows = Release.objects.filter(content_id=first.content_id).order_by("-position")
    assert [len(page["results"]) for page in pages] == [20, 20, 5]
    assert seen == list(rows.values_list("version", flat=True))
    assert call(path, limit=100).json()["next"] is None
    assert call(path, limit=101).status_code == 400
    assert call(path, key=network_key, **query).json()["errors"][0]["parameter"] == "cursor"
    assert call(f"/documents/{release().content_id}/versions/", **query).status_code == 400
