"""What kind of drive a folder is on.

A live desk belongs on a disk of this PC: a network share loses locks and the order of writes, a stick is pulled out
in the middle of them. What stands in the memory of the PC is safe until it is switched off: that is said, not refused,
for a desk to try something with may well stand there.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from postal_desk.domain.sentences import Sentence, say
from postal_desk.store.faults import EnvironmentFault

FIXED, NETWORK, REMOVABLE, MEMORY = "fixed", "network", "removable", "memory"

#: Shares, files of another system in between, and folders that a virtual machine is lent by its host.
_NETWORK_TYPES = {
    "nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afs", "ncpfs", "davfs", "ceph", "glusterfs", "lustre", "beegfs",
    "9p", "vboxsf", "vmhgfs", "prl_fs",
    "fuse.sshfs", "fuse.davfs2", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.kio-fuse", "fuse.glusterfs", "fuse.ceph",
    "fuse.ceph-fuse", "fuse.smbnetfs", "fuse.curlftpfs", "fuse.s3fs", "fuse.gcsfuse", "fuse.google-drive-ocamlfuse",
    "fuse.onedriver", "fuse.juicefs", "fuse.vmhgfs-fuse",
}  # fmt: skip
#: Folders that are nowhere but in memory, and disks that are.
_MEMORY_TYPES, _MEMORY_DISKS = {"tmpfs", "ramfs"}, re.compile(r"/dev/(z?ram|brd)\d+")
#: What a mount by FUSE calls its source if that is elsewhere: an address, a host with a path, a share of Windows.
_ELSEWHERE = re.compile(r"[\w+.-]+://|//|[^/:]+:/")
_WINDOWS_REMOVABLE, _WINDOWS_REMOTE, _WINDOWS_CD, _WINDOWS_RAM_DISK = 2, 4, 5, 6


class UnfitPlace(EnvironmentFault):
    """The live desk can't stand on this drive; a copy can be put there."""


def kind_of(folder: Path) -> str:
    """:data:`FIXED`, :data:`NETWORK`, :data:`REMOVABLE` or :data:`MEMORY`; what can't be told counts as fixed."""
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


def in_memory(folder: Path) -> Sentence | None:
    """What to know of a folder that is gone when the PC is switched off; ``None`` for one that stays."""
    if kind_of(folder) != MEMORY:
        return None
    return say(
        "{place} is in the memory of this PC: all that is saved there is gone when the PC is switched off; keep the "
        "desk on a disk",
        place=str(folder),
    )


def _kind_of_mount(mounts: list[str], folder: str, sys_folder: Path) -> str:
    best = ("", "", "", "")
    for line in mounts:
        fields, _, rest = line.partition(" - ")
        parts, about = fields.split(), rest.split()
        if len(parts) < 5 or len(about) < 2:
            continue
        point = _plain(parts[4])
        inside = folder == point or folder.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best[0]):
            best = (point, parts[2], about[0], _plain(about[1]))
    _point, number, kind, source = best
    by_fuse = kind == "fuse" or kind.startswith("fuse.")
    if kind in _NETWORK_TYPES or (by_fuse and _ELSEWHERE.match(source)):
        return NETWORK
    if kind in _MEMORY_TYPES or _MEMORY_DISKS.fullmatch(source):
        return MEMORY
    # Some systems (btrfs) show a number that is no disk's; then the disk is known by the name it was mounted by.
    disk = sys_folder / "dev" / "block" / number
    if number and not disk.exists() and source.startswith("/dev/"):
        disk = sys_folder / "class" / "block" / Path(os.path.realpath(source)).name
    return REMOVABLE if number and _is_removable(disk) else FIXED


def _plain(text: str) -> str:
    """Blanks and the like are written as octal numbers."""
    return re.sub(r"\\(\d{3})", lambda found: chr(int(found[1], 8)), text)


def _is_removable(device: Path) -> bool:
    """A stick's partition: the disk above it says so, or hangs on USB; or what is encrypted or joined lies on one."""
    try:
        real = device.resolve(strict=True)
        below = list((real / "slaves").iterdir()) if (real / "slaves").is_dir() else []
    except OSError:
        return False
    for place in (real, real.parent):
        try:
            if (place / "removable").read_text("ascii").strip() == "1":
                return True
        except OSError:
            continue
    return "/usb" in str(real) or any(_is_removable(disk) for disk in below)


def _windows_kind(folder: str) -> str:
    import ctypes

    if folder.startswith("\\\\") and not folder.startswith("\\\\?\\"):
        return NETWORK
    drive = os.path.splitdrive(folder)[0] + "\\"
    kind = ctypes.windll.kernel32.GetDriveTypeW(drive)  # type: ignore[attr-defined]
    if kind == _WINDOWS_REMOTE:
        return NETWORK
    if kind == _WINDOWS_RAM_DISK:
        return MEMORY
    return REMOVABLE if kind in (_WINDOWS_REMOVABLE, _WINDOWS_CD) else FIXED
