"""Rules as plain rows (kind, key, payload) and back, so that a desk's edited rules survive an upgrade.

A payload holds JSON values only: labels ``{"zh", "en"}``, dates ``YYYY-MM-DD``, decimals as text, lists.
Fields at their default are left out, so a field added later changes no stored payload. The dataclasses of
:mod:`postal_desk.domain.rules` are the schema; the field types are read from them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Any, NamedTuple, TypeVar, cast

from postal_desk.domain.rules import (
    CODE_LISTS,
    CalendarYear,
    CannedText,
    CapLossRule,
    Category,
    CheckItem,
    ClockRule,
    Code,
    CompensationRule,
    CountingRule,
    Division,
    ErrorExemptionRule,
    ExemptionRule,
    Indicator,
    RecurrenceRule,
    Rules,
)
from postal_desk.domain.sentences import FieldRefusal, Sentence, say
from postal_desk.store.rule_values import READERS, WrongValue, plain, read_words


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """One rule as a desk stores it; ``key`` is unique within its ``kind``."""

    kind: str
    key: str
    payload: Mapping[str, object]

    def fingerprint(self) -> str:
        """SHA-256 of the payload in canonical form, to tell an edited rule from the shipped one."""
        text = json.dumps(self.payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


class RuleFault(FieldRefusal):
    """A rule record that can't be used: its kind, its key, the field within it and the reason."""

    def __init__(self, kind: str, key: str, path: str, reason: Sentence) -> None:
        super().__init__(f"{key}.{path}" if path else key, reason)
        self.kind = kind
        self.key = key


#: kind → (dataclass, the field that the key gives)
SHAPES: Mapping[str, tuple[type, str]] = {
    "code": (Code, "code"),
    "category": (Category, "code"),
    "clock": (ClockRule, "key"),
    "counting": (CountingRule, "key"),
    "compensation": (CompensationRule, "key"),
    "exemption": (ExemptionRule, "key"),
    "cap_loss": (CapLossRule, "key"),
    "error_exemption": (ErrorExemptionRule, "key"),
    "recurrence": (RecurrenceRule, "key"),
    "canned": (CannedText, "key"),
    "check_item": (CheckItem, "key"),
    "calendar": (CalendarYear, "year"),
    "division": (Division, "code"),
    "indicator": (Indicator, "key"),
}
#: the two surname lists are records too: payload ``{"names": [...]}``
SURNAME_KEYS = ("compound", "single")

T = TypeVar("T")


def iter_rule_records(rules: Rules) -> Iterator[RuleRecord]:
    """Every rule as a record, in a stable order; the reader's word lists, never edited, are left out."""
    for list_name, entries in rules.codes.items():
        for code in entries.values():
            yield RuleRecord("code", f"{list_name}.{code.code}", _payload(code, "code"))
    for category in rules.categories.values():
        yield RuleRecord("category", category.code, _payload(category, "code"))
    keyed: tuple[tuple[str, tuple[Any, ...]], ...] = (
        ("clock", rules.clocks),
        ("counting", rules.counting),
        ("compensation", rules.compensation),
        ("exemption", rules.exemptions),
        ("cap_loss", rules.cap_losses),
        ("error_exemption", rules.error_exemptions),
        ("recurrence", rules.recurrence),
        ("canned", rules.canned),
        ("check_item", rules.check_items),
        ("indicator", rules.indicators),
    )
    for kind, group in keyed:
        for rule in group:
            yield RuleRecord(kind, rule.key, _payload(rule, "key"))
    for year in rules.calendar.values():
        yield RuleRecord("calendar", str(year.year), _payload(year, "year"))
    for code_text, periods in rules.divisions.items():
        yield RuleRecord("division", code_text, {"periods": [_payload(period, "code") for period in periods]})
    for key, names in zip(SURNAME_KEYS, (rules.compound_surnames, rules.surnames), strict=True):
        yield RuleRecord("surnames", key, {"names": sorted(names)})


def build_rules(records: Iterable[RuleRecord], reader: Mapping[str, object] | None = None) -> Rules:
    """The rules that the records say, in their order; :class:`RuleFault` on the first unusable value.

    ``reader`` is handed through. What one record can't show (duplicates, dangling parents) is checked by
    :func:`postal_desk.store.rule_checks.check_rules`.
    """
    codes: dict[str, dict[str, Code]] = {name: {} for name in CODE_LISTS}
    groups: dict[str, dict[str, Any]] = {kind: {} for kind in (*SHAPES, "surnames")}
    for record in records:
        group = groups.get(record.kind)
        if group is None:
            known = tuple(sorted(groups))
            raise RuleFault(record.kind, record.key, "", say("the kinds of rules are: {kinds}", kinds=known))
        if record.key in group:
            raise RuleFault(record.kind, record.key, "", say("this key occurs twice"))
        group[record.key] = read_rule(record)
    for key, code in groups["code"].items():
        codes[key.partition(".")[0]][code.code] = code
    surnames = groups["surnames"]
    return Rules(
        codes=codes,
        categories=groups["category"],
        clocks=tuple(groups["clock"].values()),
        counting=tuple(groups["counting"].values()),
        compensation=tuple(groups["compensation"].values()),
        exemptions=tuple(groups["exemption"].values()),
        cap_losses=tuple(groups["cap_loss"].values()),
        error_exemptions=tuple(groups["error_exemption"].values()),
        recurrence=tuple(groups["recurrence"].values()),
        canned=tuple(groups["canned"].values()),
        check_items=tuple(groups["check_item"].values()),
        calendar={year.year: year for year in groups["calendar"].values()},
        divisions=groups["division"],
        indicators=tuple(groups["indicator"].values()),
        compound_surnames=surnames.get("compound", frozenset()),
        surnames=surnames.get("single", frozenset()),
        reader=reader if reader is not None else {},
    )


def read_rule(record: RuleRecord) -> object:
    """The rule of one record: an object of :data:`SHAPES`, a division's tuple of periods, a set of surnames.

    :class:`RuleFault` names the field and what was expected.
    """
    if record.kind == "surnames":
        return _read_surnames(record)
    if record.kind == "division":
        return _read_periods(record)
    shape, identity = SHAPES[record.kind]
    given: object = record.key
    if record.kind == "code":
        list_name, dot, given = record.key.partition(".")
        if not dot or list_name not in CODE_LISTS:
            raise RuleFault(record.kind, record.key, "", say("the code lists are: {lists}", lists=CODE_LISTS))
    elif record.kind == "calendar":
        if not (record.key.isascii() and record.key.isdigit() and len(record.key) == 4):
            raise RuleFault(record.kind, record.key, "", say("expected a year of four digits"))
        given = int(record.key)
    return _read(shape, record, {identity: given}, record.payload, "")


def _read_surnames(record: RuleRecord) -> frozenset[str]:
    if record.key not in SURNAME_KEYS:
        raise RuleFault(
            record.kind, record.key, "", say("the surname lists are: {lists}", lists=SURNAME_KEYS)
        )
    try:
        names = read_words(record.payload.get("names"))
    except WrongValue as wrong:
        raise RuleFault(record.kind, record.key, "names", wrong.sentence) from None
    length = 2 if record.key == "compound" else 1
    for name in names:
        if len(name) != length:
            reason = say("{name} has not {count} characters", name=name, count=length)
            raise RuleFault(record.kind, record.key, "names", reason)
    if len(set(names)) != len(names):
        twice = tuple(sorted({name for name in names if names.count(name) > 1}))
        raise RuleFault(record.kind, record.key, "names", say("these occur twice: {names}", names=twice))
    return frozenset(names)


def _read_periods(record: RuleRecord) -> tuple[Division, ...]:
    periods = record.payload.get("periods")
    if not isinstance(periods, list) or not periods or not all(isinstance(part, Mapping) for part in periods):
        raise RuleFault(record.kind, record.key, "periods", say("expected a list of tables"))
    return tuple(
        _read(Division, record, {"code": record.key}, part, f"periods[{at}]" if len(periods) > 1 else "")
        for at, part in enumerate(periods, start=1)
    )


def _read(
    shape: type[T], record: RuleRecord, values: dict[str, object], payload: Mapping[str, object], prefix: str
) -> T:
    """Make one dataclass from the payload's values and those that the key gives."""

    def fault(name: str, reason: Sentence) -> RuleFault:
        return RuleFault(record.kind, record.key, f"{prefix}.{name}" if prefix else name, reason)

    declared = _declared(cast(Any, shape))
    for name in payload:
        if name not in declared or name in values:
            known = tuple(name for name in declared if name not in values)
            raise fault(name, say("this key is not known; known are: {keys}", keys=known))
    for name, field in declared.items():
        if name not in payload:
            if field.needed and name not in values:
                raise fault(name, say("the value is missing"))
            continue
        try:
            values[name] = field.read(payload[name])
        except WrongValue as wrong:
            raise fault(name, wrong.sentence) from None
        if values[name] == "" and field.filled:
            raise fault(name, say("the value is empty"))
    return shape(**values)


class _Declared(NamedTuple):
    """A field of a shape: how it is read, whether it has to be there, whether it may be empty."""

    read: Callable[[object], object]
    needed: bool
    filled: bool


@cache
def _declared(shape: Any) -> dict[str, _Declared]:
    """The fields of a dataclass by name, looked up once for its hundreds of records."""
    return {
        field.name: _Declared(
            READERS[str(field.type)],
            field.default is MISSING and field.default_factory is MISSING,
            field.default is MISSING,
        )
        for field in fields(shape)
    }


def _payload(rule: Any, identity: str) -> dict[str, object]:
    values: dict[str, object] = {}
    for field in fields(rule):
        value = getattr(rule, field.name)
        if field.name == identity or (field.default is not MISSING and value == field.default):
            continue
        values[field.name] = plain(value)
    return values
