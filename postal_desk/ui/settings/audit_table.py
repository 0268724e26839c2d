"""The rows of the audit as a table; rows are added at its end as older ones are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from postal_desk.domain.audit_words import action_name
from postal_desk.i18n import _, label
from postal_desk.services.record_words import audited_fields
from postal_desk.ui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from postal_desk.services.audit_log import AuditRow

_WARNS = ("access.failed", "access.password_unrecorded", "desk.loss_missing", "desk.loss_replaced")


class AuditTable(RecordTable):
    """Number, time, who, what, which record, which fields."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            [
                Column(_("No."), lambda row: str(row.id), 70, drop=3),
                Column(_("Time"), lambda row: row.at.replace("T", " "), 160),
                Column(_("Who"), lambda row: row.who, 90),
                Column(_("What"), _what, 170, _tone),
                Column(_("Record"), lambda row: row.record, 190),
                Column(_("Fields"), _fields, drop=1),
                Column(_("Count"), lambda row: str(row.count) if row.count != 1 else "", 56, drop=2),
            ],
        )

    def rows(self) -> list[AuditRow]:
        """What is shown, newest first."""
        return list(self.records.rows)

    def tell(self, rows: Sequence[AuditRow], keep: bool = False) -> None:
        """Show other rows; ``keep`` leaves the cursor where it is, for rows added at the end."""
        place = self.currentIndex().row()
        self.records.set_rows(rows)
        self.fit_columns()
        self.light(place if keep else 0)


def _what(row: AuditRow) -> str:
    return label(action_name(row.action))


def _fields(row: AuditRow) -> str:
    return audited_fields(row.action, row.fields)


def _tone(row: AuditRow) -> str:
    return "bad" if row.action in _WARNS else "neutral"
