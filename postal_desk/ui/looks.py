"""How the window looks: theme, scale, fonts, and the one style sheet. Widgets name roles, never colours.

``resources/styles/window.qss`` says ``@role`` for a colour, ``@icons`` for the folder of icons, and sizes in
px at 100 %; :func:`apply` fills them in.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from postal_desk import paths
from postal_desk.i18n import language
from postal_desk.ui import palette

FAMILIES = ("Microsoft YaHei UI", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei")
#: in English these come first: the marks of a Chinese font (“ ” · …) are as wide as an ideograph
LATIN = ("Segoe UI", "Noto Sans", "Liberation Sans", "Nimbus Sans", "DejaVu Sans")
TEXT_PX = 13
#: for QApplication: naming the style here costs nothing, setting it later imports every enum of QStyle
STYLE_ARGUMENTS = ("-style", "fusion")


class _Notifier(QObject):
    changed = Signal()  # theme or scale: whoever keeps a colour or a size looks it up again


notifier = _Notifier()
_roles: dict[str, str] = palette.LIGHT
_colors: dict[str, QColor] = {}  # made when first asked for, in the theme in use
_fonts: dict[tuple[float, bool], QFont] = {}  # likewise, in the text size in use
_percent = 100


def color(role: str) -> QColor:
    """The colour of a role in the theme in use. Raises :class:`KeyError` for a role that is not declared."""
    made = _colors.get(role)
    if made is None:
        made = _colors[role] = QColor(_roles[role])
    return made


def hex_color(role: str) -> str:
    """The same as ``#RRGGBB``."""
    return _roles[role]


def is_dark() -> bool:
    """True while the dark theme is in use."""
    return _roles is palette.DARK


def px(size: float) -> int:
    """A length given at 100 % in the user's text size (the screen's own scale is Qt's business)."""
    return round(size * _percent / 100)


def font(size: float = TEXT_PX, bold: bool = False) -> QFont:
    """The window's font at a size in px (100 %), with figures of equal width."""
    kept = _fonts.get((size, bold))
    if kept is None:
        kept = _fonts[size, bold] = QFont(QApplication.font())
        kept.setPixelSize(px(size))
        kept.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return QFont(kept)


def apply(app: QApplication, theme: str = "system", scale: int = 100) -> None:
    """Dress the whole program. ``theme`` is ``system``, ``light`` or ``dark``; ``scale`` the text size in
    percent. The application has been made with the style Fusion (:data:`STYLE_ARGUMENTS`).
    """
    global _roles, _percent
    _roles = palette.DARK if _wants_dark(theme) else palette.LIGHT
    _colors.clear()
    _fonts.clear()
    _percent = scale
    # each of them has every widget that lives laid out anew, so only what differs is set
    font, colours, sheet = _base_font(), _qt_palette(), _sheet()
    if app.font() != font:
        app.setFont(font)
    if app.palette() != colours:
        app.setPalette(colours)
    if app.styleSheet() != sheet:
        app.setStyleSheet(
            ""
        )  # or Qt dresses every widget once for itself and once for each that it stands in
        app.setStyleSheet(sheet)
    notifier.changed.emit()


def _wants_dark(theme: str) -> bool:
    if theme == "system":
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return theme == "dark"


def _base_font() -> QFont:
    base = QFont()
    first = LATIN if language() == "en" else ()
    base.setFamilies([*first, *FAMILIES, base.family()])
    base.setPixelSize(px(TEXT_PX))
    base.setFeature(QFont.Tag("tnum"), 1)
    return base


def _qt_palette() -> QPalette:
    made = QPalette()
    group, role = QPalette.ColorGroup, QPalette.ColorRole
    for qt_role, name in (
        (role.Window, "ground"),
        (role.Base, "card"),
        (role.AlternateBase, "sunken"),
        (role.Button, "card"),
        (role.ToolTipBase, "toast"),
        (role.ToolTipText, "on_toast"),
        (role.WindowText, "ink"),
        (role.Text, "ink"),
        (role.ButtonText, "ink"),
        (role.PlaceholderText, "ink3"),
        (role.Highlight, "primary"),
        (role.HighlightedText, "on_primary"),
        (role.Link, "accent"),
        (role.Light, "line2"),
        (role.Midlight, "line2"),
        (role.Mid, "line"),
        (role.Dark, "faint"),
        (role.Shadow, "shadow"),
        (role.Accent, "primary"),
    ):
        made.setColor(qt_role, color(name))
    for qt_role in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(group.Disabled, qt_role, color("disabled"))
    return made


def _sheet() -> str:
    root = paths.resources()
    template = (root / "styles" / "window.qss").read_text("utf-8")
    names = _roles | {"icons": (root / "icons").as_posix()}
    filled = re.sub(r"@(\w+)", lambda found: names[found[1]], template)
    if _percent == 100:
        return filled
    return re.sub(r"\b(\d+)px", lambda found: f"{_scaled(int(found[1]))}px", filled)


def _scaled(size: int) -> int:
    return size if size <= 1 else px(size)  # hairlines stay hairlines
