"""Strips over every page for what stands in the way of work: a full disk, a disk that is memory, a wrong clock, a
damaged page, no copy off this disk.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from postal_desk.i18n import _, tell
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from postal_desk.domain.changes import Changes
    from postal_desk.domain.sentences import Sentence
    from postal_desk.services.room import RoomState
    from postal_desk.services.second_place import Away

LOOK_MS = 60_000


@dataclass(frozen=True)
class State:
    """What the strips are made from."""

    read_only: Sentence | None
    clock: Sentence | None
    room: RoomState
    away: Away
    not_kept: Sentence | None


class DeskBanners(QObject):
    """Looks at the desk's state every minute and whenever a write failed; ``show`` puts a strip into the window."""

    def __init__(self, ctx: Context, show: Callable[[Banner], object], owner: QObject) -> None:
        super().__init__(owner)
        self._ctx, self._show = ctx, show
        self._shown: dict[str, Banner] = {}
        self._put_off: set[str] = set()
        self._reserve_used = False
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        ctx.damaged.connect(self._damaged)
        ctx.write_failed.connect(self.look)
        ctx.changed.connect(lambda changes: self.look() if changes.settings else None)
        self.look()

    def look(self) -> None:
        """Ask the desk how things stand."""
        if not self._ctx.has_desk:
            return
        desk = self._ctx.desk

        def read() -> State:
            from postal_desk.services import second_place
            from postal_desk.services.room import not_kept, room_state

            away = second_place.away(desk)
            return State(desk.read_only, desk.clock_problem(), room_state(desk), away, not_kept(desk))

        self._ctx.background.db(read, self._tell, owner=self)

    def _tell(self, state: State) -> None:
        self._tell_clock(state)
        self._set("memory", tell(state.not_kept) if state.not_kept and state.read_only is None else "")
        if state.read_only is None:  # a medium that can't be written has no room by nature
            self._tell_room(state.room)
        overdue = state.away.overdue and state.read_only is None
        text = _(
            "The newest copy off this disk is older than 7 days: one fault of the disk would take everything."
        )
        if state.away.at is None:
            text = _("There is no copy off this disk: one fault of the disk would take everything.")
        self._set("away", text if overdue else "", _("Copy to a second place"), self._to_copies)

    def _tell_clock(self, state: State) -> None:
        may = state.read_only is None and self._ctx.desk.may("desk.clock_believed")
        button = _("The clock is right") if may else ""
        self._set("clock", tell(state.clock) if state.clock else "", button, self._believe if may else None)

    def _believe(self) -> None:
        desk = self._ctx.desk

        def work() -> Changes:
            from postal_desk.services.desk_clock import believe_clock

            return believe_clock(desk)

        self._ctx.write(work, owner=self)

    def _tell_room(self, room: RoomState) -> None:
        megabytes = room.free / (1 << 20)
        free = f"{megabytes:,.0f}" if megabytes >= 10 else f"{megabytes:.1f}"
        if room.gone:
            text = _(
                "Only {free} MB are free on the desk's disk: it is read only until there is room. "
                "What is saved is safe; delete or move files there."
            )
            button = _("Use the reserve to save what is open") if room.reserve else ""
            self._set("room", text.format(free=free), button, self._use_reserve if room.reserve else None)
        elif room.low and self._reserve_used:
            text = _(
                "The reserve is in use, {free} MB are free: save what is open now, then make room on the desk's disk."
            )
            self._set("room", text.format(free=free))
        elif room.low:
            text = _("Only {free} MB are free on the desk's disk: make room soon.")
            self._set("room", text.format(free=free))
        else:
            self._reserve_used = False
            self._set("room", "")

    def _use_reserve(self) -> None:
        desk = self._ctx.desk

        def work() -> None:
            from postal_desk.services.room import use_reserve

            use_reserve(desk)

        self._reserve_used = True
        self._ctx.background.db(work, lambda _nothing: self.look(), owner=self)

    def _to_copies(self) -> None:
        self._go_to_copies()
        self._put_off.add("away")  # seen; again when the desk is opened next
        self._set("away", "")

    def _damaged(self) -> None:
        text = _(
            "A part of the desk's file is damaged. Stop working in it, and restore the newest copy beside it."
        )
        self._set("damaged", text, _("Look at the copies"), self._go_to_copies)

    def _go_to_copies(self) -> None:
        self._ctx.navigator.go("settings", section="copies")

    def _set(
        self, name: str, text: str, button: str = "", pressed: Callable[[], object] | None = None
    ) -> None:
        """Show one strip, or take it away with an empty text."""
        old = self._shown.get(name)
        if name in self._put_off:
            text = ""
        if old is not None and old.accessibleName() == text:
            return
        if old is not None:
            self._shown.pop(name).deleteLater()
            old.hide()
        if text:
            self._shown[name] = Banner(text, button, pressed)
            self._show(self._shown[name])
