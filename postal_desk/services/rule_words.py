"""The rules in words: what each says, to whom it applies, where it is written, and how two forms of one differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from postal_desk.domain.counting import limit_text
from postal_desk.domain.rules import (
    CapLossRule,
    ClockRule,
    CompensationRule,
    CountingRule,
    ErrorExemptionRule,
    ExemptionRule,
    RecurrenceRule,
    Rules,
)
from postal_desk.domain.sentences import Label
from postal_desk.i18n import _, enumerate_words, label, tell

if TYPE_CHECKING:
    from postal_desk.services.rule_book import RuleEntry

AnyRule = (
    ClockRule
    | CompensationRule
    | ExemptionRule
    | CapLossRule
    | CountingRule
    | ErrorExemptionRule
    | RecurrenceRule
)
#: group of the page → kinds of rules
GROUPS: Mapping[str, tuple[str, ...]] = {
    "clock": ("clock",),
    "compensation": ("compensation", "exemption", "cap_loss"),
    "accountability": ("error_exemption", "recurrence"),
    "counting": ("counting",),
}
#: kinds whose values can be changed from a day on
CHANGEABLE = ("clock", "error_exemption", "recurrence")
_CODE_LISTS = {
    "kinds": "kinds",
    "business": "business",
    "classes": "classes",
    "events": "events",
    "causes": "error_causes",
}


@dataclass(frozen=True)
class RuleRow:
    """One rule as the page shows it. ``applies``: in this branch, today or later."""

    kind: str
    key: str
    title: str
    says: str
    rule: AnyRule
    entry: RuleEntry
    applies: bool

    @property
    def source(self) -> Label:
        """Where it is written."""
        rule = self.rule
        if isinstance(rule, CompensationRule | ExemptionRule | CapLossRule):
            return rule.article
        return rule.source


def rule_rows(rules: Rules, entries: Sequence[RuleEntry], today: date, division: str) -> list[RuleRow]:
    """All rules of the page, in their order."""
    found: dict[tuple[str, str], AnyRule] = {("clock", rule.key): rule for rule in rules.clocks}
    found |= {("compensation", rule.key): rule for rule in rules.compensation}
    found |= {("exemption", rule.key): rule for rule in rules.exemptions}
    found |= {("cap_loss", rule.key): rule for rule in rules.cap_losses}
    found |= {("counting", rule.key): rule for rule in rules.counting}
    found |= {("error_exemption", rule.key): rule for rule in rules.error_exemptions}
    found |= {("recurrence", rule.key): rule for rule in rules.recurrence}
    rows = []
    for entry in entries:
        rule = found.get((entry.kind, entry.key))
        if rule is None:
            continue
        past = rule.valid_to is not None and rule.valid_to < today
        here = not isinstance(rule, ClockRule) or not rule.regions or division.startswith(rule.regions)
        title, says = _title(rule, rules), _says(rule, rules)
        rows.append(RuleRow(entry.kind, entry.key, title, says, rule, entry, here and not past))
    return sorted(
        rows, key=lambda row: (_group(row.kind), _root(row.key, rows), row.rule.valid_from or date.min)
    )


def facts(row: RuleRow, rules: Rules) -> list[tuple[str, str]]:
    """What is to know of a rule: label and text."""
    rule = row.rule
    told = [(_("Provision"), row.says)]
    if isinstance(rule, ClockRule):
        told.append((_("Runs"), start_name(rule.start)))
        told.append(
            (
                _("Ends"),
                _("with the answer to the customer") if rule.reply else _("on its day, answered or not"),
            )
        )
        told.append((_("Kinds"), _names(rule.kinds, "kinds", rules) or _("any")))
        told.append((_("Business"), _names(rule.business, "business", rules) or _("any")))
        if rule.regions:
            told.append(
                (_("Only in"), _("codes that begin with {codes}").format(codes=enumerate_words(rule.regions)))
            )
    if isinstance(rule, CompensationRule):
        told.append((_("Mail"), _names(rule.classes, "classes", rules)))
        told.append((_("Event"), _names(rule.events, "events", rules)))
    if isinstance(rule, ErrorExemptionRule):
        told.append((_("Ground"), error_ground(rule.ground)))
    if isinstance(rule, RecurrenceRule):
        told.append(
            (_("Counts"), _("cases of one category, or problems under one clause, at the same outlet"))
        )
        told.append((_("Then"), _("a named person is called to account")))
    if isinstance(rule, ExemptionRule | CapLossRule):
        told.append((_("Mail"), _names(rule.classes, "classes", rules)))
    told.append((_("In force"), period(rule.valid_from, rule.valid_to)))
    told.append((_("Source"), label(row.source)))
    told.append(
        (
            _("Kind of source"),
            _("entered here") if row.entry.edited or row.entry.added else mark_name(rule.mark),
        )
    )
    note = getattr(rule, "note", None)
    if note:
        told.append((_("Note"), label(note)))
    return told


def period(first: date | None, last: date | None) -> str:
    """«2009-10-01 起», «至 2025-05-31», «不限»."""
    if first and last:
        return _("{first} to {last}").format(first=first, last=last)
    if first:
        return _("from {first} on").format(first=first)
    return _("until {last}").format(last=last) if last else _("always")


def unit_name(unit: str) -> str:
    """A unit in words, for more than one."""
    return {
        "days": _("days"),
        "working_days": _("working days"),
        "months": _("months"),
        "years": _("years"),
    }.get(unit, unit)


def start_name(start: str) -> str:
    """What a clock runs from."""
    return {
        "posting": _("from the day of posting"),
        "inquiry": _("from the day of the inquiry"),
        "complaint": _("from the day of the complaint"),
        "forwarding": _("from the day it was forwarded"),
        "undeliverable": _("from the day it was confirmed that the letter can't be returned"),
    }.get(start, start)


def mark_name(mark: str) -> str:
    """How sure the source is."""
    return {
        "law": _("text of the law"),
        "notice": _("official notice"),
        "practice": _("common practice, unverified"),
        "weak": _("weak source, unverified"),
    }.get(mark, _("public report"))


def differences(mine: Mapping[str, Any], shipped: Mapping[str, Any], rules: Rules) -> list[str]:
    """Field by field what the shipped form says otherwise: «时限:5 → 7»."""
    names = [name for name in {**mine, **shipped} if mine.get(name) != shipped.get(name)]
    return [
        _("{field}: yours {mine}, shipped {shipped}").format(
            field=_field_name(name),
            mine=_value(name, mine.get(name), rules),
            shipped=_value(name, shipped.get(name), rules),
        )
        for name in names
    ]


def _title(rule: AnyRule, rules: Rules) -> str:
    if isinstance(rule, ClockRule | ErrorExemptionRule | RecurrenceRule):
        return label(rule.name)
    if isinstance(rule, CompensationRule):
        mail, events = _names(rule.classes, "classes", rules), _names(rule.events, "events", rules)
        return _("{mail}: {events}").format(mail=mail, events=events)
    if isinstance(rule, ExemptionRule):
        return _("No liability: {cause}").format(cause=label(rules.name("exemptions", rule.exemption)))
    if isinstance(rule, CapLossRule):
        return _("No limit of liability: {ground}").format(ground=_ground(rule.ground))
    return _("Counting of periods")


def _says(rule: AnyRule, rules: Rules) -> str:
    if isinstance(rule, ClockRule):
        return tell(limit_text(rule))
    if isinstance(rule, CompensationRule):
        return _basis(rule)
    if isinstance(rule, ExemptionRule):
        return _("nothing is paid (0.00)")
    if isinstance(rule, CapLossRule):
        return _("the proven loss is owed")
    if isinstance(rule, RecurrenceRule):
        return _("{limit} × in {months} months").format(limit=rule.limit, months=rule.months)
    if isinstance(rule, ErrorExemptionRule):
        if rule.months:
            return _("{months} months exempt").format(months=rule.months)
        return _("exempt: {causes}").format(causes=_names(rule.causes, "error_causes", rules))
    return _("the first day is not counted; a last day that is a rest day moves to the next working day")


def _basis(rule: CompensationRule) -> str:
    factor = f"{rule.factor:f}" if rule.factor is not None else ""
    return {
        "postage_multiple": _("{factor} × postage"),
        "actual_loss_capped": _("the loss, at most {factor} × postage"),
        "insured_amount": _("the insured sum"),
        "insured_share": _("loss × insured sum ÷ full value"),
        "none": _("nothing is paid (0.00)"),
        "no_amount": _("the articles give no amount"),
    }[rule.basis].format(factor=factor)


def _ground(ground: str) -> str:
    names = {
        "gross_negligence": _("intent or gross negligence"),
        "terms_not_displayed": _("terms not displayed"),
    }
    return names.get(ground, ground)


def error_ground(ground: str) -> str:
    """What an exemption of errors rests on."""
    names = {
        "new_staff": _("the error lies within so many months of the day of joining"),
        "accepted_cause": _("the cause is one of these, and somebody accepted the evidence for it"),
    }
    return names.get(ground, ground)


def _names(codes: Iterable[str], list_name: str, rules: Rules) -> str:
    return enumerate_words(label(rules.name(list_name, code)) for code in codes if code)


def _field_name(name: str) -> str:
    return {
        "limit": _("Limit"),
        "unit": _("Counted in"),
        "start": _("Runs"),
        "source": _("Source"),
        "article": _("Source"),
        "kinds": _("Kinds"),
        "business": _("Business"),
        "classes": _("Mail"),
        "events": _("Event"),
        "valid_from": _("Valid from"),
        "valid_to": _("Valid to"),
        "note": _("Note"),
        "name": _("Rule"),
        "mark": _("Kind of source"),
        "factor": _("Factor"),
        "months": _("Months"),
        "causes": _("Causes"),
        "ground": _("Ground"),
    }.get(name, name)


def _value(name: str, value: Any, rules: Rules) -> str:
    if value is None or value in ("", []):
        return "—"
    if isinstance(value, Mapping) and {"zh", "en"} <= value.keys():
        return label(Label(value["zh"], value["en"]))
    if isinstance(value, list):
        known = _CODE_LISTS.get(name)
        return _names(value, known, rules) if known else enumerate_words(map(str, value))
    if name == "unit":
        return unit_name(value)
    if name == "start":
        return start_name(value)
    return mark_name(value) if name == "mark" else str(value)


def _group(kind: str) -> int:
    return next(place for place, kinds in enumerate(GROUPS.values()) if kind in kinds)


def _root(key: str, rows: Sequence[RuleRow]) -> int:
    """The place of the shipped rule that an edited form follows, so that both stand together."""
    from postal_desk.services.rule_edits import family

    return next((place for place, row in enumerate(rows) if row.key == family(key)), len(rows))
