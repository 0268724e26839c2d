"""``summary``: the month's figures, on screen or as a document."""

from __future__ import annotations

from pathlib import Path

import click

from postal_desk import i18n
from postal_desk.cli.help import Command
from postal_desk.cli.session import SPAN, Session, answer, json_option, pass_session
from postal_desk.domain.month_ranges import Span


@click.command(cls=Command)
@click.argument("month", type=SPAN, metavar="PERIOD")
@click.option(
    "--format",
    "form",
    type=click.Choice(("json", "docx", "xlsx", "pdf")),
    help="The form of the document (default: the figures on the screen).",
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="The file to write (default: in the current folder)."
)
@click.option(
    "--layout",
    type=click.Choice(("plain", "gbt9704")),
    default="gbt9704",
    show_default=True,
    help="The layout of an official document, or a plain one.",
)
@click.option("--template", default="", help="Fill this form of the superior instead of a built-in layout.")
@click.option("--unmasked", is_flag=True, help="Personal data in clear; needs --reason and is logged.")
@click.option("--reason", default="", help="Why in clear; written to the audit.")
@json_option
@pass_session
def summary(
    session: Session,
    month: Span,
    form: str | None,
    out: Path | None,
    layout: str,
    template: str,
    unmasked: bool,
    reason: str,
    as_json: bool,
) -> None:
    """The summary of PERIOD: a month (2019-07), or 2019-Q3, 2019-H1, 2019, 2019-01..2019-06."""
    from postal_desk.services.months import figures
    from postal_desk.services.summaries import summary_to_json

    if unmasked and not reason.strip():
        raise click.UsageError(i18n._("--unmasked needs --reason: it is written to the audit log"))
    if reason and not unmasked:
        raise click.UsageError(i18n._("--reason goes with --unmasked"))
    if template and (form or unmasked):
        raise click.UsageError(i18n._("--template goes without --format and --unmasked: the form decides"))
    with session.desk() as desk:
        if template:
            from postal_desk.services.templates import fill_template

            filled = fill_template(desk, template, month, out, lang=i18n.language())
            if as_json:
                answer({"path": str(filled)})
            else:
                click.echo(str(filled))
            return
        if form in (None, "json"):
            found = figures(desk, month)
            document = summary_to_json(found, i18n.language())
            if out is not None:
                from postal_desk.services.documents import save_figures

                save_figures(desk, document, out)
            if as_json or form == "json":
                answer(document)
            else:
                from postal_desk.services.summary_text import summary_lines  # documents are slow to import

                for line in summary_lines(desk, found, i18n.language()):
                    click.echo(line)
            return
        from postal_desk.services.documents import export_summary  # Word and Excel are slow to import

        path = export_summary(
            desk,
            month,
            form,
            out,
            layout=layout,
            lang=i18n.language(),
            renderer=session.hooks.renderer(),
            unmasked_reason=reason if unmasked else None,
        )
    if as_json:
        answer({"path": str(path)})
    else:
        click.echo(str(path))
