"""A release writes what it changed, and leaves what a rebuild would make; in the index and in the database's table."""

import random
from datetime import date, timedelta
from uuid import UUID

import pytest

from cms.core.calendar import today
from cms.publication.following.followers import catch_up
from cms.publication.log.publication_log import publication_log
from cms.publication.models import Release, Window
from search.database import text_table
from search.database.text_drift import find_text_drift
from search.database.text_table import store_texts
from search.elastic import index_updates as indexing
from search.elastic.index_drift import find_index_drift
from search.elastic.index_names import READ, build_alias, build_aliases
from search.elastic.index_rebuild import rebuild_index
from search.elastic.index_updates import index_contents
from search.elastic.indices import load_aliases
from search.followers import DatabaseFollower, ElasticsearchFollower
from search.models import SearchText
from search.texts.log_contents import list_content_ids
from tests.factories.releases import make_draft
from tests.legal.acts import build_line, build_section, import_lines

pytestmark = pytest.mark.django_db

TITLE = "Bekendtgørelse af udlændingeloven"
DAYS = [today() + timedelta(days=offset) for offset in (-30, -20, -10, 0, 10, 20)]
ID = UUID("11111111-1111-4111-8111-111111111111")
# What a section of the past keeps of the act as it was.
OF_THEIR_TIME = {"log_position", "position", "version", "released_at", "applies_from", "names", "title_key", "state"}


def release_history(*, locale="da", title="Tekst", **values):
    """Release one content again and again, each time from a later day on."""
    for day in DAYS:
        draft = make_draft(f"{title} {day}", content_id=ID, locale=locale, applies_from=day, **values)
        publication_log.release_contents([draft])


def import_text(folder, number, signed, *sections, **changes):
    import_lines(folder, build_line("LBK", number, signed, TITLE, list(sections), **changes))


def read_documents(engine, locale="da"):
    engine.indices.refresh(index=build_aliases(READ))
    hits = engine.search(index=build_alias(locale, READ), size=500, seq_no_primary_term=True)["hits"]["hits"]
    return {hit["_id"]: hit for hit in hits}


def read_sources(engine, locale="da"):
    """Read what an index holds, without what a section of the past may keep of another time."""
    sources = {}
    for key, hit in read_documents(engine, locale).items():
        source = {name: value for name, value in hit["_source"].items() if name != "log_position"}
        is_past = source["kind"] == "provision" and source["ends"] and source["ends"] <= today().isoformat()
        sources[key] = {name: value for name, value in source.items() if not (is_past and name in OF_THEIR_TIME)}
    return sources


def list_changed(before, after):
    return sorted(key for key in after if before.get(key) != after[key])


def read_rows():
    fields = ("key", "kind", "content_id", "locale", "starts", "ends", "section", "label", "path", "title", "body")
    rows = {row[0]: row[1:] for row in SearchText.objects.values_list(*fields)}
    return {
        key: tuple(value for place, value in enumerate(row) if place != 8 or not is_past(row))
        for key, row in rows.items()
    }


def is_past(row):
    return row[0] == "provision" and row[4] is not None and row[4] <= today()


def follow_index(engine):
    """Let the index follow the log's last row and return the number of writes."""
    batch = list(Release.objects.order_by("-position")[:1])
    writes = index_contents(engine, load_aliases(engine), list_content_ids(batch))
    catch_up(ElasticsearchFollower())
    return writes


@pytest.mark.elasticsearch
def test_release_writes_the_version_it_brings_and_the_one_it_ends(engine, follow):
    for locale in ("da", "de", "pl"):
        release_history(locale=locale)
    follow()
    before = {locale: read_documents(engine, locale) for locale in ("da", "de", "pl")}

    new = make_draft("Ny", content_id=ID, locale="de", applies_from=today() + timedelta(days=1))
    publication_log.release_contents([new])
    follow()

    changed = {}
    for locale, known in before.items():
        after = read_documents(engine, locale)
        numbers = [{key: hit["_seq_no"] for key, hit in hits.items()} for hits in (known, after)]
        changed[locale] = len(list_changed(*numbers))
    # The German text, and the one whose days it cut short; nothing is known of it in the other languages.
    assert changed == {"da": 0, "de": 2, "pl": 0}
    assert [find_index_drift(engine, locale, build_alias(locale, READ)).is_drifted for locale in before] == [False] * 3


@pytest.mark.elasticsearch
def test_writes_do_not_grow_with_the_history(engine, follow):
    release_history()
    follow()
    publication_log.release_contents([make_draft("Igen", content_id=ID, applies_from=DAYS[-1] + timedelta(days=1))])
    few = follow_index(engine)
    for number in range(2, 30):
        draft = make_draft(f"Igen {number}", content_id=ID, applies_from=DAYS[-1] + timedelta(days=number))
        publication_log.release_contents([draft])
    follow()

    publication_log.release_contents([make_draft("Sidst", content_id=ID, applies_from=DAYS[-1] + timedelta(days=40))])

    assert (few, follow_index(engine)) == (2, 2)


@pytest.mark.elasticsearch
def test_change_of_visibility_reaches_every_version(engine, follow):
    release_history(visibility="consortium", consortium="vest")
    follow()

    publication_log.release_contents([make_draft("Åben", content_id=ID, applies_from=DAYS[-1])])
    follow()

    sources = read_sources(engine).values()
    assert {(source["visibility"], source["consortium"]) for source in sources} == {("public", None)}
    assert all(source["spelling"] for source in sources)


@pytest.mark.elasticsearch
@pytest.mark.parametrize("locale", ["de", None])
def test_withdrawn_versions_leave_the_index(engine, follow, locale):
    for code in ("da", "de"):
        release_history(locale=code)
    follow()

    publication_log.withdraw(content_id=ID, locale=locale)
    follow()

    assert [bool(read_documents(engine, code)) for code in ("da", "de")] == [locale is not None, False]


@pytest.mark.elasticsearch
def test_new_text_of_an_act_leaves_the_sections_of_the_past_alone(engine, follow, tmp_path):
    for number, year in ((1, 2020), (2, 2021), (3, 2022)):
        import_text(tmp_path, number, f"{year}-01-01", build_section("1", f"Tekst {year}."), build_section("2", "B."))
    follow()
    before = {key: hit["_seq_no"] for key, hit in read_documents(engine).items()}

    import_text(tmp_path, 4, "2023-01-01", build_section("1", "Tekst 2023."))
    follow()

    after = read_documents(engine)
    untouched = [hit["_source"] for key, hit in after.items() if hit["_seq_no"] == before.get(key)]
    assert sorted((source["section"], source["starts"]) for source in untouched) == [
        ("1", "2020-01-01"),
        ("1", "2021-01-01"),
        ("2", "2020-01-01"),
        ("2", "2021-01-01"),
    ]
    assert not find_index_drift(engine, "da", build_alias("da", READ)).is_drifted


def test_new_text_of_an_act_leaves_the_rows_of_the_past_alone(tmp_path):
    for number, year in ((1, 2020), (2, 2021), (3, 2022)):
        import_text(tmp_path, number, f"{year}-01-01", build_section("1", f"Tekst {year}."), build_section("2", "B."))
    catch_up(DatabaseFollower())
    before = set(SearchText.objects.filter(kind="provision").values_list("pk", "key", "title", "log_position"))

    import_text(tmp_path, 4, "2023-01-01", build_section("1", "Tekst 2023."))
    catch_up(DatabaseFollower())

    same = before & set(SearchText.objects.filter(kind="provision").values_list("pk", "key", "title", "log_position"))
    assert len(same) == 4
    assert set(SearchText.objects.filter(pk__in=[row[0] for row in same]).values_list("starts__year", flat=True)) == {
        2020,
        2021,
    }
    assert SearchText.objects.get(section="1", ends=None).title.endswith("LBK 4/2023")
    assert set(SearchText.objects.filter(section="2", starts="2022-01-01").values_list("ends", flat=True)) == {
        date(2023, 1, 1)
    }
    assert not find_text_drift().is_drifted


def test_release_stores_the_text_it_brings_and_moves_the_one_it_ends():
    release_history()
    catch_up(DatabaseFollower())
    before = set(SearchText.objects.values_list("pk", "ends", "log_position"))

    publication_log.release_contents([make_draft("Ny", content_id=ID, applies_from=today() + timedelta(days=1))])
    catch_up(DatabaseFollower())

    assert len(before & set(SearchText.objects.values_list("pk", "ends", "log_position"))) == len(DAYS) - 1
    assert not find_text_drift().is_drifted


def test_content_that_is_followed_again_is_stored_anew():
    release_history()
    publication_log.withdraw(content_id=ID, version=Window.objects.latest("starts").version)
    catch_up(DatabaseFollower())
    rows = read_rows()
    SearchText.objects.update(body="Noget andet")

    store_texts([ID])

    assert read_rows() == rows


@pytest.mark.elasticsearch
def test_text_that_the_source_corrects_is_read_again_in_the_past_too(ask, engine, follow, tmp_path):
    import_text(tmp_path, 1, "2020-01-01", build_section("1", "Forkert ordlyd."), build_section("2", "Overflødig."))
    import_text(tmp_path, 2, "2021-01-01", build_section("1", "Ny."))
    follow()
    catch_up(DatabaseFollower())

    import_text(tmp_path, 1, "2020-01-01", build_section("1", "Rettet ordlyd."))
    import_text(tmp_path, 3, "2022-01-01", build_section("1", "Nyere."))

    totals = {q: ask(q, as_of=date(2020, 6, 1))["total"] for q in ("forkert", "overflødig", "rettet")}
    assert totals == {"forkert": 0, "overflødig": 0, "rettet": 1}


@pytest.mark.elasticsearch
@pytest.mark.parametrize("seed", range(3))
def test_following_step_by_step_leaves_what_a_rebuild_makes(engine, follow, tmp_path, monkeypatch, seed):
    for module in (indexing, text_table):
        monkeypatch.setattr(module, "CONTENTS_IN_MEMORY", 2)
        monkeypatch.setattr(module, "VERSIONS_IN_MEMORY", 2)
    monkeypatch.setattr(text_table, "ROWS_IN_INSERT", 2)
    dice = random.Random(seed)
    contents = [UUID(int=dice.getrandbits(128), version=4) for _ in range(3)]
    for step in range(40):
        content_id, locale = dice.choice(contents), dice.choice(["da", "da", "en", "pl"])
        action = dice.random()
        if action < 0.15:
            reason = dice.choice(["gone", "recalled"])
            publication_log.withdraw(content_id=content_id, locale=dice.choice([locale, None]), reason=reason)
        elif action < 0.25 and (window := Window.objects.filter(content_id=content_id, locale=locale).first()):
            publication_log.withdraw(content_id=content_id, locale=locale, version=window.version)
        elif action < 0.4:
            import_text(
                tmp_path,
                dice.randint(1, 4),
                f"20{dice.randint(18, 22)}-01-01",
                *(build_section(str(number), f"Ord {dice.randint(1, 3)}.") for number in range(dice.randint(1, 3))),
            )
        else:
            visibility = dice.choice(["public", "public", "network"])
            draft = make_draft(
                f"Trin {step}",
                content_id=content_id,
                locale=locale,
                visibility=visibility,
                applies_from=dice.choice(DAYS),
            )
            publication_log.release_contents([draft])
        if dice.random() < 0.7:
            catch_up(ElasticsearchFollower())
            catch_up(DatabaseFollower())
    follow()
    catch_up(DatabaseFollower())
    rows = read_rows()
    found = {locale: read_sources(engine, locale) for locale in ("da", "en", "pl")}
    assert not find_text_drift().is_drifted

    for locale in found:
        assert not find_index_drift(engine, locale, build_alias(locale, READ)).is_drifted
        rebuild_index(locale)
    SearchText.objects.all().delete()
    store_texts(list(Release.objects.values_list("content_id", flat=True).distinct()))

    assert {locale: read_sources(engine, locale) for locale in found} == found
    assert read_rows() == rows
