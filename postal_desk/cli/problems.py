"""``problem``: what was found, which measures answer it, and what comes back."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from postal_desk import i18n
from postal_desk.cli.help import Group
from postal_desk.cli.records import add_command, bin_commands, edit_command, line, show_command
from postal_desk.cli.session import DATE, LIMIT, Session, answer, json_option, pass_session, read_object
from postal_desk.cli.tables import tell_table
from postal_desk.domain.problems import PROBLEM_FORM, STATUS_NAMES
from postal_desk.domain.record_forms import parse_record, record_to_json
from postal_desk.domain.recurrences import ACCOUNTABILITY_FORM
from postal_desk.domain.sentences import say
from postal_desk.i18n import _
from postal_desk.services import problems as service
from postal_desk.services import recurrences
from postal_desk.services.desk import Desk


@click.group(cls=Group)
def problem() -> None:
    """Problems: found by visits, inspections, surveys and cases; answered by measures."""


def _document(view: service.ProblemView) -> dict[str, Any]:
    """The record as it goes out, with what follows from other records."""
    joined = {"measures": list(view.measures), "visit": view.visit or None, "status": view.status}
    return {**record_to_json(PROBLEM_FORM, view.record), **joined}


def _show(desk: Desk, number: str, as_json: bool) -> None:
    view = service.show_problem(desk, number)
    if as_json:
        answer(_document(view))
        return
    record, rules = view.record, desk.rules
    click.echo(_head(view))
    where = line(record.found_on, record.unit or record.outlet)
    click.echo(line(i18n.label(rules.name("problem_sources", record.source)) if record.source else "", where))
    for text in (record.cause, record.clause, view.visit, *view.measures, *record.cases):
        if text:
            click.echo(text)


def _head(view: service.ProblemView) -> str:
    record = view.record
    return line(
        record.number, record.begun_on, i18n.tell(STATUS_NAMES[view.status]), record.text.split("\n")[0]
    )


add_command(problem, PROBLEM_FORM, service.add_problems)
show_command(problem, _show)
edit_command(problem, PROBLEM_FORM, service.edit_problem, _show)
bin_commands(problem, service.delete_problem, service.restore_problem)


@problem.command("list")
@click.option("--status", type=click.Choice(tuple(STATUS_NAMES)), help="Only this status.")
@click.option("--limit", type=LIMIT, default=100, show_default=True, help="0 = all")
@json_option
@pass_session
def list_(session: Session, status: str | None, limit: int, as_json: bool) -> None:
    """List problems, newest first."""
    with session.desk() as desk:
        views = service.list_problems(desk, status or "", limit)
    if as_json:
        answer([_document(view) for view in views])
        return
    heads = (_("Number"), _("Found on"), _("Status"), _("Found at"), _("Problem"))
    rows = [
        (
            view.record.number,
            view.record.begun_on,
            i18n.tell(STATUS_NAMES[view.status]),
            view.record.unit or view.record.outlet,
            view.record.text,
        )
        for view in views
    ]
    tell_table(heads, rows)


@problem.command()
@click.option("--until", type=DATE, help="The last day of the rolling months (default: today).")
@json_option
@pass_session
def recurring(session: Session, until: date | None, as_json: bool) -> None:
    """Problems that came back at the same outlet, most often first, with the measures against them."""
    with session.desk() as desk:
        board = recurrences.recurrence_board(desk, until)
        rows = [_recurring(row) for row in board.rows]
        if as_json:
            limit = {"limit": board.rule.limit, "months": board.rule.months}
            answer(
                {"since": board.since.isoformat(), "until": board.until.isoformat(), **limit, "rows": rows}
            )
            return
        told = []
        for row in board.rows:
            found = row.found
            what = found.clause or i18n.label(desk.rules.category_name(found.category))
            numbers = " ".join(measure.number for measure in row.measures)
            called = i18n.tell(say("limit reached, answers for it: {name}", name=row.person or "—"))
            told.append((row.place, found.outlet, what, found.times, called if row.crossed else "", numbers))
        heads = (_("Rank"), _("Outlet"), _("Came back"), _("Times"), _("Status"), _("Measures"))
        tell_table(heads, told, right=(0, 3))


def _recurring(row: recurrences.BoardRow) -> dict[str, Any]:
    found = row.found
    return {
        "place": row.place,
        "outlet": found.outlet,
        "category": found.category or None,
        "clause": found.clause or None,
        "times": found.times,
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "crossed": row.crossed,
        "measures": [measure.number for measure in row.measures],
        "person": row.person or None,
        "accountability": row.item.number if row.item else None,
    }


@problem.group()
def account() -> None:
    """Accountability: who answers for a problem that came back, and what came of it."""


def _show_account(desk: Desk, number: str, as_json: bool) -> None:
    record = recurrences.show_accountability(desk, number).record
    if as_json:
        answer(record_to_json(ACCOUNTABILITY_FORM, record))
    else:
        click.echo(
            line(record.number, record.begun_on, record.person, record.outlet, record.text, record.result)
        )


@account.command("raise")
@click.argument("file")
@json_option
@pass_session
def raise_(session: Session, file: str, as_json: bool) -> None:
    """Hold a person to account: FILE has {"person", "outlet", "times", "text", "due_on"}, "category" or "clause"."""
    with session.desk() as desk:
        item = parse_record(ACCOUNTABILITY_FORM, read_object(file), desk.rules)
        ((_kind, number),) = recurrences.raise_accountability(desk, item).records
        if as_json:
            _show_account(desk, number, True)
        else:
            click.echo(number)


@account.command("list")
@json_option
@pass_session
def list_accounts(session: Session, as_json: bool) -> None:
    """List the items, newest first."""
    with session.desk() as desk:
        items = recurrences.list_accountability(desk)
    if as_json:
        answer([record_to_json(ACCOUNTABILITY_FORM, item) for item in items])
        return
    heads = (_("Number"), _("Day"), _("Full name"), _("Outlet"), _("Result"))
    tell_table(heads, [(one.number, one.begun_on, one.person, one.outlet, one.result) for one in items])


show_command(account, _show_account)
edit_command(account, ACCOUNTABILITY_FORM, recurrences.edit_accountability, _show_account)
bin_commands(account, recurrences.delete_accountability, recurrences.restore_accountability)
