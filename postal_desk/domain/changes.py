"""What a write changed: every use case returns this, and screens refresh from it and from nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from postal_desk.domain.sentences import Sentence, say

#: what is said after a change was taken back: the next Undo does it again
TAKEN_BACK = say("Taken back")


@dataclass(frozen=True, slots=True)
class Changes:
    """The outcome of one committed user action.

    ``undo`` is the id of the history entry that takes it back (``services.undo``), ``None`` if it can't be.
    """

    cases: tuple[str, ...] = ()  # numbers of the cases added, edited, deleted or restored
    measures: tuple[str, ...] = ()  # numbers of the measures added, changed, deleted or brought back
    attachments: tuple[tuple[str, str], ...] = ()  # kind and number of the records whose files changed
    claims: tuple[str, ...] = ()  # numbers of the claims added, changed, deleted or brought back
    months: tuple[str, ...] = ()  # months that were closed, or closed again
    #: kind and number of the problems, field visits, errors and accountability items that were written
    records: tuple[tuple[str, str], ...] = ()
    volumes: bool = False
    outlets: bool = False
    staff: bool = False
    rules: bool = False
    settings: bool = False
    users: bool = False
    views: bool = False
    drafts: bool = False
    totals: bool = False  # typed totals of past months
    templates: bool = False  # the superior's forms
    undo: int | None = None
    said: Sentence | None = None  # one sentence for the status line, e.g. «Saved 220204-2019-07-0044»
    warnings: tuple[Sentence, ...] = ()
