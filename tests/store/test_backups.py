"""Copies: proved before they count, drawn while saves go on, a desk again from nothing but the file."""

from __future__ import annotations

import random
import shutil
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.cases import Case
from postal_desk.services import copies
from postal_desk.services.cases import add_cases, read_cases
from postal_desk.services.checking import check_desk
from postal_desk.services.desk import Desk, create_desk, open_desk
from postal_desk.store import backups, copy_files, copy_proof, engine, faults, restoring
from postal_desk.store.engine import SCHEMA_VERSION

NOW = datetime(2019, 8, 20, 10, 30)


@pytest.fixture
def copy(desk: Desk, make_case: Callable[..., Case], tmp_path: Path) -> Path:
    """A copy of a desk with three cases, outside the desk."""
    add_cases(desk, [make_case(subject=f"挂号信 {n}") for n in range(3)])
    return copies.copy_to(desk, tmp_path / "a.postal-copy").path


def test_a_copy_becomes_the_same_desk(desk: Desk, copy: Path, tmp_path: Path) -> None:
    before = read_cases(desk, CaseFilter(), 0)
    restored = copies.restore_copy(copy, tmp_path / "again")
    assert restored.cases == 3
    with open_desk(tmp_path / "again") as again:
        assert read_cases(again, CaseFilter(), 0) == before
        assert check_desk(again) == []
        assert again.notices == ()


def test_nothing_personal_can_be_read_in_a_copy(copy: Path) -> None:
    assert "挂号信".encode() not in copy.read_bytes()


@pytest.mark.parametrize("state", ["gone", "empty", "random", "other key"])
def test_a_dead_desk_is_restored_from_its_own_copies(
    desk: Desk, make_case: Callable[..., Case], tmp_path: Path, state: str
) -> None:
    add_cases(desk, [make_case()])
    kept = copies.make_copy(desk).path
    desk.close()
    file = desk.path / "desk.db"
    if state == "gone":
        file.unlink()
    elif state == "empty":
        file.write_bytes(b"")
    elif state == "random":
        file.write_bytes(random.Random(1).randbytes(50_000))
    else:
        create_desk(tmp_path / "other", "丰满区分公司", "220211").close()
        shutil.copy(tmp_path / "other" / "key", desk.path / "key")
    with pytest.raises(faults.EnvironmentFault):
        open_desk(desk.path)
    copies.restore_copy(kept, tmp_path / "again")
    with open_desk(tmp_path / "again") as again:
        assert len(read_cases(again, CaseFilter(), 0)) == 1


def test_restoring_overwrites_nothing(copy: Path, desk: Desk, tmp_path: Path) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in desk.path.iterdir()}
    with pytest.raises(faults.FolderInUse):
        copies.restore_copy(copy, desk.path)
    assert {path.name: path.stat().st_mtime_ns for path in desk.path.iterdir()} == before


def test_copying_overwrites_nothing(desk: Desk, copy: Path) -> None:
    before = copy.read_bytes()
    with pytest.raises(Exception, match="nothing was overwritten"):
        copies.copy_to(desk, copy)
    assert copy.read_bytes() == before
    assert [path.name for path in copy.parent.glob(".*.making")] == []


@pytest.mark.parametrize("where", [0, 10, 60, 300, 600, 5000, -1])
def test_a_flipped_bit_is_found_and_nothing_is_left(copy: Path, tmp_path: Path, where: int) -> None:
    content = bytearray(copy.read_bytes())
    content[where] ^= 4
    copy.write_bytes(content)
    with pytest.raises(copy_files.BrokenCopy, match="use another copy"):
        copies.restore_copy(copy, tmp_path / "again")
    assert not (tmp_path / "again").exists()
    assert not list(tmp_path.glob("*.restoring"))


@pytest.mark.parametrize("length", [0, 5, 200, -1])
def test_a_copy_cut_short_is_found(copy: Path, tmp_path: Path, length: int) -> None:
    copy.write_bytes(copy.read_bytes()[:length])
    with pytest.raises(copy_files.BrokenCopy):
        copies.restore_copy(copy, tmp_path / "again")


def test_a_copy_of_a_newer_program_is_refused(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "SCHEMA_VERSION", SCHEMA_VERSION - 1)
    with pytest.raises(faults.NewerDesk):
        copies.restore_copy(copy, tmp_path / "again")


def test_a_copy_that_is_not_sound_never_gets_its_name(
    desk: Desk, make_case: Callable[..., Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The older copy stays when the newer one can't be proved."""
    add_cases(desk, [make_case()])
    good = copies.make_copy(desk).path
    draw = backups.CopySource.draw

    def spoil(source: backups.CopySource, target: Path, *how: Any) -> None:
        draw(source, target, *how)
        content = bytearray(target.read_bytes())
        content[9000] ^= 1
        target.write_bytes(content)

    monkeypatch.setattr(backups.CopySource, "draw", spoil)
    with pytest.raises(faults.DamagedDesk):
        copies.make_copy(desk)
    assert [path.name for path in (desk.path / "copies").iterdir()] == [good.name]


def test_a_copy_that_lacks_the_last_change_is_not_sound(
    desk: Desk, copy: Path, make_case: Callable[..., Case], tmp_path: Path
) -> None:
    older = tmp_path / "older.db"
    desk.copies.draw(older, slices=False)
    add_cases(desk, [make_case()])
    with pytest.raises(copy_files.BrokenCopy):
        copy_proof.prove(older, desk.copies.key, older, desk.copies.figures())


@pytest.mark.parametrize("calmly", [True, False])
@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE sqlite_master SET rootpage = (SELECT max(rootpage) FROM sqlite_master) WHERE name = 'steps'",
        "UPDATE search_data SET block = zeroblob(40) WHERE id > 10",
    ],
    ids=["two tables on one page", "the search index"],
)
def test_a_copy_whose_content_does_not_hold_together_is_not_sound(
    desk: Desk, make_case: Callable[..., Case], tmp_path: Path, harm: str, calmly: bool
) -> None:
    """Though each of its pages is as it was written."""
    add_cases(desk, [make_case()])
    copy = tmp_path / "copy.db"
    desk.copies.draw(copy, slices=False)
    known, key = desk.copies.figures(), desk.copies.key
    assert copy_proof.prove(copy, key, copy, known, calmly=calmly).figures == known
    raw = engine.connect(copy, key)
    raw.execute("PRAGMA writable_schema = ON")
    raw.execute(harm)
    raw.close()
    with pytest.raises(copy_files.BrokenCopy):
        copy_proof.prove(copy, key, copy, known, calmly=calmly)


def test_saves_go_on_while_a_copy_is_drawn(desk: Desk, make_case: Callable[..., Case]) -> None:
    add_cases(desk, [make_case(narrative="信" * 2000) for _ in range(400)])
    made: list[copies.Copy] = []
    draw = copies.begin_copy(desk)
    drawing = threading.Thread(target=lambda: made.append(draw(lambda _done, _total: None)))
    drawing.start()
    saved = 0
    while drawing.is_alive():
        add_cases(desk, [make_case()])
        saved += 1
    drawing.join()
    assert saved >= 2
    assert 400 <= made[0].cases <= 400 + saved


def test_closing_the_desk_leaves_a_copy_off(desk: Desk, make_case: Callable[..., Case]) -> None:
    add_cases(desk, [make_case()])
    run = copies.begin_copy(desk)
    desk.close()
    with pytest.raises(copies.LeftOff):
        run(lambda _done, _total: None)
    assert copies.list_copies(desk) == []


def test_rotation_keeps_a_dozen_of_one_hour(tmp_path: Path) -> None:
    clock = [NOW]
    with create_desk(tmp_path / "desk", "", "220204", now=lambda: clock[0]) as desk:
        for _ in range(15):
            clock[0] += timedelta(seconds=1)
            copies.make_copy(desk)
        assert len(copies.list_copies(desk)) == 12
        assert copies.last_copy(desk) == clock[0]


def test_what_a_cut_off_copy_left_is_cleared_away(desk: Desk) -> None:
    left = desk.path / "copies" / ".making"
    left.mkdir(parents=True)
    (left / "desk.db").write_bytes(b"x")
    made = copies.make_copy(desk)
    assert [path.name for path in (desk.path / "copies").iterdir()] == [made.path.name]


def test_a_damaged_copy_is_listed_as_such(desk: Desk) -> None:
    made = copies.make_copy(desk).path
    made.write_bytes(b"x")
    assert [found.sound for found in copies.list_copies(desk)] == [False]


def test_a_copy_is_due_after_a_change_only(desk: Desk, make_case: Callable[..., Case]) -> None:
    copies.make_copy(desk)
    assert not copies.changed_since_copy(desk)
    add_cases(desk, [make_case()])
    assert copies.changed_since_copy(desk)


def test_an_upgrade_copies_the_old_schema_first(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when the step then fails: the copy stands, with the old schema."""
    from postal_desk.store import database, migrate

    def fail(_engine: object) -> None:
        raise RuntimeError("the step fails")

    desk.close()
    monkeypatch.setattr(migrate, "upgrade", fail)
    monkeypatch.setattr(database, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    with pytest.raises(RuntimeError, match="the step fails"):
        open_desk(desk.path)
    (kept,) = backups.kept_copies(desk.path)
    assert copy_files.read_manifest(kept.path).schema == SCHEMA_VERSION


def test_the_drawn_database_is_encrypted_with_the_desks_key(desk: Desk, tmp_path: Path) -> None:
    desk.copies.draw(tmp_path / "drawn.db", slices=True)
    with pytest.raises(faults.WrongKey):
        engine.connect(
            tmp_path / "drawn.db", type(desk.copies.key)(bytes(32), bytes(16)), "ro", immutable=True
        )
