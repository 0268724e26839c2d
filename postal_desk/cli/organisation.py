"""``outlet`` and ``staff``: the branch's places and people."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import click

from postal_desk import i18n
from postal_desk.cli.help import Group
from postal_desk.cli.session import DATE, Session, answer, json_option, pass_session, tell_warnings
from postal_desk.cli.tables import tell_table
from postal_desk.i18n import _
from postal_desk.services import organisation
from postal_desk.services.organisation_words import grade_name, outlet_state, staff_state


def _plain(record: Any) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(record).items()
    }


@click.group(cls=Group)
def outlet() -> None:
    """Outlets: branch offices, counters, delivery units, agency points."""


@outlet.command("add")
@click.argument("name")
@click.option("--kind", default="branch_office", show_default=True, help="Its kind, a code of `rule list`.")
@click.option("--grade", type=click.IntRange(1, 3), help="Its grade.")
@click.option("--address", default="", help="Its address.")
@click.option("--from", "valid_from", type=DATE, help="The first day it is there (default: always).")
@json_option
@pass_session
def add_outlet(
    session: Session,
    name: str,
    kind: str,
    grade: int | None,
    address: str,
    valid_from: date | None,
    as_json: bool,
) -> None:
    """Add an outlet."""
    with session.desk() as desk:
        changes = organisation.add_outlet(
            desk, name, kind=kind, grade=grade, address=address, valid_from=valid_from
        )
        tell_warnings(changes)
        _show(max(organisation.list_outlets(desk), key=lambda one: one.id), as_json)


@outlet.command("list")
@json_option
@pass_session
def list_outlets(session: Session, as_json: bool) -> None:
    """List the outlets."""
    with session.desk() as desk:
        found, rules, today = organisation.list_outlets(desk), desk.rules, desk.today()
    if as_json:
        answer([_plain(one) for one in found])
        return
    heads = (_("Outlet"), _("Type"), _("Grade"), _("Status"), _("Valid from"), _("Valid to"), _("Address"))
    rows = [
        (
            one.name,
            i18n.label(rules.name("outlet_kinds", one.kind)) if one.kind else "",
            grade_name(one.grade),
            outlet_state(one, today),
            one.valid_from,
            one.valid_to,
            one.address,
        )
        for one in found
    ]
    tell_table(heads, rows, none=_("No outlet yet"))


@click.group(cls=Group)
def staff() -> None:
    """Staff: who handles cases."""


@staff.command("add")
@click.argument("name", metavar="PERSON")
@click.option("--position", default="", help="The post of this person.")
@click.option("--outlet", "outlet_name", default="", help="The outlet this person belongs to.")
@click.option("--joined", type=DATE, help="The day this person joined.")
@json_option
@pass_session
def add_staff(
    session: Session, name: str, position: str, outlet_name: str, joined: date | None, as_json: bool
) -> None:
    """Add a member of staff."""
    with session.desk() as desk:
        changes = organisation.add_staff(desk, name, position=position, outlet=outlet_name, joined_on=joined)
        tell_warnings(changes)
        _show(max(organisation.list_staff(desk), key=lambda one: one.id), as_json)


@staff.command("list")
@json_option
@pass_session
def list_staff(session: Session, as_json: bool) -> None:
    """List the staff."""
    with session.desk() as desk:
        found, rules, today = organisation.list_staff(desk), desk.rules, desk.today()
    if as_json:
        answer([_plain(one) for one in found])
        return
    heads = (_("Full name"), _("Position"), _("Outlet"), _("Joined"), _("Last day"), _("Status"))
    rows = [
        (
            one.name,
            i18n.label(rules.name("positions", one.position)) if one.position else "",
            one.outlet,
            one.joined_on,
            one.left_on,
            staff_state(one, today),
        )
        for one in found
    ]
    tell_table(heads, rows, none=_("Nobody yet"))


@staff.command("leave")
@click.argument("name", metavar="PERSON")
@click.option("--on", type=DATE, help="Last day (default: today).")
@click.option("--hand-over-to", default="", help="Who takes the open cases.")
@json_option
@pass_session
def leave(session: Session, name: str, on: date | None, hand_over_to: str, as_json: bool) -> None:
    """Record that somebody leaves and hand over the open cases."""
    with session.desk() as desk:
        changes = organisation.leave(desk, name, on or desk.today(), hand_over_to=hand_over_to)
        if as_json:
            answer({"name": name, "handed_over": list(changes.cases)})
        elif changes.said:
            click.echo(i18n.tell(changes.said))


def _show(record: Any, as_json: bool) -> None:
    if as_json:
        answer(_plain(record))
    else:
        click.echo(record.name)
