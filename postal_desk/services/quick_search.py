"""Going to any record by a few typed words: cases from the search index, the registers by their texts. All masked."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.masking import mask_free_text
from postal_desk.services.case_lists import list_head
from postal_desk.services.desk import Desk
from postal_desk.store import quick_queries

_LONGEST_TEXT = 60


@dataclass(frozen=True, slots=True)
class Found:
    """One record. ``kind`` is case, measure, problem, visit, claim, error, outlet or staff; ``text`` is masked.

    ``state`` is a code of the kind's own; an outlet and a member of staff have no number.
    """

    kind: str
    number: str
    text: str
    state: str = ""
    case: str = ""  # the case that a claim belongs to


@dataclass(frozen=True, slots=True)
class QuickFinds:
    """What was found, the best first, and how many cases there are in all."""

    rows: tuple[Found, ...]
    cases: int


def quick_search(desk: Desk, typed: str, cases: int = 8, others: int = 4) -> QuickFinds:
    """The newest ``cases`` cases and ``others`` records of each kind that hold every word: first those whose number is
    meant, then by whether the words begin their name, stand in it, or only elsewhere; cases first among equals.
    """
    words = unicodedata.normalize("NFKC", typed).split()
    if not words:
        return QuickFinds((), 0)
    head = list_head(desk, CaseFilter(text=typed), cases)
    with desk.work() as work:
        hits = quick_queries.find(work, words, others)
    places: list[tuple[int, Found]] = [(hit.rank, _found(desk, hit)) for hit in hits]
    for row in head.rows:
        found = Found("case", row.number, _shown(desk, row.subject, row.customer))
        places.append((_rank(" ".join(words), words, row.number, row.subject), found))
    rows = [found for _rank, found in sorted(places, key=lambda one: (one[0], one[1].kind != "case"))]
    return QuickFinds(tuple(rows), head.total)


def _rank(typed: str, words: list[str], number: str, subject: str) -> int:
    """How well a case fits, as the store ranks the other records."""
    subject = subject.casefold()
    if typed in number:
        return quick_queries.BY_NUMBER
    if subject.startswith(typed.casefold()):
        return quick_queries.BY_BEGINNING
    named = all(word.casefold() in subject for word in words)
    return quick_queries.BY_TITLE if named else quick_queries.BY_REST


def _found(desk: Desk, hit: quick_queries.Hit) -> Found:
    named = hit.kind in ("outlet", "staff")  # names of the branch are not masked
    text = hit.text if named else _shown(desk, hit.text)
    return Found(hit.kind, hit.number, text, hit.state, hit.case)


def _shown(desk: Desk, text: str, name: str = "") -> str:
    """A text in one line, masked, as long as a list has room for."""
    shown = " ".join(mask_free_text(text, [name] if name else [], desk.rules.compound_surnames).text.split())
    return shown if len(shown) <= _LONGEST_TEXT else shown[:_LONGEST_TEXT] + "…"
