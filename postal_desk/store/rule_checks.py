"""What one rule can't show alone: names that point nowhere, periods that overlap, days outside their year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import NoReturn

from postal_desk.domain.canned import PLACES, VARIABLES, variables_in
from postal_desk.domain.rules import Category, Code, Dated, Division, Rules
from postal_desk.domain.sentences import Sentence, say
from postal_desk.store.rule_records import RuleFault

MARKS = ("S1", "S2", "law", "notice", "practice")
UNITS = ("days", "working_days", "months", "years")
STARTS = ("posting", "inquiry", "complaint", "forwarding", "undeliverable")
VARIANTS = ("", "international", "remote")
MULTIPLES = ("postage_multiple", "actual_loss_capped")
BASES = (*MULTIPLES, "insured_amount", "insured_share", "none", "no_amount")
LONGEST = 36_500  # a hundred years of days; more is a slip of the finger
ERROR_GROUNDS = ("new_staff", "accepted_cause")
GROUNDS = ("gross_negligence", "terms_not_displayed")

CODE = re.compile(r"[a-z0-9][a-z0-9_]*")
CATEGORY = re.compile(r"\d\d(\.[a-z][a-z0-9_]*)?", re.ASCII)
DIVISION = re.compile(r"\d{6}", re.ASCII)
REGION = re.compile(r"(\d\d){1,3}", re.ASCII)


class _Rule:
    """One rule under check, so that each complaint names it."""

    def __init__(self, kind: str, key: str) -> None:
        self.kind = kind
        self.key = key

    def refuse(self, path: str, reason: Sentence) -> NoReturn:
        raise RuleFault(self.kind, self.key, path, reason)

    def among(self, path: str, values: Iterable[str], allowed: Iterable[str]) -> None:
        """Each value must be one of the allowed ones."""
        known = tuple(allowed)
        for value in values:
            if value not in known:
                self.refuse(path, say("{code} is not one of: {codes}", code=repr(value), codes=known))

    def period(self, record: Dated, path: str = "valid_to") -> None:
        """A validity must not end before it begins."""
        if record.valid_from and record.valid_to and record.valid_to < record.valid_from:
            self.refuse(
                path,
                say(
                    "the end {end} is before the start {start}", end=record.valid_to, start=record.valid_from
                ),
            )


def check_rules(rules: Rules) -> None:
    """:class:`RuleFault` on the first rule that contradicts another or leaves its allowed values."""
    for check in (
        _codes,
        _categories,
        _clocks,
        _counting,
        _compensation,
        _relief,
        _accountability,
        _texts,
        _calendar,
        _divisions,
        _indicators,
    ):
        check(rules)


def _codes(rules: Rules) -> None:
    for list_name, entries in rules.codes.items():
        if not entries:
            raise RuleFault("code", list_name, "", say("this list of codes is missing or empty"))
        for code in entries.values():
            rule = _Rule("code", f"{list_name}.{code.code}")
            if not CODE.fullmatch(code.code):
                rule.refuse("", say("a code is one lower-case English word, joined by _"))
            _check_entry(rule, code, entries)


def _categories(rules: Rules) -> None:
    for code, category in rules.categories.items():
        rule = _Rule("category", code)
        if not CATEGORY.fullmatch(code):
            rule.refuse(
                "",
                say(
                    "a category is two digits, a child adds a dot and a word: {example}",
                    example="07.domestic",
                ),
            )
        parent = code.partition(".")[0] if "." in code else None
        if category.parent != parent:
            rule.refuse(
                "parent", say("the parent of {code} must be {parent}", code=code, parent=parent or "—")
            )
        if parent is not None and parent not in rules.categories:
            rule.refuse("parent", say("{code} is no other entry of this list", code=repr(parent)))
        _check_entry(rule, category, rules.categories)


def _check_entry(rule: _Rule, entry: Code | Category | Division, known: Mapping[str, object]) -> None:
    rule.among("mark", [entry.mark], ("", *MARKS))
    rule.period(entry)
    if entry.successor is not None and (entry.successor == entry.code or entry.successor not in known):
        rule.refuse("successor", say("{code} is no other entry of this list", code=repr(entry.successor)))


def _clocks(rules: Rules) -> None:
    for clock in rules.clocks:
        rule = _Rule("clock", clock.key)
        rule.among("clock", [clock.clock], rules.codes["clocks"])
        if not 1 <= clock.limit <= LONGEST:
            rule.refuse("limit", say("a limit is from 1 to {most}", most=LONGEST))
        rule.among("unit", [clock.unit], UNITS)
        rule.among("start", [clock.start], STARTS)
        rule.among("variant", [clock.variant], VARIANTS)
        rule.among("kinds", clock.kinds, rules.codes["kinds"])
        rule.among("business", clock.business, ("", *rules.codes["business"]))
        for region in clock.regions:
            if not REGION.fullmatch(region):
                rule.refuse(
                    "regions", say("{code} is not the beginning of a division code", code=repr(region))
                )
        rule.among("mark", [clock.mark], MARKS)
        rule.period(clock)
    for one, other in combinations(rules.clocks, 2):
        same = (one.clock, one.variant, one.regions) == (other.clock, other.variant, other.regions)
        if same and _meet(one.kinds, other.kinds) and _meet(one.business, other.business):
            _no_overlap("clock", [(one.key, one), (other.key, other)])


def _meet(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """True if two selections have a case in common; an empty one selects all."""
    return not some or not others or bool(set(some) & set(others))


def _counting(rules: Rules) -> None:
    for counting in rules.counting:
        rule = _Rule("counting", counting.key)
        rule.among("mark", [counting.mark], MARKS)
        rule.period(counting)
    _no_overlap("counting", [(counting.key, counting) for counting in rules.counting])


def _compensation(rules: Rules) -> None:
    for entry in rules.compensation:
        rule = _Rule("compensation", entry.key)
        rule.among("classes", entry.classes, rules.codes["classes"])
        rule.among("events", entry.events, rules.codes["events"])
        rule.among("basis", [entry.basis], BASES)
        if (entry.basis in MULTIPLES) != (entry.factor is not None):
            rule.refuse(
                "factor", say("a factor belongs to these bases and to no other: {codes}", codes=MULTIPLES)
            )
        if entry.factor is not None and entry.factor <= 0:
            rule.refuse("factor", say("a factor is more than 0"))
        rule.among("mark", [entry.mark], MARKS)
        rule.period(entry)
    for mail_class in rules.codes["classes"]:
        for event in rules.codes["events"]:
            fitting = [
                (e.key, e) for e in rules.compensation if mail_class in e.classes and event in e.events
            ]
            _no_overlap("compensation", fitting)


def _relief(rules: Rules) -> None:
    for exemption in rules.exemptions:
        rule = _Rule("exemption", exemption.key)
        rule.among("exemption", [exemption.exemption], rules.codes["exemptions"])
        rule.among("classes", exemption.classes, rules.codes["classes"])
        rule.among("mark", [exemption.mark], MARKS)
        rule.period(exemption)
    for loss in rules.cap_losses:
        rule = _Rule("cap_loss", loss.key)
        rule.among("ground", [loss.ground], GROUNDS)
        rule.among("classes", loss.classes, rules.codes["classes"])
        rule.among("mark", [loss.mark], MARKS)
        rule.period(loss)


def _texts(rules: Rules) -> None:
    """Canned texts and the lines of checklists: codes that exist, variables that are known."""
    for text in rules.canned:
        rule = _Rule("canned", text.key)
        rule.among("places", text.places, PLACES)
        rule.among("channels", text.channels, rules.codes["channels"])
        rule.among("results", text.results, rules.codes["step_results"])
        rule.among("dispositions", text.dispositions, rules.codes["dispositions"])
        rule.among("text", (*variables_in(text.text.zh), *variables_in(text.text.en)), VARIABLES)
        rule.period(text)
    for item in rules.check_items:
        rule = _Rule("check_item", item.key)
        rule.among("categories", item.categories, rules.categories)
        rule.among("classes", item.classes, rules.codes["classes"])
        rule.among("kinds", item.kinds, rules.codes["kinds"])
        rule.among("channels", item.channels, rules.codes["channels"])
        rule.among("results", item.results, rules.codes["step_results"])
        rule.period(item)


def _accountability(rules: Rules) -> None:
    for error in rules.error_exemptions:
        rule = _Rule("error_exemption", error.key)
        rule.among("ground", [error.ground], ERROR_GROUNDS)
        rule.among("causes", error.causes, rules.codes["error_causes"])
        if (error.ground == "new_staff") != (error.months > 0):
            rule.refuse(
                "months", say("months belong to the ground {ground} and to no other", ground="new_staff")
            )
        if (error.ground == "accepted_cause") != bool(error.causes):
            rule.refuse(
                "causes", say("causes belong to the ground {ground} and to no other", ground="accepted_cause")
            )
        rule.among("mark", [error.mark], MARKS)
        rule.period(error)
    for limit in rules.recurrence:
        rule = _Rule("recurrence", limit.key)
        if not 2 <= limit.limit <= LONGEST:
            rule.refuse("limit", say("a limit is from {least} to {most}", least=2, most=LONGEST))
        if not 1 <= limit.months <= 120:
            rule.refuse("months", say("a limit is from {least} to {most}", least=1, most=120))
        rule.among("mark", [limit.mark], MARKS)
        rule.period(limit)
    _no_overlap("recurrence", [(limit.key, limit) for limit in rules.recurrence])


def _calendar(rules: Rules) -> None:
    for year in rules.calendar.values():
        rule = _Rule("calendar", str(year.year))
        for path, days in (("holidays", set(year.holidays)), ("working_days", year.working_days)):
            for day in sorted(days):
                if day.year != year.year:
                    rule.refuse(path, say("{day} is not in {year}", day=day, year=year.year))
        for day in sorted(year.working_days):
            if day in year.holidays:
                rule.refuse("working_days", say("{day} is a holiday and a working day at once", day=day))
            if day.weekday() < 5:
                rule.refuse(
                    "working_days",
                    say("{day} is no Saturday or Sunday, so it is a working day anyway", day=day),
                )


def _divisions(rules: Rules) -> None:
    for code, periods in rules.divisions.items():
        rule = _Rule("division", code)
        if not DIVISION.fullmatch(code):
            rule.refuse("", say("a division code has six digits"))
        for period in periods:
            _check_entry(rule, period, rules.divisions)
            if period.parent is not None and (period.parent == code or period.parent not in rules.divisions):
                rule.refuse("parent", say("{code} is no other entry of this list", code=repr(period.parent)))
        _no_overlap("division", [(code, period) for period in periods])


def _indicators(rules: Rules) -> None:
    for indicator in rules.indicators:
        _Rule("indicator", indicator.key).among("mark", [indicator.mark], MARKS)


def _no_overlap(kind: str, records: Sequence[tuple[str, Dated]]) -> None:
    """No two of these may hold on one day: it would be open which of them counts."""
    for (key, one), (other_key, other) in combinations(records, 2):
        starts = [record.valid_from or date.min for record in (one, other)]
        ends = [record.valid_to or date.max for record in (one, other)]
        if max(starts) <= min(ends):
            _Rule(kind, other_key).refuse(
                "valid_from", say("it holds on the same days as {other}", other=key)
            )
