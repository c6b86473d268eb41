"""The calendar of everything planned: what stands in it, for whom, and by which filters."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from cms.core.calendar import today
from cms.core.enums import Significance
from cms.core.models import Figure
from cms.core.models.figures import FigureAmount, FigureName
from cms.translation.bundle_enums import Timing
from cms.translation.bundles.contents import add_texts
from cms.translation.bundles.going_live import schedule_bundle
from cms.translation.models import ReleaseBundle
from legal.notes.law_note_page import LawNotePage
from tests.factories.pages import make_page, publish, translate
from tests.publication.editor.test_withdrawal_view import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
DAY = today() + timedelta(days=40)


@pytest.fixture
def plans(editor: Any, admin_user: Any) -> Any:
    """Something of every type, all on one day."""
    page = publish(make_page(title="Nu"))
    translate(page, "pl", title="Teraz")
    publish(page, title="Siden", applies_from=DAY, significance=Significance.SUBSTANTIVE)
    commencement = ("commencement", {"date": DAY, "provisions": [], "note": ""})
    publish(make_page(LawNotePage, title="Ny lov", commencements=[commencement]))
    figure = Figure(slug="gebyr")
    figure.names = [FigureName(language="da", label="Gebyr", unit="kr.")]
    figure.amounts = [FigureAmount(valid_from=DAY, amount="1250")]
    figure.save()
    bundled = make_page(title="I pakken")
    bundled.save_revision()
    bundle = ReleaseBundle.objects.create(name="Pakken", owner=admin_user, timing=Timing.DAY, day=DAY)
    add_texts(bundle, bundled.translation_key, ["da"])
    schedule_bundle(bundle, admin_user)
    return page


def list_lines(editor: Any, **query: str) -> list[tuple[str, str, str]]:
    days = editor.get(reverse("publication_planned"), query).context["days"]
    assert [day.day for day in days] in ([DAY], [])
    return sorted((str(line.label), line.entry.title, line.entry.locale) for day in days for line in day.lines)


def test_everything_planned_stands_under_its_day(plans: Any, editor: Any) -> None:
    assert list_lines(editor) == [
        ("Dated figures", "Gebyr", ""),
        ("Law", "Ny lov", "da"),
        ("Outdated translations", "Teraz", "pl"),
        ("Release bundles", "Pakken", ""),
        ("Texts", "I pakken", "da"),
        ("Texts", "Siden", "da"),
    ]


def test_type_and_language_are_filtered(plans: Any, editor: Any) -> None:
    assert list_lines(editor, type="text", language="da") == [("Texts", "I pakken", "da"), ("Texts", "Siden", "da")]
    assert list_lines(editor, language="pl", type="outdated") == [("Outdated translations", "Teraz", "pl")]
    assert list_lines(editor, language="pl", type="text") == []


def test_text_of_a_consortium_and_somebody_elses_bundle_are_not_shown(
    plans: Any, client: Any, django_user_model: Any
) -> None:
    from cms.core.models import Consortium

    consortium = Consortium.objects.create(name="Øst", slug="oest", valid_from=today())
    hidden = make_page(title="Skjult", visibility="consortium", consortium=consortium)
    publish(hidden, applies_from=DAY)
    own = make_page(title="Min")
    client.force_login(make_user(django_user_model, own, "change_page", "publish_page"))

    titles = {title for _label, title, _locale in list_lines(client)}

    assert titles == {"Gebyr", "Ny lov", "Teraz", "I pakken", "Siden"}
