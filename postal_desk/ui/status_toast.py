"""What is said at the foot of the window: what was done, with its undo, and which file was made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from postal_desk.domain.changes import TAKEN_BACK
from postal_desk.domain.sentences import Sentence, say
from postal_desk.i18n import _, tell
from postal_desk.ui.context import Context

if TYPE_CHECKING:
    from postal_desk.ui.widgets.toast import Toast


class StatusToast:
    """Says what ``ctx`` is told, over the foot of ``over``."""

    def __init__(self, ctx: Context, over: QWidget) -> None:
        self._ctx, self._over = ctx, over
        self._toast: Toast | None = None
        self._redoing = False  # the undo under way takes an undo back
        ctx.said.connect(self._say)
        ctx.filed.connect(self._tell_file)

    def retire(self) -> None:
        """Another window has taken over."""
        self._ctx.said.disconnect(self._say)
        self._ctx.filed.disconnect(self._tell_file)

    @property
    def toast(self) -> Toast:
        """The line; made when there is something to say."""
        if self._toast is None:
            from postal_desk.ui.widgets.toast import Toast

            self._toast = Toast(self._over)
        return self._toast

    def _say(self, sentence: Sentence, undo: int | Callable[[], None] | None) -> None:
        redone, self._redoing = self._redoing and sentence == TAKEN_BACK, False
        words = say("Done again") if redone else sentence
        again = words == TAKEN_BACK
        take_back = (lambda: self._undo(undo, again)) if isinstance(undo, int) else undo
        self.toast.show_text(tell(words), take_back, again=again)

    def _undo(self, history: int, redoing: bool) -> None:
        from postal_desk.services.undo import undo

        self._redoing = redoing
        self._ctx.write(lambda: undo(self._ctx.desk, history))

    def _tell_file(self, path: Path) -> None:
        from postal_desk.ui.opening_files import open_file, open_folder

        actions = ((_("Open"), lambda: open_file(path)), (_("Open folder"), lambda: open_folder(path)))
        self.toast.show_text(_("Saved as {file}").format(file=path.name), actions=actions)
