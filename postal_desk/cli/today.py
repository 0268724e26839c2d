"""``today`` and ``month``: the day's work, and closing a month."""

from __future__ import annotations

import click

from postal_desk import i18n
from postal_desk.cli.help import Command, Group
from postal_desk.cli.session import MONTH, Session, answer, json_option, pass_session
from postal_desk.domain.columns import aligned
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import say
from postal_desk.services import month_json, months
from postal_desk.services import today as today_service
from postal_desk.services.desk import Desk
from postal_desk.services.month_checks import check_month


@click.command(cls=Command)
@json_option
@pass_session
def today(session: Session, as_json: bool) -> None:
    """What is overdue, due today and soon, to be checked again, promised, left unfinished."""
    with session.desk() as desk:
        found = today_service.today(desk)
        document = today_service.today_to_json(found)
    if as_json:
        answer(document)
        return
    for group in found.groups:
        click.echo(f"{i18n.tell(today_service.TITLES[group])} ({found.counts[group]})")
        names = ("number", "day", "outlet", "handler", "subject", "note")
        rows = [tuple(row[name] or "" for name in names) for row in document[group]]
        kept = [at for at in range(len(names)) if any(row[at] for row in rows)]
        for line in aligned([[row[at] for at in kept] for row in rows]):
            click.echo(f"  {line}")
    if not found.groups:
        click.echo(i18n._("Nothing is waiting today"))


@click.group(cls=Group)
def month() -> None:
    """Months: what they still contradict themselves in, and their frozen figures."""


@month.command()
@click.argument("wanted", metavar="YYYY-MM", type=MONTH)
@json_option
@pass_session
def check(session: Session, wanted: Month, as_json: bool) -> None:
    """List what is still open or contradictory in a month, each with its record."""
    with session.desk() as desk:
        found = check_month(desk, wanted)
    if as_json:
        answer(month_json.check_to_json(wanted, found))
        return
    for one in found:
        click.echo(f"{'✗' if one.level == 'error' else '·'} {i18n.tell(one.what)}")
    if not found:
        click.echo(i18n.tell(say("{month}: nothing is open", month=wanted.label)))


@month.command()
@click.argument("wanted", metavar="YYYY-MM", type=MONTH)
@click.option("--reason", default="", help="Why it is revised, or closed though contradictions are open.")
@json_option
@pass_session
def close(session: Session, wanted: Month, reason: str, as_json: bool) -> None:
    """Freeze the figures of a month; of a closed one that changed, as its next revision."""
    with session.desk() as desk:
        months.close_month(desk, wanted, reason)
        _show(desk, wanted, as_json)


@month.command()
@click.argument("wanted", metavar="YYYY-MM", type=MONTH)
@json_option
@pass_session
def show(session: Session, wanted: Month, as_json: bool) -> None:
    """The frozen figures of a month, its number, hash and revisions, and what differs by now."""
    with session.desk() as desk:
        _show(desk, wanted, as_json)


def _show(desk: Desk, wanted: Month, as_json: bool) -> None:
    if as_json:
        answer(month_json.state_to_json(desk, wanted))
        return
    from postal_desk.services.summary_text import month_lines  # documents are slow to import

    for line in month_lines(desk, wanted):
        click.echo(line)
