"""``error``: errors of staff, and whether they are exempt."""

from __future__ import annotations

from typing import Any

import click

from postal_desk import i18n
from postal_desk.cli.help import Group
from postal_desk.cli.records import add_command, bin_commands, edit_command, line, show_command
from postal_desk.cli.session import LIMIT, Session, answer, json_option, pass_session
from postal_desk.cli.tables import tell_table
from postal_desk.domain.error_records import ERROR_FORM
from postal_desk.domain.record_forms import record_to_json
from postal_desk.i18n import _
from postal_desk.services import error_records as service
from postal_desk.services.desk import Desk
from postal_desk.services.error_records import ErrorView


@click.group(cls=Group)
def error() -> None:
    """Errors of staff: cause, evidence, decision, and the grounds of exemption."""


def _document(view: ErrorView) -> dict[str, Any]:
    judged = [
        {
            "rule": one.rule.key,
            "name": i18n.label(one.rule.name),
            "exempts": one.holds,
            "why": [i18n.tell(sentence) for sentence in one.why],
            "source": i18n.label(one.rule.source),
        }
        for one in view.exemptions
    ]
    joined = view.person.joined_on if view.person else None
    return {
        **record_to_json(ERROR_FORM, view.record),
        "joined_on": joined.isoformat() if joined else None,
        "exempt": view.exempt,
        "exemptions": judged,
    }


def _show(desk: Desk, number: str, as_json: bool) -> None:
    view = service.show_error(desk, number)
    if as_json:
        answer(_document(view))
        return
    click.echo(_head(desk, view))
    click.echo(view.record.text)
    for one in view.exemptions:
        said = "；" if i18n.language() == "zh_CN" else "; "
        click.echo(
            line("+" if one.holds else "−", i18n.label(one.rule.name), said.join(map(i18n.tell, one.why)))
        )


def _head(desk: Desk, view: ErrorView) -> str:
    return line(*_row(desk, view)[:-1])


def _row(desk: Desk, view: ErrorView) -> tuple[object, ...]:
    record, rules = view.record, desk.rules
    cause = i18n.label(rules.name("error_causes", record.cause))
    decision = i18n.label(rules.name("error_decisions", record.decision))
    return record.number, record.on, record.staff, cause, decision, record.text


add_command(error, ERROR_FORM, service.add_errors)
show_command(error, _show)
edit_command(error, ERROR_FORM, service.edit_error, _show)
bin_commands(error, service.delete_error, service.restore_error)


@error.command("list")
@click.option("--decision", help="Only this decision, a code of `rule list`.")
@click.option("--limit", type=LIMIT, default=100, show_default=True, help="0 = all")
@json_option
@pass_session
def list_(session: Session, decision: str | None, limit: int, as_json: bool) -> None:
    """List errors, newest first."""
    with session.desk() as desk:
        if decision is not None:
            desk.rules.require("error_decisions", decision)
        views = service.list_errors(desk, decision or "", limit)
        if as_json:
            answer([_document(view) for view in views])
            return
        heads = (_("Number"), _("Day"), _("Full name"), _("Cause"), _("Decision"), _("What went wrong"))
        tell_table(heads, [_row(desk, view) for view in views])
