"""A superior's Word form: its placeholders checked by position, and filled.

Word cuts a placeholder into several runs as it likes, so texts are taken together by paragraph; what replaces a
placeholder takes the look of its first character.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn

from postal_desk.domain.sentences import Sentence, say
from postal_desk.reports.template_names import PLACEHOLDER, Problem, known, lists_in, problems_in
from postal_desk.reports.template_values import SHARES, Filling, Value, as_text
from postal_desk.reports.words import NONE, Words

_P, _T, _TR, _TC, _TBL = (qn(f"w:{name}") for name in ("p", "t", "tr", "tc", "tbl"))


def check_docx(file: Path) -> list[Problem]:
    """Everything that keeps the form from being filled."""
    form = docx.Document(str(file))
    found: list[Problem] = []
    for name, root in _roots(form):
        for place, element in _places(root, name):
            found += problems_in(_text(element), place)
    return found


def names_in_docx(file: Path) -> list[str]:
    """The placeholders of a form, as they are written."""
    form = docx.Document(str(file))
    return [
        name for _n, root in _roots(form) for p in root.iter(_P) for name in PLACEHOLDER.findall(_own_text(p))
    ]


def fill_docx(template: Path, target: Path, filling: Filling, words: Words) -> None:
    """Write the form filled in."""
    form = docx.Document(str(template))
    for _name, root in _roots(form):
        for row in list(root.iter(_TR)):
            if lists := lists_in(_text(row)):
                _repeat(row, filling.lists[lists.pop()], filling, words)
        for paragraph in list(root.iter(_P)):
            if lists := lists_in(_own_text(paragraph)):
                _repeat(paragraph, filling.lists[lists.pop()], filling, words)
        for paragraph in root.iter(_P):
            _fill(paragraph, {}, filling, words)
    form.core_properties.last_modified_by = ""
    form.save(str(target))


def _roots(form: Any) -> Iterator[tuple[str, Any]]:
    """The parts of a document with text of the author: the body, and the headers and footers of their own."""
    yield "", form.element.body
    seen: set[int] = set()
    for section in form.sections:
        for name, part in (
            ("header", section.header),
            ("footer", section.footer),
            ("header", section.first_page_header),
            ("footer", section.first_page_footer),
            ("header", section.even_page_header),
            ("footer", section.even_page_footer),
        ):
            if not part.is_linked_to_previous and id(part._element) not in seen:
                seen.add(id(part._element))
                yield name, part._element


def _places(root: Any, name: str) -> Iterator[tuple[Sentence, Any]]:
    """Each row of a table and each paragraph outside of tables, with its position."""
    paragraphs = tables = 0
    for child in root.iterchildren():
        if child.tag == _TBL:
            tables += 1
            for row, element in enumerate(child.iter(_TR), 1):
                yield from _cells(element, tables, row, name)
            continue
        for element in child.iter(_P) if child.tag != _P else (child,):
            paragraphs += 1
            yield _named(say("paragraph {n}", n=paragraphs), name), element


def _cells(row: Any, table: int, number: int, name: str) -> Iterator[tuple[Sentence, Any]]:
    together = lists_in(_text(row))
    for column, cell in enumerate(row.iter(_TC), 1):
        place = say("table {table}, row {row}, column {column}", table=table, row=number, column=column)
        yield _named(place, name), cell
    if len(together) > 1:
        yield _named(say("table {table}, row {row}", table=table, row=number), name), row


def _named(place: Sentence, part: str) -> Sentence:
    if part == "header":
        return say("header, {place}", place=place)
    return say("footer, {place}", place=place) if part == "footer" else place


def _own(paragraph: Any) -> list[Any]:
    """The text elements of a paragraph itself, not those of a text box in it."""
    return [text for text in paragraph.iter(_T) if next(text.iterancestors(_P)) is paragraph]


def _own_text(paragraph: Any) -> str:
    return "".join(text.text or "" for text in _own(paragraph))


def _text(element: Any) -> str:
    """The text of a row or paragraph; paragraphs are kept apart."""
    if element.tag == _P:
        return _own_text(element)
    return "\n".join(_own_text(paragraph) for paragraph in element.iter(_P))


def _repeat(element: Any, rows: Sequence[Mapping[str, Value]], filling: Filling, words: Words) -> None:
    """One copy of a row or paragraph for each entry of a list; an empty list leaves one of dashes."""
    dashes: Mapping[str, Value] = {}
    for row in rows or [dashes]:
        made = copy.deepcopy(element)
        element.addprevious(made)
        for paragraph in [made] if made.tag == _P else made.iter(_P):
            _fill(paragraph, row, filling, words)
    element.getparent().remove(element)


def _fill(paragraph: Any, row: Mapping[str, Value], filling: Filling, words: Words) -> None:
    """Replace the placeholders of one paragraph where they stand, whatever runs they are cut into."""
    texts = _own(paragraph)
    whole = "".join(text.text or "" for text in texts)
    for found in reversed(list(PLACEHOLDER.finditer(whole))):
        pair = known(found[1])
        if pair is None or (pair[0] and not row and pair[0] not in filling.lists):
            continue
        group, name = pair
        value = row.get(name) if group else filling.single[name]
        shown = as_text(value, words, share=name in SHARES) if not group or row else NONE
        _put(texts, found.start(), found.end(), shown)


def _put(texts: list[Any], start: int, end: int, shown: str) -> None:
    """Put a text in place of the characters from start to end, into the run in which they begin."""
    at = 0
    first = True
    for text in texts:
        content = text.text or ""
        here, there = max(start - at, 0), min(end - at, len(content))
        if here < there:
            text.text = content[:here] + (shown if first else "") + content[there:]
            text.set(qn("xml:space"), "preserve")
            first = False
        at += len(content)
