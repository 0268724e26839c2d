"""``audit list``, ``audit verify``, ``audit export``, ``audit accept``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from postal_desk import i18n
from postal_desk.cli.help import Group
from postal_desk.cli.session import DATE, LIMIT, MONTH, Session, answer, json_option, pass_session
from postal_desk.cli.tables import tell_table
from postal_desk.domain.audit_words import action_name
from postal_desk.domain.periods import Month
from postal_desk.i18n import _
from postal_desk.services.record_words import audited_fields

if TYPE_CHECKING:
    from postal_desk.services.audit_log import AuditRow


def _filters(command: Any) -> Any:
    for option in (
        click.option("--to", "last", type=DATE, help="Only up to this day."),
        click.option("--from", "first", type=DATE, help="Only from this day on."),
        click.option("--who", default="", help="Only what this user did."),
        click.option("--action", default="", help="Only this action (case.edit), or all of a kind (case)."),
        click.option(
            "--record", default="", help="Only what was done to this record, by its number or name."
        ),
        click.option("--month", type=MONTH, help="Only this month."),
    ):
        command = option(command)
    return command


@click.group(cls=Group)
def audit() -> None:
    """Who did what and when."""


@audit.command("list")
@_filters
@click.option("--limit", type=LIMIT, default=100, show_default=True, help="0 = all")
@json_option
@pass_session
def list_rows(session: Session, limit: int, as_json: bool, **wanted: Any) -> None:
    """The audit, newest first."""
    from postal_desk.services.audit_log import read_audit

    with session.desk() as desk:
        rows = read_audit(desk, limit=limit, **wanted)
    if as_json:
        names = ("id", "at", "who", "action", "kind", "record", "count")
        answer([{**{name: getattr(row, name) for name in names}, "fields": list(row.fields)} for row in rows])
        return
    heads = (_("No."), _("Time"), _("Who"), _("What"), _("Code"), _("Record"), _("Fields"), _("Count"))
    tell_table(heads, [_cells(row) for row in rows], right=(0, 7))


def _cells(row: AuditRow) -> tuple[object, ...]:
    what, count = i18n.label(action_name(row.action)), row.count if row.count != 1 else ""
    fields = audited_fields(row.action, row.fields)
    return row.id, row.at.replace("T", " "), row.who, what, row.action, row.record, fields, count


@audit.command()
@json_option
@pass_session
def verify(session: Session, as_json: bool) -> None:
    """Prove that no row of the audit was changed or taken out."""
    from postal_desk.services.audit_log import verify_audit

    with session.desk() as desk:
        found = verify_audit(desk)
        missing = [i18n.tell(notice) for notice in desk.notices]
    ok = found.ok and not missing
    if as_json:
        answer(
            {
                "ok": ok,
                "rows": found.rows,
                "head": found.head,
                "broken_at": found.broken_at,
                "spoilt_at": found.spoilt_at,
                "missing": missing,
            }
        )
    elif found.broken_at is not None:
        click.echo(i18n._("The audit's chain is broken from row {row} on").format(row=found.broken_at))
    elif found.spoilt_at is not None:
        click.echo(
            i18n._("The values behind row {row} are not those that were written").format(row=found.spoilt_at)
        )
    elif ok:
        click.echo(
            i18n._("The audit is whole: {rows} rows, head {head}").format(rows=found.rows, head=found.head)
        )
    if not ok:
        raise click.exceptions.Exit(1)


@audit.command()
@json_option
@pass_session
def accept(session: Session, as_json: bool) -> None:
    """Take note of saved work that is missing, and that the PC's clock is right now: it is not said again, and the
    audit keeps it.
    """
    from postal_desk.services.desk_clock import believe_clock
    from postal_desk.services.lost_work import accept_losses

    with session.desk() as desk:
        accepted = len(desk.notices)
        accept_losses(desk)
        clock = desk.clock_problem() is not None
        if clock:
            believe_clock(desk)
    if as_json:
        answer({"accepted": accepted} | ({"clock": True} if clock else {}))


@audit.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(("xlsx", "csv")), help="Default: by the file's ending, else xlsx."
)
@_filters
@json_option
@pass_session
def export(
    session: Session,
    file: Path,
    form: str | None,
    as_json: bool,
    month: Month | None,
    record: str,
    action: str,
    who: str,
    first: date | None,
    last: date | None,
) -> None:
    """Write the audit as a list into FILE, for managers and auditors; this is written to the audit too."""
    from postal_desk.services.audit_log import AuditFilter, export_audit

    form = form or ("csv" if file.suffix.lower() == ".csv" else "xlsx")
    wanted = AuditFilter(str(month) if month else "", record, action, who, first, last)
    with session.desk() as desk:
        path = export_audit(desk, form, file.absolute(), wanted, i18n.language())
    if as_json:
        answer({"path": str(path)})
    else:
        click.echo(str(path))
