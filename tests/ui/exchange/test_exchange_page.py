"""An old ledger of two years comes in through the window, by mouse and by keyboard, with one wrong column corrected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from postal_desk import i18n
from postal_desk.domain.case_filters import CaseFilter
from postal_desk.services.cases import read_cases
from postal_desk.services.desk import Desk, create_desk
from postal_desk.services.organisation import add_outlet, add_staff
from postal_desk.settings import Settings
from postal_desk.ui.background import InlineBackground
from postal_desk.ui.cases.ledger_catcher import LedgerCatcher
from postal_desk.ui.context import Context
from postal_desk.ui.exchange.exchange_page import ExchangePage
from postal_desk.ui.main_window import MainWindow
from postal_desk.ui.widgets.labels import ElidedLabel
from tests.ledgers import making
from tests.ledgers.test_shapes import HEAD, ONE, TWO, changed

NOW = datetime(2020, 3, 2, 10, 30)
WRONG = [*HEAD[:9], "群众来话", *HEAD[10:]]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with create_desk(tmp_path / "desk", "船营区分公司", "220204", actor="苏阳", now=lambda: NOW) as made:
        for name in ("船营投递部", "松江支局"):
            add_outlet(made, name)
        for name in ("苏阳", "赵敏"):
            add_staff(made, name)
        yield made


@pytest.fixture
def window(qtbot: QtBot, dressed: None, desk: Desk, tmp_path: Path) -> Iterator[MainWindow]:
    i18n.use("en")

    def fail(error: Exception) -> None:
        raise error

    ctx = Context(InlineBackground(fail), Settings(tmp_path / "settings.json"))
    made = MainWindow(ctx, lambda _path: None)
    made.complete()
    ctx.desk = desk
    made.resize(1366, 768)
    made.show()
    yield made
    ctx.desk = None
    made.retire()


@pytest.fixture
def page(window: MainWindow) -> ExchangePage:
    window.go("exchange")
    front = window.page
    assert isinstance(front, ExchangePage)
    return front


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return making.xlsx(tmp_path / "旧台账.xlsx", [WRONG, ONE, changed(TWO, outlet="北山支局")])


@pytest.fixture
def years(tmp_path: Path) -> Path:
    """A workbook with a sheet for each of two years."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "2018"
    for sheet, year in ((book.active, 2018), (book.create_sheet("2019"), 2019)):
        sheet.append(WRONG)
        sheet.append(changed(ONE, opened=f"{year}-7-2", closed=f"{year}-7-5", outlet="北山"))
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def test_a_ledger_comes_in_step_by_step(page: ExchangePage, ledger: Path, desk: Desk) -> None:
    page.open_file(ledger)
    columns = page.columns_step
    assert page.work.plan.columns[9] == "note"
    columns.combos[9].set_value("narrative")
    columns.combos[9].changed.emit("narrative")
    QTest.mouseClick(columns.next_button, Qt.MouseButton.LeftButton)
    check = page.check_step
    assert check.filters["refused"].text().endswith("1")
    assert "北山支局" in check._why(check.table.current())
    words = check.words
    assert list(words.combos) == [("outlet", "北山支局")]
    words.combos["outlet", "北山支局"].set_value("+")
    QTest.mouseClick(words.apply_button, Qt.MouseButton.LeftButton)
    assert check.filters["refused"].text().endswith("0")
    assert read_cases(desk, CaseFilter()) == []
    QTest.mouseClick(check.import_button, Qt.MouseButton.LeftButton)
    found = read_cases(desk, CaseFilter())
    assert sorted(case.outlet for case in found) == ["北山支局", "船营投递部"]
    assert page.stack.currentWidget() is page.result_step
    QTest.mouseClick(page.result_step.undo_button, Qt.MouseButton.LeftButton)
    assert read_cases(desk, CaseFilter()) == []


def test_rows_that_stay_outside_are_told_whole_and_how_they_come_in(page: ExchangePage, ledger: Path) -> None:
    page.open_file(ledger)
    page.columns_step.combos[9].set_value("narrative")
    page.columns_step.combos[9].changed.emit("narrative")
    page.columns_step.next_button.click()
    check = page.check_step
    reason = check.reason
    assert reason.text().splitlines() == check._remarks(check.table.current())
    assert reason.height() >= reason.heightForWidth(reason.width())
    check.import_button.click()
    assert "import it again" in page.result_step.facts.text()


def test_a_column_is_corrected_by_keyboard(page: ExchangePage, ledger: Path) -> None:
    page.open_file(ledger)
    combo = page.columns_step.combos[9]
    combo.setFocus()
    combo.selectAll()
    QTest.keyClicks(combo, "Narrative")
    QTest.keyClick(combo, Qt.Key.Key_Return)
    assert page.work.plan.columns[9] == "narrative"
    QTest.keyClick(page.columns_step.next_button, Qt.Key.Key_Return)
    assert page.stack.currentWidget() is page.check_step


def test_columns_are_whole_in_a_small_window(
    window: MainWindow, page: ExchangePage, ledger: Path, qtbot: QtBot
) -> None:
    window.resize(683, 384)
    page.open_file(ledger)
    step = page.columns_step
    last = [*step.combos.values(), *(badge for badge in step.badges.values() if badge.isVisible())]
    qtbot.waitUntil(
        lambda: all(one.mapTo(page, one.rect().topRight()).x() < page.width() for one in last), timeout=2000
    )


def test_a_target_moves_from_its_old_column(page: ExchangePage, ledger: Path) -> None:
    page.open_file(ledger)
    page.columns_step.set_column(0, "customer_phone")
    assert page.work.plan.columns[7] == "note"
    assert page.columns_step.combos[7].value() == "note"


def test_without_an_opening_day_nothing_is_checked(page: ExchangePage, ledger: Path) -> None:
    page.open_file(ledger)
    page.columns_step.set_column(1, "skip")
    assert not page.columns_step.next_button.isEnabled()
    assert "Opened on" in page.columns_step.note.label.text()


def test_personal_data_is_masked_in_the_samples(page: ExchangePage, ledger: Path) -> None:
    page.open_file(ledger)
    shown = " ".join(label.text() for label in page.columns_step.grid.findChildren(ElidedLabel))
    assert "13844445555" not in shown
    assert "138******55" in shown


def test_a_damaged_file_is_refused_in_words(page: ExchangePage, tmp_path: Path) -> None:
    path = tmp_path / "bad.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing more")
    page.open_file(path)
    assert "damaged" in page.problem.label.text()
    assert page.stack.currentWidget() is page.file_step


def test_sheets_of_like_shape_come_in_together(page: ExchangePage, years: Path, desk: Desk) -> None:
    page.open_file(years)
    ticks = page.columns_step.others.list
    assert [ticks.item(at).checkState() for at in range(ticks.count())] == [Qt.CheckState.Checked]
    page.columns_step.next_button.click()
    assert "2018: 1 rows" in page.check_step.sheets.text()
    assert "2019: 1 rows" in page.check_step.sheets.text()
    assert page.check_step._row(1) == "2019!2"
    page.check_step.words.combos["outlet", "北山"].set_value("松江支局")
    page.check_step.words.apply_button.click()
    page.check_step.import_button.click()
    assert len(read_cases(desk, CaseFilter())) == 2
    assert page.result_step.sheet_button.isHidden()
    page.result_step.undo_button.click()
    assert read_cases(desk, CaseFilter()) == []


def test_a_sheet_is_left_out_by_its_tick(page: ExchangePage, years: Path) -> None:
    page.open_file(years)
    page.columns_step.others.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    page.columns_step.next_button.click()
    assert page.work.read is not None
    assert page.work.read.total == 1
    assert page.check_step.sheets.isHidden()


def test_the_next_sheet_follows_with_what_was_learned(page: ExchangePage, years: Path, desk: Desk) -> None:
    page.open_file(years)
    page.columns_step.others.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    page.columns_step.next_button.click()
    page.check_step.words.combos["outlet", "北山"].set_value("松江支局")
    page.check_step.words.apply_button.click()
    page.check_step.import_button.click()
    page.result_step.sheet_button.click()
    assert page.work.plan.sheet == "2019"
    page.columns_step.next_button.click()
    assert not page.check_step.words.combos
    page.check_step.import_button.click()
    assert [case.outlet for case in read_cases(desk, CaseFilter())] == ["松江支局", "松江支局"]


def test_a_ledger_dropped_on_the_list_opens(window: MainWindow, ledger: Path) -> None:
    window.go("cases")
    assert window.page is not None
    catcher = window.page.findChild(LedgerCatcher)
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(ledger))])
    catcher.dropped(content)
    assert isinstance(window.page, ExchangePage)
    assert window.page.stack.currentWidget() is window.page.columns_step


def test_cells_pasted_into_the_list_open(window: MainWindow) -> None:
    window.go("cases")
    assert window.page is not None
    lines = ["\t".join("" if cell is None else str(cell) for cell in row) for row in (HEAD, ONE)]
    QGuiApplication.clipboard().setText("\r\n".join(lines))
    QTest.keySequence(window.page.table, "Ctrl+V")
    assert isinstance(window.page, ExchangePage)
    assert window.page.work.plan.columns[1] == "opened_on"
    QGuiApplication.clipboard().clear()
