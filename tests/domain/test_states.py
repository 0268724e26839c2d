"""States, their moves and what closing needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postal_desk.domain.cases import Case, Disposition, OpinionAttempt, Step
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import FieldRefusal, Refusal
from postal_desk.domain.states import (
    MOVES,
    check_can_close,
    check_can_reopen,
    check_closable,
    check_move,
    missing_for_closing,
    status_of_new,
)

OPENED = date(2019, 7, 2)
CASE = Case(kind="inquiry", category="07.domestic", channel="carrier", opened_on=OPENED, subject="两封挂号信")
CLOSABLE = replace(
    CASE,
    steps=(Step("2019-07-02"),),
    dispositions=(Disposition("returned_to_sender"),),
    responsibility="not_responsible",
    opinion="satisfied",
)


@pytest.mark.parametrize("status", [status for status in MOVES if status not in ("closed", "waiting")])
def test_every_open_case_can_wait(status: str) -> None:
    check_move(status, "waiting")


@pytest.mark.parametrize("status", [status for status in MOVES if status not in ("closed", "escalated")])
def test_every_open_case_can_be_escalated(status: str) -> None:
    check_move(status, "escalated")


@pytest.mark.parametrize("status", [status for status in MOVES if status != "closed"])
def test_no_step_closes_a_case(status: str) -> None:
    with pytest.raises(Refusal, match="close the case itself"):
        check_move(status, "closed")


def test_a_closed_case_can_only_be_reopened() -> None:
    check_move("closed", "reopened")
    with pytest.raises(Refusal, match="it can go to: reopened"):
        check_move("closed", "investigating")


@given(st.sampled_from(sorted(MOVES)), st.sampled_from(sorted(MOVES)))
def test_a_move_is_allowed_or_refused_by_the_table(old: str, new: str) -> None:
    if new == old or new in MOVES[old]:
        check_move(old, new)
        return
    with pytest.raises(Refusal) as refused:
        check_move(old, new)
    assert new == "closed" or refused.value.sentence.params["allowed"] == MOVES[old]


def test_with_rules_a_refusal_speaks_the_names(seed_rules: Rules) -> None:
    with pytest.raises(Refusal) as refused:
        check_move("accepted", "registered", seed_rules)
    assert refused.value.sentence.params["old"] == seed_rules.name("statuses", "accepted")


def test_an_unknown_status_is_refused_with_the_list() -> None:
    with pytest.raises(Refusal, match=r"no status “done”.*registered"):
        check_move("accepted", "done")


def test_nothing_returns_to_registered() -> None:
    assert not any("registered" in allowed for allowed in MOVES.values())


def test_closing_and_reopening_look_at_the_present_state() -> None:
    check_can_close("waiting")
    check_can_reopen("closed")
    with pytest.raises(Refusal, match="closed already"):
        check_can_close("closed")
    with pytest.raises(Refusal, match="still open"):
        check_can_reopen("answered")


def test_a_complete_case_lacks_nothing() -> None:
    assert missing_for_closing(CLOSABLE) == ()
    check_closable(replace(CLOSABLE, closed_on=OPENED))


def test_a_bare_case_lacks_everything_by_name() -> None:
    missing = " | ".join(map(str, missing_for_closing(replace(CASE, closed_on=date(2019, 7, 1)))))
    for part in (
        "step dated on or after 2019-07-02",
        "disposition",
        "responsibility",
        "opinion",
        "closing day",
    ):
        assert part in missing
    with pytest.raises(Refusal, match="still missing: a step"):
        check_closable(CASE)


def test_a_step_before_the_opening_is_no_work_on_the_case() -> None:
    early = replace(CLOSABLE, steps=(Step("2019-07-01T23:59"),))
    assert [str(sentence) for sentence in missing_for_closing(early)] == [
        "a step dated on or after 2019-07-02"
    ]


def test_pending_decides_no_responsibility() -> None:
    assert len(missing_for_closing(replace(CLOSABLE, responsibility="pending"))) == 1


def test_an_attempt_to_ask_stands_for_the_opinion() -> None:
    unasked = replace(CLOSABLE, opinion="not_asked")
    assert len(missing_for_closing(unasked)) == 1
    assert not missing_for_closing(replace(unasked, opinion_attempts=(OpinionAttempt(OPENED, "no_answer"),)))


def test_compensation_needs_its_amount() -> None:
    paid = replace(CLOSABLE, dispositions=(Disposition("compensated"),))
    assert [str(sentence) for sentence in missing_for_closing(paid)] == ["the amount of the compensation"]
    assert not missing_for_closing(
        replace(paid, dispositions=(Disposition("compensated", Decimal("12.60")),))
    )


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "registered"),
        ({"accepted_on": OPENED}, "accepted"),
        ({"accepted_on": OPENED, "answered_on": date(2019, 7, 9)}, "answered"),
        ({"closed_on": date(2019, 7, 21)}, "closed"),
        ({"steps": (Step("2019-07-02", status="accepted"), Step("2019-07-03", status="waiting"))}, "waiting"),
        (
            {"answered_on": date(2019, 7, 5), "steps": (Step("2019-07-08", status="investigating"),)},
            "investigating",
        ),
        (
            {"answered_on": date(2019, 7, 8), "steps": (Step("2019-07-05", status="investigating"),)},
            "answered",
        ),
        ({"closed_on": OPENED, "steps": (Step("2019-07-02", status="closed"),)}, "closed"),
    ],
)
def test_a_case_that_comes_in_whole_gets_its_status(changes: dict[str, object], status: str) -> None:
    assert status_of_new(replace(CASE, **changes)) == status


def test_a_wrong_move_of_a_new_case_is_refused_at_its_step() -> None:
    steps = (Step("2019-07-04", status="accepted"), Step("2019-07-03", status="answered"))
    with pytest.raises(FieldRefusal) as refused:
        status_of_new(replace(CASE, steps=steps))
    assert refused.value.path == "steps[1].status"


def test_a_step_can_not_close_a_new_case_without_a_closing_day() -> None:
    with pytest.raises(FieldRefusal, match=r"steps\[1\].status: A step can't close"):
        status_of_new(replace(CASE, steps=(Step("2019-07-04", status="closed"),)))
