"""«Other papers»: every paper of a case opens its preview, in the language asked for, masked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from postal_desk import i18n
from postal_desk.services.desk import Desk
from postal_desk.ui.context import Context
from postal_desk.ui.paper_printing import add_papers
from postal_desk.ui.printing import PrintDialog

from .conftest import NEWEST


@pytest.fixture
def over(qtbot: QtBot, ctx: Context, desk: Desk) -> Iterator[QWidget]:
    ctx.desk = desk
    window = QWidget()
    qtbot.addWidget(window)
    yield window
    for dialog in window.findChildren(QDialog):
        dialog.reject()
    i18n.use("zh_CN")


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_paper_opens_its_preview(ctx: Context, over: QWidget, qtbot: QtBot, language: str) -> None:
    i18n.use(language)
    menu = QMenu(over)
    actions = add_papers(menu, ctx, NEWEST, over).actions()
    assert len(actions) == len({action.text() for action in actions}) == 4
    for action in actions:
        action.trigger()
        (dialog,) = (found for found in over.findChildren(PrintDialog) if found.isVisible())
        qtbot.waitUntil(lambda dialog=dialog: dialog._document is not None)  # type: ignore[misc]
        assert NEWEST in dialog.windowTitle()
        assert "13804321176" not in repr(dialog._document)
        dialog.reject()


def test_the_reply_is_in_the_language_chosen(ctx: Context, over: QWidget, qtbot: QtBot) -> None:
    menu = QMenu(over)
    actions = add_papers(menu, ctx, NEWEST, over).actions()
    texts = []
    for action in actions[1:3]:
        action.trigger()
        (dialog,) = (found for found in over.findChildren(PrintDialog) if found.isVisible())
        qtbot.waitUntil(lambda dialog=dialog: dialog._document is not None)  # type: ignore[misc]
        texts.append(repr(dialog._document))
        dialog.reject()
    assert "答复" in texts[0]
    assert "答复" not in texts[1]
