"""What keeps drawing a record and a list short."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBitmap, QFontMetrics, QImage, QPainter, QRegion
from PySide6.QtWidgets import QApplication, QLabel, QStyleOptionViewItem, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from postal_desk.ui import looks
from postal_desk.ui.widgets.badge_row import BadgeRow
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.line_cache import LineCache
from postal_desk.ui.widgets.one_layout import one_layout


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    if not qapp.styleSheet():
        looks.apply(qapp, "light")


def test_badges_are_kept_for_the_next_record(qtbot: QtBot) -> None:
    row = BadgeRow(text_label("44"))
    qtbot.addWidget(row)
    row.show()
    row.show_badges([("open", "neutral"), ("2 d late", "bad")])
    made = row.findChildren(QLabel)
    row.show_badges([("closed", "good")])
    assert row.words() == ["closed"]
    assert row.findChildren(QLabel) == made
    assert [label.text() for label in made if label.isVisible()] == ["44", "closed"]


def test_what_is_shown_together_is_laid_out_afterwards(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    column = QVBoxLayout(box)
    lines = [text_label(f"line {number}") for number in range(3)]
    for one in lines:
        column.addWidget(one)
        one.hide()
    box.show()
    with one_layout(box):
        for one in lines:
            one.show()
        assert len({one.y() for one in lines}) == 1  # not yet
    qtbot.waitUntil(lambda: lines[0].y() < lines[1].y() < lines[2].y())


def test_a_line_is_shortened_to_its_room_and_drawn_in_the_middle(qtbot: QtBot) -> None:
    lines, option = LineCache(QApplication.instance()), QStyleOptionViewItem()
    option.font = looks.font()
    option.fontMetrics = QFontMetrics(option.font)

    def inked(text: str, width: int) -> QRect:
        picture = QImage(300, 60, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        lines.draw(painter, QRect(10, 0, width, 60), text, option)
        painter.end()
        dark = QRegion(QBitmap.fromImage(picture.createHeuristicMask()))
        return dark.boundingRect()

    long = inked("挂号信寄出半月无回音，客户要求查询", 80)
    assert long.left() >= 10
    assert 60 <= long.width() <= 80
    assert abs(long.center().y() - 30) <= 3
    assert inked("挂号信寄出半月无回音，客户要求查询", 280).width() > 200
