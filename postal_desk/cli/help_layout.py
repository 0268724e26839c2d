"""The lines of a help page, measured in places of a terminal: click counts letters, and a Chinese one takes two."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

from postal_desk.domain.columns import filled, padded, width, words
from postal_desk.i18n import _

#: what is read at a glance only on one line: a note, the keys of a JSON object
_WHOLE = re.compile(r"([\[{][^\]}]*[\]}][，。；、.,;:]?\s*)")
#: how many places at the end of a line may stay empty, so that it ends with a sign and not inside a word
_RAGGED = 16


def wrapped(text: str, places: int) -> list[str]:
    """The lines of a help text. Brackets stay whole."""
    parts: list[str] = []
    for part in _WHOLE.split(text):
        parts += [part] if _WHOLE.fullmatch(part) else words(part)
    return filled(parts, places, ragged=_RAGGED)


class Layout(click.HelpFormatter):
    """A help page in aligned columns."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        start = f"{prefix or ''}{prog} "
        lines = filled((f"{piece} " for piece in args.split()), self.width - width(start))
        for line in lines or [""]:
            self.write(f"{start}{line}".rstrip() + "\n")
            start = " " * width(start)

    def write_heading(self, heading: str) -> None:
        headings = {"Options": _("Options:"), "Commands": _("Commands:")}
        self.write(f"{headings[heading]}\n")

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        for line in wrapped(text, self.width - self.current_indent):
            self.write(f"{indent}{line}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        rows = list(rows)
        first = min(max(width(name) for name, _text in rows), col_max) + col_spacing
        indent, below = " " * self.current_indent, " " * (self.current_indent + first)
        for name, text in rows:
            start = f"{indent}{name}"
            if text and width(name) + col_spacing > first:
                self.write(f"{start}\n")
                start = below
            for line in wrapped(text, self.width - len(below)) or [""]:
                self.write(f"{padded(start, len(below))}{line}".rstrip() + "\n")
                start = below
