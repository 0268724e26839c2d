"""``import``: an old ledger into the desk, and the template of one for those who still collect in Excel."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from postal_desk import i18n
from postal_desk.cli.help import Group
from postal_desk.cli.session import Session, answer, json_option, pass_session, read_object
from postal_desk.domain.sentences import Refusal, say

if TYPE_CHECKING:
    from postal_desk.services.desk import Desk
    from postal_desk.services.ledger_sheets import SheetsRead
    from postal_desk.services.ledgers import LedgerRead, Proposal

_MOST_SHOWN = 50


@click.group("import", cls=Group)
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
@click.option(
    "--sheet",
    "sheets",
    multiple=True,
    help="The sheet (default: the first one that looks like a ledger). Given again: others of the same headings.",
)
@click.option(
    "--all-sheets", is_flag=True, help="With it every other sheet whose headings agree, in one import."
)
@click.option("--dry-run", is_flag=True, help="Say what would become of each row; nothing is written.")
@json_option
@pass_session
def ledger(
    session: Session,
    file: Path,
    map_file: str | None,
    sheets: tuple[str, ...],
    all_sheets: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import a ledger: xlsx, xls, ods or csv. Rows that can't be read are named and stay outside."""
    with session.desk() as desk:
        mapping = read_object(map_file) if map_file else {}
        read, proposal = _read(desk, file, mapping, sheets, all_sheets=all_sheets)
        numbers: tuple[str, ...] = ()
        if not dry_run:
            numbers = _import(desk, read)
        if as_json:
            from postal_desk.services.ledger_json import sheets_to_json

            document: dict[str, Any] = sheets_to_json(read, proposal, i18n.tell, i18n.label)
            answer({**document, "written": not dry_run, "numbers": list(numbers)})
        else:
            _say(read, written=not dry_run)


def _read(
    desk: Desk, file: Path, mapping: dict[str, Any], sheets: tuple[str, ...], *, all_sheets: bool
) -> tuple[SheetsRead, Proposal]:
    from postal_desk.services import ledgers
    from postal_desk.services.ledger_sheets import offered_sheets, read_sheets, settle_sheets

    opened = ledgers.open_ledger(file)
    if sheets:
        mapping = {**mapping, "sheet": sheets[0]}
    for named in (mapping.get("sheet"), *sheets):
        if not named or named in opened.sheets:
            continue
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
    plan, others = proposal.plan, list(sheets[1:])
    if all_sheets:
        offers = offered_sheets(opened, words, plan, proposal.head.headings)
        others += [offer.name for offer in offers if offer.like]
        if apart := [offer.name for offer in offers if not offer.like]:
            said = say("Sheets with other headings, left out: {sheets}", sheets=tuple(apart))
            click.echo(i18n.tell(said), err=True)
    elif len(opened.sheets) > 1 and len(sheets) < 2:
        rest = tuple(name for name in opened.sheets if name != plan.sheet)
        said = say(
            "Only the sheet “{sheet}” is read, not: {rest}; see --all-sheets", sheet=plan.sheet, rest=rest
        )
        click.echo(i18n.tell(said), err=True)
    return settle_sheets(desk, read_sheets(opened, plan, others, words, _progress())), proposal


def _import(desk: Desk, read: SheetsRead) -> tuple[str, ...]:
    from postal_desk.services.ledger_import import import_sheets
    from postal_desk.services.ledgers import Outcome

    if not read.count(Outcome.NEW) + read.count(Outcome.CHANGED):
        if read.total and read.count(Outcome.REFUSED) == read.total:
            raise Refusal(
                say(
                    "{file}: none of its {count} rows can be taken; look at them with --dry-run",
                    file=read.parts[0].ledger.name,
                    count=read.total,
                )
            )
        return ()
    changes = import_sheets(desk, read.parts, _progress())
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


def _say(read: SheetsRead, *, written: bool) -> None:
    from postal_desk.services.ledger_json import sum_of_totals, totals

    several = len(read.parts) > 1
    for part in read.parts:
        _say_remarks(part, f"{part.plan.sheet}!" if several else "")
    for note in read.notes():
        click.echo(i18n.tell(note), err=True)
    for part in read.parts if several else ():
        line = say(
            "{sheet}: {rows} rows = {new} new + {changed} changed + {same} the same + {refused} refused",
            sheet=part.plan.sheet,
            **totals(part.run),
        )
        click.echo(i18n.tell(line))
    counts = sum_of_totals(read)
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


def _say_remarks(read: LedgerRead, sheet: str) -> None:
    from postal_desk.services.ledger_json import masked
    from postal_desk.services.ledgers import column_letters

    run = read.run
    for place in sorted(run.remarks)[:_MOST_SHOWN]:
        for remark in run.remarks[place]:
            at = remark.column
            target = read.plan.columns.get(at, "note") if at is not None else ""
            value = masked(read, target, remark.value) if remark.value else ""
            cell = f"{column_letters(at)}{run.rows[place]}" if at is not None else f"{run.rows[place]}"
            parts = (
                f"{sheet}{cell}",
                f"“{value}”" if value else "",
                i18n.tell(remark.reason),
                i18n.tell(remark.remedy) if remark.remedy else "",
            )
            click.echo("  ".join(part for part in parts if part), err=True)


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
