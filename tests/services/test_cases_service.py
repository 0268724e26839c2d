"""What is done to cases: each action, what it refuses, what it leaves behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.case_json import parse_changes, parse_step
from postal_desk.domain.cases import Case, Relation, Step
from postal_desk.domain.sentences import FieldRefusal, Refusal
from postal_desk.services.cases import (
    add_cases,
    add_step,
    add_steps,
    assign_cases,
    close_case,
    delete_cases,
    edit_case,
    read_cases,
    reopen_case,
    restore_cases,
    show_case,
)
from postal_desk.services.desk import Desk
from postal_desk.services.drafts import list_drafts, save_draft

Make = Callable[..., Case]
NUMBER = "220204-2019-07-0001"


@pytest.fixture
def number(desk: Desk, make_case: Make) -> str:
    """The number of one plain open case."""
    return add_cases(desk, [make_case(handler="苏阳", outlet="船营投递部")]).cases[0]


def test_a_saved_case_is_told_by_number(desk: Desk, make_case: Make) -> None:
    changes = add_cases(desk, [make_case()])
    assert changes.cases == (NUMBER,)
    assert str(changes.said) == f"Saved {NUMBER}"


def test_a_new_case_carries_who_made_it_and_when(desk: Desk, number: str) -> None:
    view = show_case(desk, number)
    assert view.case.created_at == view.case.changed_at == "2019-08-20T10:30:00"
    assert [(line.who, line.action) for line in view.history] == [("苏阳", "case.add")]


def test_thousands_are_saved_in_one_commit(desk: Desk, make_case: Make) -> None:
    numbers = add_cases(desk, [make_case(subject=f"第{n}件") for n in range(2500)]).cases
    assert numbers[-1] == "220204-2019-07-2500"
    assert len(read_cases(desk, CaseFilter())) == 2500


@pytest.mark.parametrize(
    ("bad", "path"),
    [
        ({"outlet": "船营投递"}, "[2].outlet"),
        ({"handler": "苏洋"}, "[2].handler"),
        ({"related": [{"number": "220204-2019-07-0099", "kind": "duplicate"}]}, "[2].related[1].number"),
        ({"steps": [{"at": "2019-07-03", "status": "closed"}]}, "[2].steps[1].status"),
        ({"closed_on": "2019-07-10"}, "[2]"),
    ],
)
def test_one_bad_case_refuses_the_whole_file(
    desk: Desk, make_case: Make, bad: dict[str, Any], path: str
) -> None:
    with pytest.raises(FieldRefusal) as caught:
        add_cases(desk, [make_case(), make_case(**bad), make_case()])
    assert caught.value.path == path
    assert read_cases(desk, CaseFilter()) == []


def test_an_unknown_name_is_answered_with_the_nearest(desk: Desk, make_case: Make) -> None:
    with pytest.raises(FieldRefusal, match="船营投递部"):
        add_cases(desk, [make_case(outlet="船营投送部")])
    with pytest.raises(FieldRefusal, match="苏阳") as caught:
        add_cases(desk, [make_case(handler="苏洋")])
    assert caught.value.path == "handler"


def test_a_finished_case_comes_in_closed(desk: Desk, make_case: Make, finished: dict[str, Any]) -> None:
    number = add_cases(desk, [make_case(**finished)]).cases[0]
    view = show_case(desk, number)
    assert (view.case.status, view.elapsed_days, view.missing) == ("closed", 8, ())


@pytest.mark.parametrize("lacking", ["steps", "dispositions", "responsibility", "opinion"])
def test_a_finished_case_needs_all_that_closing_needs(
    desk: Desk, make_case: Make, finished: dict[str, Any], lacking: str
) -> None:
    del finished[lacking]
    with pytest.raises(Refusal, match="still missing"):
        add_cases(desk, [make_case(**finished)])


def test_steps_move_a_case_and_date_it(desk: Desk, make_case: Make) -> None:
    steps = [{"at": "2019-07-03", "status": "accepted"}, {"at": "2019-07-05T08:00", "status": "answered"}]
    case = show_case(desk, add_cases(desk, [make_case(steps=steps)]).cases[0]).case
    assert (case.status, case.accepted_on, case.answered_on) == (
        "answered",
        date(2019, 7, 3),
        date(2019, 7, 5),
    )


def test_saving_drops_the_draft_in_the_same_commit(desk: Desk, make_case: Make) -> None:
    save_draft(desk, "entry-1", "entry", {"subject": "信"})
    with pytest.raises(FieldRefusal):
        add_cases(desk, [make_case(handler="无此人")], draft="entry-1")
    assert [draft.payload for draft in list_drafts(desk)] == [{"subject": "信"}]
    add_cases(desk, [make_case()], draft="entry-1")
    assert list_drafts(desk) == []


def test_a_wrong_check_digit_and_a_known_item_are_warned_of(desk: Desk, make_case: Make) -> None:
    first = add_cases(desk, [make_case(items=[{"number": "RR473124828GB"}])])
    assert [str(w) for w in first.warnings] == [
        "The check digit of item RR473124828GB does not fit; compare it with the receipt"
    ]
    second = add_cases(desk, [make_case(items=[{"number": "RR473124828GB"}])])
    assert any(f"is in {NUMBER} too" in str(w) for w in second.warnings)


def test_items_of_the_same_other_cases_are_warned_of_in_one_sentence(desk: Desk, make_case: Make) -> None:
    items = [{"number": "XA22010000322"}, {"number": "XA22010001722"}]
    first = add_cases(desk, [make_case(items=items)]).cases[0]
    second = add_cases(desk, [make_case(items=items)])
    said = f"Items XA22010000322, XA22010001722 are in {first} too; relate the cases if it is the same matter"
    assert str(second.warnings[-1]) == said
    two = add_cases(desk, [make_case(items=items), make_case()])
    assert str(two.warnings[-1]).startswith(f"{two.cases[0]}: Items ")


# -- reading ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [NUMBER, "2019-07-0001", " 220204－2019－07－0001 "])
def test_a_number_is_understood_as_people_write_it(desk: Desk, number: str, typed: str) -> None:
    assert show_case(desk, typed).case.number == number


@pytest.mark.parametrize("typed", ["220204-2019-07-0002", "x", ""])
def test_an_unknown_number_is_refused(desk: Desk, number: str, typed: str) -> None:
    with pytest.raises(Refusal):
        show_case(desk, typed)


def test_a_view_says_what_is_missing_and_overdue(desk: Desk, number: str) -> None:
    view = show_case(desk, number)
    assert view.overdue
    assert view.elapsed_days == 49
    assert len(view.missing) == 4
    assert "inquiry_reply" in {deadline.clock for deadline in view.deadlines}


def test_related_cases_are_shown_from_both_sides(desk: Desk, make_case: Make, number: str) -> None:
    second = add_cases(desk, [make_case(related=[{"number": "2019-07-0001", "kind": "follow_up"}])]).cases[0]
    related = show_case(desk, second).related
    assert [(r.number, r.kind, r.incoming) for r in related] == [(number, "follow_up", False)]
    assert [(r.number, r.incoming) for r in show_case(desk, number).related] == [(second, True)]


def test_cases_of_one_phone_are_counted(desk: Desk, make_case: Make) -> None:
    phones = ("138 1234 5678", "+86 13812345678", "13900000000")
    numbers = add_cases(desk, [make_case(customer={"phone": phone}) for phone in phones]).cases
    assert [show_case(desk, n).customer_cases for n in numbers] == [2, 2, 1]


# -- editing ----------------------------------------------------------------------------------------------


def test_an_edit_changes_only_what_it_names(desk: Desk, number: str) -> None:
    before = show_case(desk, number).case
    edit_case(desk, number, parse_changes({"subject": "两封挂号信", "handler": "赵敏"}, desk.rules))
    after = show_case(desk, number).case
    assert after == replace(
        before, subject="两封挂号信", handler="赵敏", revision=2, changed_at=after.changed_at
    )


def test_an_edit_of_an_older_revision_is_refused(desk: Desk, number: str) -> None:
    edit_case(desk, number, {"subject": "一"}, revision=1)
    with pytest.raises(Refusal, match="changed meanwhile"):
        edit_case(desk, number, {"subject": "二"}, revision=1)
    assert show_case(desk, number).case.subject == "一"


def test_an_edit_moves_the_due_days_with_the_opening_day(desk: Desk, number: str) -> None:
    edit_case(desk, number, {"opened_on": date(2019, 8, 12)})
    assert not show_case(desk, number).overdue
    assert read_cases(desk, CaseFilter(overdue=True)) == []


def test_an_answer_entered_stops_the_reply_clock(desk: Desk, number: str) -> None:
    edit_case(desk, number, {"answered_on": date(2019, 7, 9)})
    view = show_case(desk, number)
    assert (view.case.status, view.overdue) == ("answered", False)


@pytest.mark.parametrize(
    "changes", [{"closed_on": date(2019, 7, 9)}, {"handler": "苏洋"}, {"opened_on": date(1960, 1, 1)}]
)
def test_edits_that_are_refused_change_nothing(desk: Desk, number: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Refusal):
        edit_case(desk, number, changes)
    assert show_case(desk, number).case.revision == 1


def test_a_case_cannot_be_related_to_itself(desk: Desk, number: str) -> None:
    with pytest.raises(FieldRefusal, match="itself"):
        edit_case(desk, number, {"related": (Relation(number, "duplicate"),)})


# -- steps ------------------------------------------------------------------------------------------------


def test_a_step_is_added_at_the_end(desk: Desk, number: str) -> None:
    for text in ("打电话", "再打"):
        add_step(desk, number, parse_step({"text": text}, desk.rules, desk.now()))
    assert [step.text for step in show_case(desk, number).case.steps] == ["打电话", "再打"]


def test_a_step_moves_the_case_where_that_is_allowed(desk: Desk, number: str) -> None:
    add_step(desk, number, Step("2019-07-03", status="investigating"))
    assert show_case(desk, number).case.status == "investigating"
    with pytest.raises(FieldRefusal, match="can't go from"):
        add_step(desk, number, Step("2019-07-04", status="accepted"))
    with pytest.raises(FieldRefusal, match="close the case itself"):
        add_step(desk, number, Step("2019-07-04", status="closed"))


def test_steps_of_one_file_are_saved_together_or_not_at_all(desk: Desk, number: str) -> None:
    steps: Sequence[Step] = (Step("2019-07-03", status="accepted"), Step("2019-07-04", status="registered"))
    with pytest.raises(FieldRefusal) as caught:
        add_steps(desk, number, steps)
    assert caught.value.path == "[2].status"
    assert show_case(desk, number).case.steps == ()


# -- closing and reopening --------------------------------------------------------------------------------


def close(desk: Desk, number: str, **more: Any) -> None:
    closing = {
        "dispositions": [{"kind": "apology"}],
        "responsibility": "not_responsible",
        "opinion_attempts": [{"on": "2019-08-19"}],
        **more,
    }
    close_case(desk, number, parse_changes(closing, desk.rules))


def test_closing_is_earned(desk: Desk, number: str) -> None:
    with pytest.raises(Refusal) as caught:
        close_case(desk, number, {})
    for part in ("a step", "an outcome", "responsibility", "opinion"):
        assert part in str(caught.value)


def test_a_case_closes_today_unless_a_day_is_given(desk: Desk, number: str) -> None:
    add_step(desk, number, Step("2019-07-03", text="已查"))
    close(desk, number)
    view = show_case(desk, number)
    assert (view.case.status, view.case.closed_on, view.overdue) == ("closed", date(2019, 8, 20), False)
    with pytest.raises(Refusal, match="closed already"):
        close(desk, number)


def test_a_reopened_case_is_open_and_says_why(desk: Desk, number: str) -> None:
    add_step(desk, number, Step("2019-07-03", text="已查"))
    close(desk, number, closed_on="2019-07-10")
    with pytest.raises(FieldRefusal):
        reopen_case(desk, number, date(2019, 7, 9), "又来电")
    reopen_case(desk, number, date(2019, 7, 20), "用户又来电")
    case = show_case(desk, number).case
    assert (case.status, case.closed_on) == ("reopened", None)
    assert (case.steps[-1].at, case.steps[-1].text) == ("2019-07-20", "用户又来电")
    with pytest.raises(Refusal, match="still open"):
        reopen_case(desk, number, date(2019, 7, 21), "x")


# -- many at once -----------------------------------------------------------------------------------------


def test_deleted_cases_vanish_and_come_back_whole(desk: Desk, make_case: Make) -> None:
    numbers = add_cases(desk, [make_case(narrative="挂号信") for _ in range(3)]).cases
    before = show_case(desk, numbers[1]).case
    delete_cases(desk, numbers[1:])
    assert [c.number for c in read_cases(desk, CaseFilter())] == [numbers[0]]
    assert [c.number for c in read_cases(desk, CaseFilter(text="挂号"))] == [numbers[0]]
    assert [c.number for c in read_cases(desk, CaseFilter(deleted=True))] == [numbers[2], numbers[1]]
    with pytest.raises(Refusal, match="restore it"):
        show_case(desk, numbers[1])
    assert show_case(desk, numbers[1], deleted=True).deleted_at
    restore_cases(desk, numbers[1:])
    after = show_case(desk, numbers[1]).case
    assert after == replace(before, revision=3, changed_at=after.changed_at)
    assert len(read_cases(desk, CaseFilter(text="挂号"))) == 3


def test_assigning_is_all_or_nothing(desk: Desk, make_case: Make) -> None:
    numbers = add_cases(desk, [make_case(), make_case()]).cases
    with pytest.raises(Refusal):
        assign_cases(desk, [*numbers, "220204-2019-07-0099"], "赵敏")
    assert {c.handler for c in read_cases(desk, CaseFilter())} == {""}
    assert assign_cases(desk, numbers, "赵敏").cases == numbers
    assert {c.handler for c in read_cases(desk, CaseFilter(handler="赵敏"))} == {"赵敏"}
