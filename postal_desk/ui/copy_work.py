"""Long work on copies: begun on the desk's thread, done on the other while saves go on, noted on the desk's again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from postal_desk.domain.changes import Changes
from postal_desk.i18n import _
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.progress import ProgressStrip

Told = Callable[[int, int], None]
Begin = Callable[[], Callable[[Told], Any]]
Note = Callable[[Any], Changes]


class CopyWork(QObject):
    """One piece of work at a time, its progress in ``strip``; ``busy_changed`` tells when tools are to be locked."""

    busy_changed = Signal(bool)
    _advanced = Signal(int)  # of a thousand: bytes would not fit

    def __init__(self, ctx: Context, strip: ProgressStrip) -> None:
        super().__init__(strip)
        self._ctx, self._strip = ctx, strip
        self._last = -1
        self.busy = False
        self._advanced.connect(lambda done: strip.set_fraction(done, 1000))

    def run(
        self, text: str, begin: Begin, note: Note | None = None, done: Callable[[Any], object] | None = None
    ) -> None:
        """``begin`` gives what is done on the other thread, whose result ``note`` writes down."""
        if self.busy:
            return
        self._set_busy(True)

        def begun(work: Callable[[Told], Any]) -> None:
            self._carry_out(text, work, note, done)

        self._ctx.background.db(begin, begun, self._failed, self)

    def run_alone(self, text: str, work: Callable[[Told], Any], done: Callable[[Any], object]) -> None:
        """Work that needs no desk."""
        if not self.busy:
            self._set_busy(True)
            self._carry_out(text, work, None, done)

    def _carry_out(
        self,
        text: str,
        work: Callable[[Told], Any],
        note: Note | None,
        done: Callable[[Any], object] | None,
    ) -> None:
        self._last = -1

        def finished(result: Any) -> None:
            self._set_busy(False)
            if note is not None:
                self._ctx.write(lambda: note(result))
            if done is not None:
                done(result)

        task = self._ctx.background.pool(lambda: work(self._tell), finished, self._failed, self)
        self._strip.cancel_button.hide()  # what is half made is cleared away by itself, nothing is gained by stopping
        self._strip.watch(task, text)

    def _tell(self, done: int, total: int) -> None:
        share = done * 1000 // max(1, total)
        if share != self._last:
            self._last = share
            self._advanced.emit(share)

    def _failed(self, error: Exception) -> None:
        from postal_desk.services.copies import LeftOff

        self._set_busy(False)
        if not isinstance(error, LeftOff):
            self._ctx.tell_fault(error)

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.busy_changed.emit(busy)


def size_words(size: int) -> str:
    """A file's size as people say it."""
    for unit, bytes_of in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if size >= bytes_of:
            return f"{size / bytes_of:.1f} {unit}"
    return _("{count} bytes").format(count=size)
