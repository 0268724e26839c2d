"""``paper``: receipt slip, written reply and inquiry form of a case, and the register of a month."""

from __future__ import annotations

from pathlib import Path

import click

from postal_desk import i18n
from postal_desk.cli.help import Command
from postal_desk.cli.session import SPAN, Session, answer, json_option, pass_session

KINDS = ("receipt", "reply", "inquiry", "register")


@click.command(cls=Command)
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("of", metavar="OF")
@click.option(
    "--format",
    "form",
    type=click.Choice(("pdf", "docx")),
    default="pdf",
    show_default=True,
    help="The form of the file.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="The file to write (default: in the current folder)."
)
@click.option("--text", default="", help="For a reply: what was found, in your own words.")
@click.option("--unmasked", is_flag=True, help="Personal data in clear; needs --reason and is logged.")
@click.option("--reason", default="", help="Why in clear; written to the audit.")
@json_option
@pass_session
def paper(
    session: Session,
    kind: str,
    of: str,
    form: str,
    out: Path | None,
    text: str,
    unmasked: bool,
    reason: str,
    as_json: bool,
) -> None:
    """A paper of the case OF (its number), or the register of the month OF."""
    from postal_desk.services import papers

    if unmasked != bool(reason.strip()):
        raise click.UsageError(
            i18n._("--unmasked and --reason go together: the reason is written to the audit log")
        )
    why = reason if unmasked else None
    lang, renderer = i18n.language(), session.hooks.renderer()
    with session.desk() as desk:
        if kind == "register":
            month = SPAN.convert(of, None, None)
            path = papers.export_register(
                desk, month, form, out, lang=lang, renderer=renderer, unmasked_reason=why
            )
        else:
            path = papers.export_paper(
                desk, kind, of, form, out, lang=lang, renderer=renderer, unmasked_reason=why, findings=text
            )
    if as_json:
        answer({"path": str(path)})
    else:
        click.echo(str(path))
