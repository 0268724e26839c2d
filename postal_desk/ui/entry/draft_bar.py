"""Offers what was typed earlier and never saved: after a crash, or because the page was left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.widgets.buttons import link_button
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from postal_desk.services.drafts import Draft

_LONGEST_TITLE = 30


class DraftBar(QFrame):
    """Names the newest draft; ``resume`` and ``discard`` get it."""

    def __init__(self, resume: Callable[[Draft], object], discard: Callable[[Draft], object]) -> None:
        super().__init__()
        dress(self, kind="note", tone="attention")
        self.drafts: Sequence[Draft] = ()
        self.label = ElidedLabel()
        self.resume = link_button(_("Resume"), lambda: resume(self.drafts[0]))
        self.discard = link_button(_("Discard"), lambda: discard(self.drafts[0]))
        row = QHBoxLayout(self)
        row.setContentsMargins(looks.px(14), looks.px(5), looks.px(10), looks.px(5))
        row.addWidget(self.label, 1)
        row.addWidget(self.resume)
        row.addWidget(self.discard)
        self.hide()

    def show_drafts(self, drafts: Sequence[Draft]) -> None:
        """Offer the newest of these; none hides the bar."""
        self.drafts = sorted(drafts, key=lambda draft: str(draft.saved_at), reverse=True)
        self.setVisible(bool(drafts))
        if not drafts:
            return
        newest = self.drafts[0]
        many = _("{count} unfinished drafts; the last:").format(count=len(drafts))
        count = many if len(drafts) > 1 else _("1 unfinished draft:")
        self.label.setText(
            f"{count} {draft_title(newest.payload)} · {str(newest.saved_at).replace('T', ' ')[:16]}"
        )


def draft_title(payload: Mapping[str, object]) -> str:
    """What a draft is about: the number of the case edited, its subject, or the beginning of its story."""
    if number := payload.get("number"):
        return str(number)
    fields = payload.get("fields")
    for name in ("subject", "narrative", "customer.name", "customer.phone"):
        kept = fields.get(name) if isinstance(fields, Mapping) else None
        text = " ".join(str(kept.get("value", "")).split()) if isinstance(kept, Mapping) else ""
        if text:
            return text if len(text) <= _LONGEST_TITLE else text[:_LONGEST_TITLE] + "…"
    return _("without a story")
