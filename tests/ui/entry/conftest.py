"""The page over a real desk, everything at once on the test's own thread."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from postal_desk import i18n
from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import Sentence
from postal_desk.services.cases import CaseView, show_case
from postal_desk.services.desk import Desk, create_desk
from postal_desk.services.organisation import add_outlet, add_staff
from postal_desk.settings import Settings
from postal_desk.ui import looks
from postal_desk.ui.background import InlineBackground
from postal_desk.ui.context import Context
from postal_desk.ui.entry.entry_page import EntryPage
from postal_desk.ui.entry.entry_work import EntryWork

TODAY = date(2019, 7, 18)
STORY = (
    "周先生80多岁，7月2日从船营投递部寄出两封挂号信 XA22010000322、XA22010001722 到北京某刊社，半个多月没有回音。"
    "打刊社电话，对方先答应尽快回复，随后聊起家庭和身体。客户电话 138 0432 1176，请苏阳帮忙查。"
)


class Window:
    """Stands in for the main window: remembers where the page wanted to go and what it said."""

    def __init__(self) -> None:
        self.went: list[tuple[str, dict[str, object]]] = []
        self.said: list[tuple[Sentence, object]] = []
        self.faults: list[Exception] = []

    def go(self, page: str, **request: object) -> bool:
        self.went.append((page, request))
        return True

    def back(self) -> None:
        self.went.append(("back", {}))

    def open_desk(self, path: Path) -> None:
        raise AssertionError(path)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = create_desk(
        tmp_path / "desk", "", "220204", actor="苏阳", today=lambda: TODAY, now=lambda: datetime(2019, 7, 18, 10, 42, 8)
    )
    add_outlet(made, "船营投递部", kind="delivery_unit")
    add_outlet(made, "江南支局", kind="branch_office")
    add_staff(made, "苏阳", outlet="船营投递部")
    yield made
    made.close()


@pytest.fixture
def window() -> Window:
    return Window()


@pytest.fixture
def ctx(qapp: QApplication, desk: Desk, window: Window, tmp_path: Path) -> Context:
    i18n.use("zh_CN")
    looks.apply(qapp, "light")
    made = Context(InlineBackground(window.faults.append), Settings(tmp_path / "settings.json"), window)
    made.on_fault = window.faults.append
    made.said.connect(lambda sentence, undo: window.said.append((sentence, undo)))
    made.desk = desk
    return made


@pytest.fixture
def page(ctx: Context, window: Window) -> Iterator[EntryPage]:
    made = EntryPage(ctx)
    ctx.changed.connect(made.refresh)
    made.resize(1180, 736)
    made.shown()
    made.show()
    yield made
    made.close()
    made.deleteLater()
    assert window.faults == []


@pytest.fixture
def work(page: EntryPage) -> EntryWork:
    assert page.work is not None
    return page.work


def saved(desk: Desk, changes_or_number: Changes | str) -> CaseView:
    """The stored case."""
    number = changes_or_number if isinstance(changes_or_number, str) else changes_or_number.cases[0]
    return show_case(desk, number)
