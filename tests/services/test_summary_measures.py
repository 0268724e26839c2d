"""The measures of a month, counted from a real desk: each figure with a measure for and against."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from postal_desk.domain.measure_json import parse_measure
from postal_desk.domain.measures import Effect
from postal_desk.domain.periods import Month
from postal_desk.services.desk import Desk
from postal_desk.services.measures import add_measures, edit_measure, finish_measure
from postal_desk.services.summaries import summary, summary_to_json
from postal_desk.services.undo import undo

JULY, AUGUST = Month(2019, 7), Month(2019, 8)


def add(desk: Desk, found_on: str, due: str) -> str:
    """Save a measure by its two days; returns its number."""
    content: dict[str, Any] = {
        "title": "统一检查标准",
        "kind": "corrective",
        "problem": {"text": "标准不一", "found_on": found_on},
        "due": {"on": due},
    }
    return add_measures(desk, [parse_measure(content, desk.rules)]).measures[0]


def finish(desk: Desk, number: str, on: date) -> None:
    finish_measure(desk, number, {"evidence": ("文件",), "effect": Effect("有效"), "finished_on": on})


def figures(desk: Desk, month: Month) -> dict[str, int]:
    found: dict[str, int] = summary_to_json(summary(desk, month), "en")["measures"]
    return found


def test_new_by_the_day_of_finding(desk: Desk) -> None:
    for day in ("2019-06-30", "2019-07-01", "2019-07-31", "2019-08-01"):
        add(desk, day, "2019-12-31")
    assert figures(desk, JULY) == {"new": 2, "due": 0, "finished": 0, "overdue": 0}


def test_due_by_its_day_whether_finished_or_not(desk: Desk) -> None:
    for day in ("2019-06-30", "2019-07-31", "2019-08-01"):
        finish(desk, add(desk, "2019-06-01", day), date(2019, 6, 20))
    assert figures(desk, JULY) == {"new": 0, "due": 1, "finished": 0, "overdue": 0}


def test_finished_by_the_day_of_finishing(desk: Desk) -> None:
    for day in (date(2019, 6, 30), date(2019, 7, 1), date(2019, 8, 1)):
        finish(desk, add(desk, "2019-06-01", "2019-12-31"), day)
    assert figures(desk, JULY)["finished"] == 1


def test_overdue_as_it_stood_at_the_end_of_the_month(desk: Desk) -> None:
    add(desk, "2019-06-01", "2019-07-31")  # its day is the last of the month: not over yet
    finish(desk, add(desk, "2019-06-01", "2019-07-30"), date(2019, 8, 2))
    finish(desk, add(desk, "2019-06-01", "2019-07-30"), date(2019, 7, 31))
    assert figures(desk, JULY)["overdue"] == 1
    assert figures(desk, AUGUST)["overdue"] == 1


def test_withdrawn_is_neither_due_nor_overdue(desk: Desk) -> None:
    edit_measure(desk, add(desk, "2019-06-01", "2019-07-10"), {"status": "withdrawn"})
    assert figures(desk, JULY) == {"new": 0, "due": 0, "finished": 0, "overdue": 0}


def test_taken_back_counts_nowhere(desk: Desk) -> None:
    content = {"title": "统一", "kind": "corrective", "problem": {"text": "不一", "found_on": "2019-07-05"}}
    saved = add_measures(desk, [parse_measure(content, desk.rules)])
    assert figures(desk, JULY)["new"] == 1
    assert saved.undo is not None
    undo(desk, saved.undo)
    assert figures(desk, JULY)["new"] == 0


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_figures_say_what_they_mean(desk: Desk, lang: str) -> None:
    assert summary_to_json(summary(desk, JULY), lang)["definitions"]["measures"]
