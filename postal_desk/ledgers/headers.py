"""Finding the headings of a sheet: below title lines, in one row or two, with cells merged over several columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from postal_desk.ledgers.cells import as_text
from postal_desk.ledgers.dates import looks_like_date
from postal_desk.ledgers.lexicon import Lexicon, plain_heading
from postal_desk.ledgers.reading import Row, Sheet

#: Rows in which headings are looked for.
_LOOKED_AT = 40
_LONGEST_HEADING = 24
#: Cells of a row that tell whether it holds headings; a spoilt file may have thousands.
_WIDEST_HEAD = 400


@dataclass(frozen=True)
class Head:
    """``rows``: first and last heading row (from 1; ``(0, 0)``: none). ``titles``: the text above them."""

    rows: tuple[int, int]
    headings: dict[int, str]
    titles: str


def find_head(sheet: Sheet, lexicon: Lexicon) -> Head:
    """The headings of a sheet as they are probably meant."""
    first = [(number, row) for number, row in islice(sheet.rows(), _LOOKED_AT) if any(c != "" for c in row)]
    best, best_score = -1, 1.5
    for place, (_number, row) in enumerate(first):
        score = _score(row, lexicon)
        if score > best_score + (0.5 if best >= 0 else 0):
            best, best_score = place, score
    if best < 0:
        return Head((0, 0), {}, "")
    top = bottom = best
    if best + 1 < len(first) and _continues(sheet, first[best], first[best + 1], lexicon):
        bottom = best + 1
    elif best > 0 and _continues(sheet, first[best - 1], first[best], lexicon):
        top = best - 1
    rows = (first[top][0], first[bottom][0])
    titles = " ".join(as_text(cell) for _n, row in first[:top] for cell in row if as_text(cell))
    return head_at(sheet, rows, titles)


def head_at(sheet: Sheet, rows: tuple[int, int], titles: str = "") -> Head:
    """The headings of given rows: two of them are joined, the upper one spread over the cells merged with it."""
    if rows == (0, 0):
        return Head(rows, {}, titles)
    found = [row for number, row in islice(sheet.rows(), rows[1]) if rows[0] <= number]
    if not titles:
        above = islice(sheet.rows(), rows[0] - 1)
        titles = " ".join(as_text(cell) for _n, row in above for cell in row if as_text(cell))
    spread = [_spread(sheet, rows[0] + at, row, last=at == len(found) - 1) for at, row in enumerate(found)]
    width = max((len(row) for row in spread), default=0)
    headings: dict[int, str] = {}
    for column in range(width):
        parts = dict.fromkeys(row[column] for row in spread if column < len(row) and row[column])
        headings[column] = " / ".join(parts)
    return Head(rows, {at: heading for at, heading in headings.items() if heading}, titles)


def _spread(sheet: Sheet, number: int, row: Row, *, last: bool) -> list[str]:
    """Heading texts of a row, those of merged cells repeated over their columns. Where the format does not tell what is
    merged (ods), a blank in an upper row is taken as merged with the cell before it."""
    texts = [" ".join(as_text(cell).split()) for cell in row]
    for top, bottom, left, right in sheet.merged:
        if top <= number <= bottom and right > left:
            for column in range(left, min(right + 1, len(texts))):
                texts[column] = texts[column] or (texts[left] if left < len(texts) else "")
    if not sheet.merged and not last:
        for column in range(1, len(texts)):
            texts[column] = texts[column] or texts[column - 1]
    return texts


def _score(row: Row, lexicon: Lexicon) -> float:
    """How much a row looks like headings: short, different texts, of which some are known."""
    row = row[:_WIDEST_HEAD]
    texts = [as_text(cell) for cell in row if as_text(cell)]
    if len(texts) < 2:
        return 0
    known = {lexicon.headings[key] for text in texts if (key := plain_heading(text)) in lexicon.headings}
    partly = sum(
        1 for text in texts if plain_heading(text) not in lexicon.headings and _holds_known(text, lexicon)
    )
    values = sum(1 for cell in row if not isinstance(cell, str) or looks_like_date(cell) or len(cell) > 40)
    different = len(set(texts)) / len(texts)
    return (len(known) + 0.4 * partly) * different - 1.2 * values


def _holds_known(text: str, lexicon: Lexicon) -> bool:
    plain = plain_heading(text)
    return len(plain) <= _LONGEST_HEADING and any(
        len(word) > 1 and word in plain for word in lexicon.headings
    )


def _continues(sheet: Sheet, upper: tuple[int, Row], lower: tuple[int, Row], lexicon: Lexicon) -> bool:
    """True if the lower row is the second half of the headings that the upper one begins."""
    if lower[0] != upper[0] + 1:
        return False
    if any(top == upper[0] and bottom == lower[0] for top, bottom, _l, _r in sheet.merged):
        return _short(lower[1])
    split = [
        (left, right)
        for top, bottom, left, right in sheet.merged
        if top == bottom == upper[0] and right > left
    ]
    if split and len(split) < len([c for c in upper[1] if as_text(c)]):
        return _short(lower[1]) and all(
            as_text(cell) == "" or any(left <= column <= right for left, right in split)
            for column, cell in enumerate(lower[1])
        )
    if sheet.merged:
        return False
    blanks = [column for column, cell in enumerate(upper[1]) if as_text(cell) == ""]
    texts = [plain_heading(as_text(cell)) for cell in lower[1] if as_text(cell)]
    known = sum(1 for text in texts if text in lexicon.headings)
    named = sum(1 for cell in upper[1] if as_text(cell))
    return (
        bool(blanks)
        and named > 2
        and _short(lower[1])
        and known >= 1
        and known * 2 >= len(texts)
        and _fills(blanks, lower[1])
    )


def _fills(blanks: Sequence[int], row: Row) -> bool:
    return any(column < len(row) and as_text(row[column]) for column in blanks)


def _short(row: Row) -> bool:
    cells = [cell for cell in row if as_text(cell)]
    return bool(cells) and all(
        isinstance(cell, str) and len(cell) <= _LONGEST_HEADING and not looks_like_date(cell)
        for cell in cells
    )
