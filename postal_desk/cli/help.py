"""``--help`` in the language in use: every command and group of the program is one of these two classes."""

from __future__ import annotations

import re

import click

from postal_desk import i18n
from postal_desk.i18n import _

#: a metavar that is a word: ``FILE``, ``[NUMBER]``, ``FILES...``, ``INTEGER RANGE``, ``YYYY-MM``. Choices are codes.
_WORD = r"(\[?)([A-Z][A-Z _-]*)(\]?(?:\.\.\.)?)"
_FIRST_SENTENCE = r"(.+?)(?:\.(?=\s|$)|。|$)"


def told(text: str | None) -> str:
    """A help text as one paragraph in the language in use; its message id is the English on one line."""
    return i18n.translate(message_id(text)) if text else ""


def message_id(text: str) -> str:
    """The message id of a help text: docstrings break their lines where the source does."""
    return " ".join(text.split())


def metavar_word(metavar: str) -> str | None:
    """The word of a metavar, ``None`` where it is no word."""
    found = re.fullmatch(_WORD, metavar)
    return found[2] if found else None


def metavar_told(metavar: str) -> str:
    """A metavar, or several with spaces between them, in the language in use; brackets and dots stay."""
    if found := re.fullmatch(_WORD, metavar):
        return f"{found[1]}{i18n.translate(found[2])}{found[3]}"
    return " ".join(map(metavar_told, metavar.split(" "))) if " " in metavar else metavar


class Command(click.Command):
    """A command whose help speaks the language in use and is laid out for letters of double width."""

    def get_help(self, ctx: click.Context) -> str:
        from postal_desk.cli.help_layout import Layout

        page = Layout(width=ctx.terminal_width, max_width=ctx.max_content_width)
        self.format_help(ctx, page)
        return page.getvalue().rstrip("\n")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [metavar_told(piece) for piece in super().collect_usage_pieces(ctx)]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=_("Usage: {usage}").format(usage=""))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(told(self.help))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [one for one in self.get_params(ctx) if isinstance(one, click.Option) and not one.hidden]
        with formatter.section("Options"):
            formatter.write_dl([_row(option, ctx) for option in options])

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first sentence. It is wrapped and never cut, whatever the ``limit``."""
        found = re.match(_FIRST_SENTENCE, told(self.help))
        return found[1] if found else ""


class Group(Command, click.Group):
    """A group of such commands."""

    command_class = Command
    group_class = type

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


def _range(numbers: click.IntRange) -> str:
    if numbers.max is None:
        return _("{least} or more").format(least=numbers.min)
    return _("{least} to {most}").format(least=numbers.min, most=numbers.max)


def _row(option: click.Option, ctx: click.Context) -> tuple[str, str]:
    """An option with its metavar, and what it is for with default, range and duty."""
    record = option.get_help_record(ctx)
    names = record[0] if record else ""
    metavar = option.make_metavar(ctx)
    if names.endswith(f" {metavar}"):
        names = names.removesuffix(metavar) + metavar_told(metavar)
    extra, notes = option.get_help_extra(ctx), []
    if "default" in extra:
        notes.append(_("default: {value}").format(value=extra["default"]))
    if isinstance(option.type, click.IntRange):
        notes.append(_range(option.type))
    if "required" in extra:
        notes.append(_("required"))
    return names, told(option.help) + (f"  [{_('; ').join(notes)}]" if notes else "")
