"""From a field visit to a problem, a measure, its proof, its effect and the paragraph in July's Word file: by keys."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import docx

from postal_desk.domain.case_json import parse_case
from postal_desk.domain.measures import Measure
from postal_desk.domain.periods import Month
from postal_desk.render.output import QtRenderer
from postal_desk.services import desk as desks
from postal_desk.services.cases import add_cases
from postal_desk.services.documents import export_summary
from postal_desk.services.measures import list_measures
from postal_desk.services.problems import list_problems
from postal_desk.ui.measures.measure_register import MeasureRegister
from postal_desk.ui.measures.measures_page import MeasuresPage

from .conftest import UNIT, Clock, Start
from .keyboard import ALT, CTRL, Key, Keyboard


def misdeliveries(path: Path, clock: Clock) -> None:
    """Nine a month from October to March, one a month from April on."""
    plain = {
        "kind": "complaint",
        "category": "01.misdelivery",
        "channel": "counter",
        "subject": "错投",
        "outlet": UNIT,
    }
    months = [*(f"2018-{month}" for month in (10, 11, 12)), *(f"2019-{month:02d}" for month in range(1, 8))]
    days = [f"{month}-{day:02d}" for month in months for day in range(1, 10 if month < "2019-04" else 2)]
    with desks.open_desk(path) as desk:
        add_cases(desk, [parse_case({**plain, "opened_on": day}, desk.rules) for day in days])
    assert clock.now() > datetime(2019, 7, 8)


def page_of(keyboard: Keyboard) -> MeasuresPage:
    page = keyboard.program.window.page
    assert isinstance(page, MeasuresPage)
    return page


def in_front(keyboard: Keyboard) -> MeasureRegister:
    register = page_of(keyboard).register
    assert isinstance(register, MeasureRegister)
    return register


def test_from_a_visit_to_the_paragraph_of_the_month(
    branch_desk: Path, start: Start, clock: Clock, tmp_path: Path
) -> None:
    clock.time = datetime(2019, 7, 31, 16, 0)
    misdeliveries(branch_desk, clock)
    keyboard = start()
    with keyboard.counted("from a field visit to a finished measure"):
        visit(keyboard)
        problem_and_measure(keyboard)
        progress_and_effect(keyboard)
        finish(keyboard)
    desk = keyboard.program.ctx.desk
    (found,) = in_desk(keyboard, lambda: list_measures(desk))
    assert found.measure.status == "finished"
    assert [check.due.isoformat() for check in found.measure.rechecks] == ["2019-10-31", "2020-07-31"]
    assert in_desk(keyboard, lambda: list_problems(desk))[0].status == "solved"
    text, charts = word_file(keyboard, tmp_path)
    assert "完成措施：按名址投递（评价：错投明显减少）。" in text
    assert "按名址投递：措施前月均 9.0 件，措施后 1.0 件" in text
    assert "图 1　按名址投递：实施前后每月件数" in text
    assert charts == 1


def visit(keyboard: Keyboard) -> None:
    """A visit with one finding, which becomes a problem at one press."""
    keyboard.program.window.go("measures")
    keyboard.settle()
    keyboard.press(Key.Key_3, ALT)
    keyboard.press(Key.Key_Insert)
    keyboard.type("到船营投递部调研")
    keyboard.tab_to("目的")
    keyboard.type("错投为什么多")
    keyboard.tab_to("调研日期")
    keyboard.type("0301")
    keyboard.tab_to("调研发现")
    keyboard.type("段道图未更新，投递员凭记忆投递")
    keyboard.press(Key.Key_S, CTRL)
    keyboard.press(Key.Key_Return)  # into the record
    keyboard.tab_to("列为问题")
    keyboard.press(Key.Key_Space)
    assert page_of(keyboard).view == "problems"


def problem_and_measure(keyboard: Keyboard) -> None:
    """A measure for the problem in front, bound to a category so that its effect can be counted."""
    keyboard.tab_to("新建措施")
    keyboard.press(Key.Key_Space)
    keyboard.until(lambda: keyboard.focus.accessibleName() == "措施")
    keyboard.type("按名址投递")
    keyboard.tab_to("类别")
    keyboard.press(Key.Key_A, CTRL)
    keyboard.type("投递服务")
    keyboard.tab_to("生效日期")
    keyboard.type("2019-03-20")
    keyboard.press(Key.Key_S, CTRL)
    measure = in_front(keyboard).record.view
    assert measure is not None
    assert measure.measure.category == "01"


def progress_and_effect(keyboard: Keyboard) -> None:
    """Enter leads to the line at the foot; the chart's verdict stands above."""
    keyboard.press(Key.Key_Return)
    keyboard.type("新段道图下发，班前核对")
    keyboard.press(Key.Key_Return)
    record = in_front(keyboard).record
    assert record.view is not None
    assert record.view.measure.progress[-1].text == "新段道图下发，班前核对"
    assert record.effect.verdict.text() == "下降"
    assert record.effect.chart.bars()


def finish(keyboard: Keyboard) -> None:
    keyboard.press(Key.Key_Return, CTRL)
    keyboard.type("抽查记录 40 件")
    keyboard.tab_to("结论")
    keyboard.press(Key.Key_A, CTRL)
    keyboard.type("错投明显减少")
    keyboard.press(Key.Key_S, CTRL)
    view = in_front(keyboard).record.view
    assert view is not None
    measure: Measure = view.measure
    assert measure.evidence == ("抽查记录 40 件",)


def word_file(keyboard: Keyboard, folder: Path) -> tuple[str, int]:
    """July's summary as Word, as the export writes it: its text and how many pictures it has."""
    desk, target, painter = keyboard.program.ctx.desk, folder / "july.docx", QtRenderer()
    july = Month(2019, 7)
    in_desk(keyboard, lambda: export_summary(desk, july, "docx", target, lang="zh_CN", renderer=painter))
    written = docx.Document(str(target))
    return "\n".join(paragraph.text for paragraph in written.paragraphs), len(written.inline_shapes)


def in_desk(keyboard: Keyboard, read):  # type: ignore[no-untyped-def]  # whatever the reading gives
    """Read from the desk on its own thread."""
    found: list[object] = []
    keyboard.program.background.db(read, found.append)
    keyboard.until(lambda: bool(found))
    return found[0]
