"""Colours by role: enough contrast in both themes; a style sheet that names only what there is."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from postal_desk import paths
from postal_desk.ui import looks, palette
from postal_desk.ui.widgets.badge import TONES
from postal_desk.ui.widgets.buttons import HintButton
from postal_desk.ui.widgets.card import Card
from postal_desk.ui.widgets.chip import Chip
from postal_desk.ui.widgets.code_combo import CodeCombo
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.form import ChoiceField
from postal_desk.ui.widgets.labels import text_label

THEMES = pytest.mark.parametrize("theme", [palette.LIGHT, palette.DARK], ids=["light", "dark"])
ON_SURFACES = [
    (ink, ground) for ink in ("ink", "ink2", "ink3", "accent", "red_ink") for ground in ("card", "ground")
]
PAIRS = [
    *ON_SURFACES,
    *[(ink, ground) for ground, ink in TONES.values()],
    ("on_primary", "primary"),
    ("on_primary", "primary_hover"),
    ("on_primary2", "primary"),
    ("ink2", "side"),
    ("ink2", "sunken"),
    ("ink2", "well"),
    ("ink", "tint"),
    ("on_toast", "toast"),
    ("toast_link", "toast"),
    ("amber_ink", "amber_bg"),
    ("accent", "amber_bg"),
]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@THEMES
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_can_be_read(theme: dict[str, str], ink: str, ground: str) -> None:
    assert contrast(theme[ink], theme[ground]) >= 4.5


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QTextEdit])
@pytest.mark.parametrize(("state", "ink"), [("", "ink3"), ("suggested", "amber_ink")])
def test_words_in_an_empty_field_are_not_half_the_ink(
    dressed: None, qtbot: QtBot, kind: type[QWidget], state: str, ink: str
) -> None:
    if kind is QTextEdit and state:
        return  # a story suggests nothing to itself
    field = kind()
    qtbot.addWidget(field)
    dress(field, state=state)
    field.ensurePolished()
    assert field.palette().color(QPalette.ColorRole.PlaceholderText) == looks.color(ink)


def test_both_themes_have_the_same_roles() -> None:
    assert palette.LIGHT.keys() == palette.DARK.keys()


def test_the_style_sheet_names_only_declared_roles() -> None:
    sheet = (paths.resources() / "styles" / "window.qss").read_text("utf-8")
    assert set(re.findall(r"@(\w+)", sheet)) - {"icons", "roles"} <= palette.LIGHT.keys()


def test_scaling_leaves_hairlines_and_scales_the_rest(qapp: QApplication) -> None:
    looks.apply(qapp, "dark", 150)
    try:
        assert looks.is_dark()
        assert looks.px(13) == 20
        assert "font-size: 20px" in qapp.styleSheet()
        assert "border: 1px solid" in qapp.styleSheet()
    finally:
        looks.apply(qapp, "light")
    assert not looks.is_dark()


def test_the_icons_have_their_licence() -> None:
    folder = paths.resources() / "icons"
    assert "ISC License" in (folder / "LICENSE").read_text("utf-8")
    assert all("<svg" in icon.read_text("utf-8") for icon in folder.glob("*.svg"))


def test_a_window_goes_over_to_the_other_theme_as_a_whole(
    qtbot: QtBot, dressed: None, qapp: QApplication
) -> None:
    def page() -> QWidget:
        made = QWidget()
        box = QVBoxLayout(made)
        card = Card("甲")
        card.body.addWidget(text_label("乙", "hint"))
        card.body.addWidget(CodeCombo("丙"))
        card.body.addWidget(QCheckBox("丁"))
        for widget in (card, Chip("戊"), HintButton("己", "Ctrl+N", primary=True), ChoiceField([(1, "庚")])):
            box.addWidget(widget)
        qtbot.addWidget(made)
        made.resize(300, 400)
        return made

    kept = page()
    light = kept.grab().toImage()
    looks.apply(qapp, "dark")
    try:
        assert kept.grab().toImage() == page().grab().toImage()
        assert kept.grab().toImage() != light
    finally:
        looks.apply(qapp, "light")
    assert kept.grab().toImage() == light
