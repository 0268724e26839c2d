"""Totals typed for months without cases: from a table, in comparisons, taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from postal_desk.domain.cases import Case
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import Refusal
from postal_desk.domain.spans import parse_span
from postal_desk.domain.typed_total_table import cells_of
from postal_desk.domain.typed_totals import make_total
from postal_desk.reports.monthly import HandIn, monthly_document
from postal_desk.reports.summary_json import summary_to_json
from postal_desk.services.cases import add_cases
from postal_desk.services.desk import Desk
from postal_desk.services.summaries import summary
from postal_desk.services.typed_totals import list_totals, put_totals, read_table, remove_totals
from postal_desk.services.undo import undo

JULY = Month(2019, 7)
TABLE = """船营区分公司 2018 年台账
月份\t受理（件）\t办结\t应答复\t按期答复\t平均天数\t回访\t满意\t03\t负责人
2018年6月\t41\t40\t38\t36\t3.4\t20\t18\t12\t王
2018.7\t50\t47\t45\t44\t4\t30\t27\t9\t
合计\t91\t87\t83\t80\t\t50\t45\t21\t
"""


def put(desk: Desk, month: str, **values: Any) -> None:
    put_totals(desk, [make_total(Month.parse(month), values, [t.code for t in desk.rules.top_categories()])])


def test_a_pasted_table_is_read_with_its_categories(desk: Desk) -> None:
    table = read_table(desk, cells_of(TABLE))
    first, second = table.totals
    assert (first.received, first.closed, first.due_in_time, first.days) == (41, 40, 36, 136)
    assert first.categories == {"03": 12}
    assert second.month == Month(2018, 7)
    assert table.unknown == ("负责人",)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("月份\t受理\n2018-06\tabc", "row 2, column “受理”: “abc” is not a number"),
        ("月份\t受理\n2018-06\t97.6%", "percentage"),
        ("月份\t受理\n6月\t4", "row 2: “6月” has no year"),
        ("月份\t受理\n2018-06\t4\n2018-6\t5", "row 3: June 2018 stands in the table twice"),
        ("月份\t受理\n2030-06\t4", "has not begun"),
        ("受理\t办结\n4\t4", "no row of headings"),
        ("月份\t受理\t来件\n2018-06\t4\t4", "mean the same"),
    ],
)
def test_a_bad_table_is_refused_by_row_and_column(desk: Desk, rows: str, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        read_table(desk, cells_of(rows))


def test_comparisons_work_from_the_first_month(desk: Desk, make_case: Callable[..., Case]) -> None:
    add_cases(desk, [make_case(), make_case()])
    put_totals(desk, read_table(desk, cells_of(TABLE)).totals)
    figures = summary(desk, JULY)
    assert (figures.last_year.received, figures.last_year.typed) == (50, True)
    assert figures.last_year.in_time.pair == (44, 45)
    assert not figures.previous.typed
    assert not figures.now.typed
    assert [part.last_year for part in figures.by_category if part.code == "03"] == [9]
    assert figures.trend[0].typed
    assert figures.trend[0].received == 50
    document = summary_to_json(figures, "en")
    assert document["same_month_last_year"]["typed"] is True
    assert "typed" not in document["previous_month"]


def test_a_rate_that_nobody_stated_is_unknown_and_not_nought(
    desk: Desk, make_case: Callable[..., Case]
) -> None:
    add_cases(desk, [make_case()])
    put(desk, "2018-07", received=50, closed=47, due=45, due_in_time=44, due_closed="")
    last_year = summary(desk, JULY).last_year
    assert (last_year.closing.value, last_year.in_time.pair) == (None, (44, 45))
    assert list_totals(desk)[0].total.due_closed is None


def test_the_document_marks_what_was_typed(desk: Desk, make_case: Callable[..., Case]) -> None:
    add_cases(desk, [make_case()])
    put(desk, "2018-07", received=50, closed=47)
    for language, remark in (("zh_CN", "人工录入"), ("en", "entered by hand")):
        document = monthly_document(summary(desk, JULY), HandIn(), language, "gbt9704")
        texts = str(document.blocks)
        assert "'50*'" in texts
        assert remark in texts


def test_cases_of_the_month_come_before_typed_totals(desk: Desk, make_case: Callable[..., Case]) -> None:
    add_cases(desk, [make_case()])
    put(desk, "2019-07", received=99)
    assert summary(desk, JULY).now.received == 1
    assert [known.in_use for known in list_totals(desk)] == [False]


def test_a_quarter_adds_typed_months_to_its_cases(desk: Desk, make_case: Callable[..., Case]) -> None:
    add_cases(desk, [make_case()])
    put(desk, "2019-05", received=10, closed=8, due=8, due_closed=6, due_in_time=5, mean_days="2.5")
    quarter, half = summary(desk, parse_span("2019-Q2")), summary(desk, parse_span("2019-01..2019-07"))
    assert (quarter.now.received, quarter.now.typed) == (10, True)
    assert half.now.received == 11
    assert half.now.mean_days == 2.5
    assert half.year_to_date.received == 11


def test_a_year_is_summed_up_in_both_languages(desk: Desk, make_case: Callable[..., Case]) -> None:
    add_cases(desk, [make_case()])
    figures = summary(desk, parse_span("2019-Q2"))
    for language, wrong in (("zh_CN", "本月"), ("en", "the month")):
        document = monthly_document(figures, HandIn(), language, "plain")
        assert wrong not in str(document.blocks) + str(document.notes)
    assert "第二季度" in monthly_document(figures, HandIn(), "zh_CN", "plain").title


def test_saving_and_removing_can_be_taken_back(desk: Desk) -> None:
    put(desk, "2018-07", received=50, closed=47, mean_days="3.4", categories={"01": 7})
    (known,) = list_totals(desk)
    changed = put_totals(desk, [make_total(Month(2018, 7), {"received": 51})])
    undo(desk, changed.undo or 0)
    assert list_totals(desk) == [known]
    removed = remove_totals(desk, [Month(2018, 7)])
    assert list_totals(desk) == []
    undo(desk, removed.undo or 0)
    assert list_totals(desk) == [known]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"received": 3, "due": 2, "due_in_time": 3}, "is more than"),
        ({"received": -1}, "not a number"),
        ({"received": 1.5}, "not a whole number"),
        ({"received": 3, "categories": {"01": 4}}, "more than the 3 received"),
        ({"received": 3, "categories": {"77": 1}}, "no such category"),
        ({"mean_days": 3}, "need the number of closed"),
        ({"unknown": 1}, "not known"),
    ],
)
def test_totals_that_contradict_themselves_are_refused(desk: Desk, values: dict[str, Any], why: str) -> None:
    with pytest.raises(Refusal, match=why):
        put(desk, "2018-07", **values)
