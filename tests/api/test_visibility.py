"""The oracle: two worlds that differ only in what a caller may not see answer that caller alike, to the byte."""

import re
from uuid import UUID

import pytest
import time_machine

from cms.publication.following.followers import rebuild
from cms.publication.log.publication_log import publication_log
from cms.publication.models import LogHead, Release, Window
from cms.publication.registry import registry
from tests.api.contents import day, fill_search, release
from tests.api.feeds import take_cursor, tell

PUBLIC = UUID(int=1)
CHANGING = UUID(int=2)
HIDDEN = [UUID(int=number) for number in range(10, 15)]
FILLED = ("/documents/", "/search/", "/search/suggest/", "/snapshot/", "/changes/")
MOMENT = "2026-11-23T12:00:00+01:00"


class Versions:
    """Gives what is shown the same versions in both worlds."""

    def __init__(self):
        self.shown = 0
        self.hidden = 0
        self.is_hidden = False

    def __call__(self, size):
        if self.is_hidden:
            self.hidden += 1
            return f"f{self.hidden:015x}"
        self.shown += 1
        return f"{self.shown:016x}"


def build_world(versions, *, with_hidden):
    """Build one of two worlds; returns nothing, it all stands in the log."""

    def hide(number, **values):
        if with_hidden:
            versions.is_hidden = True
            release(HIDDEN[number], title="Fortroligt jobmatch", topics=["zoner"], **values)
            versions.is_hidden = False

    hide(0, visibility="network")
    release(PUBLIC, title="Jobmatch", topics=["work"], path="/da/a/")
    hide(1, visibility="consortium", consortium="east")
    release(PUBLIC, locale="en", title="Job match", topics=["work"], path="/en/a/")
    hide(2, visibility="network", type="guide")
    hide(2, visibility="network", type="guide", significance="substantive")
    release(CHANGING, title="Midlertidig", path="/da/b/")
    hide(3, visibility="consortium", consortium="west", applies_from=day("2999-01-01"))
    if with_hidden:
        publication_log.withdraw(content_id=HIDDEN[0], reason="recalled")
    fill_search()


def ask_everything(call, cursor, key):
    """Ask everything a caller can ask; tokens are cut out, they never look alike."""
    addresses = [
        ("/documents/", {}),
        ("/documents/", {"limit": 1}),
        ("/documents/", {"locale": "en", "fallback": "true", "sort": "title"}),
        ("/documents/", {"topic": "zoner"}),
        ("/documents/", {"type": "guide"}),
        ("/documents/", {"consortium": "east,west"}),
        ("/documents/", {"as_of": "2999-01-01"}),
        ("/search/", {"q": "jobmatch"}),
        ("/search/", {"q": "fortroligt"}),
        ("/search/", {"q": ""}),
        ("/search/suggest/", {"q": "fort"}),
        ("/search/suggest/", {"q": "job"}),
        ("/snapshot/", {}),
        ("/changes/", {"cursor": cursor, "limit": 1}),
        ("/changes/", {"cursor": cursor}),
        ("/vocabularies/topics/", {}),
        *((f"/documents/{key}/", {}) for key in (PUBLIC, *HIDDEN)),
        *((f"/documents/{key}/versions/", {}) for key in (PUBLIC, *HIDDEN)),
        *((f"/documents/{key}/", {"version": "f000000000000001"}) for key in HIDDEN),
        *((f"/documents/{key}/", {"as_of": "2999-01-01", "locale": "en"}) for key in HIDDEN),
    ]
    answers = []
    for path, parameters in addresses:
        response = call(path, key=key, **parameters)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        headers = {
            name: value for name, value in response.headers.items() if name != "ETag" or "cursor" not in repr(body)
        }
        sealed = rb'(cursor=|"cursor":")[A-Za-z0-9_-]+'
        masked = re.sub(sealed, lambda match: b"C" * len(match[0]), body)
        headers["Link"] = re.sub("cursor=[^>]+", "", headers.get("Link", ""))
        answers.append((path, parameters.get("topic"), response.status_code, headers, masked))
    return answers


def clear():
    Window.objects.all().delete()
    Release.objects.all().delete()
    LogHead.objects.all().delete()
    for follower in registry.followers.values():
        rebuild(follower)


@pytest.mark.parametrize("caller", ["anyone", "key without reading scope"])
def test_hidden_data_changes_no_answer(call, vocabularies, monkeypatch, settings, tmp_path, caller):  # noqa: PLR0917
    from cms.api.keys import create_key

    key = create_key(name="x", scopes=["webhooks"])[1] if caller != "anyone" else None
    worlds = []
    for with_hidden in (False, True):
        clear()
        settings.DATA_DIR = tmp_path / str(with_hidden)
        versions = Versions()
        monkeypatch.setattr("cms.publication.log.publication_log.secrets.token_hex", versions)
        with time_machine.travel(MOMENT, tick=False):
            cursor = take_cursor(call, key=key)
            build_world(versions, with_hidden=with_hidden)
            worlds.append(ask_everything(call, cursor, key))

    for bare, full in zip(*worlds, strict=True):
        assert bare == full
    assert all(any(b"Jobmatch" in answer[4] for answer in worlds[0] if answer[0] == path) for path in FILLED)


def test_members_see_their_own_and_no_more(call, vocabularies, network_key, east_key, west_key):
    rows = {
        "public": release(),
        "network": release(visibility="network"),
        "east": release(visibility="consortium", consortium="east"),
        "west": release(visibility="consortium", consortium="west"),
    }
    expected = {
        None: {"public"},
        network_key: {"public", "network"},
        east_key: {"public", "network", "east"},
        west_key: {"public", "network", "west"},
    }

    for key, names in expected.items():
        listed = {entry["id"] for entry in call("/documents/", key=key).json()["results"]}
        read = {name for name, row in rows.items() if call(f"/documents/{row.content_id}/", key=key).status_code == 200}
        assert listed == {str(rows[name].content_id) for name in names}
        assert read == names


def test_departure_is_told_to_those_who_could_see_it(call, network_key):
    row = release(visibility="network")
    publication_log.withdraw(content_id=row.content_id)

    assert call(f"/documents/{row.content_id}/").status_code == 404
    assert call(f"/documents/{row.content_id}/", key=network_key).status_code == 410


def test_what_became_hidden_is_not_there(call):
    row = release()
    cursor = take_cursor(call)
    release(row.content_id, visibility="network", title="Internt")

    assert call(f"/documents/{row.content_id}/").status_code == 404
    assert call(f"/documents/{row.content_id}/", version=row.version).status_code == 404
    assert call(f"/documents/{row.content_id}/versions/").status_code == 404
    assert tell(call, cursor)["changes"][0]["reason"] == "hidden"
