"""``move`` and ``look``: the desk to another PC, and a copy opened to be read."""

from __future__ import annotations

from pathlib import Path

import click

from postal_desk import i18n
from postal_desk.cli.help import Command
from postal_desk.cli.secrets import credential
from postal_desk.cli.session import Session, answer, json_option, pass_session


@click.command(cls=Command)
@click.option("--to", type=click.Path(path_type=Path), help="A folder on a stick, for the copy.")
@click.option("--back", is_flag=True, help="Take the move back: work in this desk again.")
@json_option
@pass_session
def move(session: Session, to: Path | None, back: bool, as_json: bool) -> None:
    """Move the desk to another PC: a proved copy on a stick, then this desk is kept for reading only."""
    from postal_desk.services import access, moving

    if back == (to is not None):
        raise click.UsageError(i18n._("give either --to FOLDER or --back"))
    if to is None:
        path = session.path
        moving.move_back(path, credential=credential(session, lambda: access.has_password(path)))
        _tell(path, None, as_json, i18n._("This desk can be worked in again"))
        return
    with session.desk() as desk:
        moved = moving.move_out(desk, to)
    words = i18n._("Next: on the other PC, restore this file; then work there only")
    _tell(moved.file, moved.cases, as_json, words)


@click.command(cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@pass_session
def look(session: Session, file: Path, as_json: bool) -> None:
    """Make a read-only desk of a copy and tell its folder, for --desk. Earlier ones are removed."""
    from postal_desk.services import moving

    moving.forget_looks()
    path = moving.look_at(file, credential(session, lambda: moving.has_password(file)))
    _tell(path, None, as_json, i18n._("Open it with --desk; nothing in it can be changed"))


def _tell(path: Path, cases: int | None, as_json: bool, words: str) -> None:
    if as_json:
        answer({"path": str(path.resolve())} | ({"cases": cases} if cases is not None else {}))
        return
    click.echo(str(path.resolve()))
    click.echo(words, err=True)
