"""The panel over a real desk with one case; everything at once on the test's own thread."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from postal_desk import i18n
from postal_desk.domain.case_json import parse_case
from postal_desk.services.cases import add_cases
from postal_desk.services.desk import Desk, create_desk
from postal_desk.settings import Settings
from postal_desk.ui.background import InlineBackground
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.attachments.panel import AttachmentPanel

NUMBER = "220204-2019-07-0001"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    now = datetime(2019, 7, 18, 10, 42)
    with create_desk(tmp_path / "desk", "", "220204", actor="苏阳", now=lambda: now) as made:
        case = {"kind": "inquiry", "channel": "counter", "category": "07", "opened_on": "2019-07-02"}
        add_cases(made, [parse_case({**case, "subject": "查询"}, made.rules)])
        yield made


@pytest.fixture
def faults() -> list[Exception]:
    """What the user was told went wrong."""
    return []


@pytest.fixture
def ctx(dressed: None, desk: Desk, tmp_path: Path, faults: list[Exception]) -> Context:
    i18n.use("en")
    made = Context(InlineBackground(faults.append), Settings(tmp_path / "settings.json"))
    made.on_fault = faults.append
    made.desk = desk
    return made


@pytest.fixture
def panel(ctx: Context, qtbot: QtBot) -> AttachmentPanel:
    """The panel of the case."""
    made = AttachmentPanel(ctx, "case")
    qtbot.addWidget(made)
    ctx.changed.connect(made.refresh)
    made.show_record(NUMBER)
    made.resize(260, 400)
    made.show()
    return made


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A picture in a file."""
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("green"))
    path = tmp_path / "收据.png"
    assert image.save(str(path))
    return path
