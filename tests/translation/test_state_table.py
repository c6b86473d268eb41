"""Every state and every event, as they come about on a site, lead where the table says; and the table for people says the same."""

from pathlib import Path

import pytest

from cms.core.starter_set import load_languages
from cms.exchange.sites import get_home
from cms.translation.enums import WorkEvent, WorkState
from cms.translation.states.state_table import TABLE, StepRefusedError, write_table
from cms.translation.states.work import record
from tests.translation.work_cases import LOCALE, TOLD_DIRECTLY, WorkCase

pytestmark = pytest.mark.django_db

LANGUAGES_PAGE = Path(__file__).parents[2] / "docs" / "languages.md"
# What takes a text away, or says that it is right, needs one that is out.
NEEDS_RELEASED = {WorkEvent.WITHDRAWN, WorkEvent.DISMISSED, WorkEvent.CONFIRMED, WorkEvent.SOURCE_WITHDRAWN}


@pytest.fixture
def languages(db):
    """All languages and a home page, which is what an article and its translation need."""
    load_languages()
    return get_home("da")


def test_table_has_a_cell_for_every_state_and_event():
    assert set(TABLE) == {(state, event) for state in WorkState for event in WorkEvent}
    assert len(TABLE) >= 100


@pytest.mark.parametrize(("state", "event"), list(TABLE), ids=lambda value: value.value)
def test_cell(languages, english, admin_user, state, event):
    case = WorkCase(admin_user)
    case.bring_into(state, is_released=event in NEEDS_RELEASED)
    cell = TABLE[state, event]
    steps = case.list_steps()

    def happen():
        if (state, event) in TOLD_DIRECTLY:
            record(event, case.key, LOCALE, user=admin_user)
        else:
            case.carry_out(event)

    if cell.refusal:
        with pytest.raises(StepRefusedError, match=str(cell.refusal).split(";", maxsplit=1)[0]):
            happen()
        assert (case.task.state, case.list_steps()) == (state, steps)
        return
    happen()

    after = cell.after or state
    taken = case.list_steps()[len(steps) :]
    assert case.task.state == after
    if after != state:
        # Publishing new words saves them as a draft first.
        assert (taken[0][1], taken[-1][0], taken[-1][2]) == (state, event, after)


def test_table_for_people_is_the_table_of_the_code(english):
    page = LANGUAGES_PAGE.read_text()

    assert write_table() in page, "python manage.py translation_states prints the table"
