"""``import``: an old ledger into the desk, and the template of one for those who still collect in Excel."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from postal_desk import i18n
from postal_desk.cli.session import Session, answer, json_option, pass_session, read_object
from postal_desk.domain.sentences import Refusal, say

if TYPE_CHECKING:
    from postal_desk.services.desk import Desk
    from postal_desk.services.ledgers import LedgerRead, Proposal

_MOST_SHOWN = 50


@click.group("import")
def import_() -> None:
    """Take in what was kept elsewhere."""


@import_.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--map",
    "map_file",
    metavar="FILE",
    help="JSON that says what columns and words mean; see --dry-run --json.",
)
@click.option("--sheet", help="The sheet (default: the first one that looks like a ledger).")
@click.option("--dry-run", is_flag=True, help="Say what would become of each row; nothing is written.")
@json_option
@pass_session
def ledger(
    session: Session, file: Path, map_file: str | None, sheet: str | None, dry_run: bool, as_json: bool
) -> None:
    """Import a ledger: xlsx, xls, ods or csv. Rows that can't be read are named and stay outside."""
    with session.desk() as desk:
        read, proposal = _read(desk, file, read_object(map_file) if map_file else {}, sheet)
        numbers: tuple[str, ...] = ()
        if not dry_run:
            numbers = _import(desk, read)
        if as_json:
            from postal_desk.services.ledger_json import dry_run_to_json

            document: dict[str, Any] = dry_run_to_json(read, proposal, i18n.tell, i18n.label)
            answer({**document, "written": not dry_run, "numbers": list(numbers)})
        else:
            _say(read, written=not dry_run)


def _read(desk: Desk, file: Path, mapping: dict[str, Any], sheet: str | None) -> tuple[LedgerRead, Proposal]:
    from postal_desk.services import ledgers
    from postal_desk.services.ledger_import import settle_ledger

    opened = ledgers.open_ledger(file)
    if sheet is not None:
        mapping = {**mapping, "sheet": sheet}
    if (named := mapping.get("sheet")) and named not in opened.sheets:
        raise Refusal(
            say(
                "{file}: there is no sheet “{sheet}”; there are: {sheets}",
                file=file.name,
                sheet=str(named)[:60],
                sheets=opened.sheets,
            )
        )
    words = ledgers.ledger_words(desk)
    proposal = ledgers.mapped_ledger(opened, words, mapping)
    return settle_ledger(desk, ledgers.read_ledger(opened, proposal.plan, words, _progress())), proposal


def _import(desk: Desk, read: LedgerRead) -> tuple[str, ...]:
    from postal_desk.services.ledger_import import import_ledger
    from postal_desk.services.ledgers import Outcome

    run = read.run
    if not run.count(Outcome.NEW) + run.count(Outcome.CHANGED):
        if run.total and run.count(Outcome.REFUSED) == run.total:
            raise Refusal(
                say(
                    "{file}: none of its {count} rows can be taken; look at them with --dry-run",
                    file=read.ledger.name,
                    count=run.total,
                )
            )
        return ()
    changes = import_ledger(desk, read, _progress())
    for warning in changes.warnings:
        click.echo(i18n.tell(warning), err=True)
    return changes.cases


def _progress() -> Any:
    """How far it is, on a terminal only. Ctrl+C stops, and then nothing is written."""

    def tell(done: int) -> bool:
        if sys.stderr.isatty():
            click.echo(f"\r{done:,}", nl=False, err=True)
        return True

    return tell


def _say(read: LedgerRead, *, written: bool) -> None:
    from postal_desk.services.ledger_json import masked, totals
    from postal_desk.services.ledgers import column_letters

    run = read.run
    for place in sorted(run.remarks)[:_MOST_SHOWN]:
        for remark in run.remarks[place]:
            at = remark.column
            target = read.plan.columns.get(at, "note") if at is not None else ""
            value = masked(read, target, remark.value) if remark.value else ""
            cell = f"{column_letters(at)}{run.rows[place]}" if at is not None else f"{run.rows[place]}"
            parts = (
                cell,
                f"“{value}”" if value else "",
                i18n.tell(remark.reason),
                i18n.tell(remark.remedy) if remark.remedy else "",
            )
            click.echo("  ".join(part for part in parts if part), err=True)
    for note in run.notes:
        click.echo(i18n.tell(note), err=True)
    counts = totals(run)
    said = (
        say(
            "{rows} rows = {new} new + {changed} changed + {same} the same + {refused} refused; written",
            **counts,
        )
        if written
        else say(
            "{rows} rows = {new} new + {changed} changed + {same} the same + {refused} refused; nothing was written",
            **counts,
        )
    )
    click.echo(i18n.tell(said))


@import_.command()
@click.option("--out", type=click.Path(path_type=Path), help="Where to (default: the current folder).")
@json_option
@pass_session
def template(session: Session, out: Path | None, as_json: bool) -> None:
    """Write an empty ledger with the headings and word lists that an import understands at once."""
    from postal_desk.services.ledger_template import write_template

    with session.desk() as desk:
        path = write_template(desk, out)
    if as_json:
        answer({"path": str(path)})
    else:
        click.echo(str(path))
