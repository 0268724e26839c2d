"""What of a case's free texts looks like personal data, and where: read by somebody before the case leaves the desk.

Numbers, the customer's own name, address and items are masked by every export (``masking``, ``reports.personal``). This
finds what no rule can be sure of too: other people's names, addresses told in passing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from postal_desk.domain.cases import Case
from postal_desk.domain.fields import CASE_FIELDS, PART_FIELDS
from postal_desk.domain.masking import mask_free_text
from postal_desk.domain.sentences import Sentence, say

Kind = Literal["name", "phone", "id", "item", "number", "contact", "address"]
#: Name and place of what a reader of stories takes for a person's name.
NameFinder = Callable[[str], Iterable[tuple[str, int, int]]]

_PLACE = r"[\u3400-\u9fff]{1,8}?"
_STREET = r"大街|大道|路|街|巷|弄|胡同|小区|花园|家园|新村|公寓|大厦|社区|苑|村|屯"
_HOUSE = r"(?:号楼|号院|号|栋|幢|座|单元|室|组|楼|门|户)"
_ADDRESS = re.compile(
    rf"(?:{_PLACE}(?:省|市|县|区|镇|乡|街道))*{_PLACE}(?:{_STREET})[\u3400-\u9fff]{{0,6}}?"
    rf"[0-9一二三四五六七八九十百]+(?:[-－][0-9]+)*{_HOUSE}(?:[0-9A-Za-z一二三四五六七八九十-]+{_HOUSE})*"
)
_BEFORE = re.compile(r".*(?:家住|住在|现住|位于|住址|地址|送到|寄到|寄往|搬到|住|在)")
_FREE = re.compile(rb"\0+")
_HAN_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,}")
_LONGEST_NAME = 5
LEAST_NAME = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of one free text: ``field`` is its JSON path (``steps.text``), ``part`` the place of the step from 1,
    ``start`` and ``end`` are code points. ``masked``: an export stars it by itself.
    """

    field: str
    part: int
    start: int
    end: int
    kind: Kind
    text: str
    masked: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the desk knows: all customers' names, names of staff and outlets (nobody hides those), words that every
    export stars because somebody said so.
    """

    customers: Collection[str] = frozenset()
    public: Collection[str] = frozenset()
    also_masked: Collection[str] = ()
    compound_surnames: Collection[str] = frozenset()


def scan_case(case: Case, known: Known, names_in: NameFinder = lambda _text: ()) -> list[Finding]:
    """Everything that looks like personal data in the free texts of a case, in the order of its fields."""
    found = []
    for field, part, text in free_texts(case):
        for start, end, kind, masked in _stretches(text, case, known, names_in):
            found.append(Finding(field, part, start, end, kind, text[start:end], masked))
    return found


def free_texts(case: Case) -> Iterator[tuple[str, int, str]]:
    """The texts told in somebody's own words: path, place of the step (0 for the case), text."""
    for field in CASE_FIELDS:
        if field.free and (text := getattr(case, field.name)):
            yield field.name, 0, text
    for place, step in enumerate(case.steps, start=1):
        for field in PART_FIELDS["steps"]:
            if field.free and (text := getattr(step, field.key)):
                yield field.name, place, text


def _stretches(
    text: str, case: Case, known: Known, names_in: NameFinder
) -> list[tuple[int, int, Kind, bool]]:
    taken = bytearray(len(text))
    found: list[tuple[int, int, Kind, bool]] = []

    def take(start: int, end: int, kind: Kind, masked: bool) -> None:
        if start < end and not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            found.append((start, end, kind, masked))

    customer = case.customer.name
    for word in known.also_masked:
        for start in _places(text, word):
            take(start, start + len(word), "name", True)
    for span in mask_free_text(text, [customer] if customer else [], known.compound_surnames).spans:
        take(span.start, span.end, span.kind, True)
    for number in (item.number for item in case.items):
        for start in _places(text, number) if len(number) >= 4 else ():
            take(start, start + len(number), "item", True)
    for start, end in _addresses(text, taken):
        take(start, end, "address", False)
    for start, end in _known_names(text, known):
        take(start, end, "name", False)
    for name, start, end in names_in(text):
        if name not in known.public:
            take(start, end, "name", False)
    return sorted(found)


def _addresses(text: str, taken: bytearray) -> list[tuple[int, int]]:
    """Streets with a house number, between what was found before; «家住» and the like stay outside."""
    found = []
    for gap in _FREE.finditer(taken):
        for match in _ADDRESS.finditer(text, *gap.span()):
            before = _BEFORE.match(text, *match.span())
            found.append((before.end() if before else match.start(), match.end()))
    return found


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word) if word else -1
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _known_names(text: str, known: Known) -> Iterator[tuple[int, int]]:
    """Where customers of the desk are named, the longest name first."""
    if not known.customers:
        return
    for run in _HAN_RUN.finditer(text):
        at = run.start()
        while at < run.end():
            for length in range(min(_LONGEST_NAME, run.end() - at), LEAST_NAME - 1, -1):
                name = text[at : at + length]
                if name in known.customers and name not in known.public:
                    yield at, at + length
                    at += length - 1
                    break
            at += 1


def kind_words(kind: str) -> Sentence:
    """What a finding is, in words."""
    words = {
        "name": say("Full name"),
        "address": say("Address"),
        "phone": say("Phone"),
        "item": say("Item number"),
        "contact": say("E-mail or messenger"),
    }
    return words.get(kind, say("Number"))
