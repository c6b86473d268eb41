"""Words in the database's full-text index, in either database."""

import pytest

from cms.core.calendar import today
from cms.publication.access.access_scope import PUBLIC_ACCESS
from cms.publication.following.followers import catch_up
from search.asking.query import SearchQuery
from search.database.candidates import NAMED_SECTION_SCORE, SearchReach, find_candidates
from search.followers import DatabaseFollower
from search.models import SearchText
from search.services import search, suggest
from tests.factories.releases import make_draft
from tests.legal.acts import build_line, build_section, import_lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def titles(release):
    """Titles that begin as questions do: with words that say little."""
    release(make_draft("Hvor skal jeg hen?"), make_draft("Hvorfor ikke?"), make_draft("Bolig"))
    catch_up(DatabaseFollower())


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("hvo", ["Hvor skal jeg hen?", "Hvorfor ikke?"]),
        ("hvor", ["Hvor skal jeg hen?", "Hvorfor ikke?"]),
        ("hvor skal", ["Hvor skal jeg hen?"]),
        ("ikke", ["Hvorfor ikke?"]),
    ],
)
def test_title_is_completed_by_words_that_say_little(titles, typed, completed):
    assert sorted(entry["text"] for entry in suggest(typed, "da")["completions"]) == completed


@pytest.mark.parametrize("typed", ["hvor", "hvor skal jeg hen", "jeg"])
def test_question_of_words_that_say_little_finds_the_title_that_has_them(titles, typed):
    assert "Hvor skal jeg hen?" in [result["title"] for result in search(SearchQuery(typed))["results"]]


@pytest.mark.parametrize("typed", ["ægteskabsloven § 5", "Ægteskabsloven § 5", "ÆGTESKABSLOVEN § 5"])
def test_section_of_an_act_is_found_however_its_first_letter_is_written(tmp_path, typed):
    title = "Bekendtgørelse af lov om ægteskabs indgåelse og opløsning"
    import_lines(
        tmp_path,
        build_line(
            "LBK", 771, "2019-08-07", title, [build_section("5", "Samtykke kræves."), build_section("6", "Andet.")]
        ),
        build_line("LBK", 1, "2020-01-02", "Bekendtgørelse af straffeloven", [build_section("5", "Straffen.")]),
    )
    catch_up(DatabaseFollower())

    found = find_candidates(typed, SearchReach(["da"], today(), PUBLIC_ACCESS))[0]

    assert (SearchText.objects.get(pk=found.id).body, found.score) == ("§ 5. Samtykke kræves.", NAMED_SECTION_SCORE)
