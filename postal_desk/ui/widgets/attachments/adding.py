"""Adding files without keeping the window waiting: read and encrypted on the second thread, saved on the desk's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import Refusal, Sentence, say
from postal_desk.i18n import _, tell
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.attachments.incoming import Incoming
from postal_desk.ui.widgets.progress import ProgressStrip

if TYPE_CHECKING:
    from postal_desk.services.attachments import Intake, Staged

#: What came in, and why the rest did not.
Taken = tuple[list["Staged"], list[Sentence]]


class Adder(QObject):
    """Adds files to a record; those that can't be taken are told in one message, the others are kept."""

    def __init__(self, ctx: Context, owner: QObject, progress: ProgressStrip) -> None:
        super().__init__(owner)
        self._ctx, self._progress = ctx, progress

    def add(
        self,
        kind: str,
        number: str,
        incoming: Sequence[Incoming],
        step: int = 0,
        done: Callable[[Changes], object] | None = None,
    ) -> None:
        """Add files to the record; ``done`` gets the changes once they are saved."""
        if not incoming or not self._ctx.has_desk:
            return
        desk = self._ctx.desk

        def begin() -> Intake:
            from postal_desk.services.attachments import begin_intake

            return begin_intake(desk)

        def take(intake: Intake) -> None:
            task = self._ctx.background.pool(
                lambda: take_all(intake, incoming), lambda taken: self._keep(kind, number, taken, step, done)
            )
            self._progress.watch(task, _("Reading {count} files…").format(count=len(incoming)))

        self._ctx.background.db(begin, take)

    def _keep(
        self, kind: str, number: str, taken: Taken, step: int, done: Callable[[Changes], object] | None
    ) -> None:
        staged, refused = taken
        if refused:
            self._ctx.tell_fault(Refusal(_joined(refused, len(staged))))
        if not staged:
            return
        if not self._ctx.has_desk:  # closed meanwhile: what was staged goes when it is opened again
            return
        desk = self._ctx.desk

        def keep() -> Changes:
            from postal_desk.services.attachments import add_attachments

            return add_attachments(desk, kind, number, staged, step)

        self._ctx.write(keep, done)


def take_all(intake: Intake, incoming: Sequence[Incoming]) -> Taken:
    """Take everything in that can be taken."""
    from postal_desk.render.previews import png_of

    staged: list[Staged] = []
    refused: list[Sentence] = []
    for one in incoming:
        try:
            if one.path is not None:
                staged.append(intake.take_file(one.path, one.name))
            elif one.picture is not None:
                staged.append(intake.take_bytes(png_of(one.picture), one.name))
        except Refusal as refusal:
            refused.append(refusal.sentence)
        except BaseException:
            for taken in staged:
                taken.drop()
            raise
    return staged, refused


def _joined(refused: Sequence[Sentence], kept: int) -> Sentence:
    if len(refused) == 1 and not kept:
        return refused[0]
    told = "\n".join(tell(sentence) for sentence in refused)
    return say("{refused}\nFiles added: {count}", refused=told, count=kept)
