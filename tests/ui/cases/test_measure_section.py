"""The measures of a case, in its record: shown, linked, begun."""

from __future__ import annotations

from postal_desk.domain.measure_json import parse_measure
from postal_desk.services.desk import Desk
from postal_desk.services.measures import add_measures, show_measure
from postal_desk.ui.cases.record import Record
from tests.ui.cases.conftest import SUBJECT
from tests.ui.conftest import Window


def test_measure_is_linked_from_the_case(record: Record, desk: Desk) -> None:
    measure = {"title": "提醒老年客户防诈骗", "kind": "preventive", "problem": {"text": "假刊社"}}
    saved = add_measures(desk, [parse_measure(measure, desk.rules)])
    record.side_view.measures.ask()
    assert record.side_view.measures.popup is not None
    record.side_view.measures.popup.search.setText("防诈")
    record.side_view.measures.popup._take(0)
    assert show_measure(desk, saved.measures[0]).measure.cases == (record.number,)
    rows = [row.link.text() for row in record.side_view.measures.section._rows if not row.link.isHidden()]
    assert rows[0].startswith("提醒老年客户")
    assert rows[-1] == "＋ 关联或新建措施"


def test_new_measure_takes_the_case_with_it(record: Record, window: Window) -> None:
    record.side_view.measures.take("new")
    name, request = window.went[-1]
    assert name == "measures"
    given = request["new"]
    assert isinstance(given, dict)
    assert given["cases"] == (record.number,)
    assert record.view is not None
    assert record.view.case.subject == SUBJECT
