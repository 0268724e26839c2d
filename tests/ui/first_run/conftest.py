"""The first run in the real program, as it starts on a PC without a desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication

from postal_desk import i18n, paths
from postal_desk.app import Program
from postal_desk.settings import Settings
from postal_desk.ui.background import InlineBackground
from postal_desk.ui.first_run.first_run_page import FirstRunPage


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    """The program as it starts on a PC without a desk."""

    def fault(error: Exception) -> None:
        raise error

    settings = Settings(tmp_path / "settings.json")
    settings["language"] = "en"
    made = Program(qapp, settings, paths.default_desk(), InlineBackground(fault))
    made.window.resize(1366, 768)
    made.window.show()
    made.start()
    yield made
    made.close()
    shiboken6.delete(made.window)
    i18n.use("zh_CN")


@pytest.fixture
def page(program: Program) -> FirstRunPage:
    return front(program)


def front(program: Program) -> FirstRunPage:
    shown = program.window.page
    assert isinstance(shown, FirstRunPage)
    return shown


def fill(page: FirstRunPage) -> None:
    """Answer the first two questions."""
    page.branch.code.setText("220204")
    page.branch.code.textEdited.emit("220204")
    page.forward()
    page.people.paste_outlets("河南街支局\n船营投递部")
    page.people.paste_staff("王芳 营业员 河南街")
    page.forward()


def finish(page: FirstRunPage) -> None:
    """From the manager's name to the desk; where copies go is left for later."""
    page.forward()
    page.forward()
