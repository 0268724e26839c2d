"""Every edit and deletion can be taken back, unless something else has changed the same since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.case_json import parse_changes
from postal_desk.domain.cases import Case, Step
from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import Refusal
from postal_desk.services import branch_settings, rule_book, views
from postal_desk.services.cases import (
    add_cases,
    add_step,
    assign_cases,
    close_case,
    delete_cases,
    edit_case,
    read_cases,
    reopen_case,
    show_case,
)
from postal_desk.services.checking import check_desk
from postal_desk.services.desk import Desk
from postal_desk.services.organisation import (
    add_outlet,
    add_staff,
    edit_staff,
    leave,
    list_outlets,
    list_staff,
)
from postal_desk.services.undo import purge_bin, undo

NUMBER = "220204-2019-07-0001"
OTHER = "220204-2019-07-0002"


@pytest.fixture
def desk(desk: Desk, make_case: Callable[..., Case], finished: dict[str, Any]) -> Desk:
    """One open case and one closed one."""
    add_cases(desk, [make_case(handler="苏阳", customer={"name": "刘德"}), make_case(**finished)])
    return desk


ACTIONS: dict[str, Callable[[Desk], Changes]] = {
    "edit": lambda desk: edit_case(desk, NUMBER, {"subject": "新", "customer": {"name": "王芳"}}),
    "day": lambda desk: edit_case(desk, NUMBER, {"opened_on": date(2019, 8, 1)}),
    "lists": lambda desk: edit_case(
        desk, NUMBER, parse_changes({"items": [{"number": "RR473124829GB"}]}, desk.rules)
    ),
    "step": lambda desk: add_step(desk, NUMBER, Step("2019-07-04", text="查", status="answered")),
    "close": lambda desk: close_case(
        desk,
        NUMBER,
        parse_changes(
            {
                "steps": [{"at": "2019-07-04", "text": "查"}],
                "dispositions": [{"kind": "apology"}],
                "responsibility": "not_responsible",
                "opinion": "satisfied",
            },
            desk.rules,
        ),
    ),
    "reopen": lambda desk: reopen_case(desk, OTHER, date(2019, 7, 20), "又来电"),
    "delete": lambda desk: delete_cases(desk, [NUMBER, OTHER]),
    "assign": lambda desk: assign_cases(desk, [NUMBER, OTHER], "赵敏"),
    "leave": lambda desk: leave(desk, "苏阳", date(2019, 8, 31), "赵敏"),
    "add": lambda desk: add_cases(desk, [replace(show_case(desk, NUMBER).case, number="")] * 3),
}


def state(desk: Desk) -> list[Case]:
    return [replace(case, revision=0, changed_at="") for case in read_cases(desk, CaseFilter())]


@pytest.mark.parametrize("name", ACTIONS)
def test_taking_back_restores_and_taking_that_back_does_it_again(desk: Desk, name: str) -> None:
    before, staff = state(desk), list_staff(desk)
    changes = ACTIONS[name](desk)
    after, staff_after = state(desk), list_staff(desk)
    assert (after, staff_after) != (before, staff)
    assert changes.undo is not None
    taken_back = undo(desk, changes.undo)
    assert (state(desk), list_staff(desk)) == (before, staff)
    assert set(taken_back.cases) == set(changes.cases)
    assert taken_back.undo is not None
    undo(desk, taken_back.undo)
    assert (state(desk), list_staff(desk)) == (after, staff_after)
    assert check_desk(desk) == []


def test_other_fields_may_have_changed_since(desk: Desk) -> None:
    first = edit_case(desk, NUMBER, {"subject": "一"})
    edit_case(desk, NUMBER, {"remedy": "查明"})
    assert first.undo is not None
    undo(desk, first.undo)
    case = show_case(desk, NUMBER).case
    assert (case.subject, case.remedy) == ("挂号信未收到", "查明")


def test_a_later_change_of_the_same_field_is_not_overwritten(desk: Desk) -> None:
    first = edit_case(desk, NUMBER, {"subject": "一"})
    edit_case(desk, NUMBER, {"subject": "二"})
    assert first.undo is not None
    with pytest.raises(Refusal, match="changed since"):
        undo(desk, first.undo)
    assert show_case(desk, NUMBER).case.subject == "二"


def test_an_unknown_change_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match="can't be taken back"):
        undo(desk, 9999)


def test_an_added_outlet_goes_unless_it_is_used(desk: Desk) -> None:
    added = add_outlet(desk, "临江支局")
    used = add_outlet(desk, "北大街支局")
    add_staff(desk, "钱进", outlet="北大街支局")
    assert added.undo is not None
    assert used.undo is not None
    undo(desk, added.undo)
    with pytest.raises(Refusal, match="in use"):
        undo(desk, used.undo)
    assert [outlet.name for outlet in list_outlets(desk)] == ["船营投递部", "北大街支局"]


def test_a_renamed_person_gets_the_name_back(desk: Desk) -> None:
    renamed = edit_staff(desk, "苏阳", {"name": "苏阳(船营)", "joined_on": date(2010, 1, 1)})
    assert show_case(desk, NUMBER).case.handler == "苏阳(船营)"
    assert renamed.undo is not None
    undo(desk, renamed.undo)
    assert show_case(desk, NUMBER).case.handler == "苏阳"


def test_settings_and_views_are_taken_back(desk: Desk) -> None:
    edited = branch_settings.set(desk, unit="船营区分公司")
    saved = views.save_view(desk, "超期", CaseFilter(overdue=True))
    deleted = views.delete_view(desk, 1)
    for changes in (deleted, saved, edited):
        assert changes.undo is not None
        undo(desk, changes.undo)
    assert branch_settings.get(desk).unit == ""
    assert views.list_views(desk) == []


def test_an_edited_rule_is_taken_back_with_its_due_days(desk: Desk) -> None:
    before = show_case(desk, NUMBER).deadlines
    payload = next(r.payload for r in rule_book.list_rules(desk, "clock") if r.key == "inquiry_reply")
    edited = rule_book.edit_rule(desk, "clock", "inquiry_reply", {**payload, "limit": 90})
    assert show_case(desk, NUMBER).deadlines != before
    assert edited.undo is not None
    assert undo(desk, edited.undo).rules
    assert show_case(desk, NUMBER).deadlines == before
    assert check_desk(desk) == []


def test_the_bin_is_emptied_after_thirty_days(desk: Desk) -> None:
    deleted = delete_cases(desk, [NUMBER])
    later = desk.now() + timedelta(days=29)
    desk.now = lambda: later
    assert purge_bin(desk).cases == ()
    later += timedelta(days=2)
    assert purge_bin(desk).cases == (NUMBER,)
    assert read_cases(desk, CaseFilter(deleted=True)) == []
    assert deleted.undo is not None
    with pytest.raises(Refusal):
        undo(desk, deleted.undo)
    assert check_desk(desk) == []


def test_a_purged_cases_values_are_blanked(desk: Desk) -> None:
    edit_case(desk, NUMBER, {"customer": {"name": "欧阳克"}})
    delete_cases(desk, [NUMBER])
    desk.now = lambda: datetime(2020, 1, 1)
    purge_bin(desk)
    with desk.work() as work:
        kept = work.rows("SELECT group_concat(before || after) FROM history").scalar_one()
    assert "欧阳克" not in kept
    assert "刘德" not in kept
