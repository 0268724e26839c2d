"""The outlets of a month as a table: what stands in each cell and which cases are behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from postal_desk.domain.sentences import Sentence, say
from postal_desk.domain.summaries import OutletFigures, Recurrence
from postal_desk.i18n import _, enumerate_words, label, tell
from postal_desk.services.summary_cases import Figure
from postal_desk.ui.summaries.figure_words import NONE, counts, percent

ROW_ROLE = Qt.ItemDataRole.UserRole + 1  # OutletFigures
FIGURE_ROLE = Qt.ItemDataRole.UserRole + 2  # Figure, or None where nothing is behind
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column:
    """``text`` is what the cell says, ``cases`` how many cases are behind it, ``figure`` the name of the figure.

    ``width`` is in px at 100 %; a ``stretch`` column takes what is left.
    """

    name: str
    title: Sentence
    width: int
    text: Callable[[OutletFigures], str]
    cases: Callable[[OutletFigures], int] = lambda _row: 0
    figure: str = ""
    stretch: bool = False


def problem_words(found: Recurrence) -> str:
    """The problem alone, without the category above it."""
    return label(found.name).rsplit(" › ", 1)[-1]


def recurrence_words(found: Recurrence, problem: str = "") -> str:
    """``报刊误投 第3次``; ``problem`` is its name where that is to be shortened."""
    return _("{problem}, {n} times").format(problem=problem or problem_words(found), n=found.times)


def _recurrences(row: OutletFigures) -> str:
    return enumerate_words(recurrence_words(found) for found in row.recurrences) or NONE


def _trend(row: OutletFigures) -> str:
    return " ".join(str(count) for count in row.trend)


COLUMNS = (
    Column("outlet", say("Outlet"), 112, lambda row: row.outlet or _("No outlet"), stretch=True),
    Column(
        "received", say("Received"), 56, lambda row: str(row.received), lambda row: row.received, "received"
    ),
    Column("closed", say("Closed"), 56, lambda row: str(row.closed), lambda row: row.closed, "closed"),
    Column("overdue", say("Overdue"), 56, lambda row: str(row.overdue), lambda row: row.overdue, "overdue"),
    Column(
        "in_time", say("In time"), 97, lambda row: percent(row.in_time), lambda row: row.in_time.whole, "due"
    ),
    Column(
        "satisfaction",
        say("Satisfied"),
        97,
        lambda row: percent(row.satisfaction),
        lambda row: row.satisfaction.whole,
        "asked",
    ),
    Column(
        "recurrences",
        say("Problems that came back"),
        150,
        _recurrences,
        lambda row: sum(found.times for found in row.recurrences[:1]),
        "recurrence",
        stretch=True,
    ),
    Column("trend", say("Last 6 months"), 92, _trend),
)


class OutletModel(QAbstractTableModel):
    """Read only; :meth:`show_outlets` shows another month's."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[OutletFigures, ...] = ()

    def show_outlets(self, rows: tuple[OutletFigures, ...]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tell(COLUMNS[section].title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == ROW_ROLE:
            return row
        if role == FIGURE_ROLE:
            return figure_of(column, row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(column, row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.outlet or _('No outlet')}, {tell(column.title)}: {_spoken(column, row)}"
        return None


def figure_of(column: Column, row: OutletFigures) -> Figure | None:
    """The figure in a cell; ``None`` where no case is behind it. A recurrence is the most frequent one."""
    if not column.figure or not column.cases(row):
        return None
    category = row.recurrences[0].category if column.figure == "recurrence" else ""
    return Figure(column.figure, row.outlet, category)


def _spoken(column: Column, row: OutletFigures) -> str:
    small = {"in_time": counts(row.in_time), "satisfaction": counts(row.satisfaction)}.get(column.name, "")
    return f"{column.text(row)} {small}".strip()


def _tip(column: Column, row: OutletFigures) -> str | None:
    if column.name == "recurrences" and row.recurrences:
        return "\n".join(
            f"{label(found.name)} · {_('{n} times in 12 months').format(n=found.times)}"
            for found in row.recurrences
        )
    if column.name == "trend":
        return _("Received in the last six months: {counts}").format(counts=_trend(row))
    if figure_of(column, row) is not None:
        return _("Enter or a click shows the cases ({count})").format(count=column.cases(row))
    return None
