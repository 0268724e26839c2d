"""Checking and closing a month: what contradicts itself, what differs since the last closing, the reason, the button.

Enter on a finding goes to its record; closing again is a revision with its reason.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QTabWidget, QVBoxLayout, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.contradictions import ERROR, Contradiction
from postal_desk.domain.summaries import check_code
from postal_desk.i18n import _, label, tell
from postal_desk.ui import looks, pages
from postal_desk.ui.context import Context
from postal_desk.ui.summaries.closing_bar import closed_words
from postal_desk.ui.widgets.editor import Editor
from postal_desk.ui.widgets.empty_state import EmptyState
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from postal_desk.reports.month_differences import Difference
    from postal_desk.services.months import Revision
    from postal_desk.ui.summaries.closing_reader import Standing

_WIDE, _HIGH = 760, 560


class CloseMonthDialog(Editor):
    """Opened with how the month stands; closes once the month is closed, or when a record is gone to."""

    def __init__(self, ctx: Context, standing: Standing, parent: QWidget) -> None:
        state = standing.state
        month = label(state.month.label)
        again = state.closing is not None
        title = (
            _("Closing {month} again").format(month=month)
            if again
            else _("Closing {month}").format(month=month)
        )
        super().__init__(
            ctx, title, parent, _("Close as a revision") if again else _("Close month"), grows=False
        )
        self.standing = standing
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.findings = self._findings_table()
        self.changes = _difference_table(_("Differences since it was closed"), state.differences)
        self.tabs.addTab(
            self._with_empty(self.findings, standing.found), self._tab(_("To put right"), len(standing.found))
        )
        if again:
            self.tabs.addTab(self.changes, self._tab(_("Differences"), len(state.differences)))
            self.tabs.addTab(self._revisions(), self._tab(_("Revisions"), len(state.revisions)))
            self.tabs.setCurrentIndex(1 if state.differences else 2)
        self.inner.insertWidget(0, text_label(self._what_follows(), "caption", wrap=True))
        self.inner.insertWidget(1, self.tabs, 1)
        self.reason = QLineEdit()
        needed = again or any(one.level == ERROR for one in standing.found)
        hint = (
            _("Needed: it is kept with the closing")
            if needed
            else _("Only where something is out of the ordinary")
        )
        self.form.add(_("Reason"), self.reason, hint, "reason")
        self.reason.setMaximumWidth(looks.px(_WIDE))
        if again and not state.differences:
            self.save_button.setEnabled(False)
        if not ctx.desk.may("month.close"):  # to be looked at
            self.save_button.hide()
            self.reason.setEnabled(False)
        over = parent.window().size()
        self.resize(min(looks.px(_WIDE), over.width() - 24), min(looks.px(_HIGH), over.height() - 24))

    def fields(self) -> list[QWidget]:
        return [self.findings, self.tabs.tabBar(), self.reason] if self.standing.found else [self.reason]

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.months import close_month

        desk, month, reason = self.ctx.desk, self.standing.state.month, self.reason.text()
        return lambda: close_month(desk, month, reason)

    def go_to(self, finding: Contradiction) -> None:
        """Go to the record that a finding speaks of."""
        way = _way_to(finding)
        if way is not None and pages.known(way[0]):
            self.reject()
            self.ctx.navigator.go(way[0], **way[1])

    def _what_follows(self) -> str:
        if self.standing.state.closing is not None:
            return tell(closed_words(self.standing))
        return _(
            "Closing freezes the figures under a number. Cases can still be changed; what then differs is shown here "
            "and handed in as a revision."
        )

    def _findings_table(self) -> RecordTable:
        columns = [
            Column(
                _("Kind"),
                lambda one: _("contradiction") if one.level == ERROR else _("notice"),
                110,
                lambda one: "bad" if one.level == ERROR else "neutral",
            ),
            Column(_("What was found"), lambda one: tell(one.what)),
        ]
        table = RecordTable(_("What is open in the month"), columns)
        table.opened.connect(self.go_to)
        table.show_rows(self.standing.found)
        return table

    def _with_empty(self, table: RecordTable, rows: object) -> QWidget:
        if rows:
            return table
        none = EmptyState("circle-check")
        none.show_text(_("Nothing is open"), _("Every case of the month says what it should."))
        return none

    def _revisions(self) -> QWidget:
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(looks.px(4), looks.px(8), looks.px(4), 0)
        for revision in reversed(self.standing.state.revisions):
            box.addWidget(text_label(_revision_words(revision), wrap=True, selectable=True))
        box.addStretch(1)
        return holder

    def _tab(self, name: str, count: int) -> str:
        return f"{name} ({count})"


def _difference_table(name: str, found: tuple[Difference, ...]) -> RecordTable:
    columns = [
        Column(_("Figure"), lambda one: tell(one.name)),
        Column(_("Closed with"), lambda one: one.before, 130),
        Column(_("Now"), lambda one: one.after, 130),
        Column(
            _("Because of"),
            lambda one: _("later work") if one.later else _("late entries"),
            110,
            lambda one: "neutral" if one.later else "attention",
        ),
    ]
    table = RecordTable(name, columns)
    table.show_rows(found)
    return table


def _revision_words(revision: Revision) -> str:
    closing = revision.closing
    words = _("Revision {revision}, {at} {who}, check code {code}").format(
        revision=closing.revision,
        at=closing.closed_at[:16].replace("T", " "),
        who=closing.closed_by,
        code=check_code(closing.hash),
    )
    lines = [words]
    if closing.reason:
        lines.append(_("Reason: {reason}").format(reason=closing.reason))
    lines += [f"{tell(one.name)}: {one.before} → {one.after}" for one in revision.differences]
    return "\n".join(lines)


def _way_to(finding: Contradiction) -> tuple[str, dict[str, object]] | None:
    """The page that shows a finding's record, and what it is asked."""
    ways: dict[str, tuple[str, dict[str, object]]] = {
        "case": ("cases", {"number": finding.number}),
        "claim": ("cases", {"claim": finding.number}),
        "measure": ("measures", {"number": finding.number}),
        "draft": ("entry", {"draft": finding.number}),
        "month": ("summary", {"month": finding.number}),
        "settings": ("settings", {"section": finding.number}),
    }
    return ways.get(finding.kind)
