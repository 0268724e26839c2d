"""The page in a real window over a real desk of July 2019, everything at once on the test's own thread."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from postal_desk import i18n
from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.case_json import parse_case
from postal_desk.domain.sentences import Sentence
from postal_desk.services.case_lists import count_cases
from postal_desk.services.cases import add_cases
from postal_desk.services.desk import Desk, create_desk
from postal_desk.services.organisation import add_outlet, add_staff
from postal_desk.settings import Settings
from postal_desk.ui.background import InlineBackground
from postal_desk.ui.context import Context
from postal_desk.ui.main_window import MainWindow
from postal_desk.ui.summaries.summary_page import SummaryPage
from postal_desk.ui.summaries.summary_view import SummaryView

TODAY = date(2019, 8, 5)
PHONE = "13804321176"


def case(desk: Desk, opened_on: str, outlet: str = "船营投递部", closed_on: str = "", **values: Any) -> str:
    """A case on file; its number. With ``closed_on`` it is closed in order, the customer satisfied."""
    content: dict[str, Any] = {
        "kind": "complaint",
        "category": "01.misdelivery",
        "channel": "counter",
        "opened_on": opened_on,
        "outlet": outlet,
        "subject": "邮件错投",
        "customer": {"name": "周明远", "phone": PHONE},
    }
    if closed_on:
        content |= {
            "steps": [{"at": opened_on, "channel": "telephone", "result": "answered", "text": "已致歉"}],
            "dispositions": [{"kind": "apology", "on": closed_on}],
            "responsibility": "responsible",
            "opinion": "satisfied",
            "closed_on": closed_on,
        }
    return add_cases(desk, [parse_case({**content, **values}, desk.rules)]).cases[0]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """June: one case. July: five, one of them still open and overdue, at two outlets."""
    made = create_desk(
        tmp_path / "desk",
        "吉林市船营区分公司",
        "220204",
        actor="苏阳",
        today=lambda: TODAY,
        now=lambda: datetime(2019, 8, 5, 10, 42, 8),
    )
    add_outlet(made, "船营投递部", kind="delivery_unit")
    add_outlet(made, "河南街支局", kind="branch_office")
    add_staff(made, "苏阳", outlet="船营投递部")
    case(made, "2019-06-11", closed_on="2019-06-12")
    case(made, "2019-07-01", closed_on="2019-07-03")
    case(made, "2019-07-02", closed_on="2019-07-04", opinion="dissatisfied")
    case(made, "2019-07-04", "河南街支局", closed_on="2019-07-05", category="07.domestic", kind="inquiry")
    case(made, "2019-07-08", "河南街支局")
    case(made, "2019-07-30", "河南街支局", closed_on="2019-07-31", category="07.domestic", kind="inquiry")
    yield made
    made.close()


class Window:
    """The real window with the summary in front, and what it said."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.said: list[Sentence] = []
        self.files: list[Path] = []
        self.faults: list[Exception] = []
        self.main = MainWindow(ctx, lambda path: None)
        ctx.on_fault = self.faults.append
        ctx.said.connect(lambda sentence, _undo: self.said.append(sentence))
        ctx.filed.connect(self.files.append)
        self.main.complete()
        self.main.resize(1366, 768)
        self.main.show()
        self.main.go("summary")

    @property
    def page(self) -> SummaryPage:
        """The page of the summary."""
        page = self.main.stack.made("summary")
        assert isinstance(page, SummaryPage)
        return page

    @property
    def view(self) -> SummaryView:
        """Its figures."""
        assert self.page.view is not None
        return self.page.view

    def focus(self, widget: QWidget) -> None:
        """Put the focus into a widget, as Tab or a click does in a window that is in front."""
        self.main.activateWindow()
        QTest.qWaitForWindowActive(self.main)
        widget.setFocus(Qt.FocusReason.TabFocusReason)

    def press(
        self,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        widget: QWidget | None = None,
    ) -> None:
        """Press one key where the focus is, or in ``widget``."""
        self.main.activateWindow()
        QTest.qWaitForWindowActive(self.main)
        QTest.keyClick(widget or self.main.focusWidget() or self.main, key, modifier)

    def cases_shown(self) -> int:
        """How many cases the list shows that a figure has opened; the window goes back to the summary."""
        front = self.main.page
        assert front is not None
        assert front.name == "cases"
        shown = front.place()["filter"]
        assert isinstance(shown, CaseFilter)
        self.main.go("summary")
        return count_cases(self.ctx.desk, shown).total

    def dialog(self, kind: type[QWidget]) -> Any:
        """The dialog of that kind that is open."""
        found = [widget for widget in self.page.findChildren(kind) if widget.isVisible()]
        assert len(found) == 1
        return found[0]

    def save_to(self, folder: Path) -> None:
        """Answer the file dialog: the proposed name, in ``folder``."""
        dialog = self.dialog(QFileDialog)
        name = Path(dialog.selectedFiles()[0]).name
        dialog.setDirectory(str(folder))
        dialog.selectFile(name)
        dialog.accept()


@pytest.fixture
def window(dressed: None, desk: Desk, tmp_path: Path) -> Iterator[Window]:
    i18n.use("en")
    settings = Settings(tmp_path / "settings.json")
    out = tmp_path / "out"
    out.mkdir()
    settings["export_folder"] = str(out)
    ctx = Context(InlineBackground(lambda error: ctx.tell_fault(error)), settings)
    ctx.desk = desk
    made = Window(ctx)
    yield made
    made.main.retire()
    if shiboken6.isValid(made.main):
        made.main.deleteLater()
    QApplication.processEvents()
    assert made.faults == []


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The export folder."""
    return tmp_path / "out"
