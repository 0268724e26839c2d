"""``backup`` and ``restore``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from postal_desk import i18n
from postal_desk.cli.help import Command, Group
from postal_desk.cli.secrets import credential
from postal_desk.cli.session import Session, answer, json_option, pass_session
from postal_desk.cli.tables import moment, tell_table
from postal_desk.domain.attachments import size_words

if TYPE_CHECKING:
    from postal_desk.services.copy_trials import Trial


@click.command(cls=Command)
@click.option(
    "--out", type=click.Path(path_type=Path), help="The file to make (default: among the desk's copies)."
)
@json_option
@pass_session
def backup(session: Session, out: Path | None, as_json: bool) -> None:
    """Copy the whole desk into one encrypted file, and prove the copy."""
    from postal_desk.services import copies
    from postal_desk.services.recovery import confirmed

    with session.desk() as desk:
        open_to_all, recoverable = desk.user is None, confirmed(desk)
        made = copies.make_copy(desk) if out is None else copies.copy_to(desk, out)
    _tell(made.path, made.cases, as_json)
    if not recoverable:
        click.echo(
            i18n._(
                "The recovery code was never typed back: make sure that it is on paper (user recovery --confirm FILE)"
            ),
            err=True,
        )
    if open_to_all and not as_json:
        click.echo(
            i18n._(
                "This desk has no password, so its copies open without one too: keep the file as safe as the desk"
            ),
            err=True,
        )


@click.command(cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", type=click.Path(path_type=Path), required=True, help="An empty or new folder.")
@json_option
@pass_session
def restore(session: Session, file: Path, to: Path, as_json: bool) -> None:
    """Make a desk of a copy in a folder of its own. Whatever desk there was is left as it is."""
    from postal_desk.services import copies

    who = credential(session, lambda: copies.has_password(file))
    made = copies.restore_copy(file, to, credential=who)
    missing = [{"id": one.id, "record": one.number, "name": one.name} for one in made.absent]
    if as_json and missing:
        answer({"path": str(made.path.resolve()), "cases": made.cases, "missing": missing})
    else:
        _tell(made.path, made.cases, as_json)
    for one in made.absent:
        words = i18n._("{record}: the attachment {id}, {name}, did not come back: the copy has lost it")
        record = one.number or i18n._("a draft")
        click.echo(words.format(record=record, id=one.id, name=one.name), err=True)


def _tell(path: Path, cases: int, as_json: bool) -> None:
    if as_json:
        answer({"path": str(path.resolve()), "cases": cases})
    else:
        click.echo(str(path.resolve()))


@click.group("copies", cls=Group)
def copies() -> None:
    """The desk's own copies: which there are, and whether they would come back."""


@copies.command("list")
@json_option
@pass_session
def list_all(session: Session, as_json: bool) -> None:
    """All copies in the desk's folder, newest first."""
    from postal_desk.services import copies, copy_trials

    with session.desk() as desk:
        found, proved = copies.list_copies(desk), copy_trials.trials(desk)
    rows = [
        {
            "path": str(copy.path),
            "made_at": copy.made_at.isoformat(timespec="seconds"),
            "size": copy.size,
            "cases": copy.cases,
            "sound": copy.sound,
            "proved_at": proved.get(copy.path.name),
        }
        for copy in found
    ]
    if as_json:
        answer(rows)
        return
    told = [
        (
            moment(str(row["made_at"])),
            f"{row['cases']:,}" if row["sound"] else "",
            size_words(copy.size),
            _state(copy.sound, proved.get(copy.path.name)),
            copy.path,
        )
        for row, copy in zip(rows, found, strict=True)
    ]
    heads = (i18n._("Made at"), i18n._("Cases"), i18n._("Size"), i18n._("Status"), i18n._("Place"))
    tell_table(heads, told, right=(1, 2), none=i18n._("No copy yet"))


def _state(sound: bool, proved: str | None) -> str:
    """As the window's list of copies says it."""
    if not sound:
        return i18n._("damaged")
    if proved:
        return i18n._("proved again {time}").format(time=moment(proved))
    return i18n._("verified when made")


@copies.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@json_option
@pass_session
def verify(session: Session, file: Path, as_json: bool) -> None:
    """Read one copy through: every sum, its files, its database, its audit's chain."""
    from postal_desk.services import copy_trials

    with session.desk() as desk:
        trial = copy_trials.begin_verify(desk, file.absolute())(lambda _done, _total: None)
        copy_trials.note_verified(desk, trial)
    _tell_trial(trial, as_json)


@copies.command()
@json_option
@pass_session
def drill(session: Session, as_json: bool) -> None:
    """Restore the newest copy on trial, open it, and take it away again."""
    from postal_desk.services import copy_trials

    with session.desk() as desk:
        trial = copy_trials.begin_drill(desk)(lambda _done, _total: None)
        copy_trials.note_drill(desk, trial)
    _tell_trial(trial, as_json)


@copies.command()
@click.argument("folder", type=click.Path(path_type=Path))
@json_option
@pass_session
def carry(session: Session, folder: Path, as_json: bool) -> None:
    """Put the newest copy into a second place off this disk: a stick, a share."""
    from postal_desk.services import second_place

    with session.desk() as desk:
        arrived = second_place.begin_carrying(desk, folder.absolute())(lambda _done, _total: None)
        second_place.note_carried(desk, arrived)
    if as_json:
        answer({"path": str(arrived)})
    else:
        click.echo(str(arrived))


@copies.command()
@click.option("--remove", is_flag=True, help="Make a new copy, then remove those within reach.")
@click.option("--place", type=click.Path(path_type=Path), help="The second place, to look there too.")
@json_option
@pass_session
def plain(session: Session, remove: bool, place: Path | None, as_json: bool) -> None:
    """Copies made before the desk had a password, which open without one."""
    from postal_desk.services import plain_copies

    with session.desk() as desk:
        if remove:
            removed = plain_copies.begin_removing(desk, place)(lambda _done, _total: None)
            plain_copies.note_removed(desk, removed)
        found = plain_copies.find(desk, place)
    rows = [(f"{copy.made_at:%Y-%m-%dT%H:%M:%S}", str(copy.path)) for copy in found.own]
    rows += [(one.made_at, one.name) for one in found.elsewhere]
    if as_json:
        answer([{"made_at": at, "path": path} for at, path in rows])
        return
    tell_table((i18n._("Made at"), i18n._("Place")), [(moment(at), path) for at, path in rows])


def _tell_trial(trial: Trial, as_json: bool) -> None:
    if as_json:
        answer(
            {
                "path": str(trial.path),
                "cases": trial.cases,
                "whole": trial.whole,
                "seconds": round(trial.seconds, 3),
            }
        )
    else:
        click.echo(f"{trial.path}\t{trial.cases}")
