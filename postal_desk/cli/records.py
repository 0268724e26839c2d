"""What commands share that add records, and those of problems, visits, errors and accountability alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click

from postal_desk import i18n
from postal_desk.cli.session import Session, answer, json_option, pass_session, read_object, read_records
from postal_desk.domain.changes import Changes
from postal_desk.domain.json_values import joined
from postal_desk.domain.record_forms import R, RecordForm, parse_record, parse_record_changes
from postal_desk.domain.sentences import FieldRefusal, Refusal, say
from postal_desk.services.desk import Desk

T = TypeVar("T")
Show = Callable[[Desk, str, bool], None]


def add_files(
    session: Session,
    files: Sequence[str],
    as_json: bool,
    parse: Callable[[Desk, Any, str], T],
    add: Callable[[Desk, Sequence[T]], Changes],
    saved: Callable[[Changes], Sequence[str]],
) -> None:
    """Save the records of each file, all of a file or none, and say their numbers after its commit.

    ``parse`` gets a record with its place in the file, ``[3]``; ``saved`` gives the numbers of what was added.
    """
    numbers: list[str] = []
    with session.desk() as desk:
        for file in files:
            try:
                records = read_records(file)
                changes = add(desk, [parse(desk, one, f"[{n}]") for n, one in enumerate(records, 1)])
            except Refusal as refusal:
                untold = numbers if as_json else []
                raise _placed(refusal, file if len(files) > 1 else "", untold) from refusal
            numbers += saved(changes)
            if not as_json:
                for number in saved(changes):
                    click.echo(number)
            for warning in changes.warnings:
                click.echo(i18n.tell(warning), err=True)
    if as_json:
        answer({"numbers": numbers})


def _placed(refusal: Refusal, file: str, untold: list[str]) -> Refusal:
    """The refusal with the record that it means, of several files the file, and what is saved and not told yet."""
    said = refusal.sentence
    if isinstance(refusal, FieldRefusal) and not refusal.path.startswith("["):
        # the services leave the place of a file's only record out
        said = FieldRefusal(joined("[1]", refusal.path) if refusal.path else "[1]", refusal.reason).sentence
    if file:
        said = say("{field}: {reason}", field=file, reason=said)
    if untold:
        said = say(
            "{reason}; of the files before it these are saved: {numbers}", reason=said, numbers=tuple(untold)
        )
    return Refusal(said)


def add_command(group: click.Group, form: RecordForm[R], add: Callable[[Desk, Sequence[R]], Changes]) -> None:
    """``add FILE…``: one object, an array, or JSON lines; all of a file or none."""

    @group.command("add")
    @click.argument("files", nargs=-1, required=True)
    @json_option
    @pass_session
    def add_(session: Session, files: tuple[str, ...], as_json: bool) -> None:
        """Save the records of FILE (- is standard input): an object, an array, or JSON lines; all of a file or none."""

        def parse(desk: Desk, record: Any, path: str) -> R:
            return parse_record(form, record, desk.rules, path)

        def saved(changes: Changes) -> list[str]:
            return [number for kind, number in changes.records if kind == form.kind]

        add_files(session, files, as_json, parse, add, saved)


def edit_command(
    group: click.Group,
    form: RecordForm[R],
    edit: Callable[[Desk, str, Mapping[str, object]], Changes],
    show: Show,
) -> None:
    """``edit NUMBER FILE``."""

    @group.command("edit")
    @click.argument("number")
    @click.argument("file")
    @json_option
    @pass_session
    def edit_(session: Session, number: str, file: str, as_json: bool) -> None:
        """Change the fields that FILE names; null clears a field, lists are replaced whole."""
        with session.desk() as desk:
            edit(desk, number, parse_record_changes(form, read_object(file), desk.rules))
            if as_json:
                show(desk, number, True)
            else:
                click.echo(number)


def bin_commands(
    group: click.Group, delete: Callable[[Desk, str], Changes], restore: Callable[[Desk, str], Changes]
) -> None:
    """``delete NUMBER`` and ``restore NUMBER``."""

    @group.command("delete")
    @click.argument("number")
    @pass_session
    def delete_(session: Session, number: str) -> None:
        """Put a record into the recycle bin."""
        with session.desk() as desk:
            delete(desk, number)
            click.echo(number)

    @group.command("restore")
    @click.argument("number")
    @pass_session
    def restore_(session: Session, number: str) -> None:
        """Bring a record back from the recycle bin."""
        with session.desk() as desk:
            restore(desk, number)
            click.echo(number)


def show_command(group: click.Group, show: Show) -> None:
    """``show NUMBER``."""

    @group.command("show")
    @click.argument("number")
    @json_option
    @pass_session
    def show_(session: Session, number: str, as_json: bool) -> None:
        """Show one record."""
        with session.desk() as desk:
            show(desk, number, as_json)


def line(*parts: Any) -> str:
    """Words of one line, the empty ones left out."""
    return "  ".join(str(part) for part in parts if part)
