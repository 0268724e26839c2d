"""Ledgers coming in: opening a file, proposing how it is read, the dry run. Nothing here writes; see ``ledger_import``.

A dry run takes three steps, so that the desk's thread is never held up by a large file: :func:`ledger_words` (desk),
:func:`propose_ledger` and :func:`read_ledger` (any thread), :func:`settle_ledger` (desk).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from postal_desk import i18n, paths
from postal_desk.domain.rules import Rules
from postal_desk.ledgers import columns, headers
from postal_desk.ledgers.cell_reader import Remark
from postal_desk.ledgers.columns import Column, Proposal
from postal_desk.ledgers.dates import DateReader
from postal_desk.ledgers.dry_run import DryRun, Outcome, Progress, Stopped, run_dry, unknown_words
from postal_desk.ledgers.lexicon import Lexicon, Names, plain_heading
from postal_desk.ledgers.plan import (
    ADD,
    DEFAULTS,
    WORD_LISTS,
    Plan,
    place_from_json,
    plan_from_json,
    plan_to_json,
)
from postal_desk.ledgers.reading import LedgerFile, Sheet, open_ledger, pasted_ledger
from postal_desk.ledgers.records import Records
from postal_desk.ledgers.row_reader import RowReader
from postal_desk.ledgers.sheet_scan import column_letters
from postal_desk.ledgers.targets import HEADINGS, NEEDED, TARGETS, Target
from postal_desk.services.desk import Desk
from postal_desk.store import ledger_records, organisation_records
from postal_desk.store.lazy_tables import shared_tables
from postal_desk.store.ledger_records import ImportRow

__all__ = [
    "ADD",
    "DEFAULTS",
    "NEEDED",
    "TARGETS",
    "WORD_LISTS",
    "Column",
    "DryRun",
    "ImportRow",
    "LedgerFile",
    "LedgerRead",
    "LedgerWords",
    "Outcome",
    "Plan",
    "Progress",
    "Proposal",
    "Remark",
    "Stopped",
    "Target",
    "column_letters",
    "last_imports",
    "ledger_words",
    "mapped_ledger",
    "open_ledger",
    "pasted_ledger",
    "plan_to_json",
    "propose_ledger",
    "read_ledger",
    "replanned",
    "signature_of",
    "unknown_words",
]


@dataclass(frozen=True)
class LedgerWords:
    """What reading a ledger needs of a desk, so that it can be read away from the desk's thread."""

    rules: Rules
    lexicon: Lexicon
    outlets: Names
    staff: Names
    secret: bytes
    today: date
    plans: Mapping[str, str]


@dataclass
class LedgerRead:
    """A ledger after its dry run, with all that importing it needs."""

    ledger: LedgerFile
    plan: Plan
    headings: Mapping[int, str]
    words: LedgerWords
    run: DryRun

    def reading(self) -> tuple[Records, RowReader]:
        """A fresh way through the rows."""
        return _reading(self.ledger, self.plan, self.headings, self.words)


def ledger_words(desk: Desk) -> LedgerWords:
    """The desk's lists, rules and what it has learned of ledgers."""
    with desk.work() as work:
        learned = ledger_records.learned(work)
        outlets = organisation_records.names(work, "outlets")
        staff = organisation_records.names(work, "staff")
        plans = ledger_records.plans(work)
    tables: Mapping[str, Any] = shared_tables(paths.seeds(), "ledgers")
    lexicon = Lexicon.build(tables["headings"], tables["words"], desk.rules, learned, _labels())
    return LedgerWords(
        desk.rules,
        lexicon,
        Names(tuple(outlets), learned.get("outlet", {})),
        Names(tuple(staff), learned.get("handler", {})),
        desk.audit_secrets.first,
        desk.today(),
        plans,
    )


def _labels() -> dict[str, list[str]]:
    """The program's own names of the fields, in both languages: headings of the template and of its exports."""
    named = [(name, target.label) for name, target in TARGETS.items() if target.form != "none"]
    found: dict[str, list[str]] = {}
    for name, sentence in (*named, *HEADINGS.items()):
        found.setdefault(name, []).extend(
            i18n.translate(sentence.msgid, language) for language in i18n.LANGUAGES
        )
    return found


def propose_ledger(
    ledger: LedgerFile, words: LedgerWords, sheet: str = "", header: tuple[int, int] | None = None
) -> Proposal:
    """How a sheet is probably meant; as the branch decided before, if it had a ledger with the same headings.

    Without a sheet the one that looks most like a ledger is taken. ``header`` says where the headings stand.
    """
    name = sheet or _likeliest(ledger, words)
    found = ledger.sheet(name)
    head = headers.find_head(found, words.lexicon) if header is None else headers.head_at(found, header)
    proposal = columns.propose(found, head, words.lexicon, words.outlets, words.staff, ledger.path.stem)
    kept = words.plans.get(signature_of(head.headings)) if head.headings else None
    if kept is None:
        return proposal
    own = proposal.plan
    plan = plan_from_json({**json.loads(kept), "year": own.year}, Plan(name, head.rows), head.headings)
    plan = replace(plan, month_first=plan.month_first if own.month_first is None else own.month_first)
    return columns.proposal_of(found, plan, remembered=True)


def _likeliest(ledger: LedgerFile, words: LedgerWords) -> str:
    """The first sheet with headings that are known, else the first with rows."""
    first = ""
    for name in ledger.sheets:
        sheet = ledger.sheet(name)
        if sheet.height and headers.find_head(sheet, words.lexicon).rows != (0, 0):
            return name
        first = first or (name if sheet.height else "")
    return first or ledger.sheets[0]


def mapped_ledger(ledger: LedgerFile, words: LedgerWords, mapping: Any) -> Proposal:
    """A proposal with what a mapping file says in place of what was guessed."""
    sheet, header = place_from_json(mapping)
    proposal = propose_ledger(ledger, words, sheet, header)
    plan = plan_from_json(mapping, proposal.plan, proposal.head.headings)
    return columns.proposal_of(ledger.sheet(plan.sheet), replace(plan, sheet=plan.sheet))


def replanned(ledger: LedgerFile, plan: Plan) -> Proposal:
    """The columns of a ledger by a plan that was changed by hand."""
    return columns.proposal_of(ledger.sheet(plan.sheet), plan)


def signature_of(headings: Mapping[int, str]) -> str:
    """A digest of headings and their order."""
    content = json.dumps([[at, plain_heading(text)] for at, text in sorted(headings.items())])
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def read_ledger(
    ledger: LedgerFile, plan: Plan, words: LedgerWords, progress: Progress | None = None
) -> LedgerRead:
    """Read every row; what the desk has already is not known yet (:func:`settle_ledger`)."""
    sheet = ledger.sheet(plan.sheet)
    headings = headers.head_at(sheet, plan.header).headings
    records, reader = _reading(ledger, plan, headings, words)
    run = run_dry(records, reader, sheet.facts.hidden, progress)
    run.notes = [*ledger.notes, *run.notes]
    return LedgerRead(ledger, plan, headings, words, run)


def _reading(
    ledger: LedgerFile, plan: Plan, headings: Mapping[int, str], words: LedgerWords
) -> tuple[Records, RowReader]:
    sheet: Sheet = ledger.sheet(plan.sheet)
    reader = RowReader(
        sheet,
        plan,
        headings,
        words.lexicon,
        words.rules,
        words.outlets,
        words.staff,
        words.secret,
        words.today,
    )
    dates = DateReader(plan.year, sheet.date1904, words.today.year + 1, plan.month_first)
    return Records(sheet, plan, dates, dict(headings)), reader


def last_imports(desk: Desk, limit: int = 50) -> list[ImportRow]:
    """The imports of this desk, newest first."""
    with desk.work() as work:
        return ledger_records.imports(work, limit)
