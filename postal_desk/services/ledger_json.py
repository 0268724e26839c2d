"""A dry run as JSON: every row accounted for, personal values masked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from postal_desk.domain.masking import mask, mask_free_text
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import Label, Sentence
from postal_desk.ledgers.cell_reader import Remark
from postal_desk.ledgers.columns import Proposal
from postal_desk.ledgers.dry_run import DryRun, Outcome, unknown_words
from postal_desk.ledgers.sheet_scan import column_letters
from postal_desk.ledgers.targets import TARGETS
from postal_desk.services.ledger_sheets import SheetsRead
from postal_desk.services.ledgers import LedgerRead

Tell = Callable[[Sentence], str]
_NAMES = {Outcome.NEW: "new", Outcome.SAME: "same", Outcome.CHANGED: "changed", Outcome.REFUSED: "refused"}


def dry_run_to_json(
    read: LedgerRead, proposal: Proposal, tell: Tell, label: Callable[[Label], str]
) -> dict[str, Any]:
    """The whole answer of a dry run."""
    run, plan = read.run, read.plan
    return {
        "file": read.ledger.name,
        "form": read.ledger.form,
        "sheet": plan.sheet,
        "sheets": list(read.ledger.sheets),
        "header_rows": list(plan.header),
        "columns": [
            {
                "column": column_letters(column.index),
                "heading": column.heading,
                "field": column.target,
                "confidence": round(column.confidence, 2),
                "samples": [masked(read, column.target, text) for text in column.samples],
            }
            for column in proposal.columns
        ],
        "defaults": dict(plan.defaults),
        "year": plan.year,
        "rows": [_row(read, place, tell) for place in range(run.total)],
        "totals": totals(run),
        "unknown": [
            {"field": name, "word": word, "rows": count, "nearest": nearest(read, name, word, label)}
            for name, words in unknown_words(run.unknown).items()
            for word, count in words
        ],
        "notes": [tell(note) for note in run.notes],
    }


def sheets_to_json(
    read: SheetsRead, proposal: Proposal, tell: Tell, label: Callable[[Label], str]
) -> dict[str, Any]:
    """The same for all sheets that were read: ``sheets_read`` has each one's place, year and control total.

    Where there are several, each row names its ``sheet``, and the totals are those of all.
    """
    document = dry_run_to_json(read.parts[0], proposal, tell, label)
    document["sheets_read"] = [
        {
            "sheet": part.plan.sheet,
            "header_rows": list(part.plan.header),
            "year": part.plan.year,
            "totals": totals(part.run),
        }
        for part in read.parts
    ]
    if len(read.parts) == 1:
        return document
    first = read.parts[0]
    return document | {
        "sheet": proposal.plan.sheet,
        "header_rows": list(proposal.plan.header),
        "year": proposal.plan.year,
        "rows": [
            {"sheet": part.plan.sheet, **_row(part, place, tell)}
            for part in read.parts
            for place in range(part.run.total)
        ],
        "totals": sum_of_totals(read),
        "unknown": [
            {"field": name, "word": word, "rows": count, "nearest": nearest(first, name, word, label)}
            for name, words in unknown_words(read.unknown()).items()
            for word, count in words
        ],
        "notes": [tell(note) for note in read.notes()],
    }


def sum_of_totals(read: SheetsRead) -> dict[str, int]:
    """The control total of all sheets."""
    each = [totals(part.run) for part in read.parts]
    return {name: sum(counts[name] for counts in each) for name in each[0]}


def totals(run: DryRun) -> dict[str, int]:
    """The control total: rows = new + changed + same + refused."""
    counts = {name: run.count(outcome) for outcome, name in _NAMES.items()}
    return {"rows": run.total, **counts, "hidden": len(run.hidden), "flagged": len(run.flagged)}


def nearest(read: LedgerRead, name: str, word: str, label: Callable[[Label], str]) -> list[dict[str, str]]:
    """What an unknown word may mean: values with their names."""
    lexicon, rules = read.words.lexicon, read.words.rules
    names = {"outlet": read.words.outlets, "handler": read.words.staff}
    if name in names:
        return [{"value": found, "name": found} for found in names[name].nearest(word)]
    codes = lexicon.nearest(TARGETS[name].codes, word)
    if name == "category":
        return [{"value": code, "name": label(rules.category_name(code))} for code in codes]
    return [{"value": code, "name": label(rules.name(TARGETS[name].codes, code))} for code in codes]


def _row(read: LedgerRead, place: int, tell: Tell) -> dict[str, Any]:
    run = read.run
    day = run.days[place]
    return {
        "row": run.rows[place],
        "outcome": _NAMES[Outcome(run.outcomes[place])],
        "number": run.numbers.get(place),
        "opened_on": day.isoformat() if day else None,
        "reasons": [_remark(read, remark, tell) for remark in run.remarks.get(place, ())],
        "flags": [_remark(read, remark, tell) for remark in run.flagged.get(place, ())],
    }


def _remark(read: LedgerRead, remark: Remark, tell: Tell) -> dict[str, Any]:
    at = remark.column
    target = read.plan.columns.get(at, "note") if at is not None else ""
    return {
        "column": column_letters(at) if at is not None else None,
        "heading": read.headings.get(at) if at is not None else None,
        "field": target or None,
        "value": masked(read, target, remark.value) if remark.value else None,
        "reason": tell(remark.reason),
        "remedy": tell(remark.remedy) if remark.remedy else None,
    }


def remark_text(read: LedgerRead, remark: Remark, tell: Tell) -> str:
    """One line: cell, value, reason, remedy."""
    at = remark.column
    target = read.plan.columns.get(at, "note") if at is not None else ""
    place = column_letters(at) if at is not None else ""
    heading = read.headings.get(at, "") if at is not None else ""
    value = f"“{masked(read, target, remark.value)}”" if remark.value else ""
    words = " ".join(part for part in (place, heading, value) if part)
    said = tell(remark.reason)
    said = f"{said}；{tell(remark.remedy)}" if remark.remedy else said
    return f"{words}：{said}" if words else said


def masked(read: LedgerRead, target: str, text: str) -> str:
    """A cell as it may be shown: masked by its field, free text by what stands in it."""
    return shown_sample(read.words.rules, target, text)


def shown_sample(rules: Rules, target: str, text: str) -> str:
    """The same for a cell of a ledger that is not read yet."""
    if target in TARGETS and TARGETS[target].mask:
        return mask(TARGETS[target].mask, text, rules)
    if target in TARGETS and TARGETS[target].form in (
        "code",
        "category",
        "outlet",
        "staff",
        "date",
        "status",
    ):
        return text
    return mask_free_text(text, (), rules.compound_surnames).text
