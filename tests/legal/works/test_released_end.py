"""The end of an act as its released document tells it, and the windows that are there when the column comes."""

from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from cms.publication.models import Window
from legal.works.released_end import find_released_end
from tests.legal.acts import build_line, build_section, import_lines

MIGRATION = import_module("cms.publication.migrations.0003_window_ended_on")


@pytest.mark.parametrize(
    ("document", "day"),
    [
        ({"status": {"state": "in_force", "until": None}}, None),
        ({"status": {"state": "in_force", "until": "2027-12-31"}}, date(2028, 1, 1)),
        ({"status": {"state": "repealed", "until": "2019-12-31"}, "repealed_on": "2020-01-01"}, date(2020, 1, 1)),
        ({"status": {"state": "historic", "until": None}}, date.min),
        # Released before the status named days.
        ({"status": {"state": "repealed"}, "repealed_on": "2020-01-01"}, date(2020, 1, 1)),
        ({"status": {"state": "historic"}, "repealed_on": None}, date.min),
        ({"status": {"state": "unknown"}, "repealed_on": None}, None),
    ],
)
def test_end_is_read_from_documents_old_and_new(document: dict[str, Any], day: date | None) -> None:
    assert (find_released_end(document), MIGRATION.find_end(document)) == (day, day)


@pytest.mark.django_db
def test_migration_projects_what_a_release_does(tmp_path: Path) -> None:
    repeal = (
        "Bekendtgørelsen træder i kraft den 1. januar 2020. Stk. 2. Bekendtgørelse nr. 10 af 2. januar 2018 ophæves."
    )
    import_lines(
        tmp_path,
        build_line("BEK", 10, "2018-01-02", "Bekendtgørelse om gebyrer", [build_section("1", "Gebyr.")]),
        build_line("BEK", 20, "2019-12-02", "Bekendtgørelse om betaling", [build_section("1", repeal)]),
        build_line("BEK", 30, "2018-01-02", "Bekendtgørelse om told", source_status="historic"),
    )
    released = set(Window.objects.values_list("path", "ended_on"))
    Window.objects.update(ended_on=None)

    MIGRATION.project_ends(apps, None)

    assert set(Window.objects.values_list("path", "ended_on")) == released
    assert {day for _path, day in released} == {date(2020, 1, 1), None, date.min}
