"""``visit``: field visits, planned and made, and their findings."""

from __future__ import annotations

import click

from postal_desk import i18n
from postal_desk.cli.help import Group
from postal_desk.cli.records import add_command, bin_commands, edit_command, line, show_command
from postal_desk.cli.session import LIMIT, Session, answer, json_option, pass_session, read_object
from postal_desk.cli.tables import tell_table
from postal_desk.domain.problems import PROBLEM_FORM
from postal_desk.domain.record_forms import parse_record_changes, record_to_json
from postal_desk.domain.visits import STATUS_NAMES, VISIT_FORM, Visit
from postal_desk.i18n import _
from postal_desk.services import visits as service
from postal_desk.services.desk import Desk


@click.group(cls=Group)
def visit() -> None:
    """Field visits: plan, questions, findings; a finding becomes a problem."""


def _document(found: Visit) -> dict[str, object]:
    return {**record_to_json(VISIT_FORM, found), "status": found.status}


def _show(desk: Desk, number: str, as_json: bool) -> None:
    found = service.show_visit(desk, number).record
    if as_json:
        answer(_document(found))
        return
    click.echo(_head(found))
    click.echo(found.purpose)
    for question in found.questions:
        click.echo(line(question.question, question.answer))
    for finding in found.findings:
        click.echo(line(finding.text, finding.problem))


def _head(found: Visit) -> str:
    status = i18n.tell(STATUS_NAMES[found.status])
    return line(found.number, found.begun_on, status, found.unit or found.outlet, found.title)


add_command(visit, VISIT_FORM, service.add_visits)
show_command(visit, _show)
edit_command(visit, VISIT_FORM, service.edit_visit, _show)
bin_commands(visit, service.delete_visit, service.restore_visit)


@visit.command("list")
@click.option("--limit", type=LIMIT, default=100, show_default=True, help="0 = all")
@json_option
@pass_session
def list_(session: Session, limit: int, as_json: bool) -> None:
    """List field visits, newest first."""
    with session.desk() as desk:
        found = service.list_visits(desk, limit)
    if as_json:
        answer([_document(one) for one in found])
        return
    heads = (_("Number"), _("Day"), _("Status"), _("Unit visited"), _("Field visit"))
    rows = [
        (one.number, one.begun_on, i18n.tell(STATUS_NAMES[one.status]), one.unit or one.outlet, one.title)
        for one in found
    ]
    tell_table(heads, rows)


@visit.command("problem")
@click.argument("number")
@click.argument("finding", type=click.IntRange(min=1))
@click.argument("file", required=False)
@json_option
@pass_session
def problem_(session: Session, number: str, finding: int, file: str | None, as_json: bool) -> None:
    """Make the finding number FINDING (from 1) a problem; FILE may give further fields of it."""
    with session.desk() as desk:
        given = parse_record_changes(PROBLEM_FORM, read_object(file), desk.rules) if file else {}
        made = service.make_problem(desk, number, finding, given).records[0][1]
    if as_json:
        answer({"number": made})
    else:
        click.echo(made)
