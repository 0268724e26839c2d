"""Measures in a desk: numbers, links with cases, moves, what is kept and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from postal_desk.domain.cases import Case
from postal_desk.domain.measure_json import parse_measure
from postal_desk.domain.measures import Effect, Measure, Progress, Recheck
from postal_desk.domain.sentences import FieldRefusal, Refusal
from postal_desk.services.cases import add_cases, edit_case, show_case
from postal_desk.services.checking import check_desk
from postal_desk.services.desk import Desk, create_desk, open_desk
from postal_desk.services.measures import (
    add_measures,
    add_progress,
    edit_measure,
    finish_measure,
    list_measures,
    recheck_measure,
    show_measure,
)
from postal_desk.services.undo import undo

PROOF: dict[str, object] = {"evidence": ("签收单 60 份",), "effect": Effect("有效", "60 台全部到位")}


@pytest.fixture
def make_measure(desk: Desk) -> Callable[..., Measure]:
    """Make a measure from contract JSON, with what the test changes."""

    def make(**values: Any) -> Measure:
        plain = {
            "title": "为网点补齐点钞机",
            "kind": "corrective",
            "problem": {"text": "点钞机不够用", "source": "research", "found_on": "2019-07-15"},
            "due": {"on": "2019-08-10"},
        }
        return parse_measure({**plain, **values}, desk.rules)

    return make


@pytest.fixture
def number(desk: Desk, make_measure: Callable[..., Measure]) -> str:
    """A saved measure."""
    return add_measures(desk, [make_measure()]).measures[0]


def test_numbers_count_up_in_the_year_of_the_problem(
    desk: Desk, make_measure: Callable[..., Measure]
) -> None:
    earlier = make_measure(problem={"text": "标准不一", "found_on": "2018-12-30"})
    undated = make_measure(problem={"text": "标准不一"})
    numbers = add_measures(desk, [make_measure(), earlier, undated]).measures
    assert numbers == ("220204-M-2019-0001", "220204-M-2018-0001", "220204-M-2019-0002")


def test_a_number_taken_back_is_not_given_again(desk: Desk, make_measure: Callable[..., Measure]) -> None:
    saved = add_measures(desk, [make_measure()])
    assert saved.undo is not None
    taken = undo(desk, saved.undo)
    assert taken.measures == saved.measures
    with pytest.raises(Refusal, match="no measure"):
        show_measure(desk, saved.measures[0])
    assert add_measures(desk, [make_measure()]).measures == ("220204-M-2019-0002",)
    assert taken.undo is not None
    undo(desk, taken.undo)
    assert show_measure(desk, saved.measures[0]).measure.title == "为网点补齐点钞机"


def test_a_second_desk_numbers_its_own_measures(tmp_path: Path) -> None:
    with create_desk(
        tmp_path / "b", "", "220204", letter="B", now=lambda: datetime(2019, 8, 20, 10, 30)
    ) as second:
        measure = parse_measure(
            {"title": "统一标准", "kind": "corrective", "problem": {"text": "标准不一"}}, second.rules
        )
        assert add_measures(second, [measure]).measures == ("220204B-M-2019-0001",)
        assert show_measure(second, "M-2019-0001").measure.title == "统一标准"


def test_a_measure_survives_reopening_whole(empty_desk: Desk, make_measure: Callable[..., Measure]) -> None:
    full = make_measure(
        owner_unit="市分公司", owner="赵敏", co_owners=["网点"], baseline="0", target="60", unit="台",
        term="一次性", progress=[{"on": "2019-07-20", "value": "5", "text": "到货"}], evidence=["签收单"],
        rechecks=[{"due": "2019-10-20"}], category="15", outlets=["船营投递部"], clause="第四十七条",
    )  # fmt: skip
    (given,) = add_measures(empty_desk, [full]).measures
    path = empty_desk.path
    empty_desk.close()
    with open_desk(path) as again:
        kept = show_measure(again, given).measure
    blank = {"number": "", "revision": 0, "created_at": "", "changed_at": "", "problem_number": ""}
    assert replace(kept, **blank) == replace(full, status="running")


def test_a_case_shows_its_measures_until_they_are_gone(
    desk: Desk, make_case: Callable[..., Case], make_measure: Callable[..., Measure]
) -> None:
    first, second = add_cases(desk, [make_case(), make_case()]).cases
    saved = add_measures(desk, [make_measure(cases=[first, "2019-07-0002"]), make_measure(cases=[first])])
    assert saved.cases == (first, second)
    assert show_case(desk, first).case.measures == saved.measures
    assert show_case(desk, second).case.measures == saved.measures[:1]
    edit_case(desk, first, {"subject": "信件仍未收到"})
    assert show_case(desk, first).case.measures == saved.measures
    edit_measure(desk, saved.measures[0], {"cases": (second,)})
    assert show_case(desk, first).case.measures == saved.measures[1:]
    assert saved.undo is not None
    with pytest.raises(Refusal, match="changed since"):
        undo(desk, saved.undo)


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"cases": ["2019-07-0009"]}, r"\[2\]\.cases\[1\]: there is no case"),
        ({"outlets": ["船营投递"]}, r"\[2\]\.outlets\[1\]: .*船营投递部"),
        ({"status": "finished"}, r"\[2\]: .*evidence.*verdict"),
    ],
)
def test_one_bad_measure_refuses_all(
    desk: Desk, make_measure: Callable[..., Measure], values: dict[str, Any], place: str
) -> None:
    with pytest.raises(FieldRefusal, match=place):
        add_measures(desk, [make_measure(), make_measure(**values)])
    assert list_measures(desk) == []


def test_progress_sets_a_planned_measure_running(desk: Desk, number: str) -> None:
    assert show_measure(desk, number).measure.status == "planned"
    add_progress(desk, number, [Progress(date(2019, 8, 1), "20"), Progress(date(2019, 7, 25), "5")])
    measure = show_measure(desk, number).measure
    assert measure.status == "running"
    assert [entry.value for entry in measure.progress] == ["5", "20"]


def test_finishing_adds_evidence_and_brings_rechecks(desk: Desk, number: str) -> None:
    edit_measure(desk, number, {"evidence": ("采购合同",)})
    finish_measure(desk, number, PROOF)
    measure = show_measure(desk, number).measure
    assert (measure.status, measure.finished_on) == ("finished", date(2019, 8, 20))
    assert measure.evidence == ("采购合同", "签收单 60 份")
    assert [check.due for check in measure.rechecks] == [date(2019, 11, 20), date(2020, 8, 20)]
    recheck_measure(desk, number, date(2019, 11, 21), "全部在用")
    assert show_measure(desk, number).measure.rechecks[0].result == "全部在用"


def test_finishing_may_name_other_rechecks(desk: Desk, number: str) -> None:
    finish_measure(desk, number, {**PROOF, "rechecks": (Recheck(date(2019, 9, 1)),)})
    assert show_measure(desk, number).measure.rechecks == (Recheck(date(2019, 9, 1)),)


def test_a_refused_finish_changes_nothing(desk: Desk, number: str) -> None:
    with pytest.raises(Refusal, match="verdict"):
        finish_measure(desk, number, {"evidence": ("签收单",)})
    with pytest.raises(FieldRefusal, match="finished_on"):
        finish_measure(desk, number, {**PROOF, "finished_on": date(2019, 7, 1)})
    assert show_measure(desk, number).measure.revision == 1


def test_a_finished_measure_keeps_its_proof_until_it_runs_again(desk: Desk, number: str) -> None:
    finish_measure(desk, number, PROOF)
    with pytest.raises(Refusal, match="evidence"):
        edit_measure(desk, number, {"evidence": None})
    with pytest.raises(Refusal, match="finished already"):
        finish_measure(desk, number, PROOF)
    edit_measure(desk, number, {"status": "running"})
    measure = show_measure(desk, number).measure
    assert (measure.status, measure.finished_on, measure.evidence) == ("running", None, ("签收单 60 份",))


def test_an_edit_does_not_finish(desk: Desk, number: str) -> None:
    with pytest.raises(FieldRefusal, match=r"status: .*finish it"):
        edit_measure(desk, number, {"status": "finished"})


def test_an_edit_of_an_old_state_is_refused(desk: Desk, number: str) -> None:
    edit_measure(desk, number, {"owner": "赵敏"}, revision=1)
    with pytest.raises(Refusal, match="changed meanwhile"):
        edit_measure(desk, number, {"owner": "苏阳"}, revision=1)


def test_finishing_can_be_taken_back(desk: Desk, number: str) -> None:
    before = show_measure(desk, number).measure
    done = finish_measure(desk, number, PROOF)
    assert done.undo is not None
    undo(desk, done.undo)
    after = show_measure(desk, number).measure
    assert replace(after, revision=1, changed_at=before.changed_at) == before


def test_lists_are_newest_first_and_filtered(desk: Desk, make_measure: Callable[..., Measure]) -> None:
    later = make_measure(problem={"text": "会议多", "found_on": "2019-08-01"}, due={"event": "下次例会"})
    late, meeting = add_measures(desk, [make_measure(), later]).measures
    assert [view.measure.number for view in list_measures(desk)] == [meeting, late]
    assert [view.measure.number for view in list_measures(desk, limit=1)] == [meeting]
    assert [view.measure.number for view in list_measures(desk, overdue=True)] == [late]
    finish_measure(desk, late, PROOF)
    assert list_measures(desk, overdue=True) == []
    assert [view.measure.number for view in list_measures(desk, status="finished")] == [late]


def test_every_change_stands_in_the_history_and_the_desk_is_sound(desk: Desk, number: str) -> None:
    add_progress(desk, number, [Progress(date(2019, 8, 1), "20")])
    finish_measure(desk, number, PROOF)
    history = show_measure(desk, number).history
    assert [line.action for line in history] == ["measure.add", "measure.progress", "measure.finish"]
    assert set(history[1].fields) == {"progress", "status"}
    assert check_desk(desk) == []
