"""Which column is which field: by its heading, by what stands in it, by what the branch decided before."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from postal_desk.ledgers.cells import as_text, is_nothing, is_phone, read_items
from postal_desk.ledgers.dates import looks_like_date, year_in
from postal_desk.ledgers.headers import Head, head_at
from postal_desk.ledgers.lexicon import Lexicon, Names, plain_heading
from postal_desk.ledgers.plan import Plan
from postal_desk.ledgers.reading import Sheet
from postal_desk.ledgers.targets import TARGETS

_SAMPLED = 200
_SHOWN = 3
#: Share of a column's cells that must read as its target for the heading to be believed.
_BELIEVED = 0.3
_CLEAR = 0.8
_WESTERN = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/]\d{4}")


@dataclass(frozen=True)
class Column:
    """One column as proposed. ``confidence`` 0 to 1; ``samples`` are a few of its cells as text."""

    index: int
    heading: str
    target: str
    confidence: float
    samples: tuple[str, ...]
    filled: int


@dataclass(frozen=True)
class Proposal:
    """How a sheet is probably meant."""

    plan: Plan
    head: Head
    columns: tuple[Column, ...]
    remembered: bool = False


def propose(
    sheet: Sheet, head: Head, lexicon: Lexicon, outlets: Names, staff: Names, extra_title: str = ""
) -> Proposal:
    """Propose a target for every column that has a heading or content."""
    samples = _sampled(sheet, head)
    contents = {
        at: [cell for cell in cells if not is_nothing(as_text(cell))] for at, cells in samples.items()
    }
    judge = _Judge(lexicon, outlets, staff)
    candidates: list[tuple[float, int, str]] = []
    for at in sorted({*head.headings, *(a for a, cells in contents.items() if cells)}):
        candidates += judge.candidates(at, head.headings.get(at, ""), contents.get(at, []))
    taken: dict[int, tuple[str, float]] = {}
    held: set[str] = set()
    for score, at, target in sorted(candidates, key=lambda c: (-c[0], c[1])):
        if at in taken or (target in held and not TARGETS[target].many) or score <= 0:
            continue
        taken[at] = (target, score)
        held.add(target)
    columns = []
    for at in sorted({*head.headings, *(a for a, cells in contents.items() if cells)}):
        target, score = taken.get(at, ("note" if contents.get(at) else "skip", 0.0))
        shown = tuple(dict.fromkeys(as_text(cell) for cell in contents.get(at, [])))[:_SHOWN]
        columns.append(Column(at, head.headings.get(at, ""), target, score, shown, len(contents.get(at, []))))
    title = f"{head.titles} {sheet.name} {extra_title}"
    plan = Plan(
        sheet=sheet.name,
        header=head.rows,
        columns={column.index: column.target for column in columns},
        defaults=_defaults(title, lexicon),
        year=year_in(head.titles) or year_in(sheet.name) or year_in(extra_title),
        month_first=_month_first(contents),
    )
    return Proposal(plan, head, tuple(columns))


def proposal_of(sheet: Sheet, plan: Plan, *, remembered: bool = False) -> Proposal:
    """The columns of a sheet as a plan sees them; ``remembered``: it was decided at an earlier ledger."""
    head = head_at(sheet, plan.header)
    contents = {at: [c for c in cells if as_text(c)] for at, cells in _sampled(sheet, head).items()}
    columns = tuple(
        Column(
            at,
            head.headings.get(at, ""),
            plan.columns.get(at, "skip"),
            1.0,
            tuple(dict.fromkeys(as_text(cell) for cell in contents.get(at, [])))[:_SHOWN],
            len(contents.get(at, [])),
        )
        for at in sorted({*head.headings, *plan.columns, *(a for a, cells in contents.items() if cells)})
    )
    return Proposal(plan, head, columns, remembered)


def _sampled(sheet: Sheet, head: Head) -> dict[int, list[Any]]:
    """Cells of the first rows, by column."""
    found: dict[int, list[Any]] = {}
    count = 0
    for number, row in sheet.rows():
        if number <= head.rows[1]:
            continue
        filled = [(at, cell) for at, cell in enumerate(row) if cell != ""]
        if len(filled) < 2 and len(row) > 2:
            continue  # a heading between rows, or a note
        for at, cell in filled:
            found.setdefault(at, []).append(cell)
        count += 1
        if count >= _SAMPLED:
            break
    return found


def _defaults(title: str, lexicon: Lexicon) -> dict[str, str]:
    """Values for what no column gives, from the words of the title; the window shows them before anything is read."""
    kinds = lexicon.codes_within("title_kinds", title)
    channels = lexicon.codes_within("title_channels", title)
    kind = kinds[0] if len(kinds) == 1 else ""
    return {
        "kind": kind or "complaint",
        "channel": channels[0] if len(channels) == 1 else "telephone",
        "category": {"inquiry": "07", "praise": "18", "consultation": "16"}.get(kind, "99"),
    }


def _month_first(contents: dict[int, list[Any]]) -> bool | None:
    """How ``7/2/2019`` is meant, if any date of the sheet tells it."""
    first = second = 0
    for cells in contents.values():
        for cell in cells:
            if isinstance(cell, str) and (found := _WESTERN.match(cell)):
                first, second = max(first, int(found[1])), max(second, int(found[2]))
    return None if (first > 12) == (second > 12) else second > 12


def _is_item(cell: Any) -> bool:
    """True for item numbers, and for a number that Excel may have made of one."""
    read = read_items(cell)
    return bool(read.numbers) if isinstance(cell, str) else read.flag is not None


class _Judge:
    """Scores targets for a column."""

    def __init__(self, lexicon: Lexicon, outlets: Names, staff: Names) -> None:
        self._lexicon, self._outlets, self._staff = lexicon, outlets, staff
        self._readers: dict[str, Callable[[Any], bool]] = {
            "date": looks_like_date,
            "phone": is_phone,
            "item": lambda cell: _is_item(cell) and not is_phone(cell),
            "outlet": lambda cell: self._outlets.find(as_text(cell)) is not None,
            "staff": lambda cell: self._staff.find(as_text(cell)) is not None,
            "money": lambda cell: (
                isinstance(cell, int | float) or as_text(cell).rstrip("元").replace(".", "").isdigit()
            ),
        }

    def candidates(self, at: int, heading: str, cells: Sequence[Any]) -> list[tuple[float, int, str]]:
        """Score, column, target."""
        found = [
            (score * self._belief(target, cells), at, target) for target, score in self._by_heading(heading)
        ]
        if cells and not any(score > 0 for score, _at, _target in found):
            found += [(score, at, target) for target, score in self._by_content(heading, cells)]
        return found

    def _by_heading(self, heading: str) -> list[tuple[str, float]]:
        if not heading:
            return []
        parts = [plain_heading(part) for part in heading.split(" / ")]
        known = self._lexicon.headings
        if len(parts) > 1 and "".join(parts) in known:
            return [(known["".join(parts)], 1.0)]
        scores: dict[str, float] = {}
        for weight, part in zip((1.0, 0.9, 0.8), reversed(parts), strict=False):
            if part in known:
                target = self._in_context(known[part], parts)
                scores[target] = max(scores.get(target, 0), weight)
            if part in self._lexicon.second:
                scores.setdefault(self._lexicon.second[part], 0.7 * weight)
            for word, target in known.items():
                if len(word) > 1 and word in part and word != part:
                    share = 0.45 + 0.4 * len(word) / len(part) + (0.05 if part.endswith(word) else 0)
                    scores[target] = max(scores.get(target, 0), weight * share)
        return list(scores.items())

    def _in_context(self, target: str, parts: Sequence[str]) -> str:
        """「客户 / 姓名」, 「责任人 / 姓名」: the upper heading tells whose."""
        above = "".join(parts[:-1])
        if target == "customer_name" and any(word in above for word in ("承办", "经办", "责任人", "处理")):
            return "handler"
        return target

    def _belief(self, target: str, cells: Sequence[Any]) -> float:
        """Less than 1 where the content does not look like the target."""
        form = TARGETS[target].form
        if not cells:
            return 0.9 if form != "none" else 1
        if form == "part":
            return (
                1.0 if sum(as_text(c).strip("年月日").isdigit() for c in cells) > len(cells) * _CLEAR else 0
            )
        if form in ("date", "phone", "item") and (share := self._share(form, cells)) < _BELIEVED:
            return 0.0 if share == 0 else 0.3
        if form in ("code", "category", "outlet", "staff") and any(len(as_text(c)) > 40 for c in cells[:50]):
            return 0.3
        if form == "text" and target in ("customer_name",) and self._share("phone", cells) > _CLEAR:
            return 0.3
        return 1.0

    def _share(self, form: str, cells: Sequence[Any]) -> float:
        read = self._readers[form]
        return sum(1 for cell in cells if read(cell)) / len(cells)

    def _by_content(self, heading: str, cells: Sequence[Any]) -> list[tuple[str, float]]:
        """For a column whose heading says nothing that is known."""
        found = []
        for form, target in (
            ("phone", "customer_phone"),
            ("item", "items_number"),
            ("outlet", "outlet"),
            ("staff", "handler"),
        ):
            if (share := self._share(form, cells)) >= _CLEAR:
                found.append((target, 0.5 * share))
        if not heading and self._share("date", cells) >= _CLEAR:
            found.append(("opened_on", 0.45))
        for list_name, target in (
            ("kinds", "kind"), ("channels", "channel"), ("categories", "category"),
            ("business", "business"), ("responsibility", "responsibility"), ("opinions", "opinion"),
        ):  # fmt: skip
            words = [cell for cell in cells if isinstance(cell, str)]
            known = sum(1 for word in words if self._lexicon.code(list_name, word))
            if words and len(set(words)) > 1 and known >= len(cells) * _CLEAR:
                found.append((target, 0.4 * known / len(cells)))
        return found
