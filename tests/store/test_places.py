"""Where a live desk may stand, what a read-only folder means, and what happens when the disk fills up."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.cases import Case
from postal_desk.domain.sentences import Refusal
from postal_desk.services.cases import add_cases, read_cases
from postal_desk.services.desk import Desk, create_desk, open_desk
from postal_desk.services.room import not_kept, use_reserve
from postal_desk.services.second_place import begin_carrying
from postal_desk.store import database, faults, places, private_copy, room
from postal_desk.store.reading_through import LiveReader
from postal_desk.store.room import Room

MB = 1 << 20


def mounts(*lines: tuple[str, str, str] | tuple[str, str, str, str]) -> list[str]:
    return [
        f"36 35 {device} / {point} rw,noatime - {kind} {source[0] if source else 'src'} rw"
        for point, device, kind, *source in lines
    ]


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/a", places.FIXED),
        ("/srv/share/desk", places.NETWORK),
        ("/srv/shared", places.FIXED),
        ("/media/my stick/desk", places.REMOVABLE),
    ],
)
def test_the_drive_of_a_folder_is_told_apart(tmp_path: Path, folder: str, kind: str) -> None:
    disk, stick = (
        tmp_path / "devices" / "ata1" / "sda" / "sda1",
        tmp_path / "devices" / "usb1" / "sdb" / "sdb1",
    )
    for number, device in (("8:1", disk), ("8:17", stick)):
        device.mkdir(parents=True)
        (tmp_path / "dev" / "block").mkdir(parents=True, exist_ok=True)
        (tmp_path / "dev" / "block" / number).symlink_to(device)
    found = mounts(
        ("/", "8:1", "ext4"), ("/srv/share", "0:40", "cifs"), ("/media/my\\040stick", "8:17", "vfat")
    )
    assert places._kind_of_mount(found, folder, tmp_path) == kind


@pytest.mark.parametrize(
    ("kind", "source", "expected"),
    [
        ("fuse", "http://127.0.0.1:8299/", places.NETWORK),
        ("fuse", "wang@office:/desks", places.NETWORK),
        ("fuse.new-one", "//server/share", places.NETWORK),
        ("fuse.sshfs", "src", places.NETWORK),
        ("9p", "src", places.NETWORK),
        ("fuse", "/home/a/stick.img", places.FIXED),
        ("fuse.bindfs", "/home/a", places.FIXED),
        ("ext4", "wang@office:/desks", places.FIXED),
        ("overlay", "overlay", places.FIXED),
    ],
)
def test_what_is_mounted_by_fuse_is_told_by_its_source(
    tmp_path: Path, kind: str, source: str, expected: str
) -> None:
    found = mounts(("/", "8:1", "ext4"), ("/data", "0:40", kind, source))
    assert places._kind_of_mount(found, "/data/desk", tmp_path) == expected


def test_what_stands_in_memory_is_told_and_refuses_no_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_MEMORY_TYPES", {"tmpfs"})
    found = mounts(("/", "8:1", "ext4"), ("/memory", "0:40", "tmpfs"), ("/ram", "1:0", "ext4", "/dev/ram0"))
    kinds = [
        places._kind_of_mount(found, folder, tmp_path) for folder in ("/memory/desk", "/ram/desk", "/else")
    ]
    assert kinds == [places.MEMORY, places.MEMORY, places.FIXED]
    monkeypatch.setattr(places, "kind_of", lambda _folder: places.MEMORY)
    with create_desk(tmp_path / "desk", "", "220204") as desk:
        assert "switched off" in str(not_kept(desk))
        with pytest.raises(Refusal, match="choose a stick"):
            begin_carrying(desk, tmp_path)
    with create_desk(tmp_path / "practice", "", "220204", practice=True) as desk:
        assert not_kept(desk) is None


def test_a_stick_is_known_through_what_lies_on_it(tmp_path: Path) -> None:
    stick, crypt = tmp_path / "devices" / "usb1" / "sdb" / "sdb1", tmp_path / "devices" / "virtual" / "dm-0"
    stick.mkdir(parents=True)
    (crypt / "slaves").mkdir(parents=True)
    (crypt / "slaves" / "sdb1").symlink_to(stick)
    for folder, name, device in (("dev/block", "253:0", crypt), ("class/block", "sdb1", stick)):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / name).symlink_to(device)
    found = mounts(
        ("/", "8:1", "ext4"),
        ("/encrypted", "253:0", "ext4", "/dev/mapper/stick"),
        ("/btrfs", "0:45", "btrfs", "/dev/sdb1"),
        ("/other", "0:46", "btrfs", "/dev/sda2"),
    )
    kinds = [places._kind_of_mount(found, folder, tmp_path) for folder in ("/encrypted", "/btrfs", "/other")]
    assert kinds == [places.REMOVABLE, places.REMOVABLE, places.FIXED]


def test_a_share_that_does_not_answer_is_told_as_a_share(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(_folder: Path) -> bool:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(database, "exists", fail)
    monkeypatch.setattr(places, "kind_of", lambda _folder: places.NETWORK)
    with pytest.raises(places.UnfitPlace):
        open_desk(tmp_path / "desk")


@pytest.mark.parametrize("kind", [places.NETWORK, places.REMOVABLE])
def test_no_live_desk_on_such_a_drive(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str
) -> None:
    desk.close()
    monkeypatch.setattr(places, "kind_of", lambda _folder: kind)
    with pytest.raises(places.UnfitPlace, match="keep the desk on a disk of this PC"):
        open_desk(desk.path)
    with pytest.raises(places.UnfitPlace):
        create_desk(tmp_path / "new", "", "220204")
    assert not (tmp_path / "new").exists()


def test_a_read_only_folder_is_read_from_a_private_copy(
    desk: Desk, make_case: Callable[..., Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    add_cases(desk, [make_case()])
    desk.close()
    before = {path.name: path.read_bytes() for path in desk.path.iterdir() if path.is_file()}
    monkeypatch.setattr(private_copy, "is_read_only", lambda _folder: True)
    made = []
    make = private_copy.make
    monkeypatch.setattr(private_copy, "make", lambda folder: made.append(make(folder)) or made[-1])
    with open_desk(desk.path) as opened:
        assert "open for reading only" in str(opened.read_only)
        assert len(read_cases(opened, CaseFilter())) == 1
        with pytest.raises(faults.ReadOnlyPlace, match="copy the folder to a disk"):
            add_cases(opened, [make_case()])
    assert not made[0].exists()
    assert {path.name: path.read_bytes() for path in desk.path.iterdir() if path.is_file()} == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write_is_read_only(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert private_copy.is_read_only(tmp_path)
    tmp_path.chmod(0o700)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no such rights there")
@pytest.mark.parametrize("name", ["key", "desk.db"])
def test_what_somebody_else_keeps_to_themselves_is_told_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    desk.close()
    access = os.access
    monkeypatch.setattr(
        os, "access", lambda file, mode: access(file, mode) and Path(file) != desk.path / name
    )
    with pytest.raises(faults.ReadOnlyPlace, match="You may not read"):
        open_desk(desk.path)


def test_limits_shrink_with_the_disk() -> None:
    assert Room(100 * MB, 100_000 * MB).floor == 32 * MB
    assert (Room(0, 4 * MB).floor, Room(0, 4 * MB).reserve) == (MB // 4, MB // 4)
    assert Room(200 * MB, 100_000 * MB).low
    assert not Room(3 * MB, 4 * MB).low


def test_below_the_floor_the_desk_is_read_only_until_there_is_room(
    desk: Desk, make_case: Callable[..., Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    left = [Room(7 * MB, 100_000 * MB)]
    monkeypatch.setattr(room, "room_of", lambda _folder: left[0])
    with pytest.raises(faults.DiskFull, match="nothing is written any more"):
        add_cases(desk, [make_case()])
    assert read_cases(desk, CaseFilter()) == []
    left[0] = Room(40 * MB, 100_000 * MB)
    assert add_cases(desk, [make_case()]).cases


@pytest.mark.parametrize("total", [4 * MB, 6 * MB, 600 * MB, 100_000 * MB])
def test_the_reserve_leads_out_of_a_disk_filled_to_the_last_byte(total: int) -> None:
    full = Room(0, total)
    assert full.gone(with_reserve=True)
    assert not Room(full.reserve, total).gone(with_reserve=False)


def test_the_floor_sinks_when_the_reserve_is_given_up(
    desk: Desk, make_case: Callable[..., Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk.path / room.RESERVE).write_bytes(b"x")
    monkeypatch.setattr(room, "room_of", lambda _folder: Room(16 * MB, 100_000 * MB))
    with pytest.raises(faults.DiskFull):
        add_cases(desk, [make_case()])
    assert not use_reserve(desk).gone
    assert add_cases(desk, [make_case()]).cases
    monkeypatch.setattr(room, "room_of", lambda _folder: Room(7 * MB, 100_000 * MB))
    with pytest.raises(faults.DiskFull):
        add_cases(desk, [make_case()])


def test_the_reserve_is_made_once_and_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "room_of", lambda _folder: Room(3 * MB, 4 * MB))
    room.keep_reserve(tmp_path)
    made = (tmp_path / room.RESERVE).stat()
    room.keep_reserve(tmp_path)
    assert (tmp_path / room.RESERVE).stat().st_mtime_ns == made.st_mtime_ns
    assert made.st_size == MB // 4
    assert room.give_reserve(tmp_path)
    assert not room.give_reserve(tmp_path)


def test_reading_through_finds_a_flipped_bit_on_any_page(desk: Desk, make_case: Callable[..., Case]) -> None:
    add_cases(desk, [make_case(narrative="信" * 2000) for _ in range(20)])
    desk.checkpoint()
    while desk.rounds < 1:
        assert desk.read_on()
    key = desk.copies.key
    desk.close()
    file = desk.path / "desk.db"
    whole = file.read_bytes()
    for page in range(len(whole) // 4096):
        at = page * 4096 + 7 * page % 4096
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        reader, found = LiveReader(file, key), None
        while found is None and reader.rounds < 1:
            found = reader.slice(0.001)
        assert found == page + 1
        reader.close()


def test_a_clock_before_the_last_change_is_noticed(tmp_path: Path) -> None:
    from datetime import datetime

    clock = [datetime(2019, 8, 20, 10)]
    with create_desk(tmp_path / "other", "", "220204", now=lambda: clock[0]) as desk:
        with desk.work(write=True) as work:
            desk.record(work, "outlet.add", "outlet")
            work.commit()
        assert desk.clock_problem() is None
        clock[0] = datetime(2019, 8, 20, 9, 58)
        assert desk.clock_problem() is None
        clock[0] = datetime(2019, 1, 1)
        assert "2019-01-01 00:00" in str(desk.clock_problem())


def test_what_a_killed_program_read_from_is_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    create_desk(tmp_path / "desk", "", "220204").close()
    in_use, left = private_copy.make(tmp_path / "desk"), tmp_path / "postal-desk-read-left"
    shutil.copytree(in_use, left)
    for folder in (in_use, left):
        os.utime(folder, (1, 1))
    private_copy.remove(private_copy.make(tmp_path / "desk"))
    assert (in_use.exists(), left.exists()) == (True, False)
    private_copy.remove(in_use)
    assert list(tmp_path.glob("postal-desk-read-*")) == []
