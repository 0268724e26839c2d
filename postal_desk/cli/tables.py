"""Lists for people: a head and aligned columns; what is not there is left blank."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import click

from postal_desk.domain.columns import aligned


def tell_table(
    heads: Sequence[str], rows: Sequence[Sequence[object]], *, right: Collection[int] = (), none: str = ""
) -> None:
    """Print the rows under their heads; of no rows only the sentence ``none``, if there is one.

    A column in which no row says anything is left out; the columns of ``right`` hold numbers.
    """
    if not rows:
        if none:
            click.echo(none)
        return
    cells = [["" if cell is None else _one_line(str(cell)) for cell in row] for row in rows]
    kept = [at for at in range(len(heads)) if any(row[at] for row in cells)]
    shown = [[row[at] for at in kept] for row in (heads, *cells)]
    for line in aligned(shown, [new for new, at in enumerate(kept) if at in right]):
        click.echo(line)


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))


def moment(at: str) -> str:
    """``2026-11-27 01:33`` of a moment's ISO form."""
    return at[:16].replace("T", " ")
