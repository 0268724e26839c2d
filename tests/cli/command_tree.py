"""Every command and group of the program, with the context in which it would run."""

from __future__ import annotations

from collections.abc import Iterator

import click

from postal_desk.cli.main import cli


def commands() -> Iterator[click.Context]:
    """The program itself, then each group before its commands."""
    yield from _below(click.Context(cli, info_name="postal-desk"))


def _below(context: click.Context) -> Iterator[click.Context]:
    yield context
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            command = context.command.get_command(context, name)
            assert command is not None
            yield from _below(click.Context(command, info_name=name, parent=context))
