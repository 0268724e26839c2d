"""One long cell of what was done, cut into dated steps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MARK = re.compile(
    r"(?P<before>^|[\n;；。]|[\s，,、)）.]|(?<=[0-9])[、.)）])\s*(?:[(（]?[0-9]{1,2}[)）、.]\s*)?"
    r"(?:(?P<y>(?:19|20)?[0-9]{2})\s*[年/.\-]\s*)?(?P<m>1[0-2]|0?[1-9])\s*(?P<sep>[月/.\-])\s*"
    r"(?P<d>3[01]|[12][0-9]|0?[1-9])(?P<day>\s*[日号])?(?![0-9])"
    r"(?P<clock>\s*(?:上午|下午|晚)?\s*[0-9]{1,2}\s*[:：时点]\s*[0-9]{0,2}分?)?"
)
#: A day named within a sentence: a promise, not a step.
_NOT_A_STEP = re.compile(
    r"\s*(?:日|号)?\s*(?:前|之前|以前|内|之内|左右|至|到|起|的|元|%|件|次|个|天|公里|斤|千克|kg)"
)
_CLOCK = re.compile(r"(下午|晚)?\s*([0-9]{1,2})\s*[:：时点]\s*([0-9]{0,2})")
_TRIM = " \t\n;；，,、:：。"


@dataclass(frozen=True, slots=True)
class StepText:
    """``at`` is a day or a moment; ``dated`` is false if the cell gave no day for it."""

    at: str
    text: str
    dated: bool


def split_steps(text: str, opened_on: date, undated_on: date) -> list[StepText]:
    """The steps of a cell in their order. Nothing of the text is lost but its dates and the marks between.

    A date without a year is the first such day from the opening on (a month before it at most is taken as it is).
    """
    marks = [
        (found, day) for found in _MARK.finditer(text) if (day := _day(found, text, opened_on)) is not None
    ]
    if not marks:
        whole = text.strip()
        return [StepText(undated_on.isoformat(), whole, dated=False)] if whole else []
    steps = []
    lead = text[: marks[0][0].start()].strip(_TRIM)
    if lead:
        steps.append(StepText(opened_on.isoformat(), lead, dated=False))
    for at, (found, day) in enumerate(marks):
        end = marks[at + 1][0].start() if at + 1 < len(marks) else len(text)
        if at + 1 < len(marks) and text[end : end + 1] in "。)）":
            end += 1
        said = text[found.end() : end].strip(" \t\n;；，,、:：")
        steps.append(
            StepText(day.isoformat() + _clock(found["clock"]), said or found[0].strip(_TRIM), dated=True)
        )
    return steps


def _day(found: re.Match[str], text: str, opened_on: date) -> date | None:
    if _NOT_A_STEP.match(text, found.end()):
        return None
    at_start = found["before"] == "" or found["before"] in "\n;；。"
    clear = found["sep"] == "月" or found["y"] is not None
    if not clear and (
        not at_start or not re.match(r"[\s:：,，、]|[^\W\d]", text[found.end() : found.end() + 1])
    ):
        return None
    if found["y"] is None and not at_start and found["day"] is None:
        return None
    month, number = int(found["m"]), int(found["d"])
    if found["y"] is not None:
        year = int(found["y"])
        return _made(year if year > 99 else 2000 + year, month, number)
    same = _made(opened_on.year, month, number)
    if same is None or (opened_on - same).days > 31:
        return _made(opened_on.year + 1, month, number)
    if (same - opened_on).days > 300:  # December of the year before
        return _made(opened_on.year - 1, month, number)
    return same


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(text: str | None) -> str:
    found = _CLOCK.search(text or "")
    if found is None:
        return ""
    hour, minute = int(found[2]), int(found[3] or 0)
    hour += 12 if found[1] and hour < 12 else 0
    return f"T{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else ""
