"""The act that a name means where several bear it: a table a lawyer can read."""

from datetime import date

import pytest

from legal.citing.act_choice import NamedAct, choose_act
from legal.enums import ActKind

DAY = date(2020, 6, 1)


def build_act(name: str, first_signed: str, founded_on: str | None = None, **changes: object) -> tuple[str, NamedAct]:
    fields = {"work_id": 1, "kind": ActKind.MAIN, "jurisdiction": "dk", "number": 100, **changes}
    founded = date.fromisoformat(founded_on) if founded_on else None
    return name, NamedAct(first_signed=date.fromisoformat(first_signed), founded_on=founded, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        pytest.param([], None, id="nobody bears the name"),
        pytest.param([build_act("1970", "1970-06-12"), build_act("2018", "2018-01-30")], "2018", id="the later act"),
        pytest.param([build_act("1970", "1970-06-12"), build_act("2022", "2022-01-30")], "1970", id="not one to come"),
        pytest.param(
            # The consolidation of the old act is signed after the new act has begun.
            [build_act("old", "2019-03-01", "1983-10-01"), build_act("new", "2018-01-30", "2018-07-01")],
            "new",
            id="the one that began last, whichever was printed last",
        ),
        pytest.param(
            [build_act("danish", "1990-01-01"), build_act("greenlandic", "2010-01-01", jurisdiction="gl")],
            "danish",
            id="a Danish act before Greenland's",
        ),
        pytest.param(
            # "Bekendtgørelse om … i lov om aktie- og anpartsselskaber (selskabsloven)" carries the act's name in its title.
            [build_act("act", "2009-06-12"), build_act("order", "2010-09-24", kind=ActKind.OTHER)],
            "act",
            id="an act before an order",
        ),
        pytest.param(
            [build_act("known", "1990-01-01"), build_act("unknown then", "2010-01-01", was_known=False)],
            "known",
            id="what was known at the moment asked about",
        ),
        pytest.param(
            [build_act("two", "2020-01-01", number=2), build_act("three", "2020-01-01", number=3)],
            "three",
            id="of one day the higher number",
        ),
        pytest.param([build_act("consolidations alone", "2021-01-01")], "consolidations alone", id="known later only"),
        pytest.param([build_act("later", "2021-01-01", "2021-01-01")], None, id="says itself that it began later"),
        pytest.param([build_act("order", "2021-01-01", kind=ActKind.OTHER)], None, id="an order of later is not meant"),
    ],
)
def test_name_borne_by_several_acts(acts: list[tuple[str, NamedAct]], expected: str | None):
    chosen = choose_act([act for _name, act in acts], DAY)

    assert next((name for name, act in acts if act is chosen), None) == expected
