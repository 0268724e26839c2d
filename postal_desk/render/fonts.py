"""Fonts of a text style as Qt fonts, in the unit of the page: one unit is a twip, a twentieth of a point.

With 1,440 units an inch, every size and pitch of the styles is a whole number, and hinting has nothing to round.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from postal_desk.reports.fonts import ROLES
from postal_desk.reports.page_style import TextStyle

UNITS = 20  # in a point
DPI = 72 * UNITS


def fonts_of(style: TextStyle, size: float | None = None) -> tuple[QFont, QFont]:
    """The fonts of a style for Chinese text and for Latin letters and figures; ``size`` overrides its size."""
    points = style.size if size is None else size
    return (
        _font(style.font, "cjk", points, style.bold, style.spacing),
        _font(style.font, "latin", points, style.bold, style.spacing),
    )


@cache
def _font(role: str, part: str, points: float, bold: bool, spacing: float) -> QFont:
    font = QFont()
    font.setFamilies(_families(role, part))
    font.setPixelSize(round(points * UNITS))
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.PreferOutline)
    if spacing:
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing * UNITS)
    return font


def _families(role: str, part: str) -> list[str]:
    """The families of a role that this machine has; asking for missing ones would bring in any substitute first."""
    found = ROLES[role]
    wanted = list(dict.fromkeys((found.latin if part == "latin" else ()) + found.cjk))
    have = set(QFontDatabase.families())
    return [name for name in wanted if name in have] or wanted
