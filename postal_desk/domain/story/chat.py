"""A pasted chat: its header lines (name and time, in the many forms programs write them) and its messages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from postal_desk.domain.story import days
from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.reading import Span, StepFound
from postal_desk.domain.story.view import View

_DAY = (
    r"(?:(?P<y>(?:19|20)\d{2})[-/.年](?P<mo>\d{1,2})[-/.月](?P<d>\d{1,2})日?"
    r"|(?P<mo2>\d{1,2})月(?P<d2>\d{1,2})日"
    r"|(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})(?:[/.-](?P<y2>(?:20)?\d{2}))?"
    r"|(?P<word>今天|昨天|前天|yesterday|today|(?:星期|周)[一二三四五六日天]))"
)
_TIME = (
    r"(?P<noon>上午|下午|凌晨|早上|中午|晚上|傍晚)?[ ]?"
    r"(?P<h>[01]?\d|2[0-4])[:点](?P<mi>[0-5]\d)分?(?::(?P<s>[0-5]\d))?(?:\s?(?P<ap>am|pm))?"
)
_STAMP = re.compile(rf"(?:{_DAY}[, T]{{0,3}}(?:星期[一二三四五六日天])?\s*)?{_TIME}")
_DAY_LINE = re.compile(rf"[ —\-*·=]*{_DAY}[ —\-*·=]*(?:星期[一二三四五六日天])?[ —\-*·=]*")
_DAY_TIME_LINE = re.compile(rf"[ —\-*·=]*(?:{_DAY}\s*)?{_TIME}[ —\-*·=]*")
_WRAPS = " \t[]()<>|,-—–·:*#~"
_NAME_COLON = re.compile(r"(?P<name>[^\s:,。!?;][^:,。!?;\n]{0,17}):\s*(?P<text>.*)")
_SENTENCE_MARK = re.compile(r"[,。!?;]")
_NAME_LENGTH = 20
_SHORT_NAME = 12


@dataclass(frozen=True, slots=True)
class Message:
    """One message: who, when (``time`` is ``""`` or ``HH:MM``), its words, and the spans of header and words."""

    actor: str
    day: date
    time: str
    text: str
    header: Span
    body: Span
    name_at: Span


@dataclass(frozen=True, slots=True)
class _Header:
    name: str
    name_at: Span
    stamp: re.Match[str] | None
    end: int


def read_chat(view: View, on: date, lexicon: Lexicon) -> tuple[Message, ...]:
    """The messages of a pasted chat, or nothing if the text is no chat."""
    lines = _lines(view.folded)
    first = next((line for line in lines if view.folded[slice(*line)].strip()), (0, 0))
    apart = _stamp_above_name if _DAY_TIME_LINE.fullmatch(view.folded, *first) else _stamp_then_name
    for reader in (_stamped, apart, _named):
        headers = [reader(view, start, end, lexicon) for start, end in lines]
        if _is_chat(headers):
            return _messages(view, lines, headers, on, lexicon)
    return ()


def _lines(folded: str) -> list[Span]:
    spans, start = [], 0
    while start <= len(folded):
        end = folded.find("\n", start)
        end = len(folded) if end < 0 else end
        spans.append((start, end))
        start = end + 1
    return spans


def _is_chat(headers: Sequence[_Header | None]) -> bool:
    """At least two headers, and either times on them or a name that comes back."""
    found = [header for header in headers if header is not None]
    names = Counter(header.name for header in found)
    if len(found) < 2 or len(names) > max(2, len(found) // 2 + 1):
        return False
    if all(header.stamp for header in found):
        return len(names) > 1 or len(found) > 2
    return len(names) >= 2 and len(found) >= 3 and max(names.values()) >= 2


def _trim(view: View, start: int, end: int, marks: str = _WRAPS) -> Span:
    while start < end and view.folded[start] in marks:
        start += 1
    while end > start and view.folded[end - 1] in marks:
        end -= 1
    return start, end


def _stamped(view: View, start: int, end: int, lexicon: Lexicon) -> _Header | None:
    """A line with a time on it, and a name before or after it; the words may follow on the line after a colon."""
    stamp = _STAMP.search(view.folded, start, end)
    if stamp is None or stamp.start() - start > _NAME_LENGTH + 4:
        return None
    left, right = _trim(view, start, stamp.start()), (stamp.end(), end)
    if left[0] < left[1]:
        rest = view.folded[right[0] : right[1]].strip(_WRAPS)
        if not _is_name(view, left, lexicon):
            return None
        if not rest:
            return _Header(view.text[slice(*left)], left, stamp, end)
        colon = re.match(r"[\])\s]*:\s*", view.folded[right[0] : right[1]])
        return _Header(view.text[slice(*left)], left, stamp, right[0] + colon.end()) if colon else None
    inner = _trim(view, *right, marks=" \t[]()<>|-—–,")
    colon = _NAME_COLON.fullmatch(view.folded, *inner)
    if colon:
        span = _trim(view, *colon.span("name"))
        return (
            _Header(view.text[slice(*span)], span, stamp, colon.start("text"))
            if _is_name(view, span, lexicon)
            else None
        )
    span = _trim(view, *inner)
    if span[0] < span[1] and _is_name(view, span, lexicon):
        return _Header(view.text[slice(*span)], span, stamp, end)
    return None


def _stamp_then_name(view: View, start: int, end: int, lexicon: Lexicon) -> _Header | None:
    """A name alone on its line, the time alone on the next."""
    stop = view.folded.find("\n", end + 1)
    stop = len(view.folded) if stop < 0 else stop
    stamp = _DAY_TIME_LINE.fullmatch(view.folded, end + 1, stop) if end + 1 < len(view.folded) else None
    span = _trim(view, start, end)
    if (
        stamp is None
        or span[0] >= span[1]
        or not _is_name(view, span, lexicon)
        or _DAY_TIME_LINE.fullmatch(view.folded, start, end)
    ):
        return None
    return _Header(view.text[slice(*span)], span, stamp, stop)


def _stamp_above_name(view: View, start: int, end: int, lexicon: Lexicon) -> _Header | None:
    """The time alone on its line, the name alone on the next."""
    stamp = _DAY_TIME_LINE.fullmatch(view.folded, start, end)
    if stamp is None or end + 1 >= len(view.folded):
        return None
    stop = view.folded.find("\n", end + 1)
    span = _trim(view, end + 1, len(view.folded) if stop < 0 else stop)
    if stop < 0 or span[0] >= span[1] or span[1] - span[0] > _SHORT_NAME or not _is_name(view, span, lexicon):
        return None
    return _Header(view.text[slice(*span)], span, stamp, stop)


def _named(view: View, start: int, end: int, lexicon: Lexicon) -> _Header | None:
    """“name: words” or “name:” alone, without a time."""
    match = _NAME_COLON.fullmatch(view.folded, *_trim(view, start, end, " \t"))
    if match is None or match["text"].startswith("//"):
        return None
    span = _trim(view, *match.span("name"))
    if not _is_name(view, span, lexicon):
        return None
    return _Header(view.text[slice(*span)], span, None, match.start("text"))


def _is_name(view: View, span: Span, lexicon: Lexicon) -> bool:
    name = view.folded[slice(*span)]
    if not 1 <= len(name) <= _NAME_LENGTH or _SENTENCE_MARK.search(name) or name.isdecimal():
        return False
    return lexicon.pattern("chat", "not_header").search(name) is None


def _messages(
    view: View, lines: Sequence[Span], headers: Sequence[_Header | None], on: date, lexicon: Lexicon
) -> tuple[Message, ...]:
    made: list[Message] = []
    day: date | None = None
    for index, header in enumerate(headers):
        if header is None:
            separator = _day_line(view, lines[index], on)
            day = separator or day
            continue
        stop = next(
            (lines[later][0] for later in range(index + 1, len(lines)) if headers[later] is not None),
            len(view.folded),
        )
        stop = _before_day_line(view, lines, index, header.end, stop, on)
        day = _stamp_day(header.stamp, on) or day
        body = _trim(view, min(header.end, stop), stop, " \n\t")
        text = view.text[slice(*body)]
        if text and lexicon.pattern("chat", "no_message").fullmatch(view.folded[slice(*body)]) is None:
            start = lines[index][0]
            made.append(
                Message(
                    header.name,
                    day or on,
                    _clock(header.stamp, lexicon),
                    text,
                    (start, min(header.end, stop)),
                    body,
                    header.name_at,
                )
            )
    return tuple(made)


def _before_day_line(view: View, lines: Sequence[Span], index: int, after: int, stop: int, on: date) -> int:
    for start, end in lines[index + 1 :]:
        if start >= stop:
            break
        if start < after:
            continue
        if _day_line(view, (start, end), on) is not None:
            return start
    return stop


def _day_line(view: View, line: Span, on: date) -> date | None:
    match = _DAY_LINE.fullmatch(view.folded, *line) or _DAY_TIME_LINE.fullmatch(view.folded, *line)
    return _stamp_day(match, on) if match else None


def _stamp_day(stamp: re.Match[str] | None, on: date) -> date | None:
    if stamp is None:
        return None
    groups = stamp.groupdict()
    if groups["y"]:
        return days.make(int(groups["y"]), int(groups["mo"]), int(groups["d"]))
    if groups["mo2"]:
        return days.latest(int(groups["mo2"]), int(groups["d2"]), on)
    if groups["a"]:
        return _short_day(int(groups["a"]), int(groups["b"]), groups["y2"], on)
    word = groups["word"]
    if word is None:
        return None
    shift = {"今天": 0, "today": 0, "昨天": -1, "yesterday": -1, "前天": -2}.get(word)
    if shift is not None:
        return days.shifted(on, shift)
    return days.weekday("一二三四五六日".index(word[-1].replace("天", "日")), on, None)


def _short_day(first: int, second: int, year: str | None, on: date) -> date | None:
    if year is None:
        return days.latest(first, second, on) if first <= 12 else days.latest(second, first, on)
    full = int(year) + (2000 if int(year) < 100 else 0)
    candidates = [
        days.make(full, second, first),
        days.make(full, first, second),
        days.make(2000 + first, second, int(year) % 100),
    ]
    possible = [day for day in candidates if day is not None and day <= on]
    return min(possible, key=lambda day: on - day) if possible else None


def _clock(stamp: re.Match[str] | None, lexicon: Lexicon) -> str:
    if stamp is None or stamp.groupdict().get("h") is None:
        return ""
    hour, noon = int(stamp["h"]), (stamp["noon"] or stamp["ap"] or "").lower()
    late = noon == "pm" or noon in lexicon.words("chat", "meridiem_late")
    early = noon == "am" or noon in lexicon.words("chat", "meridiem_early")
    if late and hour < 12:
        hour += 12
    elif early and hour == 12:
        hour = 0
    return f"{hour % 24:02d}:{stamp['mi']}"


def stamp_lines(view: View) -> list[Span]:
    """The lines of a chat that hold a date or time and nothing else."""
    lines = _lines(view.folded)
    return [
        line
        for line in lines
        if _DAY_LINE.fullmatch(view.folded, *line) or _DAY_TIME_LINE.fullmatch(view.folded, *line)
    ]


def is_official(name: str, staff: Sequence[str], lexicon: Lexicon) -> bool:
    """True if a name in a chat is the post's: a member of staff, or a name with an office word in it."""
    return (
        any(member in name for member in staff)
        or lexicon.pattern("chat", "official_words").search(name.lower()) is not None
    )


def to_steps(messages: Sequence[Message]) -> tuple[StepFound, ...]:
    """The messages as steps of a case; the counterpart is the last other writer."""
    writers = list(dict.fromkeys(message.actor for message in messages))
    steps = []
    for message in messages:
        others = [writer for writer in writers if writer != message.actor]
        at = f"{message.day.isoformat()}T{message.time}" if message.time else message.day.isoformat()
        span = (message.header[0], message.body[1])
        steps.append(StepFound(at, message.actor, others[0] if len(others) == 1 else "", message.text, span))
    return tuple(steps)
