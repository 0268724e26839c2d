"""``user``: who may log in at a desk, and the recovery code."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from postal_desk import i18n
from postal_desk.cli.help import Group
from postal_desk.cli.secrets import first_line, given_password, key_in, new_password
from postal_desk.cli.session import DATE, Session, answer, json_option, pass_session, tell_warnings
from postal_desk.cli.tables import tell_table
from postal_desk.domain import roles
from postal_desk.domain.sentences import Refusal, say

if TYPE_CHECKING:
    from postal_desk.services.desk import Desk
    from postal_desk.services.users import User

_new_password_option = click.option(
    "--new-password-file",
    type=click.Path(path_type=Path),
    help="A file whose first line is the new password.",
)
_must_change_option = click.option(
    "--must-change", is_flag=True, help="The window asks for another password at the first login."
)


@click.group(cls=Group)
def user() -> None:
    """Users: who may log in, and as what. Roles are rules of the program; whoever has a password has the key."""


@user.command("add")
@click.argument("name", metavar="USER")
@click.option(
    "--role", type=click.Choice(roles.ROLES), help="Default: manager for the first user, else clerk."
)
@click.option("--staff", default="", help="The member of staff this user is.")
@click.option("--acting-from", type=DATE, help="Acting manager from this day.")
@click.option("--acting-to", type=DATE, help="Acting manager up to this day.")
@_new_password_option
@_must_change_option
@json_option
@pass_session
def add(
    session: Session,
    name: str,
    role: str | None,
    staff: str,
    acting_from: date | None,
    acting_to: date | None,
    new_password_file: Path | None,
    must_change: bool,
    as_json: bool,
) -> None:
    """Add a user. The first one gives a desk without a password its password, and is a manager."""
    from postal_desk.services import users

    with session.desk() as desk:
        if desk.user is None:
            if role not in (None, roles.MANAGER):
                raise Refusal(say("The first user is a manager; add the others afterwards"))
            password = new_password(new_password_file, given_password(session))
            _changes, code = users.protect(desk, name, password)
            name = desk.actor  # as it was taken
            if staff:
                users.edit_user(desk, name, {"staff": staff})
            _show(desk, name, as_json, code)
            _tell_plain(desk)
            return
        values = {"staff": staff, "acting_from": acting_from, "acting_to": acting_to}
        password = new_password(new_password_file)
        made = users.add_user(desk, name, role or roles.CLERK, password, must_change=must_change, **values)
        tell_warnings(made)
        _show(desk, max(users.list_users(desk), key=lambda one: one.id).name, as_json)


@user.command("list")
@json_option
@pass_session
def list_all(session: Session, as_json: bool) -> None:
    """List the users, former ones too."""
    from postal_desk.services.users import list_users

    with session.desk() as desk:
        found = [_plain(user, desk.today()) for user in list_users(desk)]
    if as_json:
        answer(found)
        return
    rows = [
        (
            one["name"],
            i18n.label(roles.NAMES[one["role"]]),
            one["staff"],
            i18n._("acts as manager") if one["role_today"] != one["role"] else "",
            "" if one["active"] else i18n._("shut out"),
        )
        for one in found
    ]
    heads = (i18n._("Full name"), i18n._("Role"), i18n._("Member of staff"), "", "")
    tell_table(heads, rows, none=i18n._("This desk has no password"))


@user.command()
@click.argument("name", metavar="USER")
@click.option("--role", type=click.Choice(roles.ROLES), help="What this user may do.")
@click.option("--staff", help="The member of staff this user is; empty: none.")
@click.option("--acting-from", type=DATE, help="Acting manager from this day.")
@click.option("--acting-to", type=DATE, help="Acting manager up to this day.")
@click.option("--not-acting", is_flag=True, help="No acting manager any more.")
@click.option("--active/--inactive", default=None, help="May log in, or may not any more.")
@json_option
@pass_session
def edit(session: Session, name: str, not_acting: bool, as_json: bool, **given: Any) -> None:
    """Change what a user may do. Shutting somebody out takes the password away."""
    from postal_desk.services.users import edit_user

    values = {field: value for field, value in given.items() if value is not None}
    if not_acting:
        values |= {"acting_from": None, "acting_to": None}
    with session.desk() as desk:
        edit_user(desk, name, values)
        _show(desk, name, as_json)


@user.command()
@click.argument("name", metavar="[USER]", default="")
@_new_password_option
@_must_change_option
@json_option
@pass_session
def password(
    session: Session, name: str, new_password_file: Path | None, must_change: bool, as_json: bool
) -> None:
    """Give a user a new password; without a name, change your own."""
    from postal_desk.services import users

    with session.desk() as desk:
        wanted = new_password(new_password_file)
        own = desk.user is not None and name in ("", desk.user.name)
        if own and session.recovery_file is None:
            name = desk.actor
            users.change_password(desk, given_password(session) or "", wanted)
        else:
            users.set_password(desk, name, wanted, must_change=must_change)
        _show(desk, name, as_json)


@user.command()
@click.option(
    "--confirm", type=click.Path(path_type=Path), help="A file with the code as it stands on the sheet."
)
@click.option("--new", "again", is_flag=True, help="Make another code; the old one opens nothing any more.")
@json_option
@pass_session
def recovery(session: Session, confirm: Path | None, again: bool, as_json: bool) -> None:
    """The recovery code: whether somebody typed it back, typing it back, or another one."""
    from postal_desk.services import recovery as codes

    code = ""
    with session.desk() as desk:
        if again:
            _changes, code = codes.new_code(desk)
        elif confirm is not None:
            codes.confirm_code(desk, first_line(confirm))
        confirmed = codes.confirmed(desk)
    if as_json:
        answer({"confirmed": confirmed} | ({"recovery_code": code} if code else {}))
    elif code:
        click.echo(code)
    else:
        click.echo(i18n._("typed back") if confirmed else i18n._("not typed back yet"))


@user.command("branch-key")
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path))
@pass_session
def branch_key(session: Session, name: str, file: Path) -> None:
    """Wrap the key for the city branch NAME too, whose public key (64 hexadecimal digits) stands in FILE."""
    from postal_desk.services.recovery import seal_for_branch

    public_key = key_in(file)
    with session.desk() as desk:
        changes = seal_for_branch(desk, public_key, name)
    if changes.said:
        click.echo(i18n.tell(changes.said))


def _show(desk: Desk, name: str, as_json: bool, code: str = "") -> None:
    from postal_desk.services.users import list_users

    shown = next(user for user in list_users(desk) if user.name == name.strip())
    if as_json:
        answer(_plain(shown, desk.today()) | ({"recovery_code": code} if code else {}))
        return
    click.echo(shown.name)
    if code:
        click.echo(
            i18n._("Recovery code, shown this once, to be kept on paper: {code}").format(code=code), err=True
        )


def _tell_plain(desk: Desk) -> None:
    from postal_desk.services.plain_copies import find

    count = find(desk, None).count
    if count:
        words = i18n._(
            "{count} copies made until now open without a password: “copies plain” lists them, and removes them "
            "with --remove"
        )
        click.echo(words.format(count=count), err=True)


def _plain(user: User, today: date) -> dict[str, Any]:
    return {
        "name": user.name,
        "role": user.role,
        "role_today": roles.role_on(user.role, user.acting_from, user.acting_to, today),
        "staff": user.staff,
        "active": user.active,
        "acting_from": user.acting_from.isoformat() if user.acting_from else None,
        "acting_to": user.acting_to.isoformat() if user.acting_to else None,
        "must_change": user.must_change,
    }
