"""``retention`` and ``bin``: cases past their term, legal holds, and what was deleted."""

from __future__ import annotations

from typing import Any

import click

from postal_desk import i18n
from postal_desk.cli.help import Group
from postal_desk.cli.session import Session, answer, json_option, pass_session
from postal_desk.cli.tables import moment, tell_table
from postal_desk.domain.changes import Changes
from postal_desk.i18n import _
from postal_desk.services.record_words import kind_words
from postal_desk.services.retention import KeptCase


@click.group(cls=Group)
def retention() -> None:
    """Cases past their term: list them, make them anonymous, hold some."""


@retention.command("list")
@click.option("--held", is_flag=True, help="Those under legal hold instead.")
@json_option
@pass_session
def list_(session: Session, held: bool, as_json: bool) -> None:
    """List the closed cases whose term is over, and the copies that would still hold them."""
    from postal_desk.services import keeping_settings, old_copies
    from postal_desk.services import retention as service

    with session.desk() as desk:
        found = service.held_cases(desk) if held else service.past_term(desk)
        years = keeping_settings.get(desk).years
        own, elsewhere = old_copies.own_copies(desk), old_copies.copies_elsewhere(desk)
    if as_json:
        copies = [
            {"name": one.path.name, "made_at": one.made_at.isoformat(), "goes_on": one.goes_on.isoformat()}
            for one in own
        ]
        others = [{"name": one.name, "made_at": one.made_at, "who": one.who} for one in elsewhere]
        cases = [_document(one) for one in found]
        answer({"years": years, "cases": cases, "copies": copies, "copies_elsewhere": others})
        return
    heads = (_("Number"), _("Closed on"), _("Term until"), _("About"), _("Legal hold"))
    rows = [(one.number, one.closed_on, one.ends_on, one.subject, one.reason) for one in found]
    tell_table(heads, rows, none="" if held else _("No case is past its term"))


@retention.command()
@click.argument("numbers", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All that are past their term and not held.")
@click.option("--reason", default="", help="Why before the term: the customer demands it.")
@json_option
@pass_session
def apply(session: Session, numbers: tuple[str, ...], everything: bool, reason: str, as_json: bool) -> None:
    """Make cases anonymous. This can't be taken back; what is counted stays."""
    from postal_desk.services import retention as service

    if bool(numbers) == everything:
        raise click.UsageError(i18n._("give case numbers, or --all"))
    with session.desk() as desk:
        wanted = list(numbers) or [one.number for one in service.past_term(desk) if one.held_on is None]
        changes = service.anonymise(desk, wanted, reason)
    _tell(changes, as_json)


@retention.command()
@click.argument("numbers", nargs=-1, required=True)
@click.option("--reason", required=True, help="Who asked for it, and the file number.")
@json_option
@pass_session
def hold(session: Session, numbers: tuple[str, ...], reason: str, as_json: bool) -> None:
    """Hold cases: they are kept whole until the hold ends."""
    from postal_desk.services import retention as service

    with session.desk() as desk:
        changes = service.hold(desk, numbers, reason)
    _tell(changes, as_json)


@retention.command()
@click.argument("numbers", nargs=-1, required=True)
@json_option
@pass_session
def release(session: Session, numbers: tuple[str, ...], as_json: bool) -> None:
    """End the hold on cases."""
    from postal_desk.services import retention as service

    with session.desk() as desk:
        changes = service.release(desk, numbers)
    _tell(changes, as_json)


@retention.command()
@click.argument("years", type=int, required=False)
@json_option
@pass_session
def term(session: Session, years: int | None, as_json: bool) -> None:
    """Show, or set, for how many years after its closing a case is kept whole."""
    from postal_desk.services import keeping_settings

    with session.desk() as desk:
        if years is not None:
            keeping_settings.set(desk, years=years)
        known = keeping_settings.get(desk)
    if as_json:
        answer({"years": known.years})
    else:
        click.echo(_("1 year") if known.years == 1 else _("{count} years").format(count=known.years))


@click.group("bin", cls=Group)
def bin_() -> None:
    """The recycle bin of every kind of record."""


@bin_.command("list")
@json_option
@pass_session
def list_bin(session: Session, as_json: bool) -> None:
    """List what was deleted, the last first."""
    from postal_desk.services import recycle_bin

    with session.desk() as desk:
        found = recycle_bin.list_bin(desk)
    if as_json:
        answer(
            [
                {
                    "kind": one.kind,
                    "key": one.key,
                    "title": one.title,
                    "deleted_at": one.deleted_at,
                    "goes_on": one.goes_on.isoformat() if one.goes_on else None,
                }
                for one in found
            ]
        )
        return
    heads = (_("Type"), _("Number"), _("Deleted"), _("Deleted for good on"), _("About"))
    rows = [
        (
            kind_words(one.kind),
            one.key,
            moment(one.deleted_at),
            one.goes_on or _("Legal hold"),
            one.title,
        )
        for one in found
    ]
    tell_table(heads, rows, none=_("The recycle bin is empty"))


@bin_.command("restore")
@click.argument("keys", nargs=-1, required=True)
@json_option
@pass_session
def restore_bin(session: Session, keys: tuple[str, ...], as_json: bool) -> None:
    """Bring records back, named as `bin list` does (a number; a file's id)."""
    from postal_desk.services import recycle_bin

    with session.desk() as desk:
        changes = recycle_bin.restore(desk, recycle_bin.entries_of(desk, keys))
    _tell(changes, as_json)


@bin_.command("delete")
@click.argument("keys", nargs=-1, required=True)
@json_option
@pass_session
def delete_bin(session: Session, keys: tuple[str, ...], as_json: bool) -> None:
    """Delete records for good. This can't be taken back."""
    from postal_desk.services import recycle_bin

    with session.desk() as desk:
        changes = recycle_bin.delete_for_good(desk, recycle_bin.entries_of(desk, keys))
    _tell(changes, as_json)


def _document(one: KeptCase) -> dict[str, Any]:
    return {
        "number": one.number,
        "subject": one.subject,
        "customer": one.customer,
        "closed_on": one.closed_on.isoformat() if one.closed_on else None,
        "ends_on": one.ends_on.isoformat() if one.ends_on else None,
        "held_on": one.held_on.isoformat() if one.held_on else None,
        "reason": one.reason,
    }


def _tell(changes: Changes, as_json: bool) -> None:
    if as_json:
        answer({"numbers": list(changes.cases), "said": i18n.tell(changes.said) if changes.said else ""})
    elif changes.said is not None:
        click.echo(i18n.tell(changes.said))
