"""The page over a real desk, everything at once on the test's own thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.case_json import parse_case
from postal_desk.domain.cases import Case
from postal_desk.services.cases import add_cases, read_cases
from postal_desk.services.desk import Desk, create_desk
from postal_desk.services.organisation import add_outlet, add_staff
from postal_desk.ui.context import Context
from postal_desk.ui.entry.entry_page import EntryPage
from postal_desk.ui.entry.entry_work import EntryWork
from tests.ui.conftest import Window

TODAY = date(2019, 7, 18)
STORY = (
    "周先生80多岁，7月2日从船营投递部寄出两封挂号信 XA22010000322、XA22010001722 到北京某刊社，半个多月没有回音。"
    "打刊社电话，对方先答应尽快回复，随后聊起家庭和身体。客户电话 138 0432 1176，请苏阳帮忙查。"
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = create_desk(
        tmp_path / "desk",
        "",
        "220204",
        actor="苏阳",
        today=lambda: TODAY,
        now=lambda: datetime(2019, 7, 18, 10, 42, 8),
    )
    add_outlet(made, "船营投递部", kind="delivery_unit")
    add_outlet(made, "江南支局", kind="branch_office")
    add_staff(made, "苏阳", outlet="船营投递部")
    yield made
    made.close()


@pytest.fixture
def open_page(ctx: Context, window: Window) -> Iterator[Callable[..., EntryPage]]:
    """Opens the page as the window does; called again, it is the page after the program was killed and started."""
    opened: list[EntryPage] = []

    def open_one(**request: object) -> EntryPage:
        page = EntryPage(ctx)
        opened.append(page)
        ctx.changed.connect(page.refresh)
        page.resize(1180, 736)
        page.shown(**request)
        page.show()
        return page

    yield open_one
    for page in opened:
        shiboken6.delete(page)
    assert window.faults == []


@pytest.fixture
def page(open_page: Callable[..., EntryPage]) -> EntryPage:
    return open_page()


@pytest.fixture
def work(page: EntryPage) -> EntryWork:
    assert page.work is not None
    return page.work


class Hands:
    """A person at the keyboard; every key press counts."""

    def __init__(self, page: EntryPage) -> None:
        self.page = page
        self.presses = 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key where the focus is."""
        self.presses += 1
        QTest.keyClick(self.page.focusWidget() or self.page, key, modifier)

    def type(self, text: str) -> None:
        """Type where the focus is."""
        for character in text:  # QTest.keyClicks knows Latin letters only
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, character)
                QApplication.sendEvent(self.page.focusWidget(), event)

    def paste(self, text: str) -> None:
        """Ctrl+V."""
        QApplication.clipboard().setText(text)
        self.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def tell(self, story: str) -> None:
        """Paste a story and let it be read."""
        self.paste(story)
        self.read()

    def log(self, story: str) -> None:
        """Paste a story and take what it suggests."""
        self.tell(story)
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def read(self) -> None:
        """Let the pause after the last key pass."""
        assert self.page.work is not None
        self.page.work.reader.when_read(lambda: None)
        QApplication.processEvents()

    def save(self) -> None:
        """What the window does on Ctrl+S."""
        self.presses += 1
        self.page.command("save")


@pytest.fixture
def hands(page: EntryPage) -> Hands:
    return Hands(page)


@pytest.fixture
def story() -> str:
    """The registered-letter case as the customer tells it."""
    return STORY


@pytest.fixture
def on_file(desk: Desk) -> Callable[[], list[Case]]:
    """All cases of the desk, newest first."""
    return lambda: read_cases(desk, CaseFilter(), 0)


@pytest.fixture
def store(desk: Desk) -> Callable[..., str]:
    """Puts a case on file and gives its number."""
    plain = {
        "kind": "inquiry",
        "category": "07",
        "channel": "counter",
        "opened_on": "2019-07-10",
        "subject": "旧案",
    }

    def put(**values: object) -> str:
        return add_cases(desk, [parse_case({**plain, **values}, desk.rules)]).cases[0]

    return put
