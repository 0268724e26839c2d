"""What happened in the case in front, as the timeline shows it: masked unless somebody asked to see personal data, each
step with how many files it has, and any of it opened to be read whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from postal_desk.domain.attachments import CASE
from postal_desk.domain.masking import mask_free_text
from postal_desk.i18n import _
from postal_desk.ui.cases.moments import Moment, moments_of
from postal_desk.ui.cases.reading_dialog import ReadingDialog
from postal_desk.ui.cases.timeline import Timeline
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.attachments.panel import AttachmentPanel

if TYPE_CHECKING:
    from postal_desk.services.cases import CaseView


class MomentList:
    """``files`` holds those of the same case."""

    def __init__(self, ctx: Context, timeline: Timeline, files: AttachmentPanel) -> None:
        self._ctx, self._timeline, self._files = ctx, timeline, files
        self._view: CaseView | None = None
        self._moments: list[Moment] = []
        self._shown: list[Moment] = []
        self._file_counts: Counter[int] = Counter()  # by the place of the step
        self._revealed = False
        timeline.opened.connect(self._open)
        files.counted.connect(lambda _count: self._count_files())

    def begin(self, view: CaseView) -> None:
        """Another case comes: never those of one case under the head of another."""
        self._view, self._moments, self._file_counts = view, [], Counter()
        self._tell()

    def show_case(self, view: CaseView) -> None:
        """Show what happened in a case."""
        self._view, self._moments = view, moments_of(view.case, self._ctx.desk.rules)
        self._tell()

    def reveal(self, shown: bool) -> None:
        """Show personal data, or mask it."""
        self._revealed = shown
        if self._view is not None:
            self._tell()
            self._files.hide_names(self.mask)

    @property
    def mask(self) -> Callable[[str], str] | None:
        """Masks the personal data of the case in a text; ``None`` while it is shown."""
        return None if self._revealed else self._hidden

    def _hidden(self, text: str) -> str:
        assert self._view is not None
        name = self._view.case.customer.name
        return mask_free_text(text, [name] if name else [], self._ctx.desk.rules.compound_surnames).text

    def _tell(self) -> None:
        assert self._view is not None
        moments, hide = self._moments, self.mask
        if hide is not None:
            moments = [replace(one, text=hide(one.text), title=hide(one.title)) for one in moments]
        self._shown = [replace(one, files=self._file_counts[one.step]) for one in moments]
        self._timeline.show_moments(self._shown, self._view.case.opened_on)

    def _count_files(self) -> None:
        """How many files each step has is known: the timeline says it."""
        counts = Counter(file.part - 1 for file in self._files.files if file.part)
        if self._view is not None and counts != self._file_counts:
            self._file_counts = counts
            self._tell()

    def _open(self, place: int) -> None:
        moment = self._shown[place]
        assert self._view is not None
        dialog = ReadingDialog(moment.heading, moment.text, self._timeline)
        if moment.step >= 0:
            case, in_bin = self._view.case, self._view.deleted_at is not None
            files = AttachmentPanel(self._ctx, CASE, _("Files of this step"))
            files.show_record("" if in_bin else case.number, step=moment.step + 1, hide=self.mask)
            self._ctx.changed.connect(files.refresh)
            dialog.add_part(files)
        dialog.open()
