"""``new``, ``demo``, ``check``, ``selftest``, ``picture``: the desk as a whole."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from postal_desk import i18n
from postal_desk.cli.help import Command
from postal_desk.cli.secrets import given_password, new_password, user_name
from postal_desk.cli.session import MONTH, Session, answer, json_option, pass_session, tell_place
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import Refusal, say


@click.command(cls=Command)
@click.option("--branch", default="", help="Name of the branch; a known code gives it.")
@click.option("--code", required=True, help="Six-digit division code.")
@click.option("--letter", default="", help="Letter of a second desk of the same branch, A to Z.")
@click.option("--no-password", is_flag=True, help="A desk that anybody on this PC can open.")
@json_option
@pass_session
def new(session: Session, branch: str, code: str, letter: str, no_password: bool, as_json: bool) -> None:
    """Make an empty desk. Its first user is a manager; the recovery code is shown once, so write it down."""
    from postal_desk.services.desk import create_desk
    from postal_desk.services.users import checked_owner

    owner = None
    if not no_password:
        name = user_name(session) or i18n._("Manager")
        given = given_password(session)
        if given is None and not sys.stdin.isatty():
            raise Refusal(
                say(
                    "The desk's first password is missing: give it with --password-file or POSTAL_DESK_PASSWORD, "
                    "or say --no-password for a desk that anybody on this PC can open"
                )
            )
        owner = checked_owner(name, new_password(None, given))
    with create_desk(session.path, branch, code, letter=letter, owner=owner) as desk:
        tell_place(desk)
    if owner is None:
        _made(session.path, None, as_json)
        return
    facts = {"user": owner.name, "recovery_code": owner.recovery_code}
    if as_json:
        answer({"path": str(session.path.resolve()), **facts})
        return
    click.echo(str(session.path.resolve()))
    click.echo(
        i18n._("User: {user}. Recovery code, shown this once, to be kept on paper: {recovery_code}").format(
            **facts
        ),
        err=True,
    )


@click.command(cls=Command)
@click.option(
    "--cases", type=click.IntRange(0, 5_000_000), default=300, show_default=True, help="How many cases."
)
@click.option(
    "--months", type=click.IntRange(1, 240), default=14, show_default=True, help="Over how many months."
)
@click.option("--until", type=MONTH, help="The last month (default: the last finished one).")
@click.option("--seed", type=int, default=1, show_default=True, help="Another number makes other cases.")
@json_option
@pass_session
def demo(session: Session, cases: int, months: int, until: Month | None, seed: int, as_json: bool) -> None:
    """Make a practice desk with invented sample cases; the same arguments make the same cases."""
    from postal_desk.services.demo import make_demo

    made = make_demo(session.path, cases=cases, months=months, until=until, seed=seed)
    _made(session.path, made, as_json)


def _made(path: Path, cases: int | None, as_json: bool) -> None:
    if as_json:
        answer({"path": str(path.resolve())} | ({} if cases is None else {"cases": cases}))
    else:
        click.echo(str(path.resolve()))


@click.command(cls=Command)
@json_option
@pass_session
def check(session: Session, as_json: bool) -> None:
    """Look the whole desk over: the file, every record, the search index, the audit chain."""
    from postal_desk.services.checking import check_desk
    from postal_desk.services.room import not_kept

    with session.desk() as desk:
        problems = [{"what": i18n.tell(p.what), "where": p.where} for p in check_desk(desk)]
        place, clock = not_kept(desk), desk.clock_problem()
    notes = [i18n.tell(note) for note in (place, clock) if note is not None]
    if as_json:
        answer({"ok": not problems, "problems": problems} | ({"notes": notes} if notes else {}))
    else:
        for problem in problems:
            click.echo(f"{problem['where']}: {problem['what']}")
        if not problems:
            click.echo(i18n._("The desk is in order"))
        if place is not None:  # the clock was told at the opening
            click.echo(i18n.tell(place), err=True)
    if problems:
        raise click.exceptions.Exit(1)


@click.command(cls=Command)
@json_option
@pass_session
def selftest(session: Session, as_json: bool) -> None:
    """Prove on this PC that the program works: save, survive a kill, search, export, draw its window."""
    steps = session.hooks.selftest()
    ok = all(step["ok"] for step in steps)
    if as_json:
        answer({"ok": ok, "steps": steps})
    else:
        for step in steps:
            click.echo(f"{'✓' if step['ok'] else '✗'} {step['name']}: {step['said']}")
    if not ok:
        raise click.exceptions.Exit(1)


@click.command(cls=Command)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The PNG file to write.")
@click.option(
    "--page", default="cases", show_default=True, help="The page: today, cases, entry, measures, settings …"
)
@click.option(
    "--theme", type=click.Choice(("light", "dark")), default="light", show_default=True, help="Light or dark."
)
@click.option("--section", default="", help="The part of a page, as settings has them.")
@click.option("--size", default="1366x768", show_default=True, help="Width and height.")
@pass_session
def picture(session: Session, out: Path, page: str, section: str, theme: str, size: str) -> None:
    """Draw the main window into a picture, without a display."""
    width, cross, height = size.partition("x")
    if not (cross and width.isdigit() and height.isdigit()):
        raise click.BadParameter(i18n._("write the size as 1366x768"), param_hint="--size")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    look = {"lang": i18n.language(), "theme": theme, "page": page, "size": (int(width), int(height))}
    written = session.hooks.picture(
        session.path, out, credential=session.credential(session.path), section=section, **look
    )
    click.echo(str(written))
