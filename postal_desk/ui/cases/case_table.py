"""The table of cases: keys, choosing columns, and which cases are picked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from postal_desk.i18n import _, tell
from postal_desk.settings import Settings
from postal_desk.ui import looks
from postal_desk.ui.cases.case_model import CaseModel
from postal_desk.ui.cases.columns import COLUMNS
from postal_desk.ui.cases.row_delegate import ROW_HEIGHT, RowDelegate

if TYPE_CHECKING:
    from postal_desk.services.case_lists import CaseRow

_NARROWEST = 48


class CaseTable(QTableView):
    """``current_changed`` gives the case in front (a CaseRow, or ``None``); ``opened`` a case somebody
    pressed Enter on.

    ``picked_changed`` gives how many rows are selected.
    """

    current_changed = Signal(object)
    opened = Signal(object)
    picked_changed = Signal(int)
    delete_asked = Signal()
    menu_asked = Signal(QPoint)  # in the viewport: a right click, or the menu key on the case in front

    def __init__(self, model: CaseModel, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._model = model
        self._key: int | None = None  # of the case in front, across resets
        self._place = 0
        self._restoring = False
        self.setModel(model)
        self._rows = RowDelegate(self)
        self._drawn = False  # once, with rows
        self.setItemDelegate(self._rows)
        self.setAccessibleName(_("List of cases"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(looks.px(ROW_HEIGHT))
        self._set_up_header()
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.selectionModel().selectionChanged.connect(
            lambda *_: self.picked_changed.emit(self.picked_count())
        )
        model.modelAboutToBeReset.connect(self._before_reset)
        model.modelReset.connect(self._after_reset)
        model.keys_ready.connect(self._find_again)
        model.dataChanged.connect(self._row_arrived)
        self.doubleClicked.connect(lambda index: self.opened.emit(model.row(index.row())))

    # -- which cases are picked ----------------------------------------------------------------------

    def current_case(self) -> CaseRow | None:
        """The case in front."""
        place = self.currentIndex().row()
        return self._model.row(place) if place >= 0 else None

    def picked_count(self) -> int:
        """How many rows are selected (whole ranges: cheap for a million)."""
        return sum(part.height() for part in self._parts())

    def _parts(self) -> list[QItemSelectionRange]:
        return list(self.selectionModel().selection())  # type: ignore[call-overload]  # a QList, in the stubs not iterable

    def picked_keys(self) -> list[int]:
        """The sort keys of the selected rows."""
        places = [range(part.top(), part.bottom() + 1) for part in self._parts()]
        if self._model.has_keys:
            return self._model.keys_in(places)
        keys = (self._model.key_at(place) for part in places for place in part)
        return [key for key in keys if key is not None]

    def choose_place(self, place: int) -> None:
        """Put the case at a place in front."""
        index = self._model.index(place, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def choose_key(self, key: int) -> bool:
        """Put the case with a sort key in front; False if it is not in the list."""
        place = self._model.place_of(key)
        if place is None:
            return False
        self.choose_place(place)
        return True

    def forget(self) -> None:
        """Other cases are coming: don't look for the one in front among them."""
        self._key, self._place = None, 0

    def expect(self, key: int) -> None:
        """Put this case in front as soon as its place in the list is known."""
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())
        self._key = key

    # -- keys ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.current_case())
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit()
        elif event.key() == Qt.Key.Key_Home and plain and self._model.rowCount():
            self.choose_place(0)
        elif event.key() == Qt.Key.Key_End and plain and self._model.rowCount():
            self.choose_place(self._model.rowCount() - 1)
        elif event.key() == Qt.Key.Key_Escape or (event.text().isprintable() and event.text() and plain):
            event.ignore()  # not a search through a million rows: the search box does that
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            self.menu_asked.emit(self.visualRect(index).center() if by_key else event.pos())

    # -- columns -------------------------------------------------------------------------------------

    def choose_columns(self, at: QPoint | None = None) -> None:
        """The menu of columns; ``at`` in the header's coordinates."""
        header = self.horizontalHeader()
        menu = QMenu(self)
        for place, column in enumerate(COLUMNS):
            action = QAction(tell(column.title), menu, checkable=True)
            action.setChecked(not header.isSectionHidden(place))
            action.setEnabled(column.width > 0)  # the subject stays
            action.toggled.connect(lambda on, place=place: self._show_column(place, on))
            menu.addAction(action)
        menu.popup(header.mapToGlobal(at or QPoint(0, header.height())))

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setFixedHeight(looks.px(31))
        header.setMinimumSectionSize(looks.px(_NARROWEST))
        header.setStretchLastSection(False)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self.choose_columns)
        header.setToolTip(_("Right click: choose columns"))
        kept = self._settings["cases_columns"]
        shown = kept.get("shown") or [column.name for column in COLUMNS if column.shown]
        for place, column in enumerate(COLUMNS):
            header.setSectionHidden(place, column.name not in shown and column.width > 0)
            width = kept.get("widths", {}).get(column.name) or column.width
            header.resizeSection(place, looks.px(width))
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.timeout.connect(self._remember)
        header.sectionResized.connect(lambda place, _old, _new: self._resized(place))

    def _show_column(self, place: int, on: bool) -> None:
        self.horizontalHeader().setSectionHidden(place, not on)
        self._fit()
        self._keep.start(0)

    def _resized(self, place: int) -> None:
        if COLUMNS[place].width > 0:
            self._fit()
            self._keep.start(400)

    def _remember(self) -> None:
        header = self.horizontalHeader()
        percent = looks.px(100) / 100
        self._settings["cases_columns"] = {
            "shown": [c.name for place, c in enumerate(COLUMNS) if not header.isSectionHidden(place)],
            "widths": {
                c.name: round(header.sectionSize(place) / percent)
                for place, c in enumerate(COLUMNS)
                if not header.isSectionHidden(place) and c.width > 0
            },
        }

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first rows come at once, and all of a picture; later a screen of other rows comes in a few pieces."""
        self._rows.begin(at_once=not (self._drawn and self.isVisible()))
        super().paintEvent(event)
        self._drawn = self._drawn or self._model.rowCount() > 0
        if not (left := self._rows.left()).isEmpty():
            QTimer.singleShot(0, self, lambda: self.viewport().update(left))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The subject takes the room the other columns leave, 160 px at least."""
        header = self.horizontalHeader()
        # Before there are rows the viewport is not asked for: wrapping it costs more than the rest of the first paint.
        empty = self._model.rowCount() == 0
        rest = self.maximumViewportSize().width() if empty else self.viewport().width()
        subject = 0
        for place, column in enumerate(COLUMNS):
            if column.width == 0:
                subject = place
            elif not header.isSectionHidden(place):
                rest -= header.sectionSize(place)
        header.resizeSection(subject, max(looks.px(160), rest))

    # -- staying at the same case when the list is read anew -----------------------------------------

    def _moved(self) -> None:
        if self._restoring:
            return
        row = self.current_case()
        self._key = self._model.key_at(self.currentIndex().row()) if self.currentIndex().isValid() else None
        self._place = max(0, self.currentIndex().row())
        if row is not None or not self.currentIndex().isValid():
            self.current_changed.emit(row)

    def _row_arrived(self, first: QModelIndex, last: QModelIndex) -> None:
        here = self.currentIndex().row()
        if first.row() <= here <= last.row():
            self._moved()

    def _before_reset(self) -> None:
        self._restoring = True

    def _after_reset(self) -> None:
        self._restoring = False
        self._fit()
        if self._key is not None:
            self._find_again()

    def _find_again(self) -> None:
        if self._key is None or self.currentIndex().isValid():
            return
        place = self._model.place_of(self._key)
        if place is None and self._model.has_keys:
            place = min(self._place, self._model.rowCount() - 1)  # gone: its neighbour
        if place is not None and place >= 0:
            flags = QItemSelectionModel.SelectionFlag
            index = self._model.index(place, 0)
            self.selectionModel().select(QItemSelection(index, index), flags.ClearAndSelect | flags.Rows)
            self.selectionModel().setCurrentIndex(index, flags.Current)
            self.scrollTo(index)
