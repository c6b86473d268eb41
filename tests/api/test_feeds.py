"""Feeds: the list of documents as Atom and JSON Feed, and what happens to an act."""

import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.publication.models import Window
from legal.models import Work
from tests.api.contents import Loads, day, release, withdraw
from tests.api.law import NEWER, build_commencement, build_source, import_act, release_note
from tests.legal.acts import build_commencement as build_commencement_clause
from tests.legal.acts import build_line, build_section, import_lines

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"


def read_atom(response):
    assert response.status_code == 200, response.content
    assert response.headers["Content-Type"] == "application/atom+xml"
    return ET.fromstring(response.content)


def read_json(response):
    assert response.status_code == 200, response.content
    assert response.headers["Content-Type"] == "application/feed+json"
    return response.json()


def list_titles(response):
    return [entry.findtext(f"{ATOM}title") for entry in read_atom(response).findall(f"{ATOM}entry")]


def list_kinds(response):
    return [(item["_videnbro"]["kind"], item["title"]) for item in read_json(response)["items"]]


def test_entry_of_atom_holds_the_released_document(call, vocabularies):
    with time_machine.travel("2026-11-01T09:00:00Z", tick=False):
        row = release(title="Første", summary="Kort & godt", topics=["work"], html='<p>Et <b>svar</b> &amp; "mere"</p>')
    with time_machine.travel("2026-11-20T09:00:00Z", tick=False):
        release(row.content_id, title="Anden", summary="Kort & godt", topics=["work"], html="<p>Nyt</p>")
        feed = read_atom(call("/feeds/article.atom"))

    entry = feed.find(f"{ATOM}entry")
    assert feed.get(f"{XML}lang") == "da"
    assert feed.findtext(f"{ATOM}title") == "Videnbro · Artikel"
    assert feed.findtext(f"{ATOM}updated") == "2026-11-20T09:00:00+00:00"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Videnbro"
    assert {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")} == {
        "alternate": "http://testserver/da/",
        "self": "http://testserver/api/v1/feeds/article.atom",
    }
    assert [(part.tag.removeprefix(ATOM), part.text) for part in entry if part.text] == [
        ("title", "Anden"),
        ("published", "2026-11-01T09:00:00+00:00"),
        ("updated", "2026-11-20T09:00:00+00:00"),
        ("id", entry.findtext(f"{ATOM}id")),
        ("summary", "Kort & godt"),
        ("content", "<p>Nyt</p>"),
    ]
    assert entry.find(f"{ATOM}content").get("type") == "html"
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver{row.path}"
    assert entry.find(f"{ATOM}category").attrib == {
        "term": "work",
        "scheme": "http://testserver/api/v1/vocabularies/topics/",
        "label": "Arbejde",
    }


def test_item_of_json_feed_holds_the_released_document(call):
    with time_machine.travel("2026-11-20T09:00:00Z", tick=False):
        row = release(title="Et svar", topics=["work"], html='<p>Se <a href="http://testserver/da/x/">her</a></p>')
        feed = read_json(call("/feeds/all.json", limit="5"))

    item = feed["items"][0]
    assert {key: value for key, value in feed.items() if key != "items"} == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Videnbro",
        "home_page_url": "http://testserver/da/",
        "feed_url": "http://testserver/api/v1/feeds/all.json?limit=5",
        "language": "da",
        "authors": [{"name": "Videnbro", "url": "http://testserver/"}],
    }
    assert item == {
        "id": item["id"],
        "url": f"http://testserver{row.path}",
        "title": "Et svar",
        "content_html": '<p>Se <a href="http://testserver/da/x/">her</a></p>',
        "date_published": "2026-11-20T09:00:00Z",
        "date_modified": "2026-11-20T09:00:00Z",
        "language": "da",
        "summary": "En sætning.",
        "tags": ["work"],
    }


def test_id_stays_through_versions_and_differs_between_languages(call):
    row = release(title="Et")
    first = read_json(call("/feeds/all.json"))["items"][0]["id"]
    release(row.content_id, title="To")
    release(row.content_id, locale="en", title="Two")

    danish, english = (read_json(call("/feeds/all.json", locale=code))["items"][0]["id"] for code in ("da", "en"))

    assert danish == first
    assert english != danish
    assert danish.startswith("urn:uuid:")
    assert read_atom(call("/feeds/all.atom")).findtext(f"{ATOM}entry/{ATOM}id") == danish


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"locale": "en"},
        {"locale": "en", "fallback": "true"},
        {"topic": "work"},
        {"audience": "student"},
        {"municipality": "0751"},
        {"consortium": "east"},
        {"limit": "1"},
        {"upcoming": "true"},
        {"in_force_on": "2026-06-01"},
        {"allow_outdated": "true", "locale": "en"},
    ],
)
@pytest.mark.parametrize("key", [None, "network", "east"])
def test_feed_holds_what_the_list_holds(request, call, vocabularies, parameters, key):
    token = request.getfixturevalue(f"{key}_key") if key else None
    first = release(title="Ét", topics=["work"], audiences=["student"])
    release(first.content_id, locale="en", title="One", source_version=first.version)
    release(title="To", municipalities=["0561"])
    release(title="Tre", visibility="network", topics=["work"])
    release(title="Fire", visibility="consortium", consortium="east")
    release(title="Fem", applies_from=day("2999-01-01"))
    withdraw(release(title="Seks").content_id, reason="gone")
    note = release(
        title="Syv",
        type="law-note",
        commencements=[build_commencement("2026-01-01"), build_commencement("2999-01-01", "9 a")],
    )
    release(note.content_id, type="law-note", locale="en", title="Seven", source_version=note.version)
    release(note.content_id, type="law-note", title="Syv igen", significance="substantive")

    listed = [entry["title"] for entry in call("/documents/", key=token, **parameters).json()["results"]]

    assert list_titles(call("/feeds/all.atom", key=token, **parameters)) == listed
    items = read_json(call("/feeds/all.json", key=token, **parameters))["items"]
    assert [item["title"] for item in items] == listed


def test_feed_of_a_type_holds_that_type(call):
    release(title="Artikel")
    release(title="Lovnyt", type="law-note")

    assert list_titles(call("/feeds/law-note.atom")) == ["Lovnyt"]


def test_feed_without_entries_is_the_same_every_time(call):
    with time_machine.travel("2026-11-20T09:00:00Z"):
        first = call("/feeds/guide.atom")
    second = call("/feeds/guide.atom")

    assert read_atom(first).findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+00:00"
    assert first.content == second.content


def test_control_characters_leave_the_feed_well_formed(call):
    dirty = "a\x00b\x08c\x0bd\x1fe\ufffef\uffffg\u2028\u200b\U0001f600 ]]> <x> & \r\n\t"
    # No database column of text takes NUL in both databases; the document's own bytes do.
    title = dirty.replace("\x00", "")
    release(title=title, summary=dirty, html=f"<p>{dirty}</p>", topics=["wo\x01rk"])

    entry = read_atom(call("/feeds/all.atom")).find(f"{ATOM}entry")

    clean = "abcdefg\u2028\u200b\U0001f600 ]]> <x> & \n\t"
    assert entry.findtext(f"{ATOM}title") == clean
    assert entry.findtext(f"{ATOM}content") == f"<p>{clean}</p>"
    assert json.loads(call("/feeds/all.json").content)["items"][0]["title"] == title


@pytest.mark.parametrize("suffix", ["atom", "json"])
def test_feed_is_conditional_and_cached_like_its_neighbours(call, network_key, suffix):
    with time_machine.travel("2026-11-20T09:00:00Z"):
        release()
        response = call(f"/feeds/all.{suffix}")
        again = call(f"/feeds/all.{suffix}", headers={"If-None-Match": response.headers["ETag"]})
        keyed = call(f"/feeds/all.{suffix}", key=network_key)

    assert response.headers["Cache-Control"] == "public, max-age=30"
    assert response.headers["Last-Modified"] == "Fri, 20 Nov 2026 09:00:00 GMT"
    assert response.headers["Content-Language"] == "da"
    assert "Authorization" in response.headers["Vary"]
    assert (again.status_code, again.content) == (304, b"")
    assert keyed.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("accept", ["application/rss+xml, application/xml;q=0.9", "text/xml", "application/atom+xml"])
def test_feed_readers_are_answered_atom(call, accept):
    assert read_atom(call("/feeds/all.atom", headers={"Accept": accept})) is not None


def test_text_that_became_outdated_is_no_news(call, vocabularies):
    with time_machine.travel("2026-11-01T09:00:00Z", tick=False):
        row = release(title="Dansk")
        release(row.content_id, locale="pl", title="Polski", source_version=row.version)
    with time_machine.travel("2026-11-20T09:00:00Z", tick=False):
        release(row.content_id, title="Anden", significance="substantive")

        document = call(f"/documents/{row.content_id}/", locale="pl").json()
        entry = read_atom(call("/feeds/all.atom", locale="pl")).find(f"{ATOM}entry")
        (item,) = read_json(call("/feeds/all.json", locale="pl"))["items"]

    assert (document["translation"]["state"], document["released_at"]) == ("outdated", "2026-11-20T09:00:00Z")
    assert entry.findtext(f"{ATOM}updated") == "2026-11-01T09:00:00+00:00"
    assert item["date_modified"] == "2026-11-01T09:00:00Z"


def test_number_of_queries_is_bounded(call, vocabularies, django_assert_max_num_queries):
    for _ in range(30):
        release(topics=["work"])

    with django_assert_max_num_queries(4):
        call("/feeds/all.atom", topic="work", limit=30)


@pytest.mark.parametrize("name", ["nothing", "all.x", "meeting"])
def test_feed_of_no_type_is_not_found(call, name):
    assert call(f"/feeds/{name}.atom").status_code == 404


def test_feed_of_an_act_tells_texts_commencements_and_notes(call, tmp_path):
    work = import_act(tmp_path)
    release(title="En artikel")
    release_note(title="Om en anden lov")
    with time_machine.travel("2026-11-20T09:00:00Z"):
        release_note(
            title="Ny beløbsgrænse",
            sources=[build_source(work, "9 a")],
            commencements=[build_commencement("2026-12-01", "9 a"), build_commencement(None, "9 b")],
        )

    response = call("/feeds/all.json", act=str(work.content_id))

    assert sorted(list_kinds(response)) == sorted(
        [
            ("note", "Ny beløbsgrænse"),
            ("commencement", "1. december 2026: Træder i kraft: Ny beløbsgrænse, § 9 a"),
            ("expression", "Ny tekst: Udlændingeloven, LBK 1183/2025"),
            ("expression", "Ny tekst: Udlændingeloven, LBK 1009/2024"),
        ]
    )
    assert [kind for kind, _title in list_kinds(response)][-2:] == ["expression", "expression"]
    assert read_json(response)["home_page_url"] == f"http://testserver{work.path}"


def test_commencement_of_a_note_keeps_its_id_when_it_is_moved(call, tmp_path):
    work = import_act(tmp_path)
    row = release_note(
        title="Lov", sources=[build_source(work)], commencements=[build_commencement("2027-01-01", "9 a")]
    )
    before = {item["_videnbro"]["kind"]: item for item in call_act(call, work)}

    release_note(
        row.content_id,
        title="Lov",
        sources=[build_source(work)],
        commencements=[build_commencement("2027-07-01", "9 a")],
    )

    after = {item["_videnbro"]["kind"]: item for item in call_act(call, work)}
    assert after["commencement"]["id"] == before["commencement"]["id"]
    assert (before["commencement"]["title"], after["commencement"]["title"]) == (
        "1. januar 2027: Træder i kraft: Lov, § 9 a",
        "1. juli 2027: Træder i kraft: Lov, § 9 a",
    )
    assert after["note"]["id"] == before["note"]["id"]
    assert len({item["id"] for item in after.values()}) == len(after)


def call_act(call, work):
    return read_json(call("/feeds/law-note.json", act=str(work.content_id)))["items"]


def test_note_has_the_same_id_in_the_feed_of_its_act_and_in_that_of_its_type(call, tmp_path):
    work = import_act(tmp_path)
    release_note(title="Lov", sources=[build_source(work)])

    assert call_act(call, work)[0]["id"] == read_json(call("/feeds/law-note.json"))["items"][0]["id"]


def test_feed_of_an_act_shows_only_what_the_caller_may_see(call, tmp_path, network_key):
    work = import_act(tmp_path)
    release_note(title="For netværket", visibility="network", sources=[build_source(work)])

    assert call_act(call, work) == []
    keyed = read_json(call("/feeds/law-note.json", key=network_key, act=str(work.content_id)))["items"]
    assert [item["title"] for item in keyed] == ["For netværket"]


def test_act_of_the_feed_act_has_its_texts_alone(call, tmp_path):
    work = import_act(tmp_path)
    release_note(title="Lov", sources=[build_source(work)])

    feed = read_atom(call("/feeds/act.atom", act=str(work.content_id)))

    terms = [category.attrib for category in feed.findall(f"{ATOM}entry/{ATOM}category")]
    assert terms == 2 * [{"term": "expression", "scheme": "http://testserver/api/v1/feeds/", "label": "Ny tekst"}]
    links = [entry.find(f"{ATOM}link").get("href") for entry in feed.findall(f"{ATOM}entry")]
    assert links == [f"http://testserver{work.path}?as_of={signed}" for signed in ("2025-09-25", "2024-09-02")]


def test_updated_since_leaves_older_events_of_an_act_out(call, tmp_path):
    with time_machine.travel("2026-11-01T09:00:00Z"):
        work = import_act(tmp_path)
    with time_machine.travel("2026-11-20T09:00:00Z"):
        release_note(title="Lov", sources=[build_source(work)])

    response = call("/feeds/all.json", act=str(work.content_id), updated_since="2026-11-10T00:00:00Z")

    assert list_kinds(response) == [("note", "Lov")]


@pytest.mark.parametrize(
    ("name", "act"), [("all", "00000000-0000-4000-8000-000000000000"), ("all", "x"), ("article", None)]
)
def test_act_that_a_feed_does_not_know_is_refused(call, tmp_path, name, act):
    act = act or str(import_act(tmp_path).content_id)

    response = call(f"/feeds/{name}.atom", act=act)

    assert response.status_code == 400
    assert [error["parameter"] for error in response.json()["errors"]] == ["act"]


def test_json_ld_follows_a_document_that_is_released_again(call, vocabularies, tmp_path):
    row = release_note(title="Lov", audiences=["student"])
    release(row.content_id, type="law-note", locale="en", title="Law", audiences=["student"])

    document = call(f"/documents/{row.content_id}/").json()

    assert Window.objects.filter(content_id=row.content_id, locale="da").count() == 1
    assert document["json_ld"]["workTranslation"] == [
        {"@type": "Article", "@id": document["translations"][0]["url"], "inLanguage": "en"}
    ]
    assert document["json_ld"]["dateModified"] == document["released_at"]


def test_feed_of_an_act_tells_when_its_pending_amendments_take_effect(call, tmp_path):
    amending = build_line(
        "LOV",
        756,
        "2026-06-20",
        "Lov om ændring af udlændingeloven",
        [
            build_section(
                "1",
                "I udlændingeloven, jf. lovbekendtgørelse nr. 1183 af 25. september 2025, foretages følgende ændringer: "
                "1. I § 9 a, stk. 1, ændres »kan gives« til: »gives«.",
            ),
            build_commencement_clause("2", "1. januar 2027"),
        ],
    )
    import_lines(tmp_path, NEWER, amending)
    work = Work.objects.get(document_type="LBK")

    response = call("/feeds/act.json", act=str(work.content_id))

    told = {item["title"]: item["summary"] for item in read_json(response)["items"]}
    assert told["1. januar 2027: Træder i kraft: Udlændingeloven, LOV 756/2026"] == "Lov om ændring af udlændingeloven"


def test_events_of_the_past_stand_on_their_own_days(call, tmp_path):
    work = import_act(tmp_path)
    with time_machine.travel("2026-11-20T09:00:00Z", tick=False):
        release_note(
            title="Lov",
            sources=[build_source(work)],
            commencements=[build_commencement("2024-12-01", "1"), build_commencement("2027-01-01", "2")],
        )
        items = read_json(call("/feeds/all.json", act=str(work.content_id)))["items"]

    assert [(item["date_published"], item["_videnbro"]["kind"]) for item in items] == [
        ("2026-11-20T09:00:00Z", "commencement"),
        ("2026-11-20T09:00:00Z", "note"),
        ("2025-09-25T00:00:00Z", "expression"),
        ("2024-12-01T00:00:00Z", "commencement"),
        ("2024-09-02T00:00:00Z", "expression"),
    ]


@pytest.mark.parametrize("many", [8, 40])
def test_work_of_an_acts_feed_does_not_grow_with_the_notes_about_it(call, tmp_path, many):
    work = import_act(tmp_path)
    for number in range(many):
        with time_machine.travel(datetime(2026, 10, 1, tzinfo=UTC) + timedelta(hours=number)):
            dates = [build_commencement("2027-01-01", "1")] if number % 3 == 0 else []
            release_note(title=f"Lov {number}", sources=[build_source(work, "9 a")], commencements=dates)
            release_note(title="Nævner den kun", citations=[{"act": build_source(work)["act"], "section": "9 a"}])
    every = read_json(call("/feeds/all.json", act=str(work.content_id), limit=100))["items"]

    with CaptureQueriesContext(connection) as queries, Loads() as loads:
        items = read_json(call("/feeds/all.json", act=str(work.content_id), limit=5))["items"]

    assert [item["id"] for item in items] == [item["id"] for item in every[:5]]
    assert len(queries) == 6
    # The newest five notes and the act itself.
    assert loads.count == 6


def test_note_that_only_mentions_an_act_is_no_event_of_it(call, tmp_path):
    work = import_act(tmp_path)
    citation = {"act": build_source(work)["act"], "section": "9 a"}
    release_note(title="Nævner den kun", citations=[citation])
    release_note(title="Begge dele", citations=[citation], sources=[build_source(work, "9 a")])

    assert [item["title"] for item in call_act(call, work)] == ["Begge dele"]
