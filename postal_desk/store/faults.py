"""Errors of the environment, told apart from bugs.

Everything the world can do to a desk (another program holds it, the disk is full, the file is damaged) becomes an
:class:`EnvironmentFault` with one plain sentence. An exception that :func:`fault_of` does not know is a bug and
passes through unchanged.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from postal_desk.domain.sentences import Sentence, say


class EnvironmentFault(Exception):
    """The surroundings do not allow it; ``sentence`` says what, where and the next step. Nothing was changed."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class NoDesk(EnvironmentFault):
    """There is no desk in this folder."""


class FolderInUse(EnvironmentFault):
    """A new desk can't be made here: the folder holds something already."""


class DeskLocked(EnvironmentFault):
    """Another program has the desk open."""


class NewerDesk(EnvironmentFault):
    """The desk was written by a newer program; it was not touched."""


class DamagedDesk(EnvironmentFault):
    """The content can't be read or does not add up."""


class WrongKey(EnvironmentFault):
    """The key does not belong to this desk, or there is none."""


class PasswordNeeded(WrongKey):
    """The desk has users (``names``), and nobody has said who wants in."""

    def __init__(self, sentence: Sentence, names: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.names = names


class WrongPassword(WrongKey):
    """The password or recovery code opens nothing here."""


class TooManyTries(WrongPassword):
    """Wrong too often: the next attempt has to wait ``seconds``."""

    def __init__(self, sentence: Sentence, seconds: int) -> None:
        super().__init__(sentence)
        self.seconds = seconds


class DiskFull(EnvironmentFault):
    """There is no room left for the change."""


class ReadOnlyPlace(EnvironmentFault):
    """The folder or file can't be written."""


class DeskClosed(Exception):
    """The desk was given up before this work's turn came. Neither the environment's fault nor the user's."""


# What SQLite says, by part of its message: the driver hands out no result codes.
_FULL = ("database or disk is full",)
_READ_ONLY = ("readonly database", "unable to open database file")
_LOCKED = ("database is locked", "database table is locked")
_DAMAGED = ("file is not a database", "malformed", "database corruption", "file is encrypted")
_IO = ("disk i/o error",)

# A share that went away, a stick that was pulled out; not every system knows every name.
_UNREACHABLE = {
    getattr(errno, name)
    for name in (
        *(
            "ENOTCONN",
            "ESTALE",
            "EHOSTDOWN",
            "EHOSTUNREACH",
            "ENETUNREACH",
            "ENETDOWN",
            "ETIMEDOUT",
            "ECONNABORTED",
        ),
        *("ECONNRESET", "EREMOTEIO", "ENODEV", "ENXIO", "ENOMEDIUM"),
    )
    if hasattr(errno, name)
}
# ERROR_NOT_READY, _BAD_NETPATH, _DEV_NOT_EXIST, _UNEXP_NET_ERR, _NETNAME_DELETED, _BAD_NET_NAME, _SEM_TIMEOUT,
# _DEVICE_NOT_CONNECTED, _NETWORK_UNREACHABLE
_UNREACHABLE_WINDOWS = {21, 53, 55, 59, 64, 67, 121, 1167, 1231}


def fault_of(error: BaseException, place: Path) -> EnvironmentFault | None:
    """The environment's fault behind an error of SQLAlchemy, the driver or the operating system, else ``None``."""
    if isinstance(error, EnvironmentFault):
        return error
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, OSError):
        return _fault_of_os(cause, place)
    if type(cause).__module__.split(".")[0] != "sqlcipher3":
        return None
    return _fault_of_message(str(cause).lower(), place)


def _fault_of_os(error: OSError, place: Path) -> EnvironmentFault | None:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(place)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return read_only(place)
    if error.errno == errno.EIO:
        return io_error(place)
    if error.errno in _UNREACHABLE or getattr(error, "winerror", None) in _UNREACHABLE_WINDOWS:
        return unreachable(place)
    return None


def _fault_of_message(message: str, place: Path) -> EnvironmentFault | None:
    for parts, fault in (
        (_FULL, disk_full),
        (_READ_ONLY, read_only),
        (_LOCKED, locked_by_file),
        (_DAMAGED, damaged),
        (_IO, io_error),
    ):
        if any(part in message for part in parts):
            return fault(place)
    return None


@contextmanager
def environment_faults(place: Path) -> Iterator[None]:
    """Turn errors of the environment inside the block into :class:`EnvironmentFault`; bugs pass through."""
    try:
        yield
    except Exception as error:
        fault = fault_of(error, place)
        if fault is None or fault is error:
            raise
        raise fault from error


def no_desk(place: Path) -> NoDesk:
    """Nothing to open."""
    return NoDesk(
        say("There is no desk in {place}; make one first, or name another folder", place=str(place))
    )


def folder_in_use(place: Path) -> FolderInUse:
    """Nothing may be overwritten."""
    return FolderInUse(
        say("A new desk needs an empty folder, and {place} holds something; choose another", place=str(place))
    )


def locked_by_file(place: Path) -> DeskLocked:
    """The database file itself is held, by a program that did not take the desk's lock."""
    return DeskLocked(
        say("Another program holds the desk in {place}; close that program and try again", place=str(place))
    )


def disk_full(place: Path) -> DiskFull:
    """The disk took no more."""
    return DiskFull(
        say(
            "The disk of {place} is full, nothing was saved; free some space and save again", place=str(place)
        )
    )


def read_only(place: Path) -> ReadOnlyPlace:
    """Rights or medium forbid writing."""
    return ReadOnlyPlace(
        say(
            "{place} can't be written; check your rights there, or move the desk to another folder",
            place=str(place),
        )
    )


def io_error(place: Path) -> EnvironmentFault:
    """The disk refused to read or write."""
    return EnvironmentFault(
        say(
            "The disk of {place} reports an error; check the disk, then open the desk again", place=str(place)
        )
    )


def not_readable(place: Path) -> ReadOnlyPlace:
    """Somebody else's folder."""
    return ReadOnlyPlace(
        say(
            "You may not read the desk in {place}: it belongs to another user of this PC; log in as that user, or have "
            "it shared with you",
            place=str(place),
        )
    )


def unreachable(place: Path) -> EnvironmentFault:
    """The drive is not there any more."""
    return EnvironmentFault(
        say("The drive of {place} can't be reached; connect it again, then try once more", place=str(place))
    )


def damaged(place: Path) -> DamagedDesk:
    """Pages fail their check."""
    return DamagedDesk(
        say(
            "The desk in {place} is damaged; keep the folder as it is and restore a backup beside it",
            place=str(place),
        )
    )


def not_proved(place: Path) -> DamagedDesk:
    """A copy drawn from the desk fails its check, so the desk would."""
    return DamagedDesk(
        say(
            "The desk in {place} is damaged: the new copy did not pass its check and was not kept. Stop working in it, "
            "and restore the newest copy beside it, in the settings under “Backups”",
            place=str(place),
        )
    )


def newer(place: Path, theirs: int, ours: int) -> NewerDesk:
    """The schema is ahead of this program."""
    return NewerDesk(
        say(
            "The desk in {place} was written by a newer program (version {theirs}, this one knows {ours}); "
            "it was left untouched: install the newer program",
            place=str(place),
            theirs=theirs,
            ours=ours,
        )
    )


def wrong_key(place: Path) -> WrongKey:
    """The key belongs to another desk."""
    return WrongKey(
        say(
            "The key in {place} does not open this desk; put back the key that was made with it or, if it is that one, "
            "restore a backup beside the desk",
            place=str(place),
        )
    )


def no_key(place: Path) -> WrongKey:
    """The key file is missing or unreadable."""
    return WrongKey(
        say("The key of the desk in {place} is missing or spoilt; put back the key file", place=str(place))
    )


def password_needed(place: Path, names: tuple[str, ...] = ()) -> PasswordNeeded:
    """Nobody has said who wants in."""
    return PasswordNeeded(
        say(
            "The desk in {place} has a password: open it in the window, or give the password with --password-file or "
            "POSTAL_DESK_PASSWORD",
            place=str(place),
        ),
        names,
    )


def wrong_secret(place: Path, kind: str) -> WrongPassword:
    """The secret opens no slot."""
    if kind == "recovery":
        return WrongPassword(
            say(
                "This recovery code is not that of the desk in {place}; look for another sheet",
                place=str(place),
            )
        )
    if kind == "branch":
        return WrongPassword(
            say(
                "This private key does not open the desk in {place}; nothing is sealed for it",
                place=str(place),
            )
        )
    return WrongPassword(
        say(
            "Wrong password for the desk in {place}; try again, or ask a manager or the recovery code for a new one",
            place=str(place),
        )
    )


def mistyped_code() -> WrongKey:
    """The check character of the code does not fit."""
    return WrongKey(
        say(
            "This is not a recovery code: it has 25 letters and digits, and one wrong or missing one is noticed; "
            "compare it with the sheet, group by group"
        )
    )


def no_such_user(place: Path, name: str, known: list[str]) -> WrongPassword:
    """Nobody of that name has a password."""
    return WrongPassword(
        say(
            "“{name}” has no password for the desk in {place}; those who have: {known}",
            name=name,
            place=str(place),
            known=tuple(known),
        )
    )


def too_many_tries(place: Path, seconds: int) -> TooManyTries:
    """The next attempt has to wait."""
    return TooManyTries(
        say(
            "Wrong password too often; wait {seconds} seconds before you try again at the desk in {place}",
            seconds=seconds,
            place=str(place),
        ),
        seconds,
    )


def not_admitted(place: Path, name: str) -> WrongPassword:
    """The password is right, and the user may not come in any more."""
    return WrongPassword(
        say("{name} is no longer a user of the desk in {place}; ask a manager", name=name, place=str(place))
    )


def key_exchanged(place: Path) -> WrongKey:
    """A desk with users whose key file opens without a password."""
    return WrongKey(
        say(
            "The desk in {place} has users, but its key file is one without a password; put the right file back, or "
            "restore a copy beside it",
            place=str(place),
        )
    )
