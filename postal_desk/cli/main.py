"""``postal-desk``: the group, and the one place where outcomes become exit codes."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from postal_desk import __version__, i18n
from postal_desk.cli.help import Group
from postal_desk.cli.session import Hooks, Session
from postal_desk.domain.sentences import Refusal

#: command → module under postal_desk.cli and the name of the command in it; imported when first used, so that
#: ``--help`` and the window do not pay for commands they do not run
COMMANDS = {
    "new": ("desks", "new"),
    "demo": ("desks", "demo"),
    "check": ("desks", "check"),
    "backup": ("copies", "backup"),
    "restore": ("copies", "restore"),
    "copies": ("copies", "copies"),
    "move": ("moving", "move"),
    "look": ("moving", "look"),
    "audit": ("audit", "audit"),
    "selftest": ("desks", "selftest"),
    "picture": ("desks", "picture"),
    "outlet": ("organisation", "outlet"),
    "staff": ("organisation", "staff"),
    "user": ("users", "user"),
    "case": ("cases", "case"),
    "visit": ("visits", "visit"),
    "problem": ("problems", "problem"),
    "measure": ("measure_effects", "measure"),
    "error": ("errors", "error"),
    "attachment": ("attachments", "attachment"),
    "scan": ("personal", "scan"),
    "retention": ("retention", "retention"),
    "bin": ("retention", "bin_"),
    "claim": ("claims", "claim"),
    "canned": ("checklists", "canned"),
    "checklist": ("checklists", "checklist"),
    "month": ("today", "month"),
    "today": ("today", "today"),
    "import": ("imports", "import_"),
    "rule": ("rules", "rule"),
    "summary": ("summaries", "summary"),
    "paper": ("papers", "paper"),
    "template": ("templates", "template"),
    "total": ("totals", "total"),
}


class Commands(Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """After ``--lang``, wherever that stands: it decides what the help is told in."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.is_eager = False
        return option

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        module, name = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"postal_desk.cli.{module}"), name)
        return command


def _usual_language() -> str:
    named = os.environ.get("POSTAL_DESK_LANG")
    return named if named in i18n.LANGUAGES else i18n.system_language()


def _speak(ctx: click.Context, _param: click.Parameter, language: str | None) -> None:
    """Before anything else on the command line can be wrong."""
    ctx.ensure_object(Session).language = language or ""
    i18n.use(language or _usual_language())


@click.group(cls=Commands, invoke_without_command=True)
@click.option(
    "--desk", type=click.Path(path_type=Path), help="The desk folder (default: in your local data)."
)
@click.option(
    "--lang",
    type=click.Choice(i18n.LANGUAGES),
    help="Language of the answers, and of the window.",
    is_eager=True,
    expose_value=False,
    callback=_speak,
)
@click.option(
    "--password-file", type=click.Path(path_type=Path), help="A file whose first line is the password."
)
@click.option("--user", default="", help="Whose password it is (default: whoever it opens the desk for).")
@click.option(
    "--recovery-code-file",
    type=click.Path(path_type=Path),
    help="A file with the recovery code, for a password.",
)
@click.option(
    "--branch-key-file",
    type=click.Path(path_type=Path),
    help="A file with the city branch's private key (64 hexadecimal digits), for a password.",
)
@click.option("--debug", is_flag=True, help="Show a traceback when something fails.")
@click.version_option(__version__, prog_name="postal-desk")
@click.pass_context
def cli(
    ctx: click.Context,
    desk: Path | None,
    password_file: Path | None,
    user: str,
    recovery_code_file: Path | None,
    branch_key_file: Path | None,
    debug: bool,
) -> None:
    """Customer-service cases of a postal branch, offline. Without a command the window opens."""
    session = ctx.ensure_object(Session)
    session.desk_path, session.debug, session.password_file = desk, debug, password_file
    session.user, session.recovery_file, session.branch_key_file = user, recovery_code_file, branch_key_file
    if ctx.invoked_subcommand is None:
        ctx.exit(session.hooks.window(desk, session.language))


def run(hooks: Hooks, arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. UTF-8 in and out, never a traceback without ``--debug``."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    session = Session(hooks)
    i18n.use(_usual_language())
    try:
        _refuse_broken(arguments)
        result = cli.main(args=arguments, prog_name="postal-desk", standalone_mode=False, obj=session)
        session.tell_notes()
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        from postal_desk.cli.wrong_usage import show

        show(error)
        return 2
    except click.exceptions.Abort:
        return _refuse(i18n._("Stopped; what was already saved stays saved"), 1)
    except Exception as error:
        if session.debug:
            traceback.print_exc()
        return _outcome(error, session)


def _refuse_broken(arguments: Sequence[str]) -> None:
    """Bytes that are no text can be neither stored, compared nor printed."""
    for word in arguments:
        try:
            word.encode()
        except UnicodeEncodeError:
            shown = word.encode("utf-8", "replace").decode()
            raise click.UsageError(i18n._("“{word}” is not UTF-8 text").format(word=shown)) from None


def _outcome(error: Exception, session: Session) -> int:
    from postal_desk.services.faults import EnvironmentFault, fault_of

    if isinstance(error, Refusal):
        return _refuse(i18n.tell(error.sentence), 1)
    fault = error if isinstance(error, EnvironmentFault) else fault_of(error, session.path)
    if fault is not None:
        return _refuse(i18n.tell(fault.sentence), 3)
    if isinstance(error, BrokenPipeError):
        sys.stderr.close()
        return 3
    return _refuse(
        i18n._(
            "The program made a mistake ({error}); nothing was half saved. Run again with --debug to see where"
        ).format(error=f"{type(error).__name__}: {error}"),
        3,
    )


def _refuse(sentence: str, code: int) -> int:
    click.echo(" ".join(sentence.split("\n")), err=True)
    return code
