"""The records that a case is linked with, when it is made anonymous: its persons go from their texts and history too.

Measures, problems and errors name their cases; a visit belongs to a case through the problem that a finding became.
What is counted (the links, days, codes, outlets, staff) stays. Their files go, as no program can tell who is in them;
those of a record that another case is linked with as well are evidence of that one, too, and go with the last of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from postal_desk.domain.cases import Case
from postal_desk.domain.personal_scan import Known, scan_case
from postal_desk.domain.told_persons import pattern_of, without, words_of
from postal_desk.services import attachment_owners
from postal_desk.services.desk import Desk
from postal_desk.services.purging import purge_files
from postal_desk.services.record_kinds import REGISTERS
from postal_desk.store import (
    attachment_records,
    audit,
    measure_records,
    organisation_records,
    record_queries,
    record_store,
)
from postal_desk.store.attachment_records import StoredFile
from postal_desk.store.audit import Change
from postal_desk.store.case_rows import Placed
from postal_desk.store.work import Work

MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class _Linked:
    """One record as it will be: its kind, id, number and revision, and what writes it."""

    kind: str
    record_id: int
    number: str
    revision: int
    write: Callable[[], None]


class LinkedTexts:
    """All records linked with some cases, within one work: read first, then written by the audited act, which takes
    their files too.
    """

    def __init__(self, desk: Desk, work: Work, placed: Sequence[Placed]) -> None:
        self._desk, self._work = desk, work
        patterns: dict[tuple[str, int], list[str]] = {}
        every: set[tuple[str, int]] = set()
        staff = organisation_records.names(work, "staff")
        public = frozenset((*staff, *organisation_records.names(work, "outlets")))
        known = Known(frozenset(), public, desk.rules.also_masked, desk.rules.compound_surnames)
        for one in placed:
            linked = record_queries.linked_with_case(work, one.case.number)
            every.update(linked)
            if linked:
                words = words_of(one.case, staff, self._told_in(one.case, known))
                pattern = pattern_of(words, desk.rules.compound_surnames)
                if pattern is not None:
                    for key in linked:
                        patterns.setdefault(key, []).append(pattern.pattern)
        self._found = [
            found
            for (kind, record_id), parts in patterns.items()
            if (found := self._masked(kind, record_id, re.compile("|".join(parts), re.IGNORECASE)))
        ]

        shared = record_queries.linked_beyond(work, [one.case.number for one in placed])
        self._files = [file for key in sorted(every - shared) for file in _files(work, key)]
        #: how many files stay for the sake of another case
        self.kept_files = sum(len(_files(work, key)) for key in every & shared)

    @property
    def changes(self) -> list[Change]:
        """What the act has to name beside the cases."""
        written = {(one.kind, one.record_id): one.revision for one in self._found}
        for file in self._files:
            written.setdefault((file.kind, file.record_id or 0), 0)
        return [Change(*key, revision) for key, revision in written.items()]

    @property
    def with_files(self) -> list[tuple[str, str]]:
        """Kind and number of the records whose files go."""
        numbers = attachment_owners.numbers_of(self._work, self._files)
        return list(dict.fromkeys((file.kind, numbers[file.id]) for file in self._files if numbers[file.id]))

    def numbers(self, kind: str = "") -> list[tuple[str, str]]:
        """Kind and number of those written, all or one kind."""
        return [(one.kind, one.number) for one in self._found if kind in ("", one.kind)]

    def take(self, act: int) -> None:
        """Write them and take the files; ``act`` is the audited act, from which their history of before is blank."""
        for one in self._found:
            one.write()
            audit.blank(self._work, one.kind, one.record_id, act)
        purge_files(self._work, self._files, act)

    @staticmethod
    def _told_in(case: Case, known: Known) -> list[str]:
        """What the case's own texts name: numbers, addresses, words starred by hand."""
        return [finding.text for finding in scan_case(case, known)]

    def _masked(self, kind: str, record_id: int, pattern: re.Pattern[str]) -> _Linked | None:
        return (self._measure if kind == MEASURE else self._record)(kind, record_id, pattern)

    def _measure(self, kind: str, record_id: int, pattern: re.Pattern[str]) -> _Linked | None:
        old = measure_records.by_id(self._work, record_id)
        if old is None:
            return None
        masked = without(old.measure, pattern)
        if masked == old.measure and not self._in_history(kind, record_id, pattern):
            return None
        masked = replace(masked, revision=masked.revision + 1, changed_at=self._desk.moment())
        new = replace(old, measure=masked)
        return _Linked(
            kind,
            record_id,
            masked.number,
            masked.revision,
            lambda: measure_records.replace(self._work, old, new),
        )

    def _record(self, kind: str, record_id: int, pattern: re.Pattern[str]) -> _Linked | None:
        form = REGISTERS[kind].form
        old = record_store.by_id(self._work, form, record_id)
        if old is None:
            return None
        masked: Any = without(old.record, pattern)
        if masked == old.record and not self._in_history(kind, record_id, pattern):
            return None
        masked = replace(masked, revision=masked.revision + 1, changed_at=self._desk.moment())
        new = replace(old, record=cast(Any, masked))
        return _Linked(
            kind,
            record_id,
            masked.number,
            masked.revision,
            lambda: record_store.replace_record(self._work, form, old, new),
        )

    def _in_history(self, kind: str, record_id: int, pattern: re.Pattern[str]) -> bool:
        return any(pattern.search(text) for text in audit.values_of(self._work, kind, record_id))


def _files(work: Work, key: tuple[str, int]) -> list[StoredFile]:
    return attachment_records.of_record(work, *key, removed=True)
