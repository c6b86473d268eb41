"""Candidates of the database's search: only texts within reach use up the places there are."""

from datetime import date, timedelta

import pytest

from cms.core.calendar import today
from cms.publication.access.access_scope import PUBLIC_ACCESS, AccessScope
from cms.publication.following.followers import catch_up
from search.asking.query import SearchQuery
from search.database import candidates as text_matching
from search.database.candidates import SearchReach, find_candidates
from search.database.database_search import complete_from_database, search_database
from search.followers import DatabaseFollower
from tests.factories.releases import make_draft
from tests.legal.acts import build_line, build_section, import_lines

pytestmark = pytest.mark.django_db

PLACES = 5
OWN = AccessScope(consortia=frozenset({"vest"}))


@pytest.fixture(autouse=True)
def _few_places(monkeypatch):
    monkeypatch.setattr(text_matching, "MAX_CANDIDATES", PLACES)


@pytest.fixture
def texts(release):
    """One public text of today with a poor match, behind more hidden, past and planned ones than there are places."""
    best = {"document": {"html": "<p>bolig bolig bolig bolig</p>"}}
    tomorrow, yesterday = today() + timedelta(days=1), today() - timedelta(days=1)
    filler = "noget andet " * 60
    release(
        *(make_draft("Bolig", visibility="consortium", consortium="vest", **best) for _ in range(2 * PLACES)),
        *(make_draft("Bolig", applies_from=tomorrow, **best) for _ in range(2 * PLACES)),
        *(
            make_draft("Bolig", applies_from=date(2020, 1, 1), applies_until=yesterday, **best)
            for _ in range(2 * PLACES)
        ),
        make_draft("Boligsøgning for alle", document={"html": f"<p>{filler} bolig {filler}</p>"}),
    )
    catch_up(DatabaseFollower())


def list_titles(answer):
    return [result["title"] for result in answer["results"]]


def test_texts_out_of_sight_or_time_use_up_no_places(texts):
    answer = search_database(SearchQuery("bolig"))

    assert (list_titles(answer), answer["total"]) == (["Boligsøgning for alle"], 1)


@pytest.mark.parametrize(
    ("day", "access", "count"),
    [
        (today(), PUBLIC_ACCESS, 1),
        (today(), OWN, PLACES),
        (today() + timedelta(days=1), PUBLIC_ACCESS, PLACES),
        (date(2021, 1, 1), PUBLIC_ACCESS, PLACES),
        (date(2019, 1, 1), OWN, 0),
    ],
)
def test_candidates_are_within_reach(texts, day, access, count):
    assert len(find_candidates("bolig", SearchReach(["da"], day, access))) == count


def test_titles_are_completed_within_the_access_scope_alone(texts):
    own = complete_from_database("bolig", "da", OWN, 20)

    assert [entry["text"] for entry in complete_from_database("bolig", "da", PUBLIC_ACCESS, 20)] == [
        "Boligsøgning for alle"
    ]
    assert len(own) == PLACES


def test_sections_of_earlier_texts_use_up_no_places(tmp_path):
    title = "Bekendtgørelse af udlændingeloven"
    import_lines(
        tmp_path,
        *(
            build_line("LBK", number, f"20{number}-01-01", title, [build_section("9 a", "Boligen og boligen.")])
            for number in range(10, 10 + 2 * PLACES)
        ),
        build_line("LBK", 30, "2025-01-01", title, [build_section("9 b", "Noget om bolig. " + "Andet. " * 80)]),
    )
    catch_up(DatabaseFollower())

    answer = search_database(SearchQuery("bolig"))

    assert [entry["section"] for entry in answer["results"][0]["provisions"]] == ["9 b"]


def test_title_of_an_act_is_completed_however_many_sections_it_has(tmp_path, release):
    sections = [build_section(str(number), "Tekst.") for number in range(1, 3 * PLACES)]
    import_lines(tmp_path, build_line("LBK", 10, "2024-01-01", "Bekendtgørelse af udlændingeloven", sections))
    release(make_draft("Udlændinge på arbejdsmarkedet i kommunen og alle dens mange institutioner"))
    catch_up(DatabaseFollower())

    texts = {entry["text"] for entry in complete_from_database("udlæn", "da", PUBLIC_ACCESS, 8)}

    assert texts == {"Udlændingeloven", "Udlændinge på arbejdsmarkedet i kommunen og alle dens mange institutioner"}
