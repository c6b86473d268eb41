"""Rebuilding and checking: nothing is lost meanwhile, and every difference is seen and mended."""

from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from threading import Event, Thread
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cms.core.calendar import today
from cms.publication.following.followers import catch_up
from cms.publication.log.publication_log import publication_log
from cms.publication.models import Release
from search import followers
from search.asking.query import SearchQuery
from search.database import text_table
from search.elastic import index_rebuild
from search.elastic.bulk import BulkError
from search.elastic.index_drift import find_index_drift
from search.elastic.index_lock import hold_indices
from search.elastic.index_names import NEXT, READ, WRITE, build_alias
from search.elastic.index_rebuild import rebuild_index
from search.elastic.indices import create_index, list_indices, load_aliases, swap
from search.followers import DatabaseFollower, ElasticsearchFollower, IndexMissingError
from search.models import SearchText
from search.services import search
from tests.factories.releases import make_draft
from tests.legal.acts import build_line, build_section, import_lines

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


def list_titles(q="", **values):
    answer = search(SearchQuery(q, **values))
    assert answer["engine"] == "elasticsearch"
    return {result["title"] for result in answer["results"]}


def fail(*_arguments):
    raise BulkError("no room")


def run_check(*arguments):
    output = StringIO()
    call_command("search_check", *arguments, stdout=output)
    return output.getvalue()


@pytest.fixture
def contents(follow, release, tmp_path):
    content_id = uuid4()
    release(
        make_draft("Dansk", content_id=content_id),
        make_draft("English", content_id=content_id, locale="en"),
        make_draft("Planlagt", content_id=content_id, applies_from=today() + timedelta(days=9)),
    )
    sections = [build_section(str(number), f"Bestemmelse nummer {number}.") for number in range(1, 8)]
    import_lines(tmp_path, build_line("LBK", 12, "2025-05-01", "Bekendtgørelse af integrationsloven", sections))
    follow()
    catch_up(DatabaseFollower())


def test_rebuilt_index_replaces_the_old_one_and_says_the_same(engine, contents):
    old = load_aliases(engine).find_index("da", READ)

    done = rebuild_index("da")

    assert done.deleted == [old]
    assert list_indices(engine, "da") == [done.index]
    aliases = load_aliases(engine)
    assert [aliases.find_index("da", role) for role in (READ, WRITE, NEXT)] == [done.index, done.index, None]
    assert (done.documents, list_titles("bestemmelse")) == (10, {"Integrationsloven"})


def test_edits_during_a_rebuild_are_found_before_and_after_the_swap(engine, contents, monkeypatch, release):
    doomed = make_draft("Nedtages")
    release(doomed)
    catch_up(ElasticsearchFollower())
    fill = index_rebuild.fill_index
    seen = []

    def fill_with_edits(client, aliases, locale, progress):
        release(make_draft("Udgivet før"))
        catch_up(ElasticsearchFollower())
        written = fill(client, aliases, locale, progress)
        release(make_draft("Udgivet efter"))
        publication_log.withdraw(content_id=doomed.content_id)
        catch_up(ElasticsearchFollower())
        client.indices.refresh(index=build_alias("da", READ))
        seen.append(list_titles(filters={"type": [["article"]]}))
        return written

    monkeypatch.setattr(index_rebuild, "fill_index", fill_with_edits)
    rebuild_index("da")
    engine.indices.refresh(index=build_alias("da", READ))

    expected = {"Dansk", "Udgivet før", "Udgivet efter"}
    assert seen == [expected]
    assert list_titles(filters={"type": [["article"]]}) == expected


def test_rebuild_clears_away_what_an_interrupted_one_left(engine, contents):
    create_index(engine, "da", [NEXT])
    create_index(engine, "da", [])

    done = rebuild_index("da")

    assert list_indices(engine, "da") == [done.index]


@contextmanager
def held_elsewhere(locale):
    """Let another thread, with a connection of its own, hold the indices of a language."""
    is_held, is_over = Event(), Event()

    def hold():
        with hold_indices(locale):
            is_held.set()
            is_over.wait(30)
        connection.close()

    thread = Thread(target=hold)
    thread.start()
    try:
        assert is_held.wait(10)
        yield
    finally:
        is_over.set()
        thread.join()


def test_second_rebuild_at_a_time_is_refused_and_leaves_the_first_alone(engine, contents):
    filling = create_index(engine, "da", [NEXT])

    with held_elsewhere("da"):
        with pytest.raises(CommandError, match="another process"):
            call_command("search_rebuild", "--locale", "da", stdout=StringIO())

        assert filling in list_indices(engine, "da")
        assert rebuild_index("en").documents == 1


def test_swap_removes_only_what_it_replaced(engine, contents):
    used = load_aliases(engine).find_index("da", READ)
    others = create_index(engine, "da", [NEXT])
    new = create_index(engine, "da", [])

    assert swap(engine, "da", new) == [used]
    assert list_indices(engine, "da") == sorted([others, new])


def test_failed_rebuild_leaves_nothing_that_the_follower_would_fill(engine, contents, monkeypatch):
    before = list_indices(engine, "da")
    monkeypatch.setattr(index_rebuild, "fill_index", fail)

    with pytest.raises(BulkError):
        rebuild_index("da")

    assert list_indices(engine, "da") == before
    assert list_titles("bestemmelse") == {"Integrationsloven"}


def test_index_is_not_made_or_opened_while_somebody_rebuilds_it(engine, contents, release):
    for name in list_indices(engine, "en"):
        engine.indices.delete(index=name)
    release(make_draft("Another", locale="en"))
    follower = ElasticsearchFollower()

    with held_elsewhere("en"):
        filling = create_index(engine, "en", [NEXT])
        catch_up(follower)
        assert list_indices(engine, "en") == [filling]
        engine.indices.refresh(index=filling)
        assert engine.count(index=filling)["count"] == 1

    release(make_draft("Third", locale="en"))
    with pytest.raises(IndexMissingError):
        catch_up(follower)
    catch_up(follower)
    engine.indices.refresh(index=build_alias("en", READ))
    assert list_titles(locale="en") == {"English", "Another", "Third"}


def test_index_with_a_hole_is_filled_before_it_is_opened(engine, contents, release):
    """A second worker that comes late with the last batch must not open what the first one has only begun to fill."""
    for name in list_indices(engine, "da"):
        engine.indices.delete(index=name)
    create_index(engine, "da", [WRITE])
    release(make_draft("Sidste"))

    ElasticsearchFollower().follow([Release.objects.latest("position")])

    assert list_titles() == {"Dansk", "Integrationsloven", "Sidste"}


def test_check_of_an_index_in_line_with_the_log_prints_numbers_and_passes(contents):
    output = run_check()

    assert "da: 3 documents, 7 provisions; 0 missing, 0 different, 0 too many" in output
    assert "en: 1 documents" in output


def test_check_finds_and_repairs_missing_extra_and_altered(engine, contents):
    index = build_alias("da", READ)
    hits = {
        hit["_source"].get("title") or hit["_source"]["section"]: hit
        for hit in engine.search(index=index, size=50)["hits"]["hits"]
    }
    engine.delete(index=index, id=hits["Dansk"]["_id"], version=1000, version_type="external_gte")
    stray = {**hits["Planlagt"]["_source"], "position": 999, "version": "stray", "content_id": str(uuid4())}
    engine.index(index=index, id="stray", document=stray)
    engine.update(index=index, id=hits["Planlagt"]["_id"], doc={"starts": "2020-01-01"})
    engine.delete(index=index, id=hits["3"]["_id"])
    engine.indices.refresh(index=index)
    SearchText.objects.filter(kind="document", locale="en").delete()

    drift = find_index_drift(engine, "da", index)
    with pytest.raises(CommandError):
        run_check()
    output = run_check("--repair")

    assert (len(drift.missing), len(drift.extra), len(drift.different), len(drift.acts)) == (1, 1, 1, 1)
    assert "da: 3 documents, 7 provisions; 0 missing, 0 different, 0 too many, 0 acts" in output
    assert "database: 11 texts; 0 missing" in output
    run_check()


def test_repair_builds_a_missing_index(engine, contents):
    for name in list_indices(engine, "en"):
        engine.indices.delete(index=name)

    with pytest.raises(CommandError):
        run_check()
    run_check("--repair")

    assert list_titles("english", locale="en") == {"English"}


def test_rebuild_command_rebuilds_the_languages_asked_for(engine, contents):
    before = load_aliases(engine)
    output = StringIO()

    call_command("search_rebuild", "--locale", "da", stdout=output)

    after = load_aliases(engine)
    assert output.getvalue().startswith("da: 10 ")
    assert before.find_index("da", READ) != after.find_index("da", READ)
    assert before.find_index("en", READ) == after.find_index("en", READ)


def test_rebuild_command_makes_everything_anew_the_databases_texts_too(engine, contents):
    SearchText.objects.filter(locale="en").update(body="Nothing of it", title="Wrong")
    output = StringIO()

    call_command("search_rebuild", stdout=output)

    assert output.getvalue().splitlines()[0] == "database: 11 texts"
    assert SearchText.objects.get(locale="en").title == "English"


def test_rebuild_without_an_engine_rebuilds_what_searches_without_a_gap(engine, contents, settings, monkeypatch):
    settings.SEARCH_ELASTICSEARCH_URLS = []
    SearchText.objects.filter(locale="en").update(body="Nothing of it", title="Wrong")
    SearchText.objects.create(
        kind="document", key="stray", content_id=uuid4(), locale="da", position=1, log_position=1, starts=today()
    )
    found = []
    store = text_table.store_texts

    def search_and_store(content_ids):
        found.append(search(SearchQuery("bestemmelse"))["total"])
        store(content_ids)

    monkeypatch.setattr(followers, "store_texts", search_and_store)
    output = StringIO()

    call_command("search_rebuild", stdout=output)

    assert output.getvalue().startswith("database: 11 texts")
    assert set(found) == {1}
    assert SearchText.objects.get(locale="en").title == "English"
    assert not SearchText.objects.filter(key="stray").exists()
