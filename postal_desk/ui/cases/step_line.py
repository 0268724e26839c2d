"""Reads a step typed as one line: «7-4 电话 编辑部：均为空号» → day, channel, counterpart, result, text.

What it recognises is shown beside the field before anything is saved; the words themselves are never changed
beyond taking the recognised beginning off. Codes come from the rules, in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from postal_desk.domain.rules import Code, Rules
from postal_desk.domain.sentences import Refusal
from postal_desk.domain.typed_dates import read_date
from postal_desk.ui.widgets.initials import initials

_DAY = re.compile(
    r"(?:\d{4}|\d{1,4}[-/.月年][\d\-/.月年]*\d[日号]?|\d{8}|大?前[天日]|昨[天日]|今[天日]|yesterday|today)(?=\s)",
    re.I,
)
_COUNTERPART = re.compile(r"\s*([^：:，,。；;！!？?\n]{1,24})[：:]\s*(?=\S)")
_SLASHED = re.compile(r"(?:^|\s)/(\S+)")
_CLOCK_BEFORE = re.compile(r"\d\s*$")  # «14:30» is no counterpart


@dataclass(frozen=True, slots=True)
class StepLine:
    """What a line says; empty parts were not recognised."""

    text: str
    day: date | None = None
    channel: str = ""
    counterpart: str = ""
    result: str = ""


def read_step_line(line: str, rules: Rules, opened_on: date, today: date) -> StepLine:
    """Read a line. A day without a year falls into the life of the case: not before it was opened, if that
    can be.
    """
    rest = line.strip()
    day, rest = _day(rest, opened_on, today)
    channel, rest = _channel(rest, rules.codes["channels"])
    counterpart, rest = _counterpart(rest)
    result, rest = _result(rest, rules.codes["step_results"])
    return StepLine(rest.strip(), day, channel, counterpart, result)


def _day(line: str, opened_on: date, today: date) -> tuple[date | None, str]:
    found = _DAY.match(line)
    if found is None:
        return None, line
    try:
        day = read_date(found[0], today)
    except Refusal:
        return None, line
    if _has_no_year(found[0]) and day > opened_on.replace(day=1) and day.year > opened_on.year:
        day = _in_life(day, opened_on)
    return day, line[found.end() :].lstrip()


def _has_no_year(written: str) -> bool:
    return written[0].isdigit() and len(re.findall(r"\d+", written)) < 3 and len(written) < 8


def _in_life(day: date, opened_on: date) -> date:
    for year in (opened_on.year, opened_on.year + 1):
        try:
            moved = day.replace(year=year)
        except ValueError:
            continue  # 29 February
        if moved >= opened_on:
            return moved
    return day


def _channel(line: str, codes: Mapping[str, Code]) -> tuple[str, str]:
    """A channel's name as the first word, or glued to the counterpart («电话刊社：»)."""
    for code, name in sorted(_names(codes), key=lambda pair: -len(pair[1])):
        if not line.lower().startswith(name.lower()):
            continue
        rest = line[len(name) :]
        glued = bool(_COUNTERPART.match(rest)) and not name.isascii()
        if not rest or rest[0] in " \t　·,，:：" or glued:
            return code, rest.lstrip(" \t　·,，:：")
    return "", line


def _counterpart(line: str) -> tuple[str, str]:
    found = _COUNTERPART.match(line)
    if found is None or _CLOCK_BEFORE.search(found[1]):
        return "", line
    return found[1].strip(), line[found.end() :]


def _result(line: str, codes: Mapping[str, Code]) -> tuple[str, str]:
    """«/空号» or «/kh» names the result outright and is taken out; a result's name inside the text is
    recognised.
    """
    slashed = _SLASHED.search(line)
    if slashed is not None:
        wanted = slashed[1].casefold()
        for code, name in _names(codes):
            if (
                name.casefold().startswith(wanted)
                or initials(name).startswith(wanted)
                or code.startswith(wanted)
            ):
                return code, (line[: slashed.start()] + line[slashed.end() :]).strip()
    named = [
        (code, name) for code, name in _names(codes) if code != "other" and name.casefold() in line.casefold()
    ]
    return (max(named, key=lambda pair: len(pair[1]))[0] if named else ""), line


def _names(codes: Mapping[str, Code]) -> Iterable[tuple[str, str]]:
    for code in codes.values():
        yield code.code, code.name.zh
        yield code.code, code.name.en
