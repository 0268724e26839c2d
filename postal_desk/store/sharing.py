"""A folder that every user of this PC may write in, for a desk that all of them share.

The key is safe there only if it is wrapped by passwords; where the system has no such rights nothing is changed.
"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from postal_desk.domain.sentences import say
from postal_desk.store import faults

_EVERYBODY = "*S-1-5-32-545:(OI)(CI)M"  # the group «Users», whatever it is called in the system's language
_PATIENCE = 30

Run = Callable[[Sequence[str]], int]


def _run(command: Sequence[str]) -> int:
    done = subprocess.run(
        command,
        capture_output=True,
        timeout=_PATIENCE,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        check=False,
    )
    return done.returncode


def share(folder: Path, *, platform: str = sys.platform, run: Run = _run) -> None:
    """Make the folder, and let everybody on this PC read and write in it and in what is made in it later.

    Raises :class:`~postal_desk.store.faults.EnvironmentFault` if the system does not allow it.
    """
    with faults.environment_faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if platform != "win32":
            folder.chmod(0o777)
            return
        try:
            refused = run(["icacls", str(folder), "/grant", _EVERYBODY, "/Q"]) != 0
        except (OSError, subprocess.TimeoutExpired):
            refused = True
    if refused:
        raise faults.ReadOnlyPlace(
            say(
                "{place} can't be shared with the other users of this PC; keep the desk for yourself, or ask who looks "
                "after the PC",
                place=str(folder),
            )
        )


def keep_shared(folder: Path, *, platform: str = sys.platform) -> None:
    """Let the others write what this user made in a shared folder. Windows hands the folder's rights down by itself."""
    if platform == "win32" or not folder.stat().st_mode & stat.S_IWOTH:
        return
    mine = os.getuid()
    for path in (folder, *folder.rglob("*")):
        with suppress(FileNotFoundError):  # gone meanwhile
            about = path.lstat()
            if about.st_uid == mine and not stat.S_ISLNK(about.st_mode):
                path.chmod(0o777 if stat.S_ISDIR(about.st_mode) else 0o666)


def can_share(folder: Path, *, platform: str = sys.platform) -> bool:
    """True if a desk for everybody can be made there by whoever runs the program."""
    if platform == "win32":
        return True
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    return os.access(place, os.W_OK)
