"""Another exemption of errors or another limit of recurrence from a day on, or the last day of one."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.periods import Month
from postal_desk.domain.rules import ErrorExemptionRule, RecurrenceRule
from postal_desk.domain.sentences import FieldRefusal, say
from postal_desk.i18n import _
from postal_desk.services.rule_words import RuleRow
from postal_desk.ui.context import Context
from postal_desk.ui.settings.outlet_dialogs import typed_day
from postal_desk.ui.widgets.card import NoteBox
from postal_desk.ui.widgets.choice_row import ChoiceRow
from postal_desk.ui.widgets.choices import code_choices
from postal_desk.ui.widgets.date_edit import DateEdit
from postal_desk.ui.widgets.editor import Editor

_MOST = 120


class AccountabilityDialog(Editor):
    """What lies before the day is judged as before. With a last day and the values left as they are, the rule ends."""

    def __init__(self, ctx: Context, row: RuleRow, today: date, parent: QWidget) -> None:
        super().__init__(ctx, _("Change the rule: {rule}").format(rule=row.title), parent)
        assert isinstance(row.rule, ErrorExemptionRule | RecurrenceRule)
        self._row, self._rule = row, row.rule
        self.limit = QLineEdit(str(getattr(row.rule, "limit", "")))
        self.months = QLineEdit(str(row.rule.months))
        self.causes = ChoiceRow(
            _("Causes"), code_choices(ctx.desk.rules.codes["error_causes"].values()), True
        )
        self.causes.set_values(getattr(row.rule, "causes", ()))
        self.since = DateEdit(_("Holds from"), ctx.desk.today)
        begins = row.rule.valid_from
        self.since.set_value(
            begins if begins and begins > today else Month.of(today).last + timedelta(days=1)
        )
        self.until = DateEdit(_("Last day"), ctx.desk.today)
        self.until.set_value(row.rule.valid_to)
        self.source = QLineEdit()
        self.source.setPlaceholderText(_("for example a notice of the province branch, with number and date"))
        self.note = NoteBox()
        if isinstance(row.rule, RecurrenceRule):
            self.form.add(_("Times"), self.limit, key="limit")
        if row.rule.months:
            self.form.add(_("Months"), self.months, key="months")
        else:
            self.form.add(_("Causes"), self.causes, key="causes")
        self.form.add(_("Holds from"), self.since, key="since")
        ending = _("Only to end the rule as it is; leave it empty otherwise")
        self.form.add(_("Last day"), self.until, ending, "valid_to")
        self.form.add(_("Source"), self.source, key="source")
        self.inner.insertWidget(1, self.note)
        for changed in (self.limit.textChanged, self.months.textChanged, self.since.changed):
            changed.connect(lambda _value: self._tell())
        self.causes.changed.connect(self._tell)
        self.until.changed.connect(lambda _value: self._tell())
        self._tell()

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.rule_edits import change_from, end_rule

        desk, kind, key, source = self.ctx.desk, self._row.kind, self._row.key, self.source.text()
        values = self.values()
        last = typed_day(self.until, "valid_to")
        if last is not None and last != self._rule.valid_to:
            if values != self._old():
                raise FieldRefusal("valid_to", say("change the values or end the rule, one at a time"))
            return lambda: end_rule(desk, kind, key, last)
        since = typed_day(self.since, "since")
        if since is None:
            raise FieldRefusal("since", say("this field is required"))
        return lambda: change_from(desk, kind, key, values, since, source)

    def values(self) -> dict[str, Any]:
        """The rule's own values as typed. :class:`FieldRefusal` for one that is no number."""
        if isinstance(self._rule, RecurrenceRule):
            return {"limit": _number(self.limit, "limit"), "months": _number(self.months, "months")}
        if self._rule.months:
            return {"months": _number(self.months, "months")}
        if not self.causes.values():
            raise FieldRefusal("causes", say("this field is required"))
        return {"causes": list(self.causes.values())}

    def refused(self, error: Exception) -> None:
        """A fault of the rule's own field (``key.limit``) is shown at the field here."""
        if isinstance(error, FieldRefusal) and "." in error.path:
            error = FieldRefusal(error.path.rpartition(".")[2], error.reason)
        super().refused(error)

    def _old(self) -> dict[str, Any]:
        rule = self._rule
        if isinstance(rule, RecurrenceRule):
            return {"limit": rule.limit, "months": rule.months}
        return {"months": rule.months} if rule.months else {"causes": list(rule.causes)}

    def _tell(self) -> None:
        since, last = self.since.value(), self.until.value()
        if last is not None and last != self._rule.valid_to:
            text = _("What lies after {day} is no longer judged by this rule.").format(day=last)
        elif since is not None and since == self._rule.valid_from:
            text = _("The rule is corrected; it holds as corrected from its first day on.")
        elif since is not None:
            text = _("What lies before {day} is judged by the old values, the rest by the new ones.").format(
                day=since
            )
        else:
            text = ""
        self.note.show_text(text)


def _number(field: QLineEdit, path: str) -> int:
    typed = unicodedata.normalize("NFKC", field.text()).strip()
    number = int(typed) if typed.isdecimal() and len(typed) <= len(str(_MOST)) else 0
    if not 1 <= number <= _MOST:
        raise FieldRefusal(path, say("a limit is a whole number from 1 to {most}", most=_MOST))
    return number
