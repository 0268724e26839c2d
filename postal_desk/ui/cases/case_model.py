"""The list of cases as Qt sees it: a window of rows on the database, never the whole of it in memory.

A page of rows is fetched when somebody looks at it and dropped when it has not been looked at for long. The
sort keys of the whole list (8 bytes each) come in the background; until then pages are found by their place.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.i18n import tell
from postal_desk.ui.cases.columns import COLUMNS, Lookup
from postal_desk.ui.context import Context

if TYPE_CHECKING:
    from postal_desk.services.case_lists import CaseRow, ListHead

PAGE = 128
KEPT_PAGES = 32
_ASKED_AT_ONCE = 3  # pages on the way when somebody drags the scroll bar: the last ones asked for
_KEYS_PAUSE_MS = 150
KEYS_AT_ONCE = 50_000

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole)  # the CaseRow, or None while it is on its way


class CaseModel(QAbstractTableModel):
    """Give it a filter with :meth:`show`; it says :attr:`counted` and :attr:`filled` when there is something
    to see.
    """

    counted = Signal(int, int, int)  # total, closed, overdue
    filled = Signal()  # the first rows of a new list are there
    keys_ready = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._filter = self._shown = CaseFilter()  # asked for, and in the rows
        self._total = 0
        self._round = 0  # counts the lists shown; answers for an older one are dropped
        self._keys: array[int] | None = None
        self._pages: OrderedDict[int, tuple[CaseRow, ...]] = OrderedDict()
        self._asked: list[int] = []
        self._on_the_way: set[int] = set()
        self._flush = QTimer(self)
        self._flush.setSingleShot(True)
        self._flush.timeout.connect(self._ask)
        self._lookup: Lookup | None = None
        self.searchable = True  # False if the search text has no word in it

    # -- what Qt asks --------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, ROW_ROLE, Qt.ItemDataRole.AccessibleTextRole):
            row = self.row(index.row())
            if role == ROW_ROLE or row is None:
                return row if role == ROW_ROLE else "…"
            return COLUMNS[index.column()].text(row, self.lookup)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tell(COLUMNS[section].title)
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    # -- what the page asks --------------------------------------------------------------------------

    @property
    def lookup(self) -> Lookup:
        """Names for codes; made anew when the rules change (:meth:`reload`)."""
        if self._lookup is None:
            self._lookup = Lookup(self._ctx.desk.rules, self._ctx.desk.branch.prefix)
        return self._lookup

    @property
    def filter(self) -> CaseFilter:
        """What is shown."""
        return self._filter

    def row(self, place: int) -> CaseRow | None:
        """The case at a place, or ``None`` while its page is on the way (``dataChanged`` follows)."""
        page, offset = divmod(place, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            self._want(page)
            return None
        self._pages.move_to_end(page)
        return rows[offset] if offset < len(rows) else None

    def key_at(self, place: int) -> int | None:
        """The sort key at a place, if it is known already."""
        if self._keys is not None and 0 <= place < len(self._keys):
            return self._keys[place]
        page, offset = divmod(place, PAGE)
        rows = self._pages.get(page, ())
        return rows[offset].key if offset < len(rows) else None

    def place_of(self, key: int) -> int | None:
        """Where a case stands in the list, or ``None`` if it does not (or is not known yet)."""
        if self._keys is not None:
            place = bisect_left(self._keys, -key, key=lambda kept: -kept)
            return place if place < len(self._keys) and self._keys[place] == key else None
        for page, rows in self._pages.items():
            for offset, row in enumerate(rows):
                if row.key == key:
                    return page * PAGE + offset
        return None

    @property
    def has_keys(self) -> bool:
        """True once every case's place is known."""
        return self._keys is not None

    def keys_in(self, places: list[range]) -> list[int]:
        """The sort keys of whole ranges of places; empty while the keys are on their way."""
        return [key for places_ in places for key in (self._keys or ())[places_.start : places_.stop]]

    def show(self, wanted: CaseFilter) -> None:
        """Show other cases: the first rows at once, the keys afterwards."""
        from postal_desk.services.case_lists import list_head

        self._filter = wanted
        self._round += 1
        desk, turn = self._ctx.desk, self._round
        self._ctx.background.db(
            lambda: list_head(desk, wanted, PAGE), lambda head: self._fill(turn, head), owner=self
        )

    def reload(self) -> None:
        """Something was written: look again, keep the places if the same cases are in the list."""
        self._lookup = None
        self.show(self._filter)

    # -- fetching ------------------------------------------------------------------------------------

    def _fill(self, turn: int, head: ListHead) -> None:
        if turn != self._round:
            return
        if self._is_same_list(head):
            self._pages.clear()
            self._pages[0] = tuple(head.rows)
            self._on_the_way.clear()
            self.dataChanged.emit(self.index(0, 0), self.index(self._total - 1, len(COLUMNS) - 1))
        else:
            self._begin_anew(head.total, tuple(head.rows))
        self._ctx.background.next_turn(lambda: self._tell(turn, head), self)

    def _tell(self, turn: int, head: ListHead) -> None:
        """The rows have been painted: the rest of the page."""
        if turn != self._round:
            return
        self.searchable = head.searchable
        self.counted.emit(head.total, head.closed, head.overdue)
        self.filled.emit()
        QTimer.singleShot(_KEYS_PAUSE_MS if self._total > PAGE else 0, self, lambda: self._fetch_keys(turn))

    def _is_same_list(self, head: ListHead) -> bool:
        """True if only what the rows say has changed, as far as the first rows can tell; the keys prove it
        later.
        """
        return (
            self._keys is not None
            and 0 < head.total == self._total
            and self._shown == self._filter
            and [row.key for row in head.rows] == list(self._keys[: len(head.rows)])
        )

    def _begin_anew(self, total: int, rows: tuple[CaseRow, ...] | None) -> None:
        self.beginResetModel()
        self._shown = self._filter
        self._total = total
        self._keys = None
        self._pages.clear()
        if rows is not None:
            self._pages[0] = rows
        self._on_the_way.clear()
        self._asked.clear()
        self.endResetModel()

    def _fetch_keys(self, turn: int, so_far: array[int] | None = None) -> None:
        """Piece by piece, so that saving and looking get their turn in between."""
        from postal_desk.services.case_lists import list_keys

        if turn != self._round or not self._ctx.has_desk:  # another list, or the desk was closed meanwhile
            return
        desk, wanted = self._ctx.desk, self._filter
        before = so_far[-1] if so_far else None
        self._ctx.background.db(
            lambda: list_keys(desk, wanted, KEYS_AT_ONCE, before),
            lambda keys: self._add_keys(turn, so_far, keys),
            owner=self,
        )

    def _add_keys(self, turn: int, so_far: array[int] | None, keys: array[int]) -> None:
        whole = keys if so_far is None else so_far + keys
        if len(keys) == KEYS_AT_ONCE:
            self._fetch_keys(turn, whole)
        else:
            self._keep_keys(turn, whole)

    def _keep_keys(self, turn: int, keys: array[int]) -> None:
        if turn != self._round:
            return
        if len(keys) != self._total or (self._keys is not None and keys != self._keys):
            self._begin_anew(len(keys), None)  # written meanwhile: the keys are newer than the head
        self._keys = keys
        self.keys_ready.emit()

    def _want(self, page: int) -> None:
        if page in self._on_the_way:
            return
        if page in self._asked:
            self._asked.remove(page)
        self._asked.append(page)
        self._flush.start(0)

    def _ask(self) -> None:
        from postal_desk.services.case_lists import rows_at, rows_by_key

        wanted, self._asked = self._asked[-_ASKED_AT_ONCE:], []
        desk, turn, shown, keys = self._ctx.desk, self._round, self._filter, self._keys
        for page in wanted:
            first = page * PAGE
            self._on_the_way.add(page)
            if keys is not None:
                work = partial(rows_by_key, desk, keys[first : first + PAGE])
            else:
                work = partial(rows_at, desk, shown, first, PAGE)
            self._ctx.background.db(work, partial(self._keep_page, turn, page), owner=self)

    def _keep_page(self, turn: int, page: int, rows: list[CaseRow]) -> None:
        if turn != self._round:
            return
        self._on_the_way.discard(page)
        self._pages[page] = tuple(rows)
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
        first = page * PAGE
        last = min(first + PAGE, self._total) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))
