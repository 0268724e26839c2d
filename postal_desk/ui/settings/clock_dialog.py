"""Another limit for a clock, from a day on, with the place where it is written."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtWidgets import QLineEdit, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.periods import Month
from postal_desk.domain.rules import ClockRule
from postal_desk.domain.sentences import FieldRefusal, say
from postal_desk.i18n import _
from postal_desk.services.rule_words import RuleRow, unit_name
from postal_desk.ui.context import Context
from postal_desk.ui.settings.outlet_dialogs import typed_day
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.date_edit import DateEdit
from postal_desk.ui.widgets.editor import Editor
from postal_desk.ui.widgets.form import ChoiceField

_MOST = 36_500


class ClockDialog(Editor):
    """Cases from before the day keep the old limit; on the day the rule itself begins it is corrected instead."""

    def __init__(self, ctx: Context, row: RuleRow, today: date, parent: QWidget) -> None:
        super().__init__(ctx, _("Change the limit: {rule}").format(rule=row.title), parent)
        assert isinstance(row.rule, ClockRule)
        self._row, self._rule = row, row.rule
        self.limit = QLineEdit(str(row.rule.limit))
        self.unit = ChoiceField(
            [(unit, unit_name(unit)) for unit in ("days", "working_days", "months", "years")]
        )
        self.unit.show_value(row.rule.unit)
        self.since = DateEdit(_("Holds from"), ctx.desk.today)
        begins = row.rule.valid_from
        self.since.set_value(
            begins if begins and begins > today else (Month.of(today).last + timedelta(days=1))
        )
        self.source = QLineEdit()
        self.source.setPlaceholderText(_("for example a notice of the province branch, with number and date"))
        self.note = NoteBox()
        self.form.add(_("Limit"), self.limit, key="limit")
        self.form.add(_("Counted in"), self.unit, key="unit")
        self.form.add(_("Holds from"), self.since, key="since")
        self.form.add(_("Source"), self.source, key="source")
        self.inner.insertWidget(1, self.note)
        for changed in (self.limit.textChanged, self.unit.picked, self.since.changed):
            changed.connect(lambda _value: self._tell())
        self._tell()

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.rule_edits import change_limit

        desk, key = self.ctx.desk, self._row.key
        unit, source = str(self.unit.currentData()), self.source.text()
        limit = self._number()
        if limit is None:
            raise FieldRefusal("limit", say("a limit is a whole number from 1 to {most}", most=_MOST))
        since = typed_day(self.since, "since")
        if since is None:
            raise FieldRefusal("since", say("this field is required"))
        return lambda: change_limit(desk, key, limit, unit, since, source)

    def refused(self, error: Exception) -> None:
        """A fault of the rule's own field (``key.limit``) is shown at the field here."""
        if isinstance(error, FieldRefusal) and "." in error.path:
            error = FieldRefusal(error.path.rpartition(".")[2], error.reason)
        super().refused(error)

    def _number(self) -> int | None:
        typed = unicodedata.normalize("NFKC", self.limit.text()).strip()
        number = int(typed) if typed.isdecimal() and len(typed) <= len(str(_MOST)) else 0
        return number if 1 <= number <= _MOST else None

    def _tell(self) -> None:
        since, limit = self.since.value(), self._number()
        if since is None or limit is None:
            self.note.show_text("")
            return
        if since == self._rule.valid_from:
            text = _("The rule is corrected; due days of cases counted by it are set anew.")
        else:
            text = _("Cases from before {day} keep {old}; from {day} on it is {new}.").format(
                day=since,
                old=f"{self._rule.limit} {unit_name(self._rule.unit)}",
                new=f"{limit} {unit_name(str(self.unit.currentData()))}",
            )
        self.note.show_text(text)
