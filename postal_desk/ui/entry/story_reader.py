"""Reads the story while it is typed: after a short pause, away from the window's thread and the desk's, never twice at
once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from postal_desk.ui.context import Context
from postal_desk.ui.entry.timers import one_shot

if TYPE_CHECKING:
    from postal_desk.domain.story.reading import Found, Reading
    from postal_desk.services.stories import Known

    Arrived = tuple[Reading, Found | None]

#: Pause after the last key in ms. No reading starts while keys keep coming: it would be stale before it is done.
PAUSE = 250


class StoryReader(QObject):
    """:meth:`feed` it each version of the text.

    :attr:`arrived` gives the reading of the latest one only, and the class of mail it names (or ``None``).
    """

    arrived = Signal(object, object)

    def __init__(self, ctx: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._text, self._on = "", date.min
        self._pending = self._running = self._told_fault = self._warm = False
        self._then: list[Callable[[], None]] = []
        self._pause = one_shot(self, PAUSE, self._start)

    def feed(self, text: str, on: date) -> None:
        """The story has changed; ``on`` is the day of entry that «昨天» starts from."""
        self._text, self._on = text, on
        self._pending = True
        self._pause.start()

    def warm(self) -> None:
        """Let the reader prepare its word lists before the first word is typed."""
        if not self._warm:
            self._warm = True
            self.feed("", self._ctx.desk.today())
            self._start()

    def forget(self) -> None:
        """Another form: what is under way is of no interest any more."""
        self._text, self._pending = "", False
        self._then.clear()
        self._pause.stop()

    def when_read(self, then: Callable[[], None]) -> None:
        """Call ``then`` as soon as the latest text has been read (at once if it has)."""
        if not (self._pending or self._running):
            then()
            return
        self._then.append(then)
        if not self._running:
            self._start()

    def _start(self) -> None:
        self._pause.stop()
        if self._running or not self._pending or not self._ctx.has_desk:
            return  # the arrival of the reading under way starts the next one
        self._pending, self._running = False, True
        text, on, desk = self._text, self._on, self._ctx.desk

        def ask() -> Known:
            from postal_desk.services.stories import known_on

            return known_on(desk, on)

        def read(known: Known) -> Arrived:
            from postal_desk.services.stories import read_with
            from postal_desk.ui.entry.mail_class import named_class

            assert known.rules is not None
            reading = read_with(known, text, on)
            return reading, named_class(reading, known.rules)

        background = self._ctx.background
        background.db(
            ask,
            # On the other thread: no draft waits for a long story, or for the word lists.
            lambda known: background.pool(
                lambda: read(known), lambda found: self._done(text, found), self._failed, self
            ),
            self._failed,
            self,
        )

    def _done(self, text: str, found: Arrived | None) -> None:
        self._running = False
        if not self._ctx.has_desk:
            return  # closed while a story was read
        if text == self._text and not self._pending and found is not None:
            self.arrived.emit(*found)
        if self._pending:
            if self._then or not self._pause.isActive():  # the pause was over before this was
                self._start()
            return
        waiting, self._then = self._then, []
        for then in waiting:
            then()

    def _failed(self, error: Exception) -> None:
        if not self._told_fault:  # once: the form works without the reader
            self._told_fault = True
            self._ctx.tell_fault(error)
        self._done(self._text, None)
