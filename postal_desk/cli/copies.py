"""``backup`` and ``restore``."""

from __future__ import annotations

from pathlib import Path

import click

from postal_desk import i18n
from postal_desk.cli.secrets import credential
from postal_desk.cli.session import Session, answer, json_option, pass_session


@click.command()
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


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", type=click.Path(path_type=Path), required=True, help="An empty or new folder.")
@json_option
@pass_session
def restore(session: Session, file: Path, to: Path, as_json: bool) -> None:
    """Make a desk of a copy in a folder of its own. Whatever desk there was is left as it is."""
    from postal_desk.services import copies

    who = credential(session, lambda: copies.has_password(file))
    made = copies.restore_copy(file, to, credential=who)
    _tell(made.path, made.cases, as_json)


def _tell(path: Path, cases: int, as_json: bool) -> None:
    if as_json:
        answer({"path": str(path.resolve()), "cases": cases})
    else:
        click.echo(str(path.resolve()))
