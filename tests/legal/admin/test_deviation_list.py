"""Texts that the source replaced, in the editor's reports."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from legal.models import SourceDeviation
from tests.legal.acts import build_line, build_section, import_lines

pytestmark = pytest.mark.django_db

TITLE = "Bekendtgørelse af udlændingeloven"


@pytest.fixture
def deviation(tmp_path: Path) -> SourceDeviation:
    """A text whose words the source changed."""
    for words in ("Mindst 448.000 kr.", "Mindst 450.000 kr."):
        import_lines(tmp_path, build_line("LBK", 1009, "2024-09-02", TITLE, [build_section("9a", words)]))
    return SourceDeviation.objects.get()


def test_moved_source_is_listed_until_somebody_has_looked_at_it(
    admin_client: Client, deviation: SourceDeviation
) -> None:
    listed = admin_client.get(reverse("legal_deviations")).content.decode()
    settled = admin_client.post(reverse("legal_deviation_settle", args=[deviation.pk]))

    open_ones = admin_client.get(reverse("legal_deviations"), {"resolved_at": "false"}).content.decode()
    deviation.refresh_from_db()
    assert deviation.eli_uri in listed
    assert "csrfmiddlewaretoken" in listed.partition(deviation.eli_uri)[2]
    assert settled.status_code == 302
    assert deviation.resolved_at is not None
    assert deviation.eli_uri not in open_ones


def test_deviation_is_settled_by_those_who_edit_pages_only(
    client: Client, deviation: SourceDeviation, django_user_model: Any
) -> None:
    client.force_login(django_user_model.objects.create_user("guest", password="en-lang-adgangskode"))

    answer = client.post(reverse("legal_deviation_settle", args=[deviation.pk]))

    deviation.refresh_from_db()
    assert answer.status_code in (302, 403)
    assert deviation.resolved_at is None
