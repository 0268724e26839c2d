"""How two states of one month's figures differ, figure by figure, in words and in paths of the summary's JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from postal_desk.domain.sentences import Label, Sentence, say
from postal_desk.domain.summaries import Opinion, Part, Summary
from postal_desk.reports.summary_json import summary_to_json

#: what is no figure of the month, follows from others, or is told in another place of the same document
_LEFT_OUT = frozenset(
    {
        "month",
        "branch",
        "as_of",
        "definitions",
        "trend",
        "typical_cases",
        "overdue_cases",
        "closing",
        "closed_months",
    }
    | {"measure_lines", "errors", "recurrences_at_limit"}
    | {"previous_month", "same_month_last_year", "year_to_date", "due_next"}
)
_KEYS = ("code", "outlet", "name", "category")
_NAMES: Mapping[str, Sentence] = {
    "received": say("Received"),
    "closed": say("Closed"),
    "in_progress": say("In progress"),
    "overdue": say("Overdue"),
    "closing_rate": say("Closing rate"),
    "in_time_rate": say("Answered in time"),
    "satisfaction_rate": say("Satisfaction"),
    "mean_days": say("Mean days"),
    "repeated": say("Repeated cases"),
    "praise": say("Praise"),
    "fraud_prevented": say("Fraud prevented"),
    "compensation.cases": say("Compensated cases"),
    "compensation.amount": say("Compensation in yuan"),
    "typical": say("Typical cases"),
    "acknowledged_rate": say("Accepted the same day"),
    "closed_first_time_rate": say("Closed at the first time"),
    "measures": say("Measures"),
    "claims": say("Claims"),
    "opinions": say("Opinions"),
}
_PARTS: Mapping[str, Sentence] = {
    "received": say("received"),
    "closed": say("closed"),
    "overdue": say("overdue"),
    "responsible": say("responsible"),
    "in_time_rate": say("in time"),
    "satisfaction_rate": say("satisfaction"),
    "praise": say("praise"),
    "previous_month": say("received the month before"),
    "same_month_last_year": say("received a year before"),
    "times": say("recurrences"),
    "new": say("new"),
    "due": say("due"),
    "finished": say("finished"),
    "paid": say("paid"),
    "refused": say("refused"),
    "open": say("still open"),
    "amount": say("yuan paid"),
    "oldest_days": say("days of the oldest open one"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that differs: its path in the JSON, its name, its value before and after (``—`` for none).

    ``later`` tells that work done after the month moved it, not an entry that belongs into the month: that needs no
    revision.
    """

    path: str
    name: Sentence
    before: str
    after: str
    later: bool = False


def differences(before: Summary, after: Summary) -> tuple[Difference, ...]:
    """The figures that differ, in the order of the JSON: the month's own first, then those of codes and outlets."""
    old, new = _flat(before), _flat(after)
    names = {**_labels(before), **_labels(after)}
    found = [
        Difference(path, _name(path, names), old.get(path, "—"), new.get(path, "—"))
        for path in dict.fromkeys((*old, *new))
        if old.get(path, "—") != new.get(path, "—")
    ]
    return tuple(sorted(found, key=lambda one: one.path.count("/")))


#: what is known of a case only after it was counted: the customer's opinion, the responsibility, links to other cases
_KNOWN_LATER = frozenset(
    {"satisfaction_rate", "opinions", "responsible", "recurrences", "typical", "repeated"}
)
#: what a case that was closed in the month and reopened after it takes away
_REOPENED = frozenset(
    {
        "closed",
        "closing_rate",
        "in_time_rate",
        "mean_days",
        "closed_first_time_rate",
        "in_progress",
        "overdue",
    }
)


def told_apart(found: Sequence[Difference], reopened: int) -> tuple[Difference, ...]:
    """The differences, those marked that later work made; ``reopened`` is how many cases were reopened since."""
    closed = next((one for one in found if one.path == "closed"), None)
    entered = any(one.path.rpartition("/")[2] == "received" for one in found)
    gone = int(closed.before) - int(closed.after) if closed is not None else 0
    moved = _KNOWN_LATER | (_REOPENED if reopened and 0 <= gone <= reopened and not entered else frozenset())
    return tuple(replace(one, later=not moved.isdisjoint(one.path.split("/"))) for one in found)


def _flat(summary: Summary) -> dict[str, str]:
    document = {k: v for k, v in summary_to_json(summary, "en").items() if k not in _LEFT_OUT}
    return dict(_leaves("", document))


def _leaves(path: str, value: Any) -> Iterator[tuple[str, str]]:
    """Each single figure with its path; the numerators and denominators that stand beside rates are left out."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            if not name.endswith("_of") and name not in ("name", *_KEYS, "trend", "rank"):
                yield from _leaves(f"{path}/{name}" if path else name, part)
    elif isinstance(value, list) and value and isinstance(value[0], Mapping):
        for part in value:
            key = next((str(part[name]) for name in _KEYS if part.get(name) is not None), "")
            yield from _leaves(f"{path}/{key or '—'}", part)
    elif isinstance(value, list):
        yield path, ", ".join(map(str, value)) or "—"
    elif isinstance(value, float):
        yield path, f"{value * 100:.1f}%" if path.endswith("rate") else f"{value:.1f}"
    else:
        yield path, "—" if value is None else str(value)


def _labels(summary: Summary) -> dict[str, Label]:
    """The names of codes by their path: a channel and a business may share a code."""
    groups: Mapping[str, Sequence[Part | Opinion]] = {
        "by_category": summary.by_category,
        "by_kind": summary.by_kind,
        "by_channel": summary.by_channel,
        "by_business": summary.by_business,
        "opinions": summary.opinions,
    }
    return {f"{group}/{part.code}": part.name for group, parts in groups.items() for part in parts}


def _name(path: str, labels: Mapping[str, Label]) -> Sentence:
    """``by_category/07/received`` → «查询: received»; a figure without a name of its own goes by its path."""
    top, *rest = path.split("/")
    if not rest:
        return _NAMES.get(top, say("{path}", path=top))
    if f"{top}.{rest[-1]}" in _NAMES:
        return _NAMES[f"{top}.{rest[-1]}"]
    label = labels.get(f"{top}/{rest[0]}")
    part = _PARTS.get(rest[-1], rest[-1])
    if top in _NAMES:
        return say("{figure}: {part}", figure=_NAMES[top], part=label or part)
    return say("{figure}: {part}", figure=label or rest[0], part=part)
