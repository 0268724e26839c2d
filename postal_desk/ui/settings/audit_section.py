"""Who did what and when: to read, to filter, to prove whole, and to give away as a list."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QMenu, QPushButton, QWidget

from postal_desk.domain.audit_words import AREAS, action_name
from postal_desk.i18n import _, label, language
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.saving_files import FileSaver, form_words
from postal_desk.ui.settings.audit_table import AuditTable
from postal_desk.ui.settings.section import Section
from postal_desk.ui.widgets.buttons import ListButton, link_button
from postal_desk.ui.widgets.card import Card, NoteBox
from postal_desk.ui.widgets.choices import Choice
from postal_desk.ui.widgets.code_combo import CodeCombo
from postal_desk.ui.widgets.date_edit import DateEdit
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.empty_state import EmptyState
from postal_desk.ui.widgets.flow_layout import FlowLayout
from postal_desk.ui.widgets.form import with_none
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.progress import ProgressStrip

if TYPE_CHECKING:
    from postal_desk.services.audit_log import AuditCheck, AuditFilter, AuditRow
    from postal_desk.services.desk import Desk

PAGE = 200


class AuditSection(Section):
    """``go("settings", section="audit", record="220204-2026-11-0001")`` shows what was done to one record.

    Rows are read a page at a time; the audit grows for years.
    """

    name = "audit"
    help = "personal-data"

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.who = CodeCombo(_("Who"), with_none([], _("Everybody")))
        self.what = CodeCombo(_("What"), with_none([], _("Everything")))
        self.record = QLineEdit()
        self.record.setPlaceholderText(_("Number or name of a record"))
        self.record.setAccessibleName(_("Number or name of a record"))
        self.record.editingFinished.connect(self.search)
        self.names = QCompleter([], self)  # outlets, staff and users; numbers are typed
        self.names.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.names.setFilterMode(Qt.MatchFlag.MatchContains)
        self.names.activated.connect(lambda _name: self.search())
        self.record.setCompleter(self.names)
        self.first = DateEdit(_("From day"), ctx.desk.today)
        self.last = DateEdit(_("To day"), ctx.desk.today)
        for day in (self.first, self.last):
            day.setPlaceholderText(_("any day"))
        for field in (self.who, self.what, self.first, self.last):
            field.changed.connect(lambda _value: self.search())
        self.verify_button = dress(QPushButton(_("Check the whole chain")), kind="primary")
        self.verify_button.clicked.connect(self.verify)
        self.export_button = ListButton(_("Export…"))
        forms = QMenu(self.export_button)
        for form in ("xlsx", "csv"):
            forms.addAction(form_words(form) + "…", partial(self.export, form))
        self.export_button.setMenu(forms)
        for tool in (self.export_button, self.verify_button):
            self.head.addWidget(tool)
        self.note = NoteBox()
        self.note.hide()
        self.table = AuditTable(self.accessibleName())
        self.more = link_button(_("Show older rows"), self._read_more)
        self.empty = EmptyState("history")
        self.progress = ProgressStrip()
        self.saver = FileSaver(ctx, self, self.progress)
        self._asked = 0  # the newest question; answers to older ones are dropped
        self._lay_out()

    # -- page ---------------------------------------------------------------------------------------------

    def shown(self, **request: object) -> None:
        if "record" in request:
            self.record.setText(str(request["record"]))
        super().shown(**request)

    def load(self) -> None:
        allowed = self.ctx.desk.may("audit.read")
        self.tools.setVisible(allowed)
        self.export_button.setVisible(allowed)
        if not allowed:
            self.table.hide()
            self.more.hide()
            self.empty.show_text(
                _("The audit is read by managers and auditors"),
                _("What was done to a case stands with the case, for everybody."),
            )
            self.empty.show()
            return
        self.ask(_seen, self._offer)
        self.search()

    def wanted(self) -> AuditFilter:
        """The filter as it is set."""
        from postal_desk.services.audit_log import AuditFilter

        return AuditFilter(
            "",
            self.record.text().strip(),
            self.what.value(),
            self.who.value(),
            self.first.value(),
            self.last.value(),
        )

    def search(self) -> None:
        """Read the newest rows that fit."""
        self._read(0)

    def verify(self) -> None:
        """Go through the whole chain."""
        from postal_desk.services.audit_log import verify_audit

        self.verify_button.setEnabled(False)
        self.note.show_text(_("Checking…"))
        self.ask(verify_audit, self._verified)

    def export(self, form: str) -> None:
        """Ask where to save the rows that fit."""
        desk, wanted, lang = (
            self.ctx.desk,
            self.wanted(),
            self.ctx.settings["document_language"] or language(),
        )

        def write(path: Path) -> Path:
            from postal_desk.services.audit_log import export_audit

            return export_audit(desk, form, path, wanted, lang)

        stem = _("Audit {day}").format(day=desk.today().isoformat())
        self.saver.ask(form, stem, write)

    # -- answers ------------------------------------------------------------------------------------------

    def _read(self, before: int) -> None:
        wanted = self.wanted()
        self._asked += 1
        asked = self._asked

        def read(desk: Desk) -> tuple[int, list[AuditRow]]:
            from postal_desk.services.audit_log import read_page

            return read_page(desk, wanted, PAGE, before)

        def show(found: tuple[int, list[AuditRow]]) -> None:
            if asked == self._asked:
                self._show(found[0], found[1], before)

        self.ask(read, show)

    def _read_more(self) -> None:
        rows = self.table.rows()
        if rows:
            self._read(rows[-1].id)

    def _show(self, total: int, found: list[AuditRow], before: int) -> None:
        rows = [*self.table.rows(), *found] if before else found
        self.table.tell(rows, keep=bool(before))
        self.facts.setText(_("{count} rows").format(count=f"{total:,}"))
        self.table.setVisible(bool(rows))
        self.more.setVisible(len(rows) < total)
        self.empty.setVisible(not rows)
        if not rows:
            self.empty.show_text(
                _("Nothing of that kind"), _("Take a filter away."), _("Show everything"), self._clear
            )

    def _offer(self, seen: tuple[list[str], list[str], list[str]]) -> None:
        who, actions, names = seen
        self.names.setModel(QStringListModel(names, self.names))
        self.who.set_choices(with_none([Choice(name, name) for name in who if name], _("Everybody")))
        areas = list(dict.fromkeys(action.partition(".")[0] for action in actions))
        named = [Choice(area, label(AREAS[area]) if area in AREAS else area) for area in areas]
        single = [Choice(action, label(action_name(action))) for action in actions if "." in action]
        self.what.set_choices(with_none([*named, *single], _("Everything")))

    def _verified(self, found: AuditCheck) -> None:
        self.verify_button.setEnabled(True)
        if found.broken_at is not None:
            text = _(
                "The chain is broken from row {row} on: the file was changed outside this program. Keep the desk as it "
                "is and compare it with a copy."
            ).format(row=found.broken_at)
            self.note.show_text(text, "bad")
        elif found.spoilt_at is not None:
            text = _("The values behind row {row} are not those that were written. Compare with a copy.")
            self.note.show_text(text.format(row=found.spoilt_at), "bad")
        else:
            text = _("All of it is there: {rows} rows, and their chain holds. Head {head}")
            self.note.show_text(text.format(rows=f"{found.rows:,}", head=found.head[:16]))

    def _clear(self) -> None:
        self.record.clear()
        for combo in (self.who, self.what):
            combo.set_value("")
        for day in (self.first, self.last):
            day.set_value(None)
        self.search()

    # -- layout -------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.tools = QWidget()
        row = FlowLayout(self.tools, looks.px(8), looks.px(6))
        for field, width in ((self.who, 130), (self.what, 190), (self.first, 120), (self.last, 120)):
            field.setFixedWidth(looks.px(width))
        self.record.setMinimumWidth(looks.px(210))
        for caption, field in (
            ("", self.who),
            ("", self.what),
            (_("from"), self.first),
            (_("to"), self.last),
        ):
            row.addWidget(_named(caption, field) if caption else field)
        row.addWidget(self.record)
        card = Card(margin=4)
        card.body.setContentsMargins(1, looks.px(4), 1, looks.px(4))
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.empty, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(looks.px(10), 0, 0, 0)
        foot.addWidget(self.more)
        foot.addStretch(1)
        card.body.addLayout(foot)
        self.body.addWidget(self.tools)
        self.body.addWidget(self.note)
        self.body.addWidget(card, 1)
        self.body.addWidget(self.progress)


def _named(caption: str, field: QWidget) -> QWidget:
    """A field with its name before it, which stay together where the line breaks."""
    both = QWidget()
    box = QHBoxLayout(both)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(looks.px(8))
    box.addWidget(text_label(caption, "caption"))
    box.addWidget(field)
    return both


def _seen(desk: Desk) -> tuple[list[str], list[str], list[str]]:
    from postal_desk.services.audit_log import names_in_audit, seen_in_audit

    return *seen_in_audit(desk), names_in_audit(desk)
