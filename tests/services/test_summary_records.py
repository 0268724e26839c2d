"""What a month's summary names of measures, errors and recurrences: in figures, in JSON and in the document."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from postal_desk.domain.cases import Case
from postal_desk.domain.closings import canonical, summary_of
from postal_desk.domain.error_records import ErrorRecord
from postal_desk.domain.measure_json import parse_measure
from postal_desk.domain.measures import Effect
from postal_desk.domain.periods import Month
from postal_desk.domain.recurrences import Accountability
from postal_desk.reports.charts import MarkedBars
from postal_desk.reports.document import Heading, Paragraph, Picture
from postal_desk.reports.monthly import HandIn, monthly_document
from postal_desk.services.cases import add_cases
from postal_desk.services.desk import Desk
from postal_desk.services.documents import summary_document
from postal_desk.services.error_records import add_errors
from postal_desk.services.measures import add_measures, finish_measure
from postal_desk.services.months import close_month, figures
from postal_desk.services.recurrences import raise_accountability
from postal_desk.services.summaries import summary, summary_to_json

JULY = Month(2019, 7)


@pytest.fixture
def busy(desk: Desk, make_case: Callable[..., Case]) -> Desk:
    """Nine misdeliveries a month from January to March, one a month from April to July; a measure since April."""
    plain = {"kind": "complaint", "category": "01.misdelivery", "outlet": "船营投递部"}
    add_cases(
        desk,
        [
            make_case(**plain, opened_on=f"2019-{month:02d}-{day:02d}")
            for month in range(1, 8)
            for day in range(1, 10 if month < 4 else 2)
        ],
    )
    measure: dict[str, Any] = {
        "title": "按名址投递",
        "kind": "corrective",
        "owner_unit": "船营投递部",
        "problem": {"text": "错投", "found_on": "2019-07-02"},
        "due": {"on": "2019-07-10"},
        "category": "01",
        "outlets": ["船营投递部"],
        "in_force_on": "2019-04-02",
    }
    add_measures(desk, [parse_measure(measure, desk.rules)])
    return desk


def text_of(desk: Desk, language: str = "zh_CN") -> str:
    document = monthly_document(summary(desk, JULY), HandIn(), language, "gbt9704")
    lines = []
    for block in document.blocks:
        if isinstance(block, Heading):
            lines.append(block.text)
        elif isinstance(block, Paragraph):
            lines.append("".join(run.text for run in block.runs))
    return "\n".join(lines)


def test_measures_are_named_with_owner_day_and_effect(busy: Desk) -> None:
    told = text_of(busy)
    assert "新增措施：按名址投递（船营投递部）。" in told
    assert "超期措施：按名址投递（船营投递部，期限7月10日）。" in told
    assert "措施效果" in told
    assert "按名址投递：措施前月均 9.0 件，措施后 1.0 件" in told
    assert "：下降。" in told
    assert "按名址投递: 9.0 cases a month before, 1.0 after" in text_of(busy, "en")


@pytest.mark.parametrize("layout", ["plain", "gbt9704"])
def test_effect_is_drawn_below_its_sentence(busy: Desk, layout: str) -> None:
    close_month(busy, JULY, "样例")  # the chart is frozen with the figures
    blocks = summary_document(busy, figures(busy, JULY), layout=layout, lang="zh_CN").blocks
    (place,) = [
        at for at, block in enumerate(blocks) if isinstance(block, Picture) and "按名址投递" in block.caption
    ]
    said, drawn = blocks[place - 1], blocks[place]
    assert isinstance(said, Paragraph)
    assert said.keep_next
    assert "措施前月均 9.0 件" in said.runs[0].text
    assert isinstance(drawn, Picture)
    assert isinstance(drawn.chart, MarkedBars)
    assert drawn.chart.keys[drawn.chart.mark] == "2019-04"


def test_finished_measure_says_how_it_was_judged(busy: Desk) -> None:
    number = summary(busy, JULY).measure_lines[0].number
    finish_measure(
        busy, number, {"evidence": ("记录",), "effect": Effect("错投减少"), "finished_on": date(2019, 7, 20)}
    )
    assert "完成措施：按名址投递（船营投递部，评价：错投减少）。" in text_of(busy)
    (line,) = summary(busy, JULY).measure_lines
    assert line.states == ("new", "due", "finished")


def test_recurrence_at_the_limit_names_who_answers(busy: Desk) -> None:
    assert "达到限次尚未追责的有 1 项" in text_of(busy)
    raise_accountability(
        busy, Accountability("苏阳", "船营投递部", "01.misdelivery", raised_on=date(2019, 7, 20), times=31)
    )
    assert "对重复发生的问题已追责：苏阳（船营投递部，错投误投（第31次））。" in text_of(busy)


def test_errors_and_exemptions_are_told(busy: Desk) -> None:
    decided = {"decided_by": "赵敏", "decided_on": date(2019, 7, 9)}
    proof = {"evidence": ("维修单",), "accepted_by": "赵敏", "accepted_on": date(2019, 7, 8)}
    exempted = ErrorRecord(
        "苏阳", date(2019, 7, 5), "漏检", "system", decision="exempted", **proof, **decided
    )
    upheld = ErrorRecord("赵敏", date(2019, 7, 6), "录错", decision="upheld", **decided)
    later = ErrorRecord("赵敏", date(2019, 8, 6), "录错")
    add_errors(busy, [exempted, upheld, later])
    told = text_of(busy)
    assert "本月登记差错 2 起：免责 1，追责 1，待定 0。" in told
    assert "免责人员：苏阳（设备或系统原因免责）。" in told


def test_json_and_the_frozen_form_carry_them(busy: Desk) -> None:
    found = summary(busy, JULY)
    document = summary_to_json(found, "en")
    (line,) = document["measure_lines"]
    assert line["effect"]["verdict"] == "fell"
    assert document["measures"]["new"] == 1
    assert document["recurrences_at_limit"][0]["times"] == 31
    assert summary_of(json.loads(canonical(found))) == found
