"""Agreement of pages and log: changes that went past the signals are found and repaired."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from cms.core.calendar import today
from cms.publication.log.publication_log import publication_log
from cms.publication.models import Release, ReleaseBody, Window
from cms.publication.pages.agreement import list_differences
from knowledge.models import ArticlePage
from tests.factories.figures import make_figure
from tests.factories.files import make_document, make_image
from tests.factories.pages import make_page, publish, translate
from tests.factories.references import make_block, make_place, make_referrer, write_link
from tests.legal.acts import build_line, import_lines

pytestmark = pytest.mark.django_db

ELI_URI = "https://www.retsinformation.dk/eli/lta/2025/1183"


def test_agreement_is_reported_as_such(site):
    publish(make_page())

    assert list(list_differences()) == []


def test_live_flag_set_behind_the_signals_is_found_and_repaired(site):
    page = make_page()
    page.save_revision()
    ArticlePage.objects.filter(pk=page.pk).update(live=True)
    out = StringIO()

    with pytest.raises(SystemExit) as stop:
        call_command("publication_check", stdout=out)
    call_command("publication_check", "--repair", stdout=out)

    assert (stop.value.code, out.getvalue().count("live, but not released"), list(list_differences())) == (1, 2, [])
    assert out.getvalue().endswith("1 differences found and repaired, 0 are left.\n")


def test_differences_of_one_kind_are_named_up_to_a_number_and_counted(site, settings):
    for number in range(22):
        publish(make_page(title=f"Side {number}"))
    settings.PUBLIC_URL = "http://testserver:8700"
    out, whole = StringIO(), StringIO()

    for stream, verbosity in ((out, 1), (whole, 2)):
        with pytest.raises(SystemExit):
            call_command("publication_check", stdout=stream, verbosity=verbosity)

    assert out.getvalue().splitlines()[20:] == [
        "and 2 more: released with another address (PUBLIC_URL), other languages or another classification",
        "22 differences found.",
    ]
    assert len(whole.getvalue().splitlines()) == 23


def test_page_taken_down_behind_the_signals_is_withdrawn(site):
    page = publish(make_page())
    ArticlePage.objects.filter(pk=page.pk).update(live=False)

    for difference in list_differences():
        difference.repair()

    assert Window.objects.count() == 0


def test_title_changed_behind_the_signals_is_found(site):
    page = publish(make_page())
    ArticlePage.objects.filter(pk=page.pk).update(title="Ændret uden om")

    assert [difference.what for difference in list_differences()] == ["the live text is not the released one"]


def test_change_of_the_own_address_is_found_and_repaired_for_pages_and_acts(site, settings, tmp_path):
    import_lines(tmp_path, build_line("LBK", 1183, "2025-09-25", "Bekendtgørelse af udlændingeloven"))
    place = publish(make_place())
    page = publish(
        make_referrer("link", place, citations=[("citation", {"eli_uri": ELI_URI, "section": "", "stk": []})]),
        significance="substantive",
    )
    translate(page, "en", title="Help")
    texts = Release.objects.filter(position=F("text_position")).count()

    settings.PUBLIC_URL = "http://testserver:8700"
    found = {difference.locale: difference.what for difference in list_differences()}
    call_command("publication_check", "--repair", stdout=StringIO())

    assert set(found) == {"da", "en"}
    assert "act" in set(Window.objects.values_list("type", flat=True))
    assert list(list_differences()) == []
    bodies = ReleaseBody.objects.filter(release__window__isnull=False, release__window__ends__isnull=True)
    stored = [bytes(body) for body in bodies.values_list("body", flat=True)]
    assert [body for body in stored if b"http://testserver/" in body] == []
    # It is the same text: nothing that was translated is outdated by it.
    assert Release.objects.filter(position=F("text_position")).count() == texts
    assert set(Window.objects.filter(ends__isnull=True).values_list("state", flat=True)) == {"source", "current"}


def test_link_left_at_another_address_is_found_though_all_around_it_is_right(site, settings):
    page = publish(make_referrer("link", publish(make_place())))
    settings.PUBLIC_URL = "http://testserver:8700"
    publication_log.refresh(page.translation_key)

    assert "released under another PUBLIC_URL" in [found.what for found in list_differences()]


def make_referrers(numbers):
    """Publish pages of several types that show all there is to show, each its own."""
    for number in numbers:
        place = publish(make_place(f"Sted {number}"))
        gone = make_place(f"Kommer {number}")
        figure = make_figure(f"figure-{number}", amounts={date(2026, 1, 1): "100.00", date(2028, 1, 1): "200.00"})
        image, document = make_image(f"{number}.png"), make_document(f"{number}.pdf")
        body = [
            ("paragraph", write_link(place) + f'<p><a linktype="document" id="{document.pk}">Blanket</a></p>'),
            ("contact_point", place),
            ("contact_point", gone),
            ("figure", figure),
            ("reusable", make_block(write_link(place))),
            ("image", {"image": image, "alt_text": "Et hus", "caption": ""}),
            ("document", {"document": document, "label": "Blanket"}),
            ("paragraph", "<p>udlændingelovens § 9 a</p>"),
        ]
        citations = [("citation", {"eli_uri": ELI_URI, "section": "9a", "stk": []})]
        page = publish(make_page(title=f"Side {number}"), body=body, related=[("page", place)], citations=citations)
        translate(page, "en", title=f"Page {number}")
        publish(make_referrer("link in a law note", place, title=f"Note {number}"))
        publish(make_referrer("where of a guide", place, title=f"Guide {number}"))


def test_queries_grow_with_the_batches_and_not_with_the_pages_in_them(site, tmp_path):
    import_lines(tmp_path, build_line("LBK", 1183, "2025-09-25", "Bekendtgørelse af udlændingeloven"))
    make_referrers(range(2))
    windows = Window.objects.count()
    with CaptureQueriesContext(connection) as few:
        assert list(list_differences(batch_size=50)) == []

    make_referrers(range(2, 6))
    with CaptureQueriesContext(connection) as many:
        assert list(list_differences(batch_size=50)) == []
    with CaptureQueriesContext(connection) as batched:
        assert list(list_differences(batch_size=5)) == []

    assert Window.objects.count() > 2 * windows
    assert len(many) == len(few)
    assert len(few) < len(batched)


def test_page_that_says_what_is_planned_already_agrees_with_the_log(site):
    """A text for today came in between; publishing the planned one once more stores no row."""
    page = publish(make_page(title="I dag"))
    day = today() + timedelta(days=20)
    publish(page, title="Til januar", applies_from=day)
    publish(page, title="Rettet i dag", applies_from=None)
    rows = Release.objects.count()

    publish(page, title="Til januar", applies_from=day)
    is_stored = Release.objects.count() > rows

    assert not is_stored
    assert list(list_differences()) == []
    type(page).objects.filter(pk=page.pk).update(title="Ingen har udgivet det")
    assert [difference.what for difference in list_differences()] == ["the live text is not the released one"]
