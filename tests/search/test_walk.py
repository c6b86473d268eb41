"""The walk of the README: an act, a note on its § 9 a, found beside the section, read, mirrored, recalled."""

from pathlib import Path

import orjson
import pytest
from django.core.management import call_command

from tests.legal.acts import build_line, build_section, import_lines

WALK = Path(__file__).resolve().parents[2] / "docs" / "walk"


@pytest.mark.elasticsearch
def test_walk_of_the_readme(site, client, follow, tmp_path, capsys):
    sections = [build_section("9 a", "Der kan gives opholdstilladelse på grundlag af beskæftigelse.")]
    import_lines(tmp_path, build_line("LBK", 1183, "2025-09-25", "Bekendtgørelse af udlændingeloven", sections))
    snapshot = client.get("/api/v1/snapshot/", {"locale": "da", "type": "law-note"})
    cursor = orjson.loads(snapshot.getvalue().splitlines()[0])["cursor"]

    call_command("content_import", str(WALK / "note.ndjson"))
    follow()
    found = client.get("/api/v1/search/", {"q": "udlændingeloven § 9 a"}).json()
    note = next(result for result in found["results"] if result["type"] == "law-note")
    english = client.get(f"/api/v1/documents/{note['id']}/", {"locale": "en"})
    released = client.get("/api/v1/changes/", {"cursor": cursor}).json()
    call_command("content_import", str(WALK / "withdrawal.ndjson"))
    withdrawn = client.get("/api/v1/changes/", {"cursor": cursor}).json()
    gone = client.get(f"/api/v1/documents/{note['id']}/")

    act = found["results"][0]
    assert (act["type"], act["provisions"][0]["section"], found["engine"]) == ("act", "9 a", "elasticsearch")
    assert (english.headers["Content-Language"], english.headers["Videnbro-Fallback-From"]) == ("da", "en")
    assert [(change["kind"], change["version"]) for change in released["changes"]] == [("released", note["version"])]
    assert [(change["kind"], change["reason"]) for change in withdrawn["changes"]] == [("withdrawn", "recalled")]
    assert withdrawn["recalls"] == [{"id": note["id"], "locale": "da", "version": note["version"]}]
    assert (gone.status_code, gone.json()["reason"]) == (410, "recalled")
