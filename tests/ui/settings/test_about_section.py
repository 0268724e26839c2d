"""What the program says of itself: version, build, folders, the parts it is made of and their licences."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget

import postal_desk
from postal_desk import installation, paths
from postal_desk.installation import Build, Part
from postal_desk.ui.settings.licences_dialog import LicencesDialog


def texts(section: QWidget) -> list[str]:
    return [label.text() for label in section.findChildren(QLabel)]


def test_a_source_tree_says_so_and_names_what_is_installed(window) -> None:  # type: ignore[no-untyped-def]
    shown = texts(window.section("about"))
    assert postal_desk.__version__ in shown
    assert "runs from its source" in shown
    assert str(window.main.ctx.desk.path) in shown
    assert str(paths.data_root()) in shown
    assert any(text.startswith("SQLAlchemy 2") for text in shown)


def test_a_package_tells_its_build(window, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    built = Build("1.2.3", "0123456789ab", "2026-11-22T15:00:13+00:00", "win32", "3.11.9")
    monkeypatch.setattr(installation, "build", lambda: built)
    assert "2026-11-22 · 0123456789ab · Python 3.11.9" in texts(window.section("about"))


def test_each_licence_can_be_read(window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    parts = (Part("A", "1", "MIT", "home", "May be used"), Part("B", "", "ISC"))
    monkeypatch.setattr(installation, "parts", lambda: parts)
    window.section("about").show_licences.click()
    dialog = window.dialog()
    assert isinstance(dialog, LicencesDialog)
    assert dialog.text.toPlainText() == "MIT\nhome\n\nMay be used"
    dialog.names.setCurrentRow(1)
    assert dialog.names.currentItem().text() == "B"
    assert dialog.text.toPlainText().startswith("ISC\n\nThis part brings no text")
