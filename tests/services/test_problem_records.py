"""Field visits, problems and what joins them with measures: one action each, all of it taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from postal_desk.domain.cases import Case
from postal_desk.domain.measure_json import parse_measure
from postal_desk.domain.measures import Measure
from postal_desk.domain.problems import PROBLEM_FORM, ProblemRecord
from postal_desk.domain.record_forms import parse_record, record_to_json
from postal_desk.domain.sentences import FieldRefusal, Refusal
from postal_desk.domain.visits import VISIT_FORM, Visit
from postal_desk.services.cases import add_cases
from postal_desk.services.checking import check_desk
from postal_desk.services.desk import Desk, create_desk, open_desk
from postal_desk.services.measures import (
    add_measures,
    delete_measure,
    edit_measure,
    link_case,
    list_measures,
    restore_measure,
    show_measure,
    unlink_case,
    withdraw_measure,
)
from postal_desk.services.problems import (
    add_problems,
    delete_problem,
    edit_problem,
    list_problems,
    restore_problem,
    show_problem,
)
from postal_desk.services.undo import purge_bin, undo
from postal_desk.services.visits import add_visits, edit_visit, list_visits, make_problem, show_visit


@pytest.fixture
def make_visit(desk: Desk) -> Callable[..., Visit]:
    """Make a field visit from JSON: made on 15 July 2019, with two findings."""

    def make(**values: Any) -> Visit:
        plain = {
            "title": "到船营投递部调研",
            "purpose": "了解退件为什么慢",
            "outlet": "船营投递部",
            "visited_on": "2019-07-15",
            "questions": [{"question": "退件几天到客户手上", "answer": "约三天"}],
            "findings": [{"text": "退件没有专人登记"}, {"text": "点钞机不够用"}],
            "team": ["韩冬梅"],
        }
        return parse_record(VISIT_FORM, {**plain, **values}, desk.rules)

    return make


@pytest.fixture
def measure_of(desk: Desk) -> Callable[..., Measure]:
    """Make a measure that answers a problem by number."""

    def make(**values: Any) -> Measure:
        return parse_measure({"title": "退件专人登记", "kind": "corrective", **values}, desk.rules)

    return make


def test_finding_becomes_a_problem_and_then_a_measure(
    desk: Desk, make_visit: Callable[..., Visit], measure_of: Callable[..., Measure]
) -> None:
    ((_, visit),) = add_visits(desk, [make_visit()]).records
    assert visit == "220204-V-2019-0001"
    made = make_problem(desk, visit, 1, {"area": "customer_service", "category": "09"})
    number = made.records[0][1]
    problem = show_problem(desk, number)
    assert (problem.record.text, problem.record.source, problem.visit) == (
        "退件没有专人登记",
        "research",
        visit,
    )
    assert problem.status == "open"
    assert show_visit(desk, visit).record.findings[0].problem == number
    with pytest.raises(Refusal, match="already"):
        make_problem(desk, visit, 1)
    saved = add_measures(desk, [measure_of(problem_number="P-2019-0001")])
    measure = show_measure(desk, saved.measures[0]).measure
    assert measure.problem == problem.record.content
    assert show_problem(desk, number).measures == saved.measures
    assert show_problem(desk, number).status == "answered"
    assert saved.undo is not None
    undo(desk, saved.undo)
    assert made.undo is not None
    undo(desk, made.undo)
    assert show_visit(desk, visit).record.findings[0].problem == ""
    assert list_problems(desk) == []
    assert check_desk(desk) == []


def test_measure_without_a_problem_on_record_brings_one(
    desk: Desk, measure_of: Callable[..., Measure]
) -> None:
    saved = add_measures(desk, [measure_of(problem={"text": "退件慢", "found_on": "2019-07-01"})])
    ((kind, number),) = saved.records
    assert kind == "problem"
    assert show_problem(desk, number).measures == saved.measures
    assert saved.undo is not None
    taken = undo(desk, saved.undo)
    assert list_problems(desk) == []
    assert taken.undo is not None
    undo(desk, taken.undo)
    assert show_problem(desk, number).measures == saved.measures


def test_problem_has_one_content_wherever_it_is_changed(
    desk: Desk, measure_of: Callable[..., Measure]
) -> None:
    saved = add_measures(desk, [measure_of(problem={"text": "退件慢", "found_on": "2019-07-01"})])
    measure, problem = saved.measures[0], saved.records[0][1]
    edit_problem(desk, problem, {"cause": "没有专人", "found_on": date(2019, 6, 20)})
    shown = show_measure(desk, measure).measure
    assert (shown.problem.cause, shown.begun_on) == ("没有专人", date(2019, 6, 20))
    changed = edit_measure(desk, measure, {"problem": parse_measure(
        {"title": "x", "kind": "corrective", "problem": {"text": "退件太慢"}}, desk.rules
    ).problem})  # fmt: skip
    assert show_problem(desk, problem).record.text == "退件太慢"
    assert ("problem", problem) in changed.records
    assert changed.undo is not None
    undo(desk, changed.undo)
    assert show_problem(desk, problem).record.text == "退件慢"
    assert show_measure(desk, measure).measure.problem.text == "退件慢"


def test_answered_problem_can_not_be_deleted(desk: Desk, measure_of: Callable[..., Measure]) -> None:
    saved = add_measures(desk, [measure_of(problem={"text": "退件慢"})])
    number = saved.records[0][1]
    with pytest.raises(Refusal, match=saved.measures[0]):
        delete_problem(desk, number)
    delete_measure(desk, saved.measures[0])
    delete_problem(desk, number)
    with pytest.raises(Refusal, match="no problem"):
        show_problem(desk, number)
    restore_problem(desk, number)
    restore_measure(desk, saved.measures[0])
    assert show_problem(desk, number).measures == saved.measures


def test_what_was_deleted_long_ago_goes_for_good(
    tmp_path: Path, measure_of: Callable[..., Measure], desk: Desk
) -> None:
    saved = add_measures(desk, [measure_of(problem={"text": "退件慢"})])
    delete_measure(desk, saved.measures[0])
    delete_problem(desk, saved.records[0][1])
    desk.now = lambda: datetime(2019, 9, 25, 10, 30)
    purged = purge_bin(desk)
    assert purged.measures == saved.measures
    assert purged.records == saved.records
    with pytest.raises(Refusal, match="no measure"):
        restore_measure(desk, saved.measures[0])
    assert check_desk(desk) == []


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"outlet": "船营投递"}, "outlet: .*船营投递部"),
        (
            {"findings": [{"text": "退件慢", "problem": "P-2019-0009"}]},
            r"findings\[1\].problem: .*no problem",
        ),
        ({"visited_on": None}, "visited_on"),
        ({"purpose": ""}, "purpose: this field is required"),
        ({"findings": [{"text": "含\x00"}]}, r"findings\[1\].text"),
        ({"questions": [{"answer": "三天"}]}, r"questions\[1\].question: this field is required"),
        ({"guests": []}, "guests: this key is not known"),
    ],
)
def test_visit_is_refused_by_name(
    desk: Desk, make_visit: Callable[..., Visit], values: dict[str, Any], place: str
) -> None:
    with pytest.raises(FieldRefusal, match=place):
        add_visits(desk, [make_visit(**values)])
    assert list_visits(desk) == []


def test_records_survive_reopening_whole(empty_desk: Desk, make_visit: Callable[..., Visit]) -> None:
    visit = make_visit(report="退件登记不全")
    ((_, number),) = add_visits(empty_desk, [visit]).records
    problem = parse_record(
        PROBLEM_FORM,
        {"text": "退件慢", "outlet": "船营投递部", "category": "09", "clause": "第三十三条"},
        empty_desk.rules,
    )
    ((_, second),) = add_problems(empty_desk, [problem]).records
    path = empty_desk.path
    empty_desk.close()
    with open_desk(path) as again:
        kept = record_to_json(VISIT_FORM, show_visit(again, number).record)
        kept_problem = record_to_json(PROBLEM_FORM, show_problem(again, second).record)
    given = record_to_json(VISIT_FORM, visit)
    own = ("number", "revision", "created_at", "changed_at")
    assert {k: v for k, v in kept.items() if k not in own} == {k: v for k, v in given.items() if k not in own}
    given_problem = record_to_json(PROBLEM_FORM, problem)
    assert {k: v for k, v in kept_problem.items() if k not in own} == {
        k: v for k, v in given_problem.items() if k not in own
    }


def test_cases_are_linked_and_unlinked(
    desk: Desk, make_case: Callable[..., Case], measure_of: Callable[..., Measure]
) -> None:
    (case,) = add_cases(desk, [make_case()]).cases
    (measure,) = add_measures(desk, [measure_of(problem={"text": "退件慢"})]).measures
    linked = link_case(desk, measure, case)
    assert linked.cases == (case,)
    assert show_measure(desk, measure).measure.cases == (case,)
    unlink_case(desk, measure, case)
    assert show_measure(desk, measure).measure.cases == ()
    with pytest.raises(FieldRefusal, match="there is no case"):
        link_case(desk, measure, "2019-07-0099")


def test_withdrawing_keeps_the_reason_in_the_log(desk: Desk, measure_of: Callable[..., Measure]) -> None:
    (measure,) = add_measures(desk, [measure_of(problem={"text": "退件慢"})]).measures
    done = withdraw_measure(desk, measure, "并入另一项措施")
    shown = show_measure(desk, measure).measure
    assert (shown.status, shown.progress[-1].text) == ("withdrawn", "并入另一项措施")
    assert done.undo is not None
    undo(desk, done.undo)
    assert show_measure(desk, measure).measure.status == "planned"
    assert len(list_measures(desk)) == 1


def test_edit_of_an_old_state_is_refused(desk: Desk, make_visit: Callable[..., Visit]) -> None:
    ((_, number),) = add_visits(desk, [make_visit()]).records
    edit_visit(desk, number, {"report": "已反馈"}, revision=1)
    with pytest.raises(Refusal, match="changed meanwhile"):
        edit_visit(desk, number, {"report": ""}, revision=1)


def test_second_desk_numbers_its_own_records(tmp_path: Path) -> None:
    with create_desk(
        tmp_path / "b", "", "220204", letter="B", now=lambda: datetime(2019, 8, 20, 10, 30)
    ) as second:
        ((_, number),) = add_problems(second, [ProblemRecord("标准不一")]).records
        assert number == "220204B-P-2019-0001"
