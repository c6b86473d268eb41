"""Days as readers of a language write them."""

from datetime import date

import pytest
from django.utils.translation import override

from cms.core.calendar import write_day
from cms.core.languages import LANGUAGES

# Source: CLDR 49. The narrow blank keeps the Ukrainian year with its abbreviation.
WRITTEN = {
    "da": "1. januar 2027",
    "en": "1 January 2027",
    "de": "1. Januar 2027",
    "pl": "1 stycznia 2027",
    "ro": "1 ianuarie 2027",
    "lt": "2027 m. sausio 1 d.",
    "uk": "1 січня 2027\u202fр.",
    "ar": "1 يناير 2027",
}


@pytest.mark.parametrize(("language", "written"), WRITTEN.items())
def test_day_is_written_as_the_language_does(language, written):
    with override(language):
        assert write_day(date(2027, 1, 1)) == written


def test_every_language_of_the_site_is_covered():
    assert set(WRITTEN) == set(LANGUAGES)


def test_language_to_come_needs_no_table():
    with override("ti"):
        assert write_day(date(2027, 1, 1)) == "ጥሪ 1, 2027"


def test_day_is_danish_where_no_language_is_active():
    with override(None):
        assert write_day(date(2027, 1, 1)) == WRITTEN["da"]
