"""What was done to a record of this page, newest first, as rows of the quiet column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from postal_desk.i18n import _
from postal_desk.ui.widgets.side_rows import RowContent

if TYPE_CHECKING:
    from postal_desk.services.case_reading import HistoryLine

_NEWEST = 8


def history_rows(history: Sequence[HistoryLine]) -> list[RowContent]:
    """When, who, what."""
    rows = []
    for entry in tuple(reversed(history))[:_NEWEST]:
        when = entry.at[:16].replace("T", " ")
        rows.append(
            RowContent(" · ".join(part for part in (when, entry.who) if part), action_words(entry.action))
        )
    return rows


def action_words(action: str) -> str:
    """What was done, from the audit's word for it."""
    verb = action.rpartition(".")[2]
    words = {
        "add": _("Recorded"),
        "raise": _("Raised"),
        "edit": _("Edited"),
        "progress": _("Progress added"),
        "finish": _("Finished"),
        "recheck": _("Re-checked"),
        "withdraw": _("Withdrawn"),
        "link": _("Case linked"),
        "unlink": _("Case unlinked"),
        "delete": _("Deleted"),
        "restore": _("Brought back"),
        "demo": _("Sample"),
        "undo": _("Undone"),
    }
    return words.get(verb, action)
