"""Opening a desk with a password, against the bare derivation of its key and opening the same desk without one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from nacl import pwhash

from postal_desk.services import users
from postal_desk.services.desk import Credential, open_desk
from postal_desk.store.key_slots import MEMORY, OPERATIONS
from tests.benchmarks import desks
from tests.benchmarks.report import Figure, timed

_PASSWORD = "correct horse battery"


def with_password(folder: Path, cases: int, quick: bool) -> Iterator[Figure]:
    """The same desk before and after it gets its first user; each time opened, one transaction, closed."""
    times = 3 if quick else 25
    salt = bytes(pwhash.argon2id.SALTBYTES)

    def derive() -> object:
        return pwhash.argon2id.kdf(32, _PASSWORD.encode(), salt, opslimit=OPERATIONS, memlimit=MEMORY)

    with tempfile.TemporaryDirectory(dir=folder) as place:
        path = Path(shutil.copytree(desks.desk_path(folder, cases), Path(place) / "desk"))
        bare = timed(lambda: open_desk(path).close(), times)
        with open_desk(path) as desk:
            desk.practice = False  # a sample desk is good enough to be opened
            users.protect(desk, "王芳", _PASSWORD)
        who = Credential.password(_PASSWORD, "王芳")
        ours = timed(lambda: open_desk(path, credential=who).close(), times)
    limit = timed(derive, times) + bare
    name = f"opening {cases:,} cases with a password, against argon2id + without"
    yield Figure(name, ours, limit, 2)
