"""The day's work: each kind of task stands in its group, and goes when it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.dialects import sqlite

from postal_desk.domain.cases import Case
from postal_desk.domain.claim_json import parse_claim
from postal_desk.domain.measure_json import parse_measure
from postal_desk.domain.sentences import Refusal
from postal_desk.services import claims
from postal_desk.services import today as day
from postal_desk.services.cases import add_cases, close_case
from postal_desk.services.desk import Desk
from postal_desk.services.drafts import save_draft
from postal_desk.services.measures import add_measures
from postal_desk.store import today_queries
from postal_desk.store.work import Work

TODAY = date(2019, 8, 20)


def numbers(desk: Desk, group: str) -> list[str]:
    return [task.number for task in day.today(desk).groups.get(group, ())]


def test_cases_stand_by_their_first_reply_day(desk: Desk, make_case: Callable[..., Case]) -> None:
    opened = ("2019-07-02", "2019-07-21", "2019-07-22", "2019-08-15")
    late, due, soon, later = add_cases(desk, [make_case(opened_on=on) for on in opened]).cases
    found = day.today(desk)
    assert numbers(desk, "overdue") == [late]
    assert numbers(desk, "due_today") == [due]
    assert numbers(desk, "due_soon") == [soon]
    assert later not in {task.number for tasks in found.groups.values() for task in tasks}
    assert found.badge == 2
    assert day.badge(desk) == 2


def test_promise_stands_until_a_later_step_or_space(desk: Desk, make_case: Callable[..., Case]) -> None:
    step = {"at": "2019-08-10T09:00", "text": "答应20日回电", "follow_up_on": "2019-08-20"}
    (number,) = add_cases(desk, [make_case(opened_on="2019-08-09", steps=[step])]).cases
    (task,) = day.today(desk).groups["follow_ups"]
    assert (task.number, task.day) == (number, TODAY)
    assert day.mark_done(desk, task).undo is not None
    assert numbers(desk, "follow_ups") == []


def test_closing_a_case_ends_its_promises(
    desk: Desk, make_case: Callable[..., Case], finished: dict[str, Any]
) -> None:
    step = {"at": "2019-07-10T09:00", "text": "回电", "follow_up_on": "2019-07-20"}
    (number,) = add_cases(desk, [make_case(steps=[step])]).cases
    assert numbers(desk, "follow_ups") == [number]
    from postal_desk.domain.case_json import parse_changes

    closing = {k: v for k, v in finished.items() if k != "steps"}
    close_case(desk, number, parse_changes(closing, desk.rules))
    assert numbers(desk, "follow_ups") == []


def test_what_needs_words_can_t_be_ticked(desk: Desk, make_case: Callable[..., Case]) -> None:
    add_cases(desk, [make_case()])
    (task,) = day.today(desk).groups["overdue"]
    with pytest.raises(Refusal, match="needs more"):
        day.mark_done(desk, task)


def test_claims_drafts_and_months_are_there(desk: Desk, make_case: Callable[..., Case]) -> None:
    (number,) = add_cases(desk, [make_case()]).cases
    data = {"case": number, "opened_on": "2019-08-01", "items": []}
    claims.add_claims(desk, [parse_claim(data, desk.rules, TODAY)])
    save_draft(desk, "k1", "case", {"fields": {"subject": {"value": "周建国来电13804321176"}}})
    found = day.today(desk)
    (claim,) = found.groups["claims"]
    assert (claim.days, claim.case, claim.subject) == (19, number, "挂号信未收到")
    (draft,) = found.groups["drafts"]
    assert "13804321176" not in draft.subject
    assert [task.number for task in found.groups["months"]] == ["2019-07"]


def test_subjects_are_masked(desk: Desk, make_case: Callable[..., Case]) -> None:
    add_cases(desk, [make_case(subject="客户13804321176催问")])
    (task,) = day.today(desk).groups["overdue"]
    assert "13804321176" not in task.subject


def test_the_customers_name_is_masked_in_the_subject(desk: Desk, make_case: Callable[..., Case]) -> None:
    add_cases(desk, [make_case(subject="周建国催问挂号信", customer={"name": "周建国"})])
    (task,) = day.today(desk).groups["overdue"]
    assert task.subject == "周**催问挂号信"


def test_open_claims_are_read_from_an_index_of_their_own(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    run = Work.run

    def heard(work: Work, statement: Any, *values: Any) -> Any:
        asked.append(statement)
        return run(work, statement, *values)

    monkeypatch.setattr(Work, "run", heard)
    day.today(desk)
    monkeypatch.undo()
    (of_claims,) = [one for one in asked if "FROM claims" in str(one)]
    sql = of_claims.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    with desk.work() as work:
        plan = [row[3] for row in work.rows(f"EXPLAIN QUERY PLAN {sql}")]
    assert plan[0].endswith("claims USING INDEX ix_claims_open")
    assert not any("TEMP B-TREE" in line for line in plan)


@pytest.mark.parametrize("kind", ["due", "follow_up"])
def test_nothing_is_scanned_or_sorted(desk: Desk, kind: str) -> None:
    sql = f"EXPLAIN QUERY PLAN {today_queries.QUESTIONS[kind]} LIMIT 100"
    with desk.work() as work:
        plan = [row[3] for row in work.rows(sql, ("2019-01-01", "2019-08-20"))]
    index = "ix_cases_first_due" if kind == "due" else "ix_cases_follow_up"
    assert any(line.startswith(f"SEARCH cases USING INDEX {index}") for line in plan), plan
    assert not [line for line in plan if line.startswith("SCAN")], plan
    assert not [line for line in plan if "TEMP B-TREE FOR ORDER BY" in line and "LAST" not in line], plan


def test_the_badge_counts_what_stands_there_overdue_or_for_today(desk: Desk) -> None:
    plain = {
        "title": "为网点补齐点钞机",
        "kind": "corrective",
        "problem": {"text": "点钞机不够用", "source": "research", "found_on": "2019-05-01"},
    }
    late = {**plain, "due": {"on": "2019-08-19"}}
    in_time = {**plain, "due": {"on": "2019-08-20"}}
    checked = [
        {
            **plain,
            "status": "finished",
            "evidence": ["签收单"],
            "finished_on": on,
            "effect": {"verdict": "有效"},
        }
        for on in ("2019-05-20", "2019-05-22")
    ]
    add_measures(desk, [parse_measure(one, desk.rules) for one in (late, in_time, *checked)])
    found = day.today(desk)
    assert found.counts["measures_overdue"] == 1
    assert found.counts["rechecks"] == 2  # one of them not before the day after tomorrow
    assert found.badge == day.badge(desk) == 2
