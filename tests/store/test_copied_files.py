"""Files beside the database belong to its copies: kept once among the desk's own, inside a copy that stands alone."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from postal_desk.domain.copy_rotation import RECENT
from postal_desk.services import copies
from postal_desk.services.desk import Desk, create_desk
from postal_desk.store import backups, copies_elsewhere, copy_files, copy_pool, files_beside, restoring
from postal_desk.store.copy_pool import Pool

PHOTO, SCAN = "files/ab/photo-1", "files/cd/scan-2"
Named = list[str]


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> Named:
    """What the database names, as far as this test goes."""
    found: Named = []
    monkeypatch.setattr(files_beside, "names", lambda _raw: list(found))
    return found


@pytest.fixture
def put(desk: Desk, named: Named) -> Callable[..., None]:
    """Puts a file beside the desk's database and names it."""

    def put_one(name: str, content: bytes, folder: Path = desk.path) -> None:
        path = files_beside.path_of(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        named.append(name)

    return put_one


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in (folder / files_beside.FOLDER).rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("alone", [True, False], ids=["a file of its own", "among the desk's copies"])
def test_files_come_back_with_the_desk(desk: Desk, put: Any, tmp_path: Path, alone: bool) -> None:
    put(PHOTO, b"photo" * 300_000)
    put(SCAN, b"")
    made = copies.copy_to(desk, tmp_path / "a.postal-copy") if alone else copies.make_copy(desk)
    copies.restore_copy(made.path, tmp_path / "again")
    assert contents(tmp_path / "again") == {PHOTO: b"photo" * 300_000, SCAN: b""}


def test_a_file_is_kept_once_for_all_copies(desk: Desk, put: Any) -> None:
    put(PHOTO, b"photo")
    for _ in range(3):
        copies.make_copy(desk)
    assert [path.read_bytes() for path in (desk.path / "copies" / "files").iterdir()] == [b"photo"]


def test_a_file_lost_or_spoilt_in_the_desk_is_still_in_the_next_copy(
    desk: Desk, put: Any, tmp_path: Path
) -> None:
    put(PHOTO, b"photo")
    put(SCAN, b"scan")
    copies.make_copy(desk)
    files_beside.path_of(desk.path, PHOTO).unlink()
    files_beside.path_of(desk.path, SCAN).write_bytes(b"spoilt")
    copies.restore_copy(copies.make_copy(desk).path, tmp_path / "again")
    assert contents(tmp_path / "again") == {PHOTO: b"photo", SCAN: b"scan"}


def rot(file: Path, read_at: datetime) -> None:
    """Other content of the same size, which its date does not tell of."""
    file.write_bytes(b"p" * file.stat().st_size)
    os.utime(file, (read_at.timestamp(), read_at.timestamp()))


def pooled(folder: Path, content: bytes) -> Path:
    return folder / "copies" / "files" / hashlib.sha256(content).hexdigest()


def test_a_kept_file_that_went_bad_is_found_and_replaced_while_the_desk_has_it(desk: Desk, put: Any) -> None:
    put(PHOTO, b"photo")
    first = copies.make_copy(desk).path
    kept = pooled(desk.path, b"photo")
    rot(kept, desk.now() - timedelta(days=1))
    copies.make_copy(desk)
    assert kept.read_bytes() != b"photo", "not its turn yet"
    rot(kept, desk.now() - timedelta(days=8))
    copies.make_copy(desk)
    assert kept.read_bytes() == b"photo"
    assert restoring.verify(first, desk.path / "scratch"), "the older copies are whole again as well"


def test_a_kept_file_that_went_bad_and_is_nowhere_else_counts_as_missing(desk: Desk, put: Any) -> None:
    put(PHOTO, b"photo")
    copies.make_copy(desk)
    rot(pooled(desk.path, b"photo"), desk.now() - timedelta(days=8))
    files_beside.path_of(desk.path, PHOTO).unlink()
    manifest = copy_files.read_manifest(copies.make_copy(desk).path)
    assert (manifest.files, manifest.missing) == (0, 1)


def test_the_files_of_a_pool_are_read_again_in_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copy_pool, "READ_AGAIN", 8)
    pool, now, files = Pool(tmp_path), datetime(2026, 11, 26), []
    (tmp_path / "source").mkdir()
    for at in range(4):
        (tmp_path / "source" / str(at)).write_bytes(b"12345%d" % at)
        files.append(pool.take(tmp_path / "source" / str(at), f"files/{at}"))
        os.utime(tmp_path / "files" / files[-1].sha256, (at, at))
    seen = []
    for _ in range(3):
        due = pool.due(files, now)
        assert all(pool.proves(one, now) for one in due)
        seen.append([one.name for one in due])
    assert seen == [["files/0", "files/1"], ["files/2", "files/3"], []]


def test_a_file_that_went_bad_in_the_second_place_is_carried_once_more(
    desk: Desk, put: Any, tmp_path: Path
) -> None:
    put(PHOTO, b"photo")
    copies.make_copy(desk)
    (copy,) = backups.kept_copies(desk.path)
    copies_elsewhere.carry(copy, tmp_path / "stick", lambda _done, _total: None)
    (there,) = (tmp_path / "stick" / "files").iterdir()
    there.write_bytes(b"phot0")
    copies_elsewhere.carry(copy, tmp_path / "stick", lambda _done, _total: None)
    assert there.read_bytes() == b"photo"


def test_a_missing_file_is_counted_and_does_not_stop_the_copy(desk: Desk, named: Named) -> None:
    named.append(PHOTO)
    manifest = copy_files.read_manifest(copies.make_copy(desk).path)
    assert (manifest.files, manifest.missing) == (0, 1)


def test_what_no_copy_names_any_more_goes_with_the_last_that_did(
    tmp_path: Path, named: Named, put: Any
) -> None:
    clock = [datetime(2019, 8, 20, 10)]
    with create_desk(tmp_path / "other", "", "220204", now=lambda: clock[0]) as desk:
        put(PHOTO, b"photo", desk.path)
        copies.make_copy(desk)
        named.clear()
        pool = desk.path / "copies" / "files"
        for _ in range(RECENT):
            assert len(list(pool.iterdir())) == 1
            clock[0] += timedelta(seconds=1)
            copies.make_copy(desk)
        assert list(pool.iterdir()) == []


@pytest.mark.parametrize("spoil", ["flip", "cut", "gone"])
def test_a_spoilt_file_of_a_copy_is_found(desk: Desk, put: Any, tmp_path: Path, spoil: str) -> None:
    put(PHOTO, b"photo")
    made = copies.make_copy(desk).path
    (kept,) = (desk.path / "copies" / "files").iterdir()
    if spoil == "gone":
        kept.unlink()
    else:
        kept.write_bytes(b"phot0" if spoil == "flip" else b"pho")
    with pytest.raises(copy_files.FilesLost, match="1 attachments"):
        restoring.verify(made, tmp_path / "scratch")
    restored = restoring.restore(made, tmp_path / "again")
    assert [one.name for one in restored.lost] == [PHOTO]
    assert contents(tmp_path / "again") == {}, "never a part of one"


def test_what_a_copy_has_lost_is_taken_from_the_desk_that_was_if_it_is_whole_there(
    desk: Desk, put: Any, tmp_path: Path
) -> None:
    put(PHOTO, b"photo")
    put(SCAN, b"scan")
    made = copies.make_copy(desk).path
    shutil.rmtree(desk.path / "copies" / "files")
    files_beside.path_of(desk.path, SCAN).write_bytes(b"scam")
    restored = restoring.restore(made, tmp_path / "again", once=desk.path)
    assert [one.name for one in restored.lost] == [SCAN]
    assert contents(tmp_path / "again") == {PHOTO: b"photo"}


def test_every_byte_of_a_copy_with_files_inside_is_under_a_sum(desk: Desk, put: Any, tmp_path: Path) -> None:
    put(PHOTO, b"photo")
    whole = copies.copy_to(desk, tmp_path / "a.postal-copy").path.read_bytes()
    manifest = copy_files.read_manifest(tmp_path / "a.postal-copy")
    spoilt = tmp_path / "spoilt"
    for at in {*range(manifest.size - 2, len(whole), 7), len(whole) - 1}:
        spoilt.write_bytes(whole[:at] + bytes([whole[at] ^ 2]) + whole[at + 1 :])
        with pytest.raises(copy_files.BrokenCopy):
            copy_files.unpack(spoilt, len)


@pytest.mark.parametrize(
    "name", ["files/../key", "/etc/passwd", "files/a/../../b", "copies/a", "files", "files/a\\b"]
)
def test_a_name_that_leads_elsewhere_is_none(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no name of a file"):
        files_beside.path_of(tmp_path, name)


def test_verifying_reads_the_database_and_leaves_nothing(desk: Desk, put: Any, tmp_path: Path) -> None:
    put(PHOTO, b"photo")
    made = copies.make_copy(desk).path
    assert restoring.verify(made, tmp_path / "scratch")
    assert not (tmp_path / "scratch").exists()
    shutil.rmtree(desk.path / "copies" / "files")
    with pytest.raises(copy_files.BrokenCopy):
        restoring.verify(made, tmp_path / "scratch")
