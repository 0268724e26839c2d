"""The mark that a desk's audit has reached, kept beside the database.

A write-ahead log that was deleted or cut, or an older file put back, drops committed work without a word: the
database that is left looks whole. The mark then stands above it and says how much is missing. It is written after
each commit, unsynced (a power cut may leave it a little low, never too high), and synced when the desk is closed.

Where a whole older folder is put back, its mark comes with it. So the user's own folder keeps a second one for each
place of a desk (:func:`second_file`), written when the first is synced.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from pathlib import Path

from postal_desk.store.durable import replace_file
from postal_desk.store.work import AuditEnd

FILE = "high-water"


@dataclass(frozen=True, slots=True)
class Mark:
    """Whose desk, and the last row of its audit."""

    desk: str
    end: AuditEnd


class SpoiltMark(Exception):
    """The mark is there and can't be believed."""


def second_file(marks: Path, folder: Path) -> Path:
    """The second mark of the desk in ``folder``, below the user's folder of marks."""
    return marks / hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:32]


def write(folder: Path, secret: bytes, mark: Mark, *, synced: bool = False) -> None:
    """Replace the mark. Raises :class:`OSError`."""
    write_file(folder / FILE, secret, mark, synced=synced)


def write_file(file: Path, secret: bytes, mark: Mark, *, synced: bool = False) -> None:
    """Replace a mark in a file of any name. Raises :class:`OSError`."""
    file.parent.mkdir(parents=True, exist_ok=True)
    replace_file(file, line_of(secret, mark).encode(), synced=synced)


def line_of(secret: bytes, mark: Mark) -> str:
    """The content of the file for a mark."""
    content = {"desk": mark.desk, "audit": mark.end.number, "head": mark.end.head.hex(), "at": mark.end.at}
    return json.dumps({**content, "mac": _mac(secret, content)})


def read(folder: Path, secret: bytes) -> Mark | None:
    """The mark, ``None`` if there is none. Raises :class:`SpoiltMark`."""
    return read_file(folder / FILE, secret)


def read_file(file: Path, secret: bytes) -> Mark | None:
    """A mark in a file of any name, ``None`` if there is none. Raises :class:`SpoiltMark`."""
    try:
        content = json.loads(file.read_bytes())
        mac = content.pop("mac")
        if not hmac.compare_digest(mac, _mac(secret, content)):
            raise SpoiltMark
        return Mark(
            content["desk"], AuditEnd(content["audit"], bytes.fromhex(content["head"]), content["at"])
        )
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SpoiltMark from error


def _mac(secret: bytes, content: dict[str, object]) -> str:
    return hmac.new(secret, json.dumps(content, sort_keys=True).encode(), hashlib.sha256).hexdigest()
