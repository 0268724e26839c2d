"""A wrong command line, said in the user's language. English keeps click's own words."""

from __future__ import annotations

from collections.abc import Sequence

import click

from postal_desk import i18n
from postal_desk.cli.help import metavar_word
from postal_desk.i18n import _


def show(error: click.ClickException) -> None:
    """Say on stderr what is wrong with the command line and where help is."""
    if i18n.language() == "en" or isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        path = context.command_path
        usage = " ".join([path, *context.command.collect_usage_pieces(context)])
        click.echo(_("Usage: {usage}").format(usage=usage), err=True)
        click.echo(_("Help: {command}").format(command=f"{path} --help"), err=True)
    click.echo(_("Wrong command line: {what}").format(what=_what(error)), err=True)


def _what(error: click.ClickException) -> str:
    if isinstance(error, click.MissingParameter):
        return _("{name} is missing").format(name=_named(error))
    if isinstance(error, click.BadParameter):
        return _("{name}: {what}").format(name=_named(error), what=_expected(error))
    if isinstance(error, click.NoSuchOption):
        return _near(_("there is no option {name}").format(name=error.option_name), error.possibilities)
    if isinstance(error, click.exceptions.NoSuchCommand):
        said = _("there is no command {name}").format(name=error.command_name)
        return _near(said, _alike(error.command_name, error.ctx))
    if isinstance(error, click.BadOptionUsage):
        needs = "requires" in error.message
        said = _("{name} needs a value") if needs else _("{name} takes no value")
        return said.format(name=error.option_name)
    if error.message.startswith("Got unexpected extra argument"):
        extra = error.message.partition("(")[2].rpartition(")")[0]
        return _("these words are too many: {words}").format(words=extra)
    return error.message


def _near(said: str, names: Sequence[str] | None) -> str:
    if not names:
        return said
    return _("{what}; near it: {names}").format(what=said, names=i18n.enumerate_words(names))


def _alike(name: str, context: click.Context | None) -> list[str]:
    """Commands that may have been meant. Click knows none of those that are imported when they are used."""
    from difflib import get_close_matches

    if context is None or not isinstance(context.command, click.Group):
        return []
    return get_close_matches(name, context.command.list_commands(context))


def _named(error: click.BadParameter) -> str:
    hint = error.param_hint
    if hint is None and error.param is not None and error.ctx is not None:
        hint = error.param.get_error_hint(error.ctx)
    if hint is not None and not isinstance(hint, str):
        return ", ".join(hint)
    name = (hint or "").strip("'")
    return i18n.translate(metavar_word(name) or name)


def _expected(error: click.BadParameter) -> str:
    """What the parameter takes. Types of the program's own have said it already, in the user's language."""
    wanted = error.param.type if error.param is not None else None
    if isinstance(wanted, click.Choice):
        return _("use one of: {choices}").format(choices=i18n.enumerate_words(map(str, wanted.choices)))
    if isinstance(wanted, click.IntRange):
        if wanted.max is None:
            return _("a whole number from {least} on is expected").format(least=wanted.min)
        return _("a whole number from {least} to {most} is expected").format(
            least=wanted.min, most=wanted.max
        )
    if isinstance(wanted, click.Path):
        missing = "does not exist" in error.message
        return _("there is no such file") if missing else _("it may not be read")
    if wanted is click.INT:
        return _("a whole number is expected")
    return error.message
