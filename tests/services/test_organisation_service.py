"""Outlets and staff: what is in use on a day, names that tell people apart, leaving with a hand-over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.cases import Case
from postal_desk.domain.sentences import FieldRefusal, Refusal
from postal_desk.services.cases import add_cases, read_cases
from postal_desk.services.desk import Desk
from postal_desk.services.organisation import (
    add_outlet,
    add_staff,
    edit_outlet,
    edit_staff,
    leave,
    list_outlets,
    list_staff,
)


def test_lists_show_what_is_in_use_on_a_day(empty_desk: Desk) -> None:
    add_outlet(empty_desk, "新支局", valid_from=date(2019, 7, 1))
    add_outlet(empty_desk, "老支局", valid_to=date(2019, 6, 30), successor="新支局")
    assert [o.name for o in list_outlets(empty_desk, date(2019, 6, 30))] == ["老支局"]
    assert [o.name for o in list_outlets(empty_desk, date(2019, 7, 1))] == ["新支局"]
    assert [o.successor for o in list_outlets(empty_desk)] == ["", "新支局"]


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"name": "船营投递部"}, "name"),
        ({"name": " "}, "name"),
        ({"name": "一\n二"}, "name"),
        ({"name": "局" * 61}, "name"),
        ({"name": "x", "kind": "shop"}, "kind"),
        ({"name": "x", "grade": 4}, "grade"),
        ({"name": "x", "valid_from": date(2019, 2, 1), "valid_to": date(2019, 1, 1)}, "valid_to"),
        ({"name": "x", "successor": "无此局"}, "successor"),
    ],
)
def test_an_outlet_that_cannot_be(desk: Desk, values: dict[str, object], path: str) -> None:
    with pytest.raises(FieldRefusal) as caught:
        add_outlet(desk, **values)  # type: ignore[arg-type]
    assert caught.value.path == path
    assert len(list_outlets(desk)) == 1


def test_two_people_of_one_name_need_a_distinction(desk: Desk) -> None:
    with pytest.raises(FieldRefusal, match="tell the two apart"):
        add_staff(desk, "苏阳")
    add_staff(desk, "苏阳(丰满)")


def test_a_renamed_outlet_is_renamed_in_its_cases(desk: Desk, make_case: Callable[..., Case]) -> None:
    add_cases(desk, [make_case(outlet="船营投递部")])
    edit_outlet(desk, "船营投递部", {"name": "船营揽投部", "grade": 2})
    assert read_cases(desk, CaseFilter(outlet="船营揽投部"))[0].outlet == "船营揽投部"
    assert list_staff(desk)[0].outlet == "船营揽投部"


@pytest.mark.parametrize("changes", [{"colour": 1}, {"outlet": "无"}, {"position": "boss"}])
def test_edits_of_people_are_checked(desk: Desk, changes: dict[str, object]) -> None:
    with pytest.raises(FieldRefusal):
        edit_staff(desk, "苏阳", changes)


def test_open_cases_are_handed_over_when_somebody_leaves(
    desk: Desk, make_case: Callable[..., Case], finished: dict[str, object]
) -> None:
    numbers = add_cases(
        desk, [make_case(handler="苏阳"), make_case(handler="苏阳", **finished), make_case()]
    ).cases
    with pytest.raises(Refusal, match=r"open cases \(1\)"):
        leave(desk, "苏阳", date(2019, 8, 31))
    changes = leave(desk, "苏阳", date(2019, 8, 31), "赵敏")
    assert changes.cases == numbers[:1]
    assert [c.handler for c in read_cases(desk, CaseFilter())] == ["", "苏阳", "赵敏"]
    assert [s.name for s in list_staff(desk, date(2019, 9, 1))] == ["赵敏"]


@pytest.mark.parametrize("successor", ["无此人", "苏阳"])
def test_the_successor_must_be_there(desk: Desk, make_case: Callable[..., Case], successor: str) -> None:
    add_cases(desk, [make_case(handler="苏阳")])
    with pytest.raises(FieldRefusal):
        leave(desk, "苏阳", date(2019, 8, 31), successor)
    assert list_staff(desk)[0].left_on is None
