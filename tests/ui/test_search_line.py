"""The search box of a page."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from postal_desk.ui.widgets.search_line import SearchLine


def test_search_line_tells_its_key_where_there_is_room(dressed: None, qtbot: QtBot) -> None:
    line = SearchLine("Search this list…  Ctrl+F", "Search this list")
    qtbot.addWidget(line)
    line.show()
    for width, told in ((300, "Search this list…  Ctrl+F"), (170, "Search this list…")):
        line.resize(width, 30)
        assert line.placeholderText() == told
