"""Edits of rules as people make them: a limit that is another one from a day on, a year's holidays from a notice.

Each is one commit and one entry to take back, though it changes several rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from postal_desk.domain.changes import Changes
from postal_desk.domain.holiday_notices import Notice
from postal_desk.domain.sentences import FieldRefusal, Label, Refusal, say
from postal_desk.services import rule_book
from postal_desk.services.desk import Desk
from postal_desk.services.entered import checked_text
from postal_desk.services.rule_book import RuleEdit, RuleEntry

#: parts the key of a shipped clock from the day on which an edited form of it begins
_FROM = "__"
_LONGEST_SOURCE = 120
_LONGEST_NAME = 60


def family(key: str) -> str:
    """The key of the shipped rule that an edited form follows (its own key if it is shipped itself)."""
    return key.partition(_FROM)[0]


def change_limit(desk: Desk, key: str, limit: int, unit: str, since: date, source: str) -> Changes:
    """Give a clock another limit from a day on; see :func:`change_from`."""
    return change_from(desk, "clock", key, {"limit": limit, "unit": unit}, since, source)


def change_from(
    desk: Desk, kind: str, key: str, values: Mapping[str, object], since: date, source: str
) -> Changes:
    """Give a rule other values from a day on: the form that held ends the day before and stays for what lies before.

    On the day the rule itself begins it is corrected instead. ``source`` says where the new values are written.
    Refuses a day on which the rule does not hold, values that the rule can't have, an empty source.
    """
    old = dict(_entry(desk, kind, key).payload)
    told = checked_text(source, "source", _LONGEST_SOURCE)
    if not told:
        raise FieldRefusal("source", say("say where the new limit is written"))
    new = {**old, **values, "source": {"zh": told, "en": told}, "mark": "practice"}
    begins, ends = _day(old, "valid_from"), _day(old, "valid_to")
    if begins == since:
        return rule_book.change_rules(desk, "rule.edit", [RuleEdit(kind, key, new)])
    if begins is not None and since < begins:
        raise FieldRefusal("since", say("the rule holds from {day} on; choose a later day", day=begins))
    if ends is not None and since > ends:
        raise FieldRefusal(
            "since", say("the rule held until {day}; change the one that follows it", day=ends)
        )
    new["valid_from"] = since.isoformat()
    old["valid_to"] = (since - timedelta(days=1)).isoformat()
    later = f"{family(key)}{_FROM}{since:%Y%m%d}"
    return rule_book.change_rules(desk, "rule.edit", [RuleEdit(kind, key, old), RuleEdit(kind, later, new)])


def end_rule(desk: Desk, kind: str, key: str, last_day: date) -> Changes:
    """Give a rule its last day; what lies before it is still judged by it. Refuses a day before it began."""
    payload = {**_entry(desk, kind, key).payload, "valid_to": last_day.isoformat()}
    return rule_book.change_rules(desk, "rule.edit", [RuleEdit(kind, key, payload)])


def back_to_shipped(desk: Desk, kind: str, key: str) -> Changes:
    """Take the shipped form of a rule again and drop what was made of it here. :class:`Refusal` if none is shipped."""
    root = family(key)
    grown = [
        e for e in rule_book.list_rules(desk, kind) if e.added and e.key != root and family(e.key) == root
    ]
    shipped = rule_book.shipped_rule(kind, root)
    edits = [RuleEdit(kind, entry.key, None) for entry in grown]
    return rule_book.change_rules(
        desk, "rule.reset", [*edits, RuleEdit(kind, root, shipped.payload, shipped=True)]
    )


def rename_category(desk: Desk, code: str, zh: str, en: str = "") -> Changes:
    """Give a category another name, the Chinese one also in English where that is empty; code and cases stay."""
    names = {"zh": checked_text(zh, "zh", _LONGEST_NAME), "en": checked_text(en or zh, "en", _LONGEST_NAME)}
    if not names["zh"]:
        raise FieldRefusal("zh", say("this field is required"))
    old = next((entry for entry in rule_book.list_rules(desk, "category") if entry.key == code), None)
    if old is None:
        raise Refusal(say("There is no rule {key}; look it up in the list", key=code))
    return rule_book.edit_rule(desk, "category", code, {**old.payload, "name": names})


def close_category(desk: Desk, code: str, last_day: date, successor: str = "") -> Changes:
    """Give a category its last day and what takes its place; the open categories below it end with it."""
    edits = []
    for entry in rule_book.list_rules(desk, "category"):
        payload = dict(entry.payload)
        ends = _day(payload, "valid_to")
        below = payload.get("parent") == code and (ends is None or ends > last_day)
        if entry.key != code and not below:
            continue
        payload["valid_to"] = last_day.isoformat()
        if entry.key == code:
            payload.pop("successor", None)
            payload |= {"successor": successor} if successor else {}
        edits.append(RuleEdit("category", entry.key, payload))
    if not any(edit.key == code for edit in edits):
        raise Refusal(say("There is no rule {key}; look it up in the list", key=code))
    edits.sort(key=lambda edit: edit.key == code)  # the last one gives the change its name
    return rule_book.change_rules(desk, "rule.edit", edits)


def take_notice(desk: Desk, notice: Notice, source: str) -> Changes:
    """Keep the calendar of a notice with its source, and its days in a neighbouring year that is on file."""
    told = checked_text(source, "source", _LONGEST_SOURCE)
    if not told:
        raise FieldRefusal("source", say("say which notice this is"))
    year = replace(notice.calendar, source=Label(told, told))
    outside = {day.year for day in (*notice.outside_holidays, *notice.outside_working_days)}
    neighbours = [
        notice.added_to(desk.rules.calendar[n]) for n in sorted(outside) if n in desk.rules.calendar
    ]
    changes = rule_book.set_calendar(desk, *neighbours, year)
    return replace(changes, said=say("The holidays of {year} are saved", year=str(year.year)))


def _entry(desk: Desk, kind: str, key: str) -> RuleEntry:
    found = next((entry for entry in rule_book.list_rules(desk, kind) if entry.key == key), None)
    if found is None:
        raise Refusal(say("There is no rule {key}; look it up in the list", key=f"{kind} {key}"))
    return found


def _day(payload: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(payload[name]) if payload.get(name) else None
