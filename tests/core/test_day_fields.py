"""Days as people write them: read as written, or refused with the form that can be read."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from wagtail.admin.forms.models import formfield_for_dbfield

from cms.core.calendar import today
from cms.core.day_fields import DayField, MomentField
from knowledge.models import ArticlePage
from legal.notes.blocks import CommencementBlock

NEW_YEAR = date(2027, 1, 1)
WRITTEN = [
    *(
        "01.01.2027",
        "1.1.2027",
        " 1. 1. 2027 ",
        "01-01-2027",
        "1-1-2027",
        "01/01/2027",
        "1/1/2027",
        "1/1-2027",
        "2027-01-01",
    ),
    *(
        "1. januar 2027",
        "1.januar 2027",
        "1 januar 2027",
        "1. JANUAR 2027",
        "1. jan. 2027",
        "1 January 2027",
        "1 jan, 2027",
    ),
]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("text", WRITTEN)
def test_day_is_read_as_written_whatever_the_language(text, language):
    with translation.override(language):
        assert DayField().clean(text) == NEW_YEAR


@pytest.mark.parametrize("text", ["i dag", "I dag", "today"])
def test_today_is_read_in_words(text):
    assert DayField().clean(text) == today()


@pytest.mark.parametrize(
    "text",
    [
        "20270101",
        "1.1.27",
        "31.02.2027",
        "13/13/2027",
        "1. brumaire 2027",
        "1. januar",
        "næste fredag",
        "01.01.2027 kl",
    ],
)
def test_what_cannot_be_read_is_refused_with_the_form_that_can(text):
    with pytest.raises(ValidationError) as refused, translation.override("da"):
        DayField().clean(text)

    assert refused.value.messages == [
        f"“{text}” kan ikke læses som en dato. Skriv for eksempel 31.12.2027 eller 31. december 2027."
    ]


@pytest.mark.parametrize(
    "text",
    [
        *("1.1.2027 9:30", "01.01.2027 kl. 9.30", "1. januar 2027 kl. 09:30", "2027-01-01 09:30", "2027-01-01T09:30"),
        *("1/1-2027, 9.30", "1. jan. 2027, kl 9.30"),
    ],
)
def test_moment_is_read_as_written(text):
    assert MomentField().clean(text).astimezone(UTC) == datetime(2027, 1, 1, 8, 30, tzinfo=UTC)


def test_moment_that_cannot_be_read_is_refused():
    with pytest.raises(ValidationError) as refused, translation.override("da"):
        MomentField().clean("1.1.2027 kl. 25.30")

    assert refused.value.messages == [
        "“1.1.2027 kl. 25.30” kan ikke læses som dato og klokkeslæt. Skriv for eksempel 31.12.2027 13:45."
    ]


def test_every_form_of_the_editor_reads_days_so():
    fields = [formfield_for_dbfield(ArticlePage._meta.get_field(name)) for name in ("applies_from", "go_live_at")]
    commencement = CommencementBlock().child_blocks["date"].field

    assert [type(field) for field in (*fields, commencement)] == [DayField, MomentField, DayField]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("text", ["01.01.2027", "1/1-2027", "2027-01-01"])
def test_plain_form_reads_days_in_numbers_so_too(text, language):
    with translation.override(language):
        assert forms.DateField().clean(text) == NEW_YEAR
