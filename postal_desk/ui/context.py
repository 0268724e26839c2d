"""What every page is given: the desk, the threads, the settings, the way to other pages, and where to say
things.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import Sentence, say
from postal_desk.settings import Settings
from postal_desk.ui.background import Background, Failed, Task

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from postal_desk.services.access import Credential
    from postal_desk.services.desk import Desk


_SETTLED_AT_THE_LATEST_MS = 400


class Navigator(Protocol):
    """The main window, as pages see it."""

    def go(self, name: str, /, **request: object) -> bool:
        """Show a page and pass it the request. False if the page in front may not be left now."""

    def back(self) -> None:
        """Return to the page shown before."""

    def focus_page(self) -> None:
        """Put the focus into the page in front, as when what had it before a dialog is gone."""

    def open_desk(self, path: Path | None) -> None:
        """Close this desk and open another one (first run, practice desk); ``None`` tries the same again."""

    def enter(self, path: Path, credential: Credential, failed: Failed) -> None:
        """Open a desk with users as somebody, in this window; ``failed`` gets what stands in the way."""

    def lock(self, why: str) -> None:
        """Close the desk and ask who is there: ``locked`` after a while, ``asked`` for, ``switch`` to another user."""


class Context(QObject):
    """One for each open desk; rebuilt pages keep it.

    ``desk`` is ``None`` only until it has been opened (the case list alone is shown that early) and during
    first run. ``on_fault`` shows an exception to the user; until a window is there it raises, so that
    nothing gets lost.
    """

    opened = Signal()  # the desk is open: pages ask for what they show first
    settled = Signal()  # that is on the screen: time for what else an open desk calls for
    opening_failed = Signal(object)  # the exception
    changed = Signal(object)  # Changes, after each committed write
    said = Signal(
        object, object
    )  # Sentence for the status line; how to undo it: id in the history, function, or None
    filed = Signal(object)  # Path of a file that was made for the user (an export)
    copied = Signal(object)  # datetime of the desk's newest copy, or None
    write_failed = Signal()  # the disk may be full: whoever shows the desk's state looks again
    damaged = Signal()  # a page of the desk's file does not hold
    opening_told = Signal(int, int)  # how far the copy before an upgrade is, of a thousand; 0, 0: no more
    saved_changed = Signal(bool)  # False while something typed or sent to be saved is not on disk yet

    def __init__(
        self, background: Background, settings: Settings, navigator: Navigator | None = None
    ) -> None:
        super().__init__()
        self.background = background
        self.settings = settings
        self._navigator = navigator
        self.on_fault: Callable[[Exception], None] = _raise
        self._desk: Desk | None = None
        self._settled = False
        self._unsaved: set[str] = set()
        self._writes = 0
        self.last_copy: datetime | None = None

    @property
    def desk(self) -> Desk:
        """The open desk. Raises :class:`RuntimeError` before it is open: ask :attr:`has_desk`."""
        if self._desk is None:
            raise RuntimeError("no desk is open yet")
        return self._desk

    @desk.setter
    def desk(self, desk: Desk | None) -> None:
        self._desk = desk
        self._settled = False
        if desk is not None:
            self.opened.emit()
            QTimer.singleShot(_SETTLED_AT_THE_LATEST_MS, self, self.settle)

    def settle(self) -> None:
        """Say :attr:`settled`, once for each desk; does so by itself if no page does."""
        if self.has_desk and not self._settled:
            self._settled = True
            self.settled.emit()

    def leave(self) -> None:
        """The desk is being closed: what was to begin once it was :attr:`settled` begins no more."""
        self._settled = True

    @property
    def navigator(self) -> Navigator:
        """The main window. Raises :class:`RuntimeError` before there is one."""
        if self._navigator is None:
            raise RuntimeError("no window yet")
        return self._navigator

    @navigator.setter
    def navigator(self, navigator: Navigator) -> None:
        self._navigator = navigator

    @property
    def has_desk(self) -> bool:
        """True once the desk is open."""
        return self._desk is not None

    def write(
        self,
        work: Callable[[], Changes],
        done: Callable[[Changes], Any] | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> Task:
        """Run a service that writes; on success refresh every page (:meth:`announce`), then call ``done``.

        The pages are refreshed even if ``owner`` is gone by then. A failure goes to ``failed``, else to the
        user.
        """
        self._writes += 1
        self._tell_saved()

        def succeeded(changes: Changes) -> None:
            self._writes -= 1
            self._tell_saved()
            self.announce(changes)
            if done is not None and _alive(owner):
                done(changes)

        def refused(error: Exception) -> None:
            self._writes -= 1
            self._tell_saved()
            self.write_failed.emit()
            if failed is not None and _alive(owner):
                failed(error)
            else:
                self.tell_fault(error)

        return self.background.db(work, succeeded, refused)

    def announce(self, changes: Changes) -> None:
        """Tell every page what a write changed, and say it with Undo where that is possible."""
        self.changed.emit(changes)
        said = changes.said
        for warning in changes.warnings:  # in one message: a second one would take the Undo of the first away
            said = warning if said is None else say("{said} · Note: {warning}", said=said, warning=warning)
        if said is not None:
            self.said.emit(said, changes.undo)

    def tell_copied(self, moment: datetime | None) -> None:
        """The newest copy of the desk is of this moment."""
        self.last_copy = moment
        self.copied.emit(moment)

    def say(self, sentence: Sentence) -> None:
        """One sentence at the foot of the window."""
        self.said.emit(sentence, None)

    def offer(self, sentence: Sentence, undo: Callable[[], object]) -> None:
        """One sentence at the foot of the window with an Undo of the page's own (for what the desk has no
        history of).
        """
        self.said.emit(sentence, undo)

    def tell_file(self, path: Path) -> None:
        """A file was made: say so, with the way to open it or its folder."""
        self.filed.emit(path)

    def tell_fault(self, error: Exception) -> None:
        """Show what went wrong: a refusal, a fault of the environment, or a bug (with the way to report
        it).
        """
        self.on_fault(error)

    def mark_unsaved(self, key: str, unsaved: bool) -> None:
        """A page says that what was typed under ``key`` is not on disk yet (or is again)."""
        (self._unsaved.add if unsaved else self._unsaved.discard)(key)
        self._tell_saved()

    @property
    def all_saved(self) -> bool:
        """True if nothing typed and no write is waiting for the disk."""
        return not self._unsaved and self._writes == 0

    def _tell_saved(self) -> None:
        self.saved_changed.emit(self.all_saved)


def _raise(error: Exception) -> None:
    raise error


def _alive(owner: QObject | None) -> bool:
    import shiboken6

    return owner is None or shiboken6.isValid(owner)
