"""Passwords for the command line: from a file, from the environment, else asked at a terminal. Never an argument: these
are seen by everybody on the PC.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from postal_desk import i18n
from postal_desk.domain.file_reasons import file_reason
from postal_desk.domain.sentences import Refusal, say

if TYPE_CHECKING:
    from postal_desk.cli.session import Session
    from postal_desk.services.access import Credential

PASSWORD, NEW_PASSWORD, USER = "POSTAL_DESK_PASSWORD", "POSTAL_DESK_NEW_PASSWORD", "POSTAL_DESK_USER"


def first_line(file: Path) -> str:
    """The first line of a file, without its end."""
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(
            say(
                "{file}: the file can't be read ({reason}); check its name and place",
                file=str(file),
                reason=file_reason(error),
            )
        ) from error
    return lines[0] if lines else ""


def key_in(file: Path) -> bytes:
    """The 32-byte key that stands in a file in hexadecimal digits."""
    try:
        key = bytes.fromhex(first_line(file).strip())
    except ValueError:
        key = b""
    if len(key) != 32:
        raise Refusal(say("{file}: a key has 64 hexadecimal digits", file=str(file)))
    return key


def given_password(session: Session) -> str | None:
    """The password of the options or the environment, ``None`` without one."""
    if session.password_file is not None:
        return first_line(session.password_file)
    return os.environ.get(PASSWORD)


def user_name(session: Session) -> str:
    """Who says to be here; empty: whoever the password belongs to."""
    return session.user or os.environ.get(USER, "")


def credential(session: Session, needed: Callable[[], bool]) -> Credential | None:
    """Who wants in. A terminal is asked if nothing was given and a password is ``needed``."""
    from postal_desk.services.access import Credential

    if session.recovery_file is not None:
        return Credential.recovery(first_line(session.recovery_file))
    if session.branch_key_file is not None:
        return Credential.branch(key_in(session.branch_key_file))
    password = given_password(session)
    if password is None and sys.stdin.isatty() and needed():
        password = _asked(i18n._("Password"))
    return None if password is None else Credential.password(password, user_name(session))


def new_password(file: Path | None, fallback: str | None = None) -> str:
    """A password to be set: from a file, the environment, the ``fallback``, else asked twice at a terminal."""
    if file is not None:
        return first_line(file)
    given = os.environ.get(NEW_PASSWORD, fallback)
    if given is not None:
        return given
    if sys.stdin.isatty():
        return _asked_twice()
    raise Refusal(
        say("The new password is missing; give it with --new-password-file or POSTAL_DESK_NEW_PASSWORD")
    )


def _asked(what: str) -> str:
    return str(click.prompt(what, hide_input=True, err=True))


def _asked_twice() -> str:
    """A new password. Click would ask again, and say that both differ, in English only."""
    while (password := _asked(i18n._("New password"))) != _asked(i18n._("The same once more")):
        click.echo(i18n._("The two passwords are not the same; type them again"), err=True)
    return password
