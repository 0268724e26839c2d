"""``claim``: add, propose, show, list, edit, delete, restore."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from postal_desk import i18n
from postal_desk.cli.help import Group
from postal_desk.cli.records import add_files
from postal_desk.cli.session import LIMIT, Session, answer, json_option, pass_session, read_object
from postal_desk.cli.tables import tell_table
from postal_desk.domain.claim_json import claim_to_json, parse_claim, parse_claim_changes
from postal_desk.domain.claims import Claim
from postal_desk.domain.sentences import FieldRefusal, say
from postal_desk.i18n import _
from postal_desk.services import claims as claim_service
from postal_desk.services.claims import ClaimView
from postal_desk.services.desk import Desk
from postal_desk.services.unmasking import masked_items, masked_text, note_read


@click.group(cls=Group)
def claim() -> None:
    """Claims: what is owed for lost or damaged mail, and how far it has come."""


@claim.command()
@click.argument("files", nargs=-1, required=True)
@json_option
@pass_session
def add(session: Session, files: tuple[str, ...], as_json: bool) -> None:
    """Save the claims of FILE (- is standard input): one object, an array, or JSON lines; all of a file or none."""
    add_files(session, files, as_json, _parse, claim_service.add_claims, lambda changes: changes.claims)


def _parse(desk: Desk, record: Any, path: str) -> Claim:
    if not isinstance(record, dict):
        raise FieldRefusal(path or "[1]", say("a claim is one JSON object, in braces"))
    return parse_claim(record, desk.rules, desk.today(), path)


@claim.command()
@click.argument("number")
@json_option
@pass_session
def propose(session: Session, number: str, as_json: bool) -> None:
    """What the case NUMBER suggests as a claim: its items, the articles, the amounts. Nothing is saved."""
    with session.desk() as desk:
        view = ClaimView(claim_service.proposal(desk, number), 0)
        if as_json:
            note_read(desk, [view.claim.case], "items")
            answer(_document(view))
            return
        for line in _lines(desk, view):
            click.echo(line)


@claim.command()
@click.argument("number")
@json_option
@pass_session
def show(session: Session, number: str, as_json: bool) -> None:
    """Show one claim: item numbers masked, in clear with --json, which the audit notes."""
    with session.desk() as desk:
        view = claim_service.show_claim(desk, number)
        if as_json:
            note_read(desk, [view.claim.case], "items")
            answer(_document(view))
            return
        for line in _lines(desk, view):
            click.echo(line)


@claim.command("list")
@click.option(
    "--open", "only_open", is_flag=True, help="Only those neither paid nor ended, the oldest first."
)
@click.option("--case", default="", help="Those of one case.")
@click.option("--limit", type=LIMIT, default=100, show_default=True, help="0 = all")
@json_option
@pass_session
def list_(session: Session, only_open: bool, case: str, limit: int, as_json: bool) -> None:
    """List claims, newest first."""
    with session.desk() as desk:
        views = claim_service.list_claims(desk, only_open=only_open, case=case, limit=limit)
        if as_json:
            note_read(desk, [view.claim.case for view in views], "items")
            answer([_document(view) for view in views])
            return
        tell_table(_heads(), [_row(desk, view) for view in views], right=(3, *range(5, 9)))


@claim.command()
@click.argument("number")
@click.argument("file")
@json_option
@pass_session
def edit(session: Session, number: str, file: str, as_json: bool) -> None:
    """Change the fields that FILE names: items, proposed, agreed, paid, ended … null clears a field, objects and lists
    are replaced whole.
    """
    with session.desk() as desk:
        changes = parse_claim_changes(read_object(file), desk.rules, desk.today())
        claim_service.edit_claim(desk, number, changes)
        _say(desk, number, as_json)


@claim.command()
@click.argument("number")
@pass_session
def delete(session: Session, number: str) -> None:
    """Move a claim to the recycle bin."""
    with session.desk() as desk:
        click.echo(claim_service.delete_claim(desk, number).claims[0])


@claim.command()
@click.argument("number")
@json_option
@pass_session
def restore(session: Session, number: str, as_json: bool) -> None:
    """Take a claim out of the recycle bin."""
    with session.desk() as desk:
        claim_service.restore_claim(desk, number)
        _say(desk, number, as_json)


def _say(desk: Desk, number: str, as_json: bool) -> None:
    if as_json:
        answer(_document(claim_service.show_claim(desk, number)))
    else:
        click.echo(number)


def _document(view: ClaimView) -> dict[str, Any]:
    """The claim as it goes out, with what today adds."""
    return {**claim_to_json(view.claim), "open": view.claim.is_open, "age_days": view.age_days}


def _head(desk: Desk, view: ClaimView) -> str:
    claim = view.claim
    status = i18n.label(desk.rules.name("claim_statuses", claim.status))
    age = i18n.tell(say("{days} days", days=view.age_days))
    return "  ".join(
        filter(None, (claim.number, str(claim.opened_on), status, age, claim.case, _amounts(claim)))
    )


def _heads() -> tuple[str, ...]:
    about = (_("Number"), _("Opened on"), _("Status"), _("Days"), _("Case"))
    return (*about, _("By the articles"), _("Proposed"), _("Agreed"), _("Paid"))


def _row(desk: Desk, view: ClaimView) -> tuple[object, ...]:
    claim = view.claim
    status = i18n.label(desk.rules.name("claim_statuses", claim.status))
    return claim.number, claim.opened_on, status, view.age_days, claim.case, *_amounts(claim).split(" / ")


def _amounts(claim: Claim) -> str:
    sums = (claim.computed, *(found and found.amount for found in (claim.proposed, claim.agreed, claim.paid)))
    return " / ".join("—" if amount is None else f"{amount:.2f}" for amount in sums)


def _lines(desk: Desk, view: ClaimView) -> Iterator[str]:
    yield _head(desk, view)
    for item in view.claim.items:
        names = masked_items(desk, [item.number])
        names += [i18n.label(desk.rules.name("classes", item.mail_class))] if item.mail_class else []
        names += [i18n.label(desk.rules.name("events", item.event))] if item.event else []
        amount = "—" if item.computed is None else f"{item.computed:.2f}"
        yield "  ".join((*filter(None, names), amount, i18n.label(item.article)))
    for worked in view.worked:
        yield from (i18n.tell(sentence) for sentence in worked.why)
    yield from (masked_text(desk, text) for text in (view.claim.basis, view.claim.reason) if text)
