"""Keeps what is typed on disk: one second after the last key, and at the latest three seconds after the first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal

from postal_desk.domain.changes import Changes
from postal_desk.ui.context import Context
from postal_desk.ui.entry.timers import one_shot

QUIET_MS = 1000
#: Half of the three seconds that are promised: the write waits for what the desk is doing, on a busy PC for long.
LONGEST_MS = 1500
RETRY_MS = 5000

FORM = "case"


class DraftKeeper(QObject):
    """Saves ``payload()`` under :attr:`key` after each :meth:`touch`; ``None`` means nothing is worth keeping."""

    saved = Signal(object)  # datetime, or None when the draft is gone
    failed = Signal(object)  # Exception: not on disk; tried again by itself

    def __init__(
        self, ctx: Context, payload: Callable[[], Mapping[str, object] | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._ctx, self._payload = ctx, payload
        self.key = ""
        self._stored = self._dirty = self._held = False
        self._quiet = one_shot(self, QUIET_MS, self.flush)
        self._longest = one_shot(self, LONGEST_MS, self.flush)
        self.renew()

    @property
    def stored(self) -> bool:
        """True if there is a draft of this form on disk."""
        return self._stored

    def renew(self, key: str = "", stored: bool = False) -> None:
        """Another form begins; ``key`` is that of a draft being resumed. The old draft stays as it is."""
        self._clean()
        self.key = key or uuid4().hex
        self._stored = stored

    def touch(self) -> None:
        """Something was typed."""
        self._dirty, self._held = True, False
        self._ctx.mark_unsaved("draft", True)
        self._quiet.start()
        if not self._longest.isActive():
            self._longest.start()

    def flush(self) -> None:
        """Save now what is not on disk yet."""
        if not self._dirty or self._held or not self._ctx.has_desk:
            return
        self._stop_timers()
        self._dirty = False
        payload = self._payload()
        if payload is None:
            self.drop()
            return
        first, self._stored = not self._stored, True
        self._write(self.key, dict(payload), first)

    def _write(self, key: str, kept: dict[str, object], first: bool) -> None:
        desk = self._ctx.desk

        def save() -> Changes:
            from postal_desk.services.drafts import save_draft

            return save_draft(desk, key, FORM, kept)

        def saved(changes: Changes) -> None:
            self._saved(key, changes if first else None)

        def failed(error: Exception) -> None:
            if key == self.key:
                self._dirty = True
                self._quiet.start(RETRY_MS)  # the interval is set back when the timers stop
            else:  # its form is gone: what it held is kept here until the disk takes it
                QTimer.singleShot(RETRY_MS, self, lambda: self._write(key, kept, first))
            self.failed.emit(error)
            self._ctx.write_failed.emit()

        self._ctx.background.db(save, saved, failed, self)

    def drop(self) -> None:
        """The draft is not wanted any more."""
        self._clean()
        if self._stored:
            self._stored = False
            key, desk = self.key, self._ctx.desk

            def drop() -> Changes:
                from postal_desk.services.drafts import drop_draft

                return drop_draft(desk, key)

            self._ctx.background.db(drop, self._ctx.announce)
        self.saved.emit(None)

    def hold(self) -> None:
        """The case itself is being saved: a draft written behind it would outlive it. :meth:`touch` goes on."""
        self._held = True
        self._stop_timers()

    def done(self) -> None:
        """The case is saved and took the draft with it."""
        self._clean()
        self._stored = False

    def _saved(self, key: str, news: Changes | None) -> None:
        """``news`` for the other pages: there is one draft more."""
        if news is not None:
            self._ctx.announce(news)
        if key != self.key:
            return
        if not self._dirty:
            self._ctx.mark_unsaved("draft", False)
        self.saved.emit(datetime.now())

    def _clean(self) -> None:
        self._dirty = self._held = False
        self._stop_timers()
        self._ctx.mark_unsaved("draft", False)

    def _stop_timers(self) -> None:
        self._quiet.stop()
        self._quiet.setInterval(QUIET_MS)
        self._longest.stop()
