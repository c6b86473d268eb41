"""Documents that cite an act, as readers may see them."""

from typing import Any

import pytest

from legal.models import Work
from legal.reviews.citation_index import store_citations
from tests.api.contents import release
from tests.legal.acts import build_line, build_section, import_lines

TITLE = "Bekendtgørelse af udlændingeloven"


@pytest.fixture
def act(db: None, tmp_path: Any) -> Work:
    """An act with three sections."""
    sections = [build_section("9", "Ni."), build_section("9a", "Ni a."), build_section("9c", "Ni c.")]
    import_lines(tmp_path, build_line("LBK", 1183, "2025-09-25", TITLE, sections))
    return Work.objects.get()


def cite(act: Work, section: str, section_to: str | None = None) -> dict[str, Any]:
    return {"act": {"id": str(act.content_id)}, "section": section or None, "section_to": section_to}


def release_citing(title: str, *citations: dict[str, Any], **values: Any) -> Any:
    row = release(title=title, citations=list(citations), **values)
    store_citations([row.content_id])
    return row


def list_titles(response: Any) -> list[str]:
    return sorted(entry["title"] for entry in response.json()["results"])


def test_citing_lists_what_rests_on_the_act_or_on_one_section(call, act):
    release_citing("Beløbet", cite(act, "9 a"))
    release_citing("Hele loven", cite(act, ""))
    release_citing("En række", cite(act, "9", "9 e"))
    release(title="Uden lov")

    path = f"/acts/{act.content_id}/citing/"

    assert list_titles(call(path)) == ["Beløbet", "En række", "Hele loven"]
    assert list_titles(call(path, section="9a")) == ["Beløbet", "En række"]
    assert list_titles(call(path, section="§ 9 c")) == ["En række"]
    assert list_titles(call(path, section="12")) == []


def test_citing_tells_of_nothing_that_the_caller_may_not_see(call, act, network_key):
    release_citing("Kun netværket", cite(act, "9 a"), visibility="network")

    path = f"/acts/{act.content_id}/citing/"

    assert list_titles(call(path)) == []
    assert list_titles(call(path, key=network_key)) == ["Kun netværket"]


def test_citing_is_told_in_the_readers_language_where_the_source_cites(call, act):
    row = release_citing("Beløbet", cite(act, "9 a"))
    release(row.content_id, locale="en", title="The limit", citations=[])
    store_citations([row.content_id])

    path = f"/acts/{act.content_id}/citing/"

    assert list_titles(call(path, locale="en")) == ["The limit"]
    assert list_titles(call(path, locale="pl", fallback="true")) == ["The limit"]
    assert list_titles(call(path)) == ["Beløbet"]


def test_citing_follows_a_source_that_no_longer_cites(call, act):
    row = release_citing("Beløbet", cite(act, "9 a"))
    release(row.content_id, locale="en", title="The limit", citations=[])
    release_citing("Beløbet", content_id=row.content_id)

    assert list_titles(call(f"/acts/{act.content_id}/citing/", locale="en", fallback="true")) == []


def test_citing_of_an_unknown_act_is_not_found_and_a_foreign_cursor_is_refused(call, act):
    release_citing("Et", cite(act, "9 a"))
    release_citing("To", cite(act, "9 a"))

    following = call(f"/acts/{act.content_id}/citing/", limit=1).json()["next"]
    cursor = following.partition("cursor=")[2]

    assert call("/acts/00000000-0000-0000-0000-000000000000/citing/").status_code == 404
    assert call("/documents/", cursor=cursor).status_code == 400
    assert call(f"/acts/{act.content_id}/citing/", limit=1, cursor=cursor).status_code == 200
