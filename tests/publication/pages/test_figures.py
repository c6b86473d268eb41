"""Texts that show dated figures: released beforehand, for the right days, and told when the figure or the text changes."""

from datetime import date

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cms.core.figures import FigureInUseError
from cms.core.models import Figure, FigureAmount
from cms.publication.log.projection import rebuild_windows
from cms.publication.log.publication_log import publication_log
from cms.publication.models import Release, ReleaseRendition, Window
from cms.publication.pages.agreement import list_differences
from knowledge.models import ArticlePage, ContactPointPage, GuidePage
from tests.factories.figures import build_body, make_figure, make_page_showing, set_amounts
from tests.factories.pages import make_page, publish, translate
from tests.factories.releases import read_document

NOVEMBER = date(2026, 11, 24)
JANUARY = date(2027, 1, 1)
FEBRUARY = date(2027, 2, 1)
APRIL = date(2027, 4, 1)
LAST_YEAR = date(2026, 1, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(site):
    with time_machine.travel("2026-11-24T12:00:00+01:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def pay_limit(clock):
    """Make a figure that changes at the turn of the year."""
    return make_figure(amounts={LAST_YEAR: "514000", JANUARY: "552000"}, en="The pay limit")


def read_amounts(page, locale="da"):
    """Read ``(starts, ends, amounts)`` of each window of a page's content, in order of time."""
    found = []
    for window in Window.objects.filter(content_id=page.translation_key, locale=locale).order_by("starts"):
        document = read_document(page.translation_key, window.starts, locale)
        amounts = [block["value"]["amount"] for block in document["blocks"] if block["type"] == "figure"]
        found.append((window.starts, window.ends, *amounts))
    return found


def read_texts(page):
    """Read the first paragraph and the amount of each window."""
    found = []
    for window in Window.objects.filter(content_id=page.translation_key, locale="da").order_by("starts"):
        blocks = read_document(page.translation_key, window.starts)["blocks"]
        found.append((window.starts, blocks[0]["value"], *(block["value"]["amount"] for block in blocks[1:])))
    return found


def list_problems():
    return [difference.what for difference in list_differences()]


def test_text_with_a_coming_amount_is_released_at_once_for_both_sides_of_the_day(pay_limit):
    page = publish(make_page_showing(pay_limit))

    assert read_amounts(page) == [(NOVEMBER, JANUARY, "514000.00"), (JANUARY, None, "552000.00")]
    assert list_problems() == []


def test_block_says_amount_unit_day_and_what_comes(pay_limit):
    page = publish(make_page_showing(pay_limit))

    shown = [read_document(page.translation_key, day)["blocks"][1]["value"] for day in (NOVEMBER, JANUARY)]

    common = {"figure": "pay-limit", "label": "Beløbsgrænsen", "unit": "kr. pr. år"}
    coming = {"amount": "552000.00", "valid_from": "2027-01-01"}
    assert shown == [
        {**common, "amount": "514000.00", "valid_from": "2026-01-01", "next": coming},
        {**common, "amount": "552000.00", "valid_from": "2027-01-01", "next": None},
    ]


def test_html_writes_the_amount_as_the_language_does(pay_limit):
    page = publish(make_page_showing(pay_limit))
    translate(page, "en", title="Pay limit")

    html = [read_document(page.translation_key, JANUARY, locale)["html"] for locale in ("da", "en")]

    assert [
        '<p class="figure">Beløbsgrænsen: <strong><data value="552000.00">552.000</data> kr. pr. år</strong> '
        '(gælder fra <time datetime="2027-01-01">1. januar 2027</time>)</p>' in html[0],
        '<p class="figure">The pay limit: <strong><data value="552000.00">552,000</data> kr. pr. år</strong> '
        '(valid from <time datetime="2027-01-01">1 January 2027</time>)</p>' in html[1],
    ] == [True, True]


def test_correction_of_today_carries_over_to_the_coming_amount(pay_limit):
    page = publish(make_page_showing(pay_limit))

    publish(page, body=build_body(page, pay_limit, text="<p>Rettet.</p>"))

    assert read_texts(page) == [
        (NOVEMBER, "<p>Rettet.</p>", "514000.00"),
        (JANUARY, "<p>Rettet.</p>", "552000.00"),
    ]


def test_planned_text_is_split_at_its_own_coming_days(pay_limit):
    set_amounts(pay_limit, {LAST_YEAR: "514000", JANUARY: "552000", APRIL: "560000"})
    page = publish(make_page_showing(pay_limit))

    publish(page, body=build_body(page, pay_limit, text="<p>Plan.</p>"), applies_from=FEBRUARY)

    present = "<p>Lønnen skal være høj nok.</p>"
    assert read_texts(page) == [
        (NOVEMBER, present, "514000.00"),
        (JANUARY, present, "552000.00"),
        (FEBRUARY, "<p>Plan.</p>", "552000.00"),
        (APRIL, "<p>Plan.</p>", "560000.00"),
    ]
    assert list_problems() == []


def test_present_text_takes_its_coming_days_back_when_the_plan_is_cancelled(pay_limit):
    set_amounts(pay_limit, {LAST_YEAR: "514000", APRIL: "560000"})
    page = publish(make_page_showing(pay_limit))
    publish(page, body=build_body(page, pay_limit, text="<p>Plan.</p>"), applies_from=FEBRUARY)

    planned = Window.objects.get(content_id=page.translation_key, starts=FEBRUARY)
    publication_log.withdraw(content_id=page.translation_key, version=planned.version)

    present = "<p>Lønnen skal være høj nok.</p>"
    assert read_texts(page) == [(NOVEMBER, present, "514000.00"), (APRIL, present, "560000.00")]


def test_amount_after_the_last_day_of_a_text_makes_no_version(pay_limit):
    page = publish(make_page_showing(pay_limit), applies_until=date(2026, 12, 31))

    assert read_amounts(page) == [(NOVEMBER, JANUARY, "514000.00")]
    assert ReleaseRendition.objects.count() == 0


def test_amount_that_is_added_releases_the_coming_version(pay_limit):
    page = publish(make_page_showing(pay_limit))

    set_amounts(pay_limit, {LAST_YEAR: "514000", JANUARY: "552000", APRIL: "560000"})

    assert read_amounts(page) == [
        (NOVEMBER, JANUARY, "514000.00"),
        (JANUARY, APRIL, "552000.00"),
        (APRIL, None, "560000.00"),
    ]
    assert list_problems() == []


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ({LAST_YEAR: "514000"}, [(NOVEMBER, None, "514000.00")]),
        (
            {LAST_YEAR: "514000", FEBRUARY: "552000"},
            [(NOVEMBER, FEBRUARY, "514000.00"), (FEBRUARY, None, "552000.00")],
        ),
    ],
)
def test_amount_that_is_removed_or_moved_cancels_the_version_of_its_day(pay_limit, amounts, expected):
    page = publish(make_page_showing(pay_limit))

    set_amounts(pay_limit, amounts)

    assert read_amounts(page) == expected
    assert list_problems() == []


def test_text_that_applies_although_another_was_published_last_follows_its_figure(pay_limit):
    page = publish(make_page_showing(pay_limit))
    publish(page, body=build_body(page), applies_from=date(2026, 11, 1), applies_until=date(2026, 11, 1))

    set_amounts(pay_limit, {LAST_YEAR: "514001"})

    assert read_amounts(page)[-1] == (NOVEMBER, None, "514001.00")


def test_figure_taken_out_of_the_text_cancels_the_coming_version(pay_limit):
    page = publish(make_page_showing(pay_limit))

    publish(page, body=build_body(page))

    assert read_amounts(page) == [(NOVEMBER, None)]


def test_withdrawn_text_takes_all_its_versions_along(pay_limit):
    page = publish(make_page_showing(pay_limit))

    page.unpublish()

    assert (Window.objects.count(), list_problems()) == (0, [])


def test_withdrawn_version_takes_the_whole_text_along(pay_limit):
    page = publish(make_page_showing(pay_limit))

    coming = Window.objects.get(content_id=page.translation_key, starts=JANUARY)
    publication_log.withdraw(content_id=page.translation_key, version=coming.version, reason="recalled")

    assert Window.objects.count() == 0


def test_translation_shows_the_amount_of_each_day_and_stays_current(pay_limit):
    page = publish(make_page_showing(pay_limit))
    translate(page, "en", title="Pay limit")

    set_amounts(pay_limit, {LAST_YEAR: "514000", JANUARY: "553000"})

    assert read_amounts(page, "en") == [(NOVEMBER, JANUARY, "514000.00"), (JANUARY, None, "553000.00")]
    assert set(Window.objects.filter(locale="en").values_list("state", flat=True)) == {"current"}


def test_language_published_later_joins_every_version(pay_limit):
    page = publish(make_page_showing(pay_limit))

    translate(page, "en", title="Pay limit")

    languages = [
        [link["locale"] for link in read_document(page.translation_key, day)["translations"]]
        for day in (NOVEMBER, JANUARY)
    ]
    assert (languages, read_amounts(page)) == (
        [["en"], ["en"]],
        [(NOVEMBER, JANUARY, "514000.00"), (JANUARY, None, "552000.00")],
    )


def test_new_path_is_the_path_of_every_version(pay_limit):
    page = publish(make_page_showing(pay_limit))

    publish(page, slug="flyttet")

    paths = Window.objects.filter(content_id=page.translation_key).values_list("path", flat=True)
    assert (set(paths), read_amounts(page)) == (
        {"/da/flyttet/"},
        [(NOVEMBER, JANUARY, "514000.00"), (JANUARY, None, "552000.00")],
    )


def test_corrected_past_amount_is_told_from_today_on(pay_limit, clock):
    page = publish(make_page_showing(pay_limit))
    clock.move_to("2027-02-01T12:00:00+01:00")

    set_amounts(pay_limit, {LAST_YEAR: "514001", JANUARY: "552001"})

    assert read_amounts(page) == [
        (NOVEMBER, JANUARY, "514000.00"),
        (JANUARY, FEBRUARY, "552000.00"),
        (FEBRUARY, None, "552001.00"),
    ]
    assert list_problems() == []


def test_corrected_correction_of_one_day_leaves_one_version(pay_limit):
    page = publish(make_page_showing(pay_limit))

    set_amounts(pay_limit, {LAST_YEAR: "51400", JANUARY: "552000"})
    set_amounts(pay_limit, {LAST_YEAR: "514000", JANUARY: "552000"})

    assert read_amounts(page) == [(NOVEMBER, JANUARY, "514000.00"), (JANUARY, None, "552000.00")]


def test_midnight_passes_without_a_difference_and_an_unchanged_text_stays(pay_limit, clock):
    page = publish(make_page_showing(pay_limit))
    rows = Release.objects.count()
    clock.move_to("2027-01-01T00:00:30+01:00")

    publish(page)

    assert (list_problems(), Release.objects.count()) == ([], rows)


def test_correction_after_the_day_leaves_the_days_before_it(pay_limit, clock):
    page = publish(make_page_showing(pay_limit))
    clock.move_to("2027-02-01T12:00:00+01:00")

    publish(page, body=build_body(page, pay_limit, text="<p>Rettet.</p>"))

    present = "<p>Lønnen skal være høj nok.</p>"
    assert read_texts(page) == [
        (NOVEMBER, present, "514000.00"),
        (JANUARY, present, "552000.00"),
        (FEBRUARY, "<p>Rettet.</p>", "552000.00"),
    ]


def test_backdated_text_shows_the_amount_of_each_of_its_days(pay_limit, clock):
    clock.move_to("2027-04-01T12:00:00+02:00")
    set_amounts(pay_limit, {LAST_YEAR: "514000", JANUARY: "552000", FEBRUARY: "553000"})

    page = publish(make_page_showing(pay_limit), applies_from=NOVEMBER)

    assert read_amounts(page) == [
        (NOVEMBER, JANUARY, "514000.00"),
        (JANUARY, FEBRUARY, "552000.00"),
        (FEBRUARY, None, "553000.00"),
    ]
    assert list_problems() == []


def test_place_that_changes_later_does_not_rewrite_amounts_gone_by(pay_limit, clock):
    place = publish(make_page(ContactPointPage, title="SCSC"))
    step = {"title": "CPR", "html": "<p>Gå hen.</p>", "bring": [], "where": place.pk, "how_long": ""}
    guide = make_page(GuidePage, title="Guide", steps=[])
    guide.steps = GuidePage.steps.field.to_python([{"type": "step", "value": step}])
    guide.body = build_body(guide, pay_limit)
    guide = publish(guide)
    clock.move_to("2027-02-01T12:00:00+01:00")

    publish(place, title="Struer")

    titles = [
        read_document(guide.translation_key, day)["steps"][0]["where"]["title"] for day in (NOVEMBER, JANUARY, FEBRUARY)
    ]
    assert (titles, read_amounts(guide)) == (
        ["SCSC", "Struer", "Struer"],
        [(NOVEMBER, JANUARY, "514000.00"), (JANUARY, None, "552000.00")],
    )


def test_figure_without_an_amount_yet_shows_nothing_until_its_day(site):
    figure = make_figure(amounts={JANUARY: "100"})

    page = publish(make_page_showing(figure))

    html = [read_document(page.translation_key, day)["html"] for day in (NOVEMBER, JANUARY)]
    assert read_amounts(page) == [(NOVEMBER, JANUARY), (JANUARY, None, "100.00")]
    assert ["figure" in text for text in html] == [False, True]


def test_name_that_changes_releases_every_version(pay_limit):
    page = publish(make_page_showing(pay_limit))
    figure = Figure.objects.get(pk=pay_limit.pk)
    figure.names = [*figure.names.all()]
    figure.names.all()[0].label = "Beløbsordningen"
    figure.save()

    labels = [read_document(page.translation_key, day)["blocks"][1]["value"]["label"] for day in (NOVEMBER, JANUARY)]

    assert labels == ["Beløbsordningen", "Beløbsordningen"]


def test_figure_saved_without_a_change_releases_nothing(pay_limit):
    publish(make_page_showing(pay_limit))
    rows = Release.objects.count()

    Figure.objects.get(pk=pay_limit.pk).save()

    assert Release.objects.count() == rows


def test_figure_whose_saving_is_rolled_back_leaves_no_trace(pay_limit):
    page = publish(make_page_showing(pay_limit))
    rows = Release.objects.count()

    with pytest.raises(RuntimeError), transaction.atomic():
        set_amounts(pay_limit, {LAST_YEAR: "1"})
        raise RuntimeError

    assert (Release.objects.count(), FigureAmount.objects.count()) == (rows, 2)
    assert read_amounts(page) == [(NOVEMBER, JANUARY, "514000.00"), (JANUARY, None, "552000.00")]


def test_figure_in_use_cannot_be_deleted(pay_limit):
    page = publish(make_page_showing(pay_limit, title="Hvad skal jeg tjene?"))

    with pytest.raises(FigureInUseError, match="Hvad skal jeg tjene"):
        pay_limit.delete()
    page.unpublish()
    Figure.objects.get(pk=pay_limit.pk).delete()

    assert Figure.objects.count() == 0


def test_figure_that_only_the_text_before_the_plan_shows_is_in_use(pay_limit):
    page = publish(make_page_showing(pay_limit))
    publish(page, body=build_body(page), applies_from=FEBRUARY)

    with pytest.raises(FigureInUseError):
        pay_limit.delete()

    assert read_amounts(page) == [
        (NOVEMBER, JANUARY, "514000.00"), (JANUARY, FEBRUARY, "552000.00"), (FEBRUARY, None),
    ]  # fmt: skip


def test_amount_changed_behind_the_signals_is_found_and_repaired(pay_limit):
    page = publish(make_page_showing(pay_limit))
    FigureAmount.objects.filter(valid_from=JANUARY).update(amount="1")

    found = list_problems()
    call_command("publication_check", "--repair", verbosity=0)

    assert (found, list_problems()) == (["the live text is not the released one"], [])
    assert read_amounts(page) == [(NOVEMBER, JANUARY, "514000.00"), (JANUARY, None, "1.00")]


def test_windows_rebuilt_from_the_log_are_the_same(pay_limit):
    publish(make_page_showing(pay_limit))
    set_amounts(pay_limit, {LAST_YEAR: "514000", FEBRUARY: "552000"})
    before = sorted(Window.objects.values_list("release_id", "starts", "ends", "version", "etag"))

    rebuild_windows()

    assert sorted(Window.objects.values_list("release_id", "starts", "ends", "version", "etag")) == before


def test_document_list_and_snapshot_know_both_sides_of_the_day(pay_limit, client):
    page = publish(make_page_showing(pay_limit))

    address = f"/api/v1/documents/{page.translation_key}/"
    answers = [client.get(address, {"as_of": day}).json() for day in ("2026-12-31", "2027-01-01")]
    lines = client.get("/api/v1/snapshot/").getvalue().decode().splitlines()[1:]

    assert [answer["blocks"][1]["value"]["amount"] for answer in answers] == ["514000.00", "552000.00"]
    assert [answer["applies_from"] for answer in answers] == ["2026-11-24", "2027-01-01"]
    assert sum(str(page.translation_key) in line for line in lines) == 2


def test_two_amounts_may_change_places(pay_limit):
    figure = Figure.objects.get(pk=pay_limit.pk)
    first, second = figure.list_amounts()
    first.valid_from, second.valid_from = second.valid_from, first.valid_from
    figure.amounts = [first, second]

    figure.save()

    stored = FigureAmount.objects.order_by("valid_from").values_list("valid_from", "amount")
    assert [(day, int(amount)) for day, amount in stored] == [(LAST_YEAR, 552000), (JANUARY, 514000)]


def test_page_model_without_figures_keeps_no_variants(site):
    publish(make_page(ArticlePage))

    assert ReleaseRendition.objects.count() == 0


def test_figure_is_deleted_while_nothing_else_can_be_released(pay_limit):
    with CaptureQueriesContext(connection) as context:
        pay_limit.delete()

    statements = [query["sql"] for query in context.captured_queries if "publication_" in query["sql"]]
    assert "publication_loghead" in statements[0]
