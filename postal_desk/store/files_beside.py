"""The files that a desk keeps beside its database, as copies have to know them.

Such a file is written whole under a name of its own before the commit that names it, and never changed afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from postal_desk.store.attachment_seal import FileKeys

#: The top folder of such files in the desk's folder.
FOLDER = "files"
FILE_SECRET = "file_secret"
_NAME = re.compile(rf"{FOLDER}(/[0-9A-Za-z_-][0-9A-Za-z_.-]{{0,100}}){{1,3}}")


def names(raw: Any) -> list[str]:
    """What the database on this driver connection names: paths below the desk's folder, with ``/``.

    The connection may be that of a drawn copy, of any schema. The name of a file that has gone is given all the same.
    """
    if not raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'blobs'").fetchone():
        return []
    beside = raw.execute("SELECT sha256 FROM blobs WHERE content IS NULL ORDER BY id").fetchall()
    if not beside:
        return []
    facts = dict(raw.execute("SELECT name, value FROM desk_facts").fetchall())
    keys = FileKeys.of(secret_in(facts))
    called = [keys.name_of(bytes(sha256)) for (sha256,) in beside]
    return [f"{FOLDER}/{name[:2]}/{name}" for name in called]


def secret_in(facts: Mapping[str, str]) -> bytes:
    """What the files of a desk with these facts are encrypted and named with: its own since it was given a password,
    as the copies of before tell the one it began with.
    """
    return bytes.fromhex(facts.get(FILE_SECRET) or facts["audit_secret"])


def is_name(text: str) -> bool:
    """True for a path that such a file may have: nothing that leads out of its folder."""
    return _NAME.fullmatch(text) is not None and ".." not in text


def path_of(folder: Path, name: str) -> Path:
    """Where a file stands in a desk's folder. Raises :class:`ValueError` for a name that leads elsewhere."""
    if not is_name(name):
        raise ValueError(f"{name!r} is no name of a file beside a desk")
    return folder.joinpath(*name.split("/"))
