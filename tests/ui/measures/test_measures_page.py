"""The measures page: what stands there, what keys do, and that every dialog writes through the services."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from postal_desk import i18n
from postal_desk.domain.measures import Effect
from postal_desk.domain.visits import Question, Visit
from postal_desk.services.desk import Desk
from postal_desk.services.error_records import list_errors
from postal_desk.services.measures import finish_measure, list_measures, show_measure
from postal_desk.services.problems import list_problems
from postal_desk.services.recurrences import list_accountability
from postal_desk.services.undo import undo
from postal_desk.services.visits import list_visits
from postal_desk.services.volumes import list_volumes
from postal_desk.ui.measures.board_register import AccountDialog, SettleDialog
from postal_desk.ui.measures.error_dialogs import DecisionDialog, ErrorDialog
from postal_desk.ui.measures.measure_dialog import MeasureDialog
from postal_desk.ui.measures.measure_register import MeasureRegister
from postal_desk.ui.measures.measure_steps import FinishDialog, RecheckDialog, VolumeDialog
from postal_desk.ui.measures.measures_page import VIEWS, MeasuresPage
from postal_desk.ui.measures.problem_register import ProblemDialog
from postal_desk.ui.measures.visit_register import VisitDialog
from postal_desk.ui.widgets.chip import FilterChip
from tests.ui.conftest import Hands, Window
from tests.ui.measures.conftest import COUNTERS, DELIVERY, dialog

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def register(page: MeasuresPage) -> MeasureRegister:
    assert isinstance(page.register, MeasureRegister)
    return page.register


def shown_texts(page: MeasuresPage) -> str:
    QApplication.processEvents()  # texts made anew are laid out first
    labels = page.register.pane.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisibleTo(page))


def test_list_tells_what_is_overdue(page: MeasuresPage, register: MeasureRegister) -> None:
    QAbstractItemModelTester(register.table.records)
    assert [register.key(row) for row in register.shown] == [DELIVERY, COUNTERS]
    assert page.header.facts.text() == "2 项，完成 0，超期 1"
    register.overdue.setChecked(True)
    assert [register.key(row) for row in register.shown] == [COUNTERS]


def test_filters_and_search_narrow_the_list(page: MeasuresPage, register: MeasureRegister) -> None:
    register.area._take("customer_service")
    assert register.number == DELIVERY
    page.search.setText("点钞机")
    page.search._say()
    assert register.shown == []
    assert register.empty.title.text() == "没有符合的"
    register.empty.button.click()
    assert isinstance(register.area, FilterChip)
    assert register.area.value == ""
    assert [register.key(row) for row in register.shown] == [COUNTERS]


def test_effect_stands_in_the_record(page: MeasuresPage, register: MeasureRegister, window: Window) -> None:
    page.shown(view="measures", number=DELIVERY)
    effect = register.record.effect
    assert effect.verdict.text() == "下降"
    assert "月均" in effect.sentence.text()
    bars = effect.chart.bars()
    assert [bar.key for bar in bars] == [f"2019-{month:02d}" for month in range(1, 8)]
    effect.chart.asked.emit("2019-05", 0)
    name, request = window.went[-1]
    assert name == "cases"
    assert getattr(request["filter"], "category") == "01"  # noqa: B009  # a filter goes as an object


def test_progress_is_added_at_the_foot(register: MeasureRegister, desk: Desk, hands: Hands) -> None:
    register.open(COUNTERS)
    register.enter()
    hands.type("黄旗街营业所到货")
    register.record.line.value.setText("30")
    hands.press(Qt.Key.Key_Return)
    measure = show_measure(desk, COUNTERS).measure
    assert (measure.progress[-1].value, measure.progress[-1].text) == ("30", "黄旗街营业所到货")
    assert "30 / 60 台" in register.record.bar.accessibleName()
    assert register.record.line.text.text() == ""


def test_progress_is_refused_in_its_place(register: MeasureRegister) -> None:
    register.open(COUNTERS)
    register.record.line.text.setText("含\x07")
    register.record.line.save()
    assert register.record.line.note.isVisibleTo(register.record)
    assert register.record.line.text.text() != ""


def test_new_measure_by_keyboard(page: MeasuresPage, desk: Desk, hands: Hands) -> None:
    hands.press(Qt.Key.Key_Insert)
    made = dialog()
    assert isinstance(made, MeasureDialog)
    hands.type("退件没有人登记")
    made.title_field.setText("退件专人登记")
    made.outlets.setText("船营投递")
    made.save()
    assert "船营投递部" in made.form.problem("outlets")
    made.outlets.setText("船营投递部")
    hands.press(Qt.Key.Key_S, CTRL)
    (newest, *_rest) = list_measures(desk)
    assert (newest.measure.title, newest.measure.problem.text) == ("退件专人登记", "退件没有人登记")
    assert newest.measure.number in [page.register.key(row) for row in page.register.shown]


def test_edit_keeps_what_was_not_touched(register: MeasureRegister, desk: Desk) -> None:
    register.open(COUNTERS)
    before = show_measure(desk, COUNTERS).measure
    register.act("edit")
    made = dialog()
    assert isinstance(made, MeasureDialog)
    made.save()
    assert show_measure(desk, COUNTERS).measure == before
    register.act("edit")
    made = dialog()
    assert isinstance(made, MeasureDialog)
    made.owner.setText("赵敏")
    made.save()
    after = show_measure(desk, COUNTERS).measure
    assert (after.owner, after.problem, after.progress) == ("赵敏", before.problem, before.progress)


def test_finishing_needs_evidence_and_a_verdict(
    register: MeasureRegister, desk: Desk, window: Window
) -> None:
    register.open(DELIVERY)
    register.pane.press("finish")
    made = dialog()
    assert isinstance(made, FinishDialog)
    assert made.verdict.text() == "下降"  # the branch's own figures are proposed
    made.save()
    assert made.form.problem("evidence")
    made.evidence.setPlainText("投递检查记录")
    made.verdict.clear()
    made.save()
    assert made.form.problem("effect")
    made.verdict.setText("错投明显减少")
    made.save()
    measure = show_measure(desk, DELIVERY).measure
    assert (measure.status, len(measure.rechecks)) == ("finished", 2)
    taken = window.said[-1][1]
    assert isinstance(taken, int)
    undo(desk, taken)
    assert show_measure(desk, DELIVERY).measure.status == "planned"


def test_recheck_writes_down_what_was_found(register: MeasureRegister, desk: Desk) -> None:
    proof: dict[str, Any] = {"evidence": ("签收单",)}
    finish_measure(desk, COUNTERS, {**proof, "effect": Effect("有效")})
    register.reload()
    register.open(COUNTERS)
    assert register.pane.press("recheck")
    made = dialog()
    assert isinstance(made, RecheckDialog)
    made.save()
    assert made.form.problem("result")
    made.outcome.setPlainText("全部在用")
    made.save()
    assert show_measure(desk, COUNTERS).measure.rechecks[0].result == "全部在用"


def test_finding_leads_to_problem_and_measure(page: MeasuresPage, desk: Desk, qtbot: QtBot) -> None:
    page.open_view("visits")
    (visit,) = list_visits(desk)
    register = page.register
    register._make_problem(visit.number, 1)  # type: ignore[attr-defined]
    assert page.view == "problems"
    assert page.register.number == list_visits(desk)[0].findings[0].problem
    page.register.act("measure")
    assert page.view == "measures"
    made = dialog()
    assert isinstance(made, MeasureDialog)
    made.title_field.setText("退件专人登记")
    made.save()
    problem = next(view for view in list_problems(desk) if view.visit == visit.number)
    assert problem.status == "answered"
    page.shown(view="problems", number=problem.record.number)
    assert "退件没有专人登记" in shown_texts(page)


def test_visit_is_planned_and_made(page: MeasuresPage, desk: Desk) -> None:
    page.open_view("visits")
    page.register.add()
    made = dialog()
    assert isinstance(made, VisitDialog)
    made.title_field.setText("到搜登站调研")
    made.save()
    assert made.form.problem("purpose")
    made.purpose.setPlainText("了解班车晚点")
    made.questions.setPlainText("几点到 → 十点\n谁来接")
    made.save()
    visit = list_visits(desk)[0]
    assert [(one.question, one.answer) for one in visit.questions] == [("几点到", "十点"), ("谁来接", "")]
    assert visit.status == "planned"


def test_the_answer_stands_behind_an_arrow_as_keyboards_have_it(page: MeasuresPage, desk: Desk) -> None:
    page.open_view("visits")
    page.register.add()
    made = dialog()
    assert isinstance(made, VisitDialog)
    made.title_field.setText("到搜登站调研")
    made.purpose.setPlainText("了解班车晚点")
    made.questions.setPlainText("几点到 -> 十点\n谁来接")
    made.save()
    visit = list_visits(desk)[0]
    assert [(one.question, one.answer) for one in visit.questions] == [("几点到", "十点"), ("谁来接", "")]


def test_an_arrow_in_a_question_that_is_not_touched_stays_part_of_it(
    page: MeasuresPage, desk: Desk, qtbot: QtBot
) -> None:
    asked = Question("班车走吉林->搜登站还是绕行", "")
    visit = Visit("到搜登站调研", "了解班车晚点", questions=(asked,))
    editor = VisitDialog(page.ctx, visit, page)
    qtbot.addWidget(editor)
    assert editor._questions() == [{"question": asked.question, "answer": ""}]


def test_problem_is_recorded_and_edited(page: MeasuresPage, desk: Desk) -> None:
    page.open_view("problems")
    page.register.add()
    made = dialog()
    assert isinstance(made, ProblemDialog)
    made.text.setPlainText("班车晚点")
    made.cases.setText("2019-07-0099")
    made.save()
    assert "2019-07-0099" in made.form.problem("cases")
    made.cases.setText("")
    made.save()
    assert list_problems(desk)[0].record.text == "班车晚点"


def test_board_calls_a_person_to_account(page: MeasuresPage, desk: Desk) -> None:
    page.open_view("recurrences")
    page.register.act("account")
    made = dialog()
    assert isinstance(made, AccountDialog)
    assert made.person.value() == "孟庆国"
    made.text.setPlainText("逐件复核名址")
    made.save()
    (item,) = list_accountability(desk)
    assert (item.person, item.category, item.open) == ("孟庆国", "01.misdelivery", True)
    page.register.act("settle")
    settle = dialog()
    assert isinstance(settle, SettleDialog)
    settle.outcome.setPlainText("未再发生")
    settle.save()
    assert not list_accountability(desk)[0].open


def test_error_is_recorded_and_decided(page: MeasuresPage, desk: Desk) -> None:
    page.open_view("errors")
    page.register.add()
    made = dialog()
    assert isinstance(made, ErrorDialog)
    made.staff.set_value("宋佳")
    made.text.setPlainText("收寄信息录错")
    made.save()
    page.register.act("decide")
    decide = dialog()
    assert isinstance(decide, DecisionDialog)
    assert decide.decision.value() == "exempted"  # three months from joining
    decide.save()
    (view,) = list_errors(desk)
    assert (view.record.decision, view.record.ground) == ("exempted", "new_staff")
    assert "新员工免责期" in shown_texts(page)


def test_volume_is_entered_for_a_month(register: MeasureRegister, desk: Desk) -> None:
    made = VolumeDialog(register.ctx, (), register)
    register.open_dialog(made)
    made.items.setText("一万")
    made.save()
    assert made.form.problem("items")
    made.items.setText("10,000")
    made.save()
    assert list(list_volumes(desk).values()) == [10_000]


def test_keys_lead_through_the_views(page: MeasuresPage, hands: Hands) -> None:
    for place, name in enumerate(VIEWS, start=1):
        hands.press(Qt.Key(Qt.Key.Key_0 + place), ALT)
        assert page.view == name
        assert page.tabs[name].isChecked()
    assert page.place()["view"] == "errors"


def test_search_then_down_reaches_the_list(page: MeasuresPage, hands: Hands) -> None:
    assert page.command("search")
    hands.press(Qt.Key.Key_Down)
    assert page.register.table.hasFocus()


def test_english_has_no_chinese_left(page: MeasuresPage) -> None:
    """Words of the program; records keep their own language."""
    i18n.use("en")
    english = MeasuresPage(page.ctx)
    texts = [chip.text() for chip in english.tabs.values()]
    english.deleteLater()
    i18n.use("zh_CN")
    assert all(text.isascii() for text in texts)


def test_page_opens_the_dialog_that_was_asked_for_with_the_record(page: MeasuresPage, qtbot: QtBot) -> None:
    page.shown(number=COUNTERS, act="finish")
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), FinishDialog))
    dialog().reject()


def test_what_a_record_asks_for_first_has_one_key(page: MeasuresPage, hands: Hands, window: Window) -> None:
    hands.press(Qt.Key.Key_3, ALT)
    link = next(b for b in page.register.pane.findChildren(QPushButton) if b.text() == "列为问题")
    link.click()
    hands.press(Qt.Key.Key_Return, CTRL)  # an open problem asks for a measure
    asked = dialog()
    assert isinstance(asked, MeasureDialog)
    assert asked.answers.value().endswith("P-2019-0003")
    asked.reject()
