"""``attachment``: files kept with cases and measures: add, list, get, remove, restore, rename, check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from postal_desk import i18n
from postal_desk.cli.help import Group
from postal_desk.cli.session import ID, LIMIT, Session, answer, json_option, pass_session
from postal_desk.cli.tables import moment, tell_table
from postal_desk.domain.attachments import kind_words, size_words
from postal_desk.services import attachment_exits, attachment_owners, attachments
from postal_desk.services.attachment_intake import shown_name
from postal_desk.services.attachments import Attachment, Staged
from postal_desk.services.desk import Desk


@click.group(cls=Group)
def attachment() -> None:
    """Files kept with cases, their steps, and measures."""


@attachment.command()
@click.argument("number")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--step", type=click.IntRange(min=1), default=None, help="The step they belong to, from 1.")
@click.option("--name", default="", help="Another name (for one file).")
@json_option
@pass_session
def add(
    session: Session, number: str, files: tuple[Path, ...], step: int | None, name: str, as_json: bool
) -> None:
    """Keep FILES with the case or measure NUMBER, all of them or none."""
    if name and len(files) > 1:
        raise click.UsageError(i18n._("--name is for one file"))
    with session.desk() as desk:
        kind = attachment_owners.kind_of(number)
        before = {one.id for one in attachments.list_attachments(desk, kind, number)}
        intake, staged = attachments.begin_intake(desk), list[Staged]()
        try:
            staged += [intake.take_file(file, name) for file in files]
        except BaseException:
            for one in staged:
                one.drop()
            raise
        changes = attachments.add_attachments(desk, kind, number, staged, step or 0)
        made = [one for one in attachments.list_attachments(desk, kind, number) if one.id not in before]
        if as_json:
            answer([_document(one) for one in made])
        elif made:
            click.echo("\n".join(map(_line, made)))
        elif changes.said is not None:
            click.echo(i18n.tell(changes.said), err=True)


@attachment.command("list")
@click.argument("number", required=False)
@click.option("--removed", is_flag=True, help="Those in the recycle bin.")
@click.option("--limit", type=LIMIT, default=100, show_default=True, help="0 = all")
@json_option
@pass_session
def list_(session: Session, number: str | None, removed: bool, limit: int, as_json: bool) -> None:
    """List the files of NUMBER, or those of all records, newest first."""
    with session.desk() as desk:
        if removed:
            found = attachments.list_removed(desk)[: limit or None]
        elif number:
            found = attachments.list_attachments(desk, attachment_owners.kind_of(number), number)
        else:
            found = attachments.list_attachments(desk, limit=limit)
    if as_json:
        answer([_document(one) for one in found])
        return
    heads = (i18n._("No."), i18n._("Record"), i18n._("Name"), i18n._("Size"), i18n._("Added"))
    rows = [
        (one.id, one.number, shown_name(one.name), size_words(one.size), moment(one.added_at))
        for one in found
    ]
    tell_table(heads, rows, right=(0, 3))


@attachment.command()
@click.argument("attachment_id", metavar="ID", type=ID)
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="A file, or a folder for its own name."
)
@click.option("--reason", required=True, help="Why it leaves the desk in clear; written to the audit.")
@json_option
@pass_session
def get(session: Session, attachment_id: int, out: Path, reason: str, as_json: bool) -> None:
    """Save a copy of a file. It leaves the desk readable, so a reason is asked for; nothing is overwritten."""
    with session.desk() as desk:
        path = attachment_exits.save_out(desk, attachment_id, out, reason)
    if as_json:
        answer({"path": str(path.resolve())})
    else:
        click.echo(str(path.resolve()))


@attachment.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True, type=ID)
@json_option
@pass_session
def remove(session: Session, ids: tuple[int, ...], as_json: bool) -> None:
    """Move files to the recycle bin; they stay there for 30 days."""
    with session.desk() as desk:
        attachments.remove_attachments(desk, ids)
        _say(desk, ids, as_json)


@attachment.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True, type=ID)
@json_option
@pass_session
def restore(session: Session, ids: tuple[int, ...], as_json: bool) -> None:
    """Take files out of the recycle bin."""
    with session.desk() as desk:
        attachments.restore_attachments(desk, ids)
        _say(desk, ids, as_json)


@attachment.command()
@click.argument("attachment_id", metavar="ID", type=ID)
@click.argument("name")
@json_option
@pass_session
def rename(session: Session, attachment_id: int, name: str, as_json: bool) -> None:
    """Give a file another name."""
    with session.desk() as desk:
        attachments.rename_attachment(desk, attachment_id, name)
        _say(desk, (attachment_id,), as_json)


@attachment.command()
@click.option("--repair", is_flag=True, help="Bring back from the desk's copies what they still have whole.")
@click.option("--tidy", is_flag=True, help="Take unused contents away.")
@json_option
@pass_session
def check(session: Session, repair: bool, tidy: bool, as_json: bool) -> None:
    """Read every content through: what is missing, damaged or unused. Exit 1 if files are missing or damaged."""
    from postal_desk.services import attachment_check, attachment_repair

    with session.desk() as desk:
        repaired = attachment_repair.repair(desk)[0] if repair else 0
        found = attachment_check.check_attachments(desk)
        tidied = attachment_check.tidy(desk) if tidy else 0
    if as_json:
        answer(
            {
                "ok": found.ok,
                "files": found.files,
                "contents": found.contents,
                "bytes": found.size,
                "problems": [{"what": i18n.tell(one.what), "where": one.where} for one in found.problems],
                "unused": found.unused,
                "repaired": repaired,
                "tidied": tidied,
            }
        )
    else:
        for one in found.problems:
            click.echo(f"{one.where}: {i18n.tell(one.what)}")
        click.echo(i18n.tell(found.said))
    if not found.ok:
        raise click.exceptions.Exit(1)


def _say(desk: Desk, ids: tuple[int, ...], as_json: bool) -> None:
    found = [attachments.show_attachment(desk, number) for number in ids]
    if as_json:
        answer([_document(one) for one in found])
        return
    for one in found:
        click.echo(_line(one))


def _document(one: Attachment) -> dict[str, Any]:
    """A file as it goes out; ``step`` is null for the record itself."""
    return {
        "id": one.id,
        "uid": one.uid,
        "kind": one.kind,
        "number": one.number,
        "step": one.part or None,
        "name": one.name,
        "size": one.size,
        "media": one.media,
        "sha256": one.sha256,
        "added_at": one.added_at,
        "removed_at": one.deleted_at,
    }


def _line(one: Attachment) -> str:
    kind = i18n.tell(kind_words(one.media))
    return "  ".join((str(one.id), one.number, shown_name(one.name), size_words(one.size), kind))
