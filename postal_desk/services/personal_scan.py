"""Looking through free texts before an export: what looks like personal data, and the words that somebody wants starred
in every export besides what the rules find.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from postal_desk.domain.cases import Case
from postal_desk.domain.changes import Changes
from postal_desk.domain.fields import field
from postal_desk.domain.periods import Month
from postal_desk.domain.personal_scan import Finding, Known, scan_case
from postal_desk.domain.sentences import FieldRefusal, Refusal, Sentence, say
from postal_desk.services.case_reading import found_case
from postal_desk.services.desk import Desk
from postal_desk.services.entered import checked_text
from postal_desk.services.stories import names_in_text
from postal_desk.store import case_export, case_records, mask_words, organisation_records, summary_queries

_LONGEST_WORD, _MOST_WORDS = 60, 500


@dataclass(frozen=True, slots=True)
class FoundInCase:
    """A finding with the case it stands in, and the field's name in words."""

    number: str
    label: Sentence
    finding: Finding


def scan_cases(desk: Desk, numbers: Sequence[str]) -> list[FoundInCase]:
    """Everything in the free texts of these cases that looks like personal data; what an export stars is marked so."""
    with desk.work() as work:
        cases = [found_case(desk, work, number).case for number in numbers]
    return list(_scanned(desk, cases))


def scan_month(desk: Desk, month: Month) -> list[FoundInCase]:
    """The same for the typical cases that the month's summary tells."""
    with desk.work() as work:
        numbers = summary_queries.typical_numbers(work, (month.first, month.last))
    return scan_told(desk, numbers)


def scan_told(desk: Desk, numbers: Sequence[str]) -> list[FoundInCase]:
    """The same for what a summary tells of its typical cases: subject and narrative. Deleted ones are passed over."""
    with desk.work() as work:
        known = case_records.by_numbers(work, numbers)
    cases = [known[number].case for number in numbers if number in known]
    return list(_scanned(desk, (replace(case, steps=(), remedy="", praise="") for case in cases)))


def also_masked(desk: Desk) -> tuple[str, ...]:
    """The words that every export stars."""
    return desk.rules.also_masked


def mask_also(desk: Desk, words: Iterable[str]) -> Changes:
    """Star these words in every export from now on."""
    added = [checked_text(word, "word", _LONGEST_WORD) for word in words]
    if any(len(word) < 2 for word in added):
        raise FieldRefusal("word", say("a single character can't be starred everywhere; take the whole name"))
    return _write(desk, tuple(dict.fromkeys((*also_masked(desk), *added))))


def mask_no_more(desk: Desk, words: Iterable[str]) -> Changes:
    """Take words from that list."""
    gone = set(words)
    return _write(desk, tuple(word for word in also_masked(desk) if word not in gone))


def _write(desk: Desk, words: tuple[str, ...]) -> Changes:
    if words == also_masked(desk):
        return Changes()
    if len(words) > _MOST_WORDS:
        raise Refusal(say("There are {count} words already; take some off first", count=_MOST_WORDS))
    with desk.work(write=True) as work:
        mask_words.write(work, words)
        # the words are names: the audit says that there was a change, and nothing more
        desk.record(work, "mask.edit", "mask", count=abs(len(words) - len(also_masked(desk))) or 1)
        work.commit()
    desk.reload_rules()
    return Changes(rules=True, said=say("{count} words are starred in every export", count=len(words)))


def _scanned(desk: Desk, cases: Iterable[Case]) -> Iterator[FoundInCase]:
    known = _known(desk)

    def names_in(text: str) -> Iterable[tuple[str, int, int]]:
        return names_in_text(desk, text)

    for case in cases:
        for finding in scan_case(case, known, names_in):
            yield FoundInCase(case.number, field(finding.field).label, finding)


def _known(desk: Desk) -> Known:
    with desk.work() as work:
        names = set(case_export.customer_names(work))
        public = {
            *organisation_records.names(work, "staff"),
            *organisation_records.names(work, "outlets"),
        }
    return Known(
        frozenset(names - public), frozenset(public), desk.rules.also_masked, desk.rules.compound_surnames
    )


def to_json(one: FoundInCase, shown: str) -> dict[str, object]:
    """A finding as the command line gives it; ``shown`` is its text, masked or not."""
    at = one.finding
    return {
        "number": one.number,
        "field": at.field,
        "step": at.part or None,
        "at": [at.start, at.end],
        "kind": at.kind,
        "text": shown,
        "masked": at.masked,
    }


__all__ = [
    "FoundInCase",
    "also_masked",
    "mask_also",
    "mask_no_more",
    "scan_cases",
    "scan_month",
    "scan_told",
    "to_json",
]
