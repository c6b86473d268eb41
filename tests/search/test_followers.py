"""The index follows the log whatever the order of messages, and comes back by itself after it was lost."""

from datetime import timedelta
from uuid import uuid4

import pytest

from cms.core.calendar import today
from cms.core.languages import LANGUAGES, Language
from cms.publication.following.followers import catch_up, follow_once
from cms.publication.log.publication_log import publication_log
from cms.publication.models import FollowerPosition, Release, Window
from search.asking.query import SearchQuery
from search.elastic import indices
from search.elastic.bulk import BulkError, BulkWriter
from search.elastic.index_drift import find_index_drift
from search.elastic.index_names import READ, WRITE, build_alias
from search.elastic.index_updates import write_contents
from search.elastic.indices import delete_index, list_indices, load_aliases
from search.followers import DatabaseFollower, ElasticsearchFollower, IndexMissingError
from search.models import SearchText
from search.services import circuit, search
from search.texts.log_contents import load_contents
from tests.factories.releases import make_draft

pytestmark = pytest.mark.django_db


def read_ids(engine, locale="da"):
    engine.indices.refresh(index=build_alias(locale, WRITE))
    hits = engine.search(index=build_alias(locale, WRITE), size=100)["hits"]["hits"]
    return {hit["_id"]: (hit["_source"]["starts"], hit["_source"]["ends"]) for hit in hits}


def read_windows(locale="da"):
    windows = Window.objects.filter(locale=locale)
    return {
        window.version: (window.starts.isoformat(), window.ends.isoformat() if window.ends else None)
        for window in windows
    }


@pytest.mark.elasticsearch
def test_neighbouring_windows_are_moved_with_a_new_version(engine, follow, release):
    content_id = uuid4()
    release(make_draft("Et", content_id=content_id))
    follow()
    release(make_draft("To", content_id=content_id, applies_from=today() + timedelta(days=5)))
    follow()

    assert read_ids(engine) == read_windows()
    assert len(read_ids(engine)) == 2


@pytest.mark.elasticsearch
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (2, 2, 0, 1, 1)], ids=str)
def test_states_written_in_any_order_leave_the_newest(engine, order):
    """Three states of one content, as three workers read them, arrive in any order and twice: publish, republish, withdraw."""
    content_id = uuid4()
    states = []
    for title in ("Et", "To"):
        publication_log.release_contents([make_draft(title, content_id=content_id)])
        states.append(load_contents([content_id]))
    publication_log.withdraw(content_id=content_id)
    states.append(load_contents([content_id]))

    for place in order:
        writer = BulkWriter(engine)
        write_contents(writer, load_aliases(engine), states[place])
        writer.flush()

    assert read_ids(engine) == {}


@pytest.mark.elasticsearch
def test_republished_after_withdrawal_is_there_whatever_comes_late(engine):
    draft = make_draft("Et")
    publication_log.release_contents([draft])
    first = load_contents([draft.content_id])
    publication_log.withdraw(content_id=draft.content_id)
    withdrawn = load_contents([draft.content_id])
    publication_log.release_contents([draft])
    again = load_contents([draft.content_id])

    for state in (again, withdrawn, first):
        writer = BulkWriter(engine)
        write_contents(writer, load_aliases(engine), state)
        writer.flush()

    assert read_ids(engine) == read_windows()
    assert len(read_ids(engine)) == 1


@pytest.mark.elasticsearch
def test_batch_followed_twice_changes_nothing(engine, follow, release):
    release(make_draft("Et"), make_draft("To", locale="en"))
    follow()
    before = (read_ids(engine), read_ids(engine, "en"))

    ElasticsearchFollower().follow(list(Release.objects.order_by("position")))

    assert (read_ids(engine), read_ids(engine, "en")) == before


@pytest.mark.elasticsearch
def test_wiped_index_is_filled_from_the_log_by_the_next_batch(engine, follow, release):
    release(make_draft("Et"), make_draft("To", locale="en"))
    follow()
    for locale in LANGUAGES:
        for name in list_indices(engine, locale):
            delete_index(engine, name)
    release(make_draft("Tre"))
    follower = ElasticsearchFollower()

    with pytest.raises(IndexMissingError):
        follow_once(follower, "test")
    assert FollowerPosition.objects.get(name=follower.name).position == 0
    catch_up(follower, "test")

    assert len(read_ids(engine)) == 2
    assert load_aliases(engine).list_missing(READ) == []
    assert not find_index_drift(engine, "en", build_alias("en", READ)).is_drifted


@pytest.mark.elasticsearch
def test_new_index_is_read_only_once_it_holds_everything(engine, release, monkeypatch):
    for locale in LANGUAGES:
        for name in list_indices(engine, locale):
            delete_index(engine, name)
    release(*(make_draft(f"Nr. {number}") for number in range(4)))
    monkeypatch.setattr("cms.publication.following.followers.BATCH_SIZE", 2)
    follower = ElasticsearchFollower()

    follow_once(follower, "test")
    assert build_alias("da", READ) not in load_aliases(engine).indices
    catch_up(follower, "test")

    assert build_alias("da", READ) in load_aliases(engine).indices


@pytest.fixture
def tigrinya(engine, monkeypatch):
    """A ninth language on a running site: no index of it, and none of the others knows its name."""
    monkeypatch.setitem(LANGUAGES, "ti", Language("ti", "ትግርኛ"))
    yield "ti"
    for name in list_indices(engine, "ti"):
        delete_index(engine, name)


@pytest.mark.elasticsearch
def test_language_added_to_a_running_site_is_searched_with_the_others(engine, follow, release, tigrinya):
    content_id = uuid4()
    release(make_draft("Et", content_id=content_id))
    release(make_draft("መንበሪ ፍቓድ", content_id=content_id, locale="ti"))
    follower = ElasticsearchFollower()

    catch_up(follower)

    engine.indices.refresh(index=build_alias("ti", WRITE))
    assert [result["title"] for result in search(SearchQuery("መንበሪ", locale="ti"))["results"]] == ["መንበሪ ፍቓድ"]
    assert read_ids(engine) == read_windows()
    assert not find_index_drift(engine, "ti", build_alias("ti", READ)).is_drifted


@pytest.mark.elasticsearch
def test_index_the_engine_refuses_keeps_no_other_language_from_being_followed(
    engine, follow, release, tigrinya, monkeypatch
):
    find = indices.find_analysis

    def find_unknown(client, locale):
        analysis = find(client, locale)
        if locale == "ti":
            analysis.settings["analyzer"]["text"]["filter"].append("no-such-filter")
        return analysis

    monkeypatch.setattr(indices, "find_analysis", find_unknown)
    release(make_draft("Et"), make_draft("Ho", locale="ti"))
    follower = ElasticsearchFollower()

    catch_up(follower)

    assert read_ids(engine) == read_windows()
    assert load_aliases(engine).list_missing(WRITE) == ["ti"]
    monkeypatch.setattr(indices, "find_analysis", find)
    release(make_draft("To"))
    with pytest.raises(IndexMissingError):
        catch_up(follower)
    catch_up(follower)
    assert read_ids(engine, "ti") == read_windows("ti")


@pytest.mark.elasticsearch
def test_full_engine_keeps_the_position_and_goes_on_when_there_is_room(engine, follow, release, monkeypatch):
    monkeypatch.setattr("search.elastic.bulk.FIRST_PAUSE_SECONDS", 0.0)
    release(make_draft("Før"))
    follow()
    index = build_alias("da", WRITE)
    engine.indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": True})
    release(make_draft("Efter"))
    follower = ElasticsearchFollower()

    with pytest.raises(BulkError):
        follow_once(follower, "test")
    assert FollowerPosition.objects.get(name=follower.name).position == 1
    engine.indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": None})
    catch_up(follower, "test")

    assert read_ids(engine) == read_windows()


@pytest.mark.elasticsearch
def test_published_document_is_searchable_without_waiting_for_more(engine, follow, release):
    release(make_draft("Turbomodtagelsesklasse"))

    follow()

    answer = search(SearchQuery("turbomodtagelsesklasse"))
    assert (answer["engine"], answer["total"], answer["degraded"]) == ("elasticsearch", 1, False)


@pytest.mark.elasticsearch
def test_recalled_text_is_not_shown_while_the_index_lags(engine, follow, release):
    draft = make_draft("Forkert beløb")
    release(draft)
    follow()

    publication_log.withdraw(content_id=draft.content_id, reason="recalled")

    assert search(SearchQuery("forkert"))["results"] == []


@pytest.mark.elasticsearch
def test_republished_text_is_shown_as_it_is_now_without_old_marks(engine, follow, release):
    content_id = uuid4()
    release(make_draft("Frist i maj", content_id=content_id))
    follow()

    release(make_draft("Frist i juni", content_id=content_id))

    (result,) = search(SearchQuery("frist"))["results"]
    assert (result["title"], result["highlights"]) == ("Frist i juni", {"title": [], "body": []})


@pytest.mark.elasticsearch
def test_search_that_finds_the_index_gone_asks_the_log_for_it(engine, follow, release):
    release(make_draft("Et"))
    follow()
    for locale in LANGUAGES:
        for name in list_indices(engine, locale):
            delete_index(engine, name)

    answer = search(SearchQuery("et"))
    with pytest.raises(Exception, match="index_not_found"):
        circuit.probe()

    assert (answer["engine"], answer["degraded"]) == ("database", True)
    assert FollowerPosition.objects.get(name=ElasticsearchFollower.name).position == 0
    follow()
    assert load_aliases(engine).list_missing(READ) == []


def test_database_follower_run_twice_holds_each_text_once(release):
    release(make_draft("Et"), make_draft("To"))
    follower = DatabaseFollower()
    catch_up(follower)

    follower.follow(list(Release.objects.order_by("position")))

    assert SearchText.objects.count() == 2
    assert search(SearchQuery("et"))["total"] == 1


def test_database_follower_forgets_what_was_withdrawn(release):
    draft = make_draft("Et")
    release(draft)
    catch_up(DatabaseFollower())
    publication_log.withdraw(content_id=draft.content_id)
    catch_up(DatabaseFollower())

    assert not SearchText.objects.exists()
