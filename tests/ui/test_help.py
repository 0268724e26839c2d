"""The manual: every page is there in both languages, every link and picture leads somewhere, F1 opens the right one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from postal_desk import i18n, paths
from postal_desk.i18n import LANGUAGES
from postal_desk.ui.dialog_help import DialogHelp, help_of
from postal_desk.ui.help_pages import PAGES, page_text, pages_with, title_of
from postal_desk.ui.help_window import HelpWindow
from postal_desk.ui.pages import PAGES as WINDOW_PAGES
from postal_desk.ui.settings.sections import SECTIONS

HELP = paths.resources() / "help"
LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)]+)\)")


@pytest.fixture
def window(qapp: object) -> Iterator[HelpWindow]:
    i18n.use("zh_CN")
    made = HelpWindow()
    yield made
    made.deleteLater()
    i18n.use("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_in_the_contents_and_the_other_way_round(language: str) -> None:
    assert {file.stem for file in (HELP / language).glob("*.md")} == set(PAGES)
    assert len({title_of(name, language) for name in PAGES}) == len(PAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_every_link_and_picture_leads_somewhere(name: str, language: str) -> None:
    for picture, target in LINK.findall(page_text(name, language)):
        if picture:
            assert (HELP / language / target).resolve().is_file(), target
        else:
            assert target.removesuffix(".md") in PAGES, target


@pytest.mark.parametrize("entry", [*WINDOW_PAGES, *SECTIONS], ids=lambda entry: str(entry.name))
def test_each_page_names_its_help(entry: object) -> None:
    module, name = str(entry.factory).split(":")  # type: ignore[attr-defined]
    assert getattr(import_module(module), name).help in PAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_program_knows_is_put_in(language: str) -> None:
    assert "Ctrl+N" in page_text("keyboard", language)
    assert "{{outlet.name}}" in page_text("forms", language)
    assert "{{网点.名称}}" in page_text("forms", language)
    assert "<!--" not in "".join(page_text(name, language) for name in PAGES)


def test_search_finds_pages_with_all_words() -> None:
    assert pages_with("恢复码", "zh_CN")[0] in ("first-day", "passwords")
    assert pages_with("stick read back", "en")
    assert pages_with("no such words anywhere", "en") == []
    assert pages_with("", "en") == list(PAGES)


def test_the_window_shows_follows_and_goes_back(window: HelpWindow) -> None:
    window.show_page("moving")
    assert "换电脑" in window.browser.toPlainText()
    window._follow(QUrl("copies.md"))
    assert window.name == "copies"
    window.back()
    assert window.name == "moving"
    window.search.setText("季度")
    assert window.contents.count() < len(PAGES)
    assert window.name == "periods"
    window.search.setText("没有这样的词语")
    assert window.contents.count() == 0
    assert not window.none.isHidden()


class _Asking(QDialog):
    help = "claims"


def test_f1_opens_the_page_of_a_dialog_over_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    DialogHelp(window)
    window.show()
    dialog = _Asking(window)
    dialog.open()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(QShortcut)))
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    manual = dialog.findChild(HelpWindow)
    assert manual is not None
    assert manual.name == "claims"
    QTest.keyClick(manual, Qt.Key.Key_Escape)
    assert dialog.isVisible()


def test_a_dialog_without_a_page_has_that_of_where_it_was_opened(qtbot: QtBot) -> None:
    window = _Asking()
    qtbot.addWidget(window)
    assert help_of(QDialog(QWidget(window))) == "claims"
    assert help_of(QDialog()) == ""


def test_every_dialog_names_a_page_there_is() -> None:
    named = set()
    for file in (paths.resources().parent / "postal_desk" / "ui").rglob("*.py"):
        named |= set(re.findall(r'^    help = "([a-z-]+)"$', file.read_text("utf-8"), re.MULTILINE))
    assert named <= set(PAGES)
