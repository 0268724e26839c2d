"""``template``: the superior's forms."""

from __future__ import annotations

from pathlib import Path

import click

from postal_desk import i18n
from postal_desk.cli.help import Group
from postal_desk.cli.session import Session, answer, json_option, pass_session
from postal_desk.cli.tables import tell_table


@click.group(cls=Group)
def template() -> None:
    """Head-office forms with placeholders; fill one with `summary PERIOD --template NAME`."""


@template.command("list")
@json_option
@pass_session
def list_(session: Session, as_json: bool) -> None:
    """The forms kept in the desk."""
    from postal_desk.services.templates import list_templates

    with session.desk() as desk:
        found = list_templates(desk)
    if as_json:
        answer(
            [
                {"name": one.name, "form": one.form, "size": one.size, "changed_at": one.changed_at}
                for one in found
            ]
        )
        return
    kinds = {"docx": "Word", "xlsx": "Excel"}
    rows = [(one.name, kinds[one.form], one.changed_at[:10]) for one in found]
    tell_table(
        (i18n._("Name"), i18n._("Kind of file"), i18n._("Kept since")), rows, none=i18n._("No form yet")
    )


@template.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@pass_session
def check(session: Session, file: Path, as_json: bool) -> None:
    """Look a form through: every unknown placeholder with its place. Exit 1 if it can't be used."""
    from postal_desk.services.templates import check_file

    checked = check_file(file)
    problems = [
        {"where": i18n.tell(one.place), "what": i18n.tell(one.what), "fatal": one.fatal}
        for one in checked.problems
    ]
    if as_json:
        answer({"ok": checked.usable, "placeholders": list(checked.names), "problems": problems})
    else:
        for one in problems:
            click.echo(f"{one['where']}: {one['what']}")
    if not checked.usable:
        raise click.exceptions.Exit(1)


@template.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", default="", help="What it is called (default: the file's name).")
@pass_session
def add(session: Session, file: Path, name: str) -> None:
    """Keep a form in the desk; one of the same name is replaced."""
    from postal_desk.services.templates import add_template

    with session.desk() as desk:
        changes = add_template(desk, file, name)
    for warning in changes.warnings:
        click.echo(i18n.tell(warning), err=True)
    if changes.said is not None:
        click.echo(i18n.tell(changes.said))


@template.command()
@click.argument("name")
@pass_session
def remove(session: Session, name: str) -> None:
    """Take a form away."""
    from postal_desk.services.templates import remove_template

    with session.desk() as desk:
        changes = remove_template(desk, name)
    if changes.said is not None:
        click.echo(i18n.tell(changes.said))


@template.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(("docx", "xlsx")),
    default="docx",
    show_default=True,
    help="The form of the file.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Where to (default: the current folder).")
@pass_session
def example(session: Session, form: str, out: Path | None) -> None:
    """Write the example, to begin a form from."""
    from postal_desk.services.templates import write_example

    click.echo(str(write_example(form, out, lang=i18n.language())))


@template.command()
@json_option
@pass_session
def names(session: Session, as_json: bool) -> None:
    """Every placeholder, in both languages."""
    from postal_desk.services.templates import names_in

    pairs = names_in(i18n.language())
    if as_json:
        answer([{"name": first, "also": second} for first, second in pairs])
        return
    for first, second in pairs:
        click.echo("{{%s}}  {{%s}}" % (first, second))  # noqa: UP031  # braces
