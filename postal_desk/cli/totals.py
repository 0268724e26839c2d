"""``total``: totals typed for months before the desk had cases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from postal_desk import i18n
from postal_desk.cli.help import Group
from postal_desk.cli.session import MONTH, Session, answer, json_option, pass_session, read_records
from postal_desk.cli.tables import tell_table
from postal_desk.domain.periods import Month


@click.group(cls=Group)
def total() -> None:
    """Totals of past months, for comparisons where the desk holds no cases."""


@total.command("list")
@json_option
@pass_session
def list_(session: Session, as_json: bool) -> None:
    """The months typed so far; `in_use` is false where cases of the desk tell of the month."""
    from postal_desk.domain.typed_totals import total_to_json
    from postal_desk.services.typed_totals import list_totals

    with session.desk() as desk:
        found = [{**total_to_json(one.total), "in_use": one.in_use} for one in list_totals(desk)]
    if as_json:
        answer(found)
        return
    rows = [
        (
            one["month"],
            one["received"],
            one["closed"],
            "" if one["in_use"] else i18n._("(not used: the month has cases)"),
        )
        for one in found
    ]
    tell_table((i18n._("Month"), i18n._("Received"), i18n._("Closed"), ""), rows, right=(1, 2))


@total.command()
@click.argument("file")
@json_option
@pass_session
def put(session: Session, file: str, as_json: bool) -> None:
    """Save months from FILE: a table (csv, tab-separated or xlsx with headings), or JSON (- is standard input)."""
    from postal_desk.services import typed_totals

    with session.desk() as desk:
        unknown: tuple[str, ...] = ()
        if _is_table(file):
            table = typed_totals.read_table(desk, _cells(file))
            totals, unknown = list(table.totals), table.unknown
        else:
            totals = typed_totals.totals_from_json(desk, read_records(file))
        changes = typed_totals.put_totals(desk, totals)
    months: list[Any] = [str(one.month) for one in totals]
    for heading in unknown:
        click.echo(i18n._("The column “{name}” is not known and was left out").format(name=heading), err=True)
    for warning in changes.warnings:
        click.echo(i18n.tell(warning), err=True)
    if as_json:
        answer({"months": months, "left_out": list(unknown)})
    else:
        click.echo("\n".join(months))


@total.command()
@click.argument("months", type=MONTH, nargs=-1, required=True)
@pass_session
def remove(session: Session, months: tuple[Month, ...]) -> None:
    """Take typed months away."""
    from postal_desk.services.typed_totals import remove_totals

    with session.desk() as desk:
        changes = remove_totals(desk, months)
    if changes.said is not None:
        click.echo(i18n.tell(changes.said))


def _is_table(file: str) -> bool:
    return Path(file).suffix.lower() in (".csv", ".tsv", ".txt", ".xlsx")


def _cells(file: str) -> list[list[str]]:
    from postal_desk.services.table_files import read_cells

    return read_cells(Path(file))
