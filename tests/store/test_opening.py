"""Opening a desk's file: the settings that the guarantees rest on, and every way in which it can refuse."""

from __future__ import annotations

import random
import shutil
import stat
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.cases import Case
from postal_desk.services.cases import add_cases, read_cases
from postal_desk.services.desk import Desk, create_desk, open_desk
from postal_desk.store import database, engine, faults
from postal_desk.store.engine import SCHEMA_VERSION
from postal_desk.store.keys import FileKeyStore

NOW = datetime(2019, 8, 20, 10, 30)


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """The folder of a desk that nobody has open."""
    create_desk(tmp_path / "closed", "船营区分公司", "220204").close()
    return tmp_path / "closed"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("temp_store", 2),
        ("locking_mode", "exclusive"),
        ("cache_size", -32768),
    ],
)
def test_the_connection_is_set_as_promised(desk: Desk, setting: str, value: object) -> None:
    with desk.work() as work:
        assert work.rows(f"PRAGMA {setting}").scalar() in (value, str(value))


def test_the_file_is_encrypted(closed: Path) -> None:
    content = (closed / "desk.db").read_bytes()
    assert not content.startswith(b"SQLite format 3")
    assert "船营".encode() not in content


@pytest.mark.skipif(sys.platform == "win32", reason="no such rights there")
def test_only_the_owner_may_read_the_key(closed: Path) -> None:
    assert stat.S_IMODE((closed / "key").stat().st_mode) == 0o600


def test_closing_leaves_one_file_and_no_log(closed: Path) -> None:
    assert sorted(path.name for path in closed.iterdir() if path.name != "lock") == [
        "desk.db",
        "high-water",
        "key",
    ]


def test_no_desk(tmp_path: Path) -> None:
    with pytest.raises(faults.NoDesk, match="make one first"):
        open_desk(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "台账.xlsx").write_text("x")
    with pytest.raises(faults.FolderInUse):
        create_desk(tmp_path, "船营区分公司", "220204")
    assert [path.name for path in tmp_path.iterdir() if path.name != ".home"] == ["台账.xlsx"]


def test_a_desk_is_never_made_over_another(closed: Path) -> None:
    before = (closed / "desk.db").read_bytes()
    with pytest.raises(faults.FolderInUse):
        create_desk(closed, "船营区分公司", "220204")
    assert (closed / "desk.db").read_bytes() == before


def test_the_remains_of_a_making_that_was_cut_off_are_replaced(tmp_path: Path) -> None:
    def fail(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        database.create(tmp_path / "desk", NOW, fail)
    assert not database.exists(tmp_path / "desk")
    create_desk(tmp_path / "desk", "船营区分公司", "220204").close()
    assert database.exists(tmp_path / "desk")


def _set_version(folder: Path, version: int) -> None:
    connection = engine.connect(folder / "desk.db", FileKeyStore(folder / "key").load())
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()


def test_a_newer_desk_is_left_byte_for_byte(closed: Path) -> None:
    _set_version(closed, SCHEMA_VERSION + 1)
    before = {path.name: path.read_bytes() for path in closed.iterdir()}
    with pytest.raises(faults.NewerDesk, match="install the newer program"):
        open_desk(closed)
    assert {path.name: path.read_bytes() for path in closed.iterdir()} == before


def test_another_desks_key_is_told_from_damage(closed: Path, tmp_path: Path) -> None:
    create_desk(tmp_path / "other", "丰满区分公司", "220211").close()
    shutil.copy(tmp_path / "other" / "key", closed / "key")
    with pytest.raises(faults.WrongKey, match="does not open this desk"):
        open_desk(closed)


@pytest.mark.parametrize("lost", [4096, 8 * 4096, 100 * 4096])
@pytest.mark.parametrize("byte", [0x00, 0x55], ids=["zeros", "anything"])
def test_a_damaged_beginning_is_told_from_another_desks_key(closed: Path, lost: int, byte: int) -> None:
    file = closed / "desk.db"
    whole = file.read_bytes()
    assert len(whole) > lost + 10 * 4096
    file.write_bytes(bytes([byte]) * lost + whole[lost:])
    with pytest.raises(faults.DamagedDesk, match="restore a backup"):
        open_desk(closed)
    assert file.read_bytes()[lost:] == whole[lost:], "left as it is"


@pytest.mark.parametrize("content", [bytes(40_960), b"SQLite format 3\0" + bytes(40_944)])
def test_what_no_key_can_have_written_is_told_as_damage(closed: Path, content: bytes) -> None:
    (closed / "desk.db").write_bytes(content)
    with pytest.raises(faults.DamagedDesk):
        open_desk(closed)


def test_where_key_and_damage_can_not_be_told_apart_both_ways_are_named(closed: Path) -> None:
    (closed / "desk.db").write_bytes(b"\x77" * 40_960)
    with pytest.raises(faults.WrongKey, match=r"put back the key .* restore a backup beside"):
        open_desk(closed)


@pytest.mark.parametrize("content", [None, b"", b"zz", b"\xff" * 98])
def test_a_missing_or_spoilt_key(closed: Path, content: bytes | None) -> None:
    (closed / "key").unlink()
    if content is not None:
        (closed / "key").write_bytes(content)
    with pytest.raises(faults.WrongKey, match="missing or spoilt"):
        open_desk(closed)


def test_a_refused_desk_is_not_left_locked(closed: Path) -> None:
    key = (closed / "key").read_bytes()
    (closed / "key").write_bytes(b"")
    with pytest.raises(faults.WrongKey):
        open_desk(closed)
    (closed / "key").write_bytes(key)
    open_desk(closed).close()


@pytest.mark.parametrize("content", [b"", b"not a database", bytes(4096), bytes(range(256)) * 64])
def test_a_file_that_is_no_desk(closed: Path, content: bytes) -> None:
    (closed / "desk.db").write_bytes(content)
    with pytest.raises(faults.EnvironmentFault):
        open_desk(closed)


def test_flipped_bits_are_never_read_as_data(
    desk: Desk, make_case: Callable[..., Case], tmp_path: Path
) -> None:
    add_cases(desk, [make_case(narrative="挂号信" * 50) for _ in range(40)])
    desk.close()
    original = (desk.path / "desk.db").read_bytes()
    with open_desk(desk.path) as reopened:
        expected = read_cases(reopened, CaseFilter())
    chance = random.Random(3)
    for _ in range(25):
        spoilt = bytearray(original)
        place = chance.randrange(len(spoilt))
        spoilt[place] ^= 1 << chance.randrange(8)
        (desk.path / "desk.db").write_bytes(spoilt)
        try:
            with open_desk(desk.path) as reopened:
                assert read_cases(reopened, CaseFilter()) == expected, f"byte {place}"
        except faults.EnvironmentFault:
            pass  # noted: that is what the user is told


def test_a_damaged_end_of_a_long_text_is_not_read_as_zeros(
    desk: Desk, make_case: Callable[..., Case]
) -> None:
    add_cases(desk, [make_case(narrative="挂号信" * 5_000)])  # goes on over many pages
    desk.close()
    original = (desk.path / "desk.db").read_bytes()
    refused = 0
    for page in range(1, len(original) // 4096):
        spoilt = bytearray(original)
        spoilt[page * 4096 + 2000] ^= 1
        (desk.path / "desk.db").write_bytes(spoilt)
        try:
            with open_desk(desk.path) as reopened, reopened.work() as work:
                text = work.rows("SELECT narrative FROM case_texts").scalar_one()
            assert text == "挂号信" * 5_000, f"page {page}"
        except faults.EnvironmentFault:
            refused += 1
    assert refused > 10


def test_a_full_disk_is_said_and_nothing_is_saved(desk: Desk, make_case: Callable[..., Case]) -> None:
    add_cases(desk, [make_case()])
    with desk.work() as work:
        pages = work.rows("PRAGMA page_count").scalar_one()
        work.rows(f"PRAGMA max_page_count = {pages}").all()
    with pytest.raises(faults.DiskFull, match="nothing was saved"):
        add_cases(desk, [make_case(narrative="信" * 50_000) for _ in range(20)])
    assert len(read_cases(desk, CaseFilter())) == 1


def test_a_file_that_cannot_be_written_is_said(closed: Path) -> None:
    key = FileKeyStore(closed / "key").load()
    connection = engine.connect(closed / "desk.db", key, "ro")
    with pytest.raises(faults.ReadOnlyPlace), faults.environment_faults(closed):
        connection.execute("CREATE TABLE x (y)")
    connection.close()


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("ENOSPC", faults.DiskFull),
        ("EACCES", faults.ReadOnlyPlace),
        ("EROFS", faults.ReadOnlyPlace),
        ("ENODEV", faults.EnvironmentFault),
        ("ETIMEDOUT", faults.EnvironmentFault),
    ],
)
def test_errors_of_the_system_are_told_apart(number: str, fault: type[Exception]) -> None:
    import errno

    assert isinstance(faults.fault_of(OSError(getattr(errno, number), "x"), Path("desk")), fault)


def test_a_bug_is_no_fault_of_the_environment() -> None:
    assert faults.fault_of(ValueError("x"), Path("desk")) is None
    with pytest.raises(ZeroDivisionError), faults.environment_faults(Path("desk")):
        raise ZeroDivisionError
