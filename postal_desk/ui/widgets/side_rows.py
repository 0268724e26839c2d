"""The rows of a record's quiet column. They are kept and filled anew: making widgets for every case would be slow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from postal_desk.ui import looks
from postal_desk.ui.icons import paint_icon
from postal_desk.ui.widgets.badge import Badge
from postal_desk.ui.widgets.buttons import link_button
from postal_desk.ui.widgets.dressing import dress, line
from postal_desk.ui.widgets.labels import ElidedLabel, text_label
from postal_desk.ui.widgets.one_layout import one_layout

WIDE = 186  # px of width for text
_MARK = 14
_NO_BEGINNING = "，。、；：？！）》”"  # marks that stay with what they follow


@dataclass(frozen=True, slots=True)
class RowContent:
    """A first line (a link if ``pressed`` is there) and a second; ``badge`` is words and tone, behind the first line
    or, with ``badge_below``, behind the second.
    """

    text: str
    below: str = ""
    badge: tuple[str, str] = ("", "neutral")
    badge_below: bool = False
    pressed: Callable[[], object] | None = None
    spoken: str = ""  # accessible name, where the text alone does not say it
    tip: str = ""
    mark: str = ""  # an icon before the first line


class _Mark(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.name = ""
        self.setFixedSize(looks.px(_MARK), looks.px(_MARK))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_icon(painter, self.rect(), self.name, "ink3")
        painter.end()


class SideRow(QWidget):
    """One row."""

    def __init__(self) -> None:
        super().__init__()
        self._pressed: Callable[[], object] | None = None
        self.mark = _Mark()
        self.link = link_button("", lambda: self._pressed() if self._pressed else None)
        self.plain = text_label(kind="small")
        self.below = ElidedLabel(kind="caption")
        self._badges = (Badge(), Badge())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, looks.px(2))
        box.setSpacing(0)
        for first, second, badge in (
            (self.link, self.plain, self._badges[0]),
            (self.below, None, self._badges[1]),
        ):
            row = QHBoxLayout()
            row.setSpacing(looks.px(6))
            if first is self.link:
                row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(first, 0 if second else 1, Qt.AlignmentFlag.AlignVCenter)
            if second is not None:
                row.addWidget(second, 1)
            row.addWidget(badge)
            row.addStretch(0)
            box.addLayout(row)

    def fill(self, content: RowContent) -> None:
        """Show something else."""
        self._pressed = content.pressed
        linked = content.pressed is not None
        words, tone = content.badge
        above, below = ("", words) if content.badge_below else (words, "")
        wide = looks.px(WIDE - (_MARK + 6 if content.mark else 0))
        self.mark.name = content.mark
        self.mark.setVisible(bool(content.mark))
        self.mark.update()
        self.below.setContentsMargins(looks.px(_MARK + 6) if content.mark else 0, 0, 0, 0)
        self.link.setVisible(linked)
        self.plain.setVisible(not linked)
        if linked:
            text = _wrapped(self.link, content.text, wide)
            self.link.setText(text)
            dress(self.link, lines="2" if "\n" in text else None)
            self.link.setAccessibleName(content.spoken or content.text)
            self.link.setToolTip(content.tip)
        else:
            free = wide - (looks.px(100) if above else 0)
            self.plain.setText(_wrapped(self.plain, content.text, free))
            self.plain.setAccessibleName(content.spoken or content.text)
            self.plain.setToolTip(content.tip)
        room = wide - self.link.fontMetrics().horizontalAdvance(content.text) - looks.px(24)
        for badge, shown, free in zip(self._badges, (above, below), (room, looks.px(100)), strict=True):
            badge.show_text(_cut(badge, shown, free), tone)
            badge.setToolTip(shown)
        self.below.setText(content.below)
        self.below.setVisible(bool(content.below))


def _cut(widget: QWidget, text: str, room: int) -> str:
    return widget.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(looks.px(30), room))


def _wrapped(widget: QWidget, text: str, room: int) -> str:
    """A text that is too long goes on in a second line, from its last place that fits: a blank, or between two
    ideographs."""
    width = widget.fontMetrics().horizontalAdvance
    if width(text) <= room:
        return text
    fits = [place for place in range(1, len(text)) if _parts(text, place) and width(text[:place]) <= room]
    if not fits:
        return _cut(widget, text, room)
    return f"{text[: fits[-1]].rstrip()}\n{_cut(widget, text[fits[-1] :].lstrip(), room)}"


def _parts(text: str, place: int) -> bool:
    """True if a line may end before this place; no line begins with a Chinese mark."""
    before, after = text[place - 1], text[place]
    return after == " " or (
        after not in _NO_BEGINNING and _wide(after) and (_wide(before) or before in _NO_BEGINNING)
    )


def _wide(letter: str) -> bool:
    return east_asian_width(letter) == "W"


class SideSection(QWidget):
    """A heading, rows, a line; hidden while it has no rows."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self._rows: list[SideRow] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, looks.px(6))
        box.setSpacing(looks.px(4))
        box.addWidget(text_label(heading, "heading"))
        self._list = QVBoxLayout()
        self._list.setSpacing(looks.px(4))
        box.addLayout(self._list)
        box.addSpacing(looks.px(4))
        box.addWidget(line())
        self.hide()

    def fill(self, contents: Sequence[RowContent]) -> None:
        """Show these rows."""
        with one_layout(self, *self._rows):
            self._fill(contents)

    def _fill(self, contents: Sequence[RowContent]) -> None:
        while len(self._rows) < len(contents):
            row = SideRow()
            self._rows.append(row)
            self._list.addWidget(row)
        for row, content in zip(self._rows, contents, strict=False):
            row.fill(content)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(contents))
        self.setVisible(bool(contents))
