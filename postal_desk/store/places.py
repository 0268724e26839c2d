"""What kind of drive a folder is on.

A live desk belongs on a disk of this PC: a network share loses locks and the order of writes, a stick is pulled out
in the middle of them.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from postal_desk.domain.sentences import say
from postal_desk.store.faults import EnvironmentFault

FIXED, NETWORK, REMOVABLE = "fixed", "network", "removable"

_NETWORK_TYPES = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "davfs", "fuse.sshfs", "fuse.davfs2", "fuse.rclone",
    "fuse.gvfsd-fuse", "ceph", "glusterfs", "fuse.glusterfs", "lustre", "beegfs",
}  # fmt: skip
_WINDOWS_REMOVABLE, _WINDOWS_REMOTE, _WINDOWS_CD = 2, 4, 5


class UnfitPlace(EnvironmentFault):
    """The live desk can't stand on this drive; a copy can be put there."""


def kind_of(folder: Path) -> str:
    """:data:`FIXED`, :data:`NETWORK` or :data:`REMOVABLE`; what can't be told counts as fixed."""
    folder = folder.absolute()
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    folder = folder.resolve()
    if sys.platform == "win32":
        return _windows_kind(str(folder))
    try:
        mounts = Path("/proc/self/mountinfo").read_text("utf-8", "replace").splitlines()
    except OSError:  # no such list on this system
        return FIXED
    return _kind_of_mount(mounts, str(folder), Path("/sys"))


def check_fit(folder: Path) -> None:
    """Raise :class:`UnfitPlace` for a folder that no live desk may stand in."""
    kind = kind_of(folder)
    if kind == NETWORK:
        raise UnfitPlace(
            say(
                "{place} is on a network drive, where a power cut or a lost connection can spoil a desk; keep the desk "
                "on a disk of this PC and put copies there",
                place=str(folder),
            )
        )
    if kind == REMOVABLE:
        raise UnfitPlace(
            say(
                "{place} is on a removable drive, which may be pulled out while something is saved; keep the desk on "
                "a disk of this PC and put copies there",
                place=str(folder),
            )
        )


def _kind_of_mount(mounts: list[str], folder: str, sys_folder: Path) -> str:
    best = ("", "", "")
    for line in mounts:
        fields, _, rest = line.partition(" - ")
        parts = fields.split()
        if len(parts) < 5 or not rest:
            continue
        point = re.sub(r"\\(\d{3})", lambda found: chr(int(found[1], 8)), parts[4])
        inside = folder == point or folder.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best[0]):
            best = (point, parts[2], rest.split()[0])
    if best[2] in _NETWORK_TYPES:
        return NETWORK
    return REMOVABLE if best[1] and _is_removable(sys_folder / "dev" / "block" / best[1]) else FIXED


def _is_removable(device: Path) -> bool:
    """A stick's partition: the disk above it says so, or hangs on USB."""
    try:
        real = device.resolve(strict=True)
    except OSError:
        return False
    for place in (real, real.parent):
        try:
            if (place / "removable").read_text("ascii").strip() == "1":
                return True
        except OSError:
            continue
    return "/usb" in str(real)


def _windows_kind(folder: str) -> str:
    import ctypes

    if folder.startswith("\\\\") and not folder.startswith("\\\\?\\"):
        return NETWORK
    drive = os.path.splitdrive(folder)[0] + "\\"
    kind = ctypes.windll.kernel32.GetDriveTypeW(drive)  # type: ignore[attr-defined]
    if kind == _WINDOWS_REMOTE:
        return NETWORK
    return REMOVABLE if kind in (_WINDOWS_REMOVABLE, _WINDOWS_CD) else FIXED
