"""Days as people write them: read as written, or refused with the form that can be read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from wagtail.admin.forms.models import formfield_for_dbfield

from cms.core.calendar import today
from cms.core.day_fields import DayField, MomentField
from knowledge.blocks import OpeningHoursBlock
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
        "den 1. januar 2027",
        "fredag den 1. januar 2027",
        "fre. 1/1-2027",
        "Friday, 1 January 2027",
    ),
]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("text", WRITTEN)
def test_day_is_read_as_written_whatever_the_language(text, language):
    with translation.override(language):
        assert DayField().clean(text) == NEW_YEAR


@pytest.mark.parametrize(("text", "days"), [("i dag", 0), ("I dag", 0), ("today", 0), ("i morgen", 1)])
def test_today_and_tomorrow_are_read_in_words(text, days):
    assert DayField().clean(text) == today() + timedelta(days=days)


UNREADABLE = "“{}” kan ikke læses som en dato. Skriv for eksempel 31.12.2027 eller 31. december 2027."


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        *(
            (text, UNREADABLE.format(text))
            for text in ("20270101", "1. brumaire 2027", "1. januar", "næste fredag", "01.01.2027 kl", "hver 1.1.2027")
        ),
        ("1.1.27", "“1.1.27”: skriv årstallet med fire cifre, for eksempel 31.12.2027."),
        ("1. januar 27", "“1. januar 27”: skriv årstallet med fire cifre, for eksempel 31.12.2027."),
        ("31. februar 2027", "“31. februar 2027”: den dag findes ikke, februar 2027 har 28 dage."),
        ("2028-02-30", "“2028-02-30”: den dag findes ikke, februar 2028 har 29 dage."),
        ("12/31/2027", "“12/31/2027”: der er ingen måned 31. Dagen står før måneden: 31.12.2027."),
        ("mandag den 1. januar 2027", "1. januar 2027 er en fredag."),
        ("1.1.0000", "“1.1.0000” kan ikke læses som en dato. Skriv for eksempel 31.12.2027 eller 31. december 2027."),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_is_wrong(text, refusal):
    with pytest.raises(ValidationError) as refused, translation.override("da"):
        DayField().clean(text)

    assert refused.value.messages == [refusal]


@pytest.mark.parametrize(
    "text",
    [
        *("1.1.2027 9:30", "01.01.2027 kl. 9.30", "1. januar 2027 kl. 09:30", "2027-01-01 09:30", "2027-01-01T09:30"),
        *("1/1-2027, 9.30", "1. jan. 2027, kl 9.30", "fredag den 1. januar 2027 kl. 9.30"),
    ],
)
def test_moment_is_read_as_written(text):
    assert MomentField().clean(text).astimezone(UTC) == datetime(2027, 1, 1, 8, 30, tzinfo=UTC)


def test_moment_that_cannot_be_read_is_refused():
    with pytest.raises(ValidationError) as refused, translation.override("da"):
        MomentField().clean("1.1.2027 kl. 25.30")

    assert refused.value.messages == ["“25.30” kan ikke læses som et klokkeslæt. Skriv for eksempel 9.30 eller 13:45."]


def test_every_form_of_the_editor_reads_days_so():
    fields = [formfield_for_dbfield(ArticlePage._meta.get_field(name)) for name in ("applies_from", "go_live_at")]
    commencement = CommencementBlock().child_blocks["date"].field

    assert [type(field) for field in (*fields, commencement)] == [DayField, MomentField, DayField]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("text", ["01.01.2027", "1/1-2027", "2027-01-01"])
def test_plain_form_reads_days_in_numbers_so_too(text, language):
    with translation.override(language):
        assert forms.DateField().clean(text) == NEW_YEAR


@pytest.mark.parametrize("text", ["09:30", "9.30", "kl. 9.30", " 9:30 "])
def test_time_is_kept_in_one_form(text):
    assert OpeningHoursBlock().child_blocks["opens"].clean(text) == "09:30"


@pytest.mark.parametrize("text", ["9.60", "24:00", "halv ti"])
def test_time_that_cannot_be_read_is_refused(text):
    with pytest.raises(ValidationError) as refused, translation.override("da"):
        OpeningHoursBlock().child_blocks["opens"].clean(text)

    assert refused.value.messages == [
        f"“{text}” kan ikke læses som et klokkeslæt. Skriv for eksempel 9.30 eller 13:45."
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "text", "answer"),
    [
        ("day", "1/1-2027", {"words": "fredag den 1. januar 2027"}),
        ("moment", "1.1.2027 kl. 9", {"words": "fredag den 1. januar 2027 kl. 09.00"}),
        ("day", "31.2.2027", {"error": "“31.2.2027”: den dag findes ikke, februar 2027 har 28 dage."}),
    ],
)
def test_editor_is_told_in_words_which_day_was_understood(admin_client, kind, text, answer):
    response = admin_client.get(reverse("core_written_day"), {"kind": kind, "text": text}, HTTP_ACCEPT_LANGUAGE="da")

    assert response.json() == answer


@pytest.mark.django_db
def test_days_are_read_for_editors_alone(client):
    assert client.get(reverse("core_written_day"), {"text": "i dag"}).status_code == 302
