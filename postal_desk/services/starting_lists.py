"""Outlets and staff from a pasted list, one a line, as people have them in a ledger or a chat.

``船营投递部	投递部	解放大路12号`` and ``苏阳，投递员，船营投递部`` are understood; tabs, commas or blanks part
the cells, a number before the line and a heading line are passed over. Nothing is saved here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from postal_desk.domain.rules import Code
from postal_desk.domain.sentences import Refusal, say

_NUMBERING = re.compile(r"^\s*(?:[(（]?\d{1,3}[)）.、．:：]|[-•·*●])\s*")
_HEADINGS = {"名称", "网点", "网点名称", "单位", "姓名", "人员", "name", "outlet", "staff"}
MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class StartingOutlet:
    """``kind`` is a code of ``outlet_kinds`` or ``""``."""

    name: str
    kind: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class StartingStaff:
    """``position`` is a code of ``positions`` or ``""``; ``outlet`` the name of an outlet or ``""``."""

    name: str
    position: str = ""
    outlet: str = ""


def read_outlets(text: str, kinds: Mapping[str, Code]) -> list[StartingOutlet]:
    """The outlets of a pasted text; a cell that names no kind belongs to the address.

    :class:`Refusal` for more than :data:`MOST_ROWS` lines.
    """
    found = []
    for name, *cells in _rows(text):
        kind = next((code for code in (match_code(cell, kinds) for cell in cells) if code), "")
        rest = [cell for cell in cells if not match_code(cell, kinds)]
        found.append(StartingOutlet(name, kind or guess_kind(name, kinds), " ".join(rest)))
    return found


def read_staff(text: str, positions: Mapping[str, Code], outlets: Sequence[str]) -> list[StartingStaff]:
    """The staff of a pasted text. A cell that is no position is taken for an outlet's name, as it stands: the caller
    compares it with ``outlets`` (a unique part of a name finds it here). :class:`Refusal` as :func:`read_outlets`.
    """
    found = []
    for name, *cells in _rows(text):
        position = next((code for code in (match_code(cell, positions) for cell in cells) if code), "")
        places = [cell for cell in cells if not match_code(cell, positions)]
        found.append(StartingStaff(name, position, match_name(places[0], outlets) if places else ""))
    return found


def match_code(text: str, codes: Mapping[str, Code]) -> str:
    """The code whose name (in either language, or one of several joined by 、) or word is ``text``; else ``""``."""
    wanted = _plain(text)
    for code in codes.values():
        if wanted and wanted in (_plain(name) for name in _names(code)):
            return code.code
    return ""


def guess_kind(name: str, kinds: Mapping[str, Code]) -> str:
    """The kind that an outlet's own name tells (``河南街支局`` → branch office); ``""`` if it tells none."""
    wanted = _plain(name)
    for code in kinds.values():
        if any(_plain(part) in wanted for part in _names(code)[:-1]):
            return code.code
    return ""


def match_name(text: str, names: Iterable[str]) -> str:
    """The name that ``text`` is, or is the only one to contain it; else ``text`` as it stands."""
    known = list(names)
    if text in known:
        return text
    found = [name for name in known if text and text in name]
    return found[0] if len(found) == 1 else text


def _names(code: Code) -> tuple[str, ...]:
    return (*code.name.zh.split("、"), code.name.en, code.code)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _rows(text: str) -> list[list[str]]:
    rows = []
    for line in text.splitlines():
        cells = _cells(_NUMBERING.sub("", line))
        if cells and _plain(cells[0]) not in _HEADINGS:
            rows.append(cells)
    if len(rows) > MOST_ROWS:
        raise Refusal(
            say(
                "The pasted text has {count} lines; paste at most {most} at once",
                count=len(rows),
                most=MOST_ROWS,
            )
        )
    return rows


def _cells(line: str) -> list[str]:
    for parting in (r"\t", r"[,，;；|]", r"\s+"):
        if re.search(parting, line.strip()):
            return [cell.strip() for cell in re.split(parting, line) if cell.strip()]
    return [line.strip()] if line.strip() else []
