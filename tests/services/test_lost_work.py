"""A desk from which committed work has gone says so, with number and time."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from postal_desk.domain.cases import Case
from postal_desk.services.audit_log import read_audit, verify_audit
from postal_desk.services.cases import add_cases
from postal_desk.services.checking import check_desk
from postal_desk.services.desk import Desk, create_desk, open_desk
from postal_desk.services.lost_work import accept_losses
from postal_desk.store import high_water

NOW = datetime(2019, 8, 20, 10, 30)


def killed(desk: Desk, to: Path) -> Path:
    """The folder as a kill at this moment would leave it."""
    shutil.copytree(desk.path, to, ignore=shutil.ignore_patterns("lock", "holder.json", "*-shm"))
    return to


def notices(folder: Path) -> list[str]:
    with open_desk(folder, now=lambda: NOW) as desk:
        return [str(notice) for notice in desk.notices]


def test_a_killed_desk_lost_nothing(desk: Desk, make_case: Callable[..., Case], tmp_path: Path) -> None:
    add_cases(desk, [make_case()])
    assert notices(killed(desk, tmp_path / "k")) == []


def test_a_deleted_log_is_reported(desk: Desk, make_case: Callable[..., Case], tmp_path: Path) -> None:
    desk.checkpoint()
    for _ in range(3):
        add_cases(desk, [make_case()])
    folder = killed(desk, tmp_path / "k")
    (folder / "desk.db-wal").unlink()
    (said,) = notices(folder)
    assert said.startswith("3 saved changes are missing")
    assert "2019-08-20 10:30 (change 6)" in said
    assert notices(folder) == [said], "until somebody accepts it"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_cut_log_is_reported(
    desk: Desk, make_case: Callable[..., Case], tmp_path: Path, share: float
) -> None:
    desk.checkpoint()
    for _ in range(3):
        add_cases(desk, [make_case()])
    folder = killed(desk, tmp_path / "k")
    log = folder / "desk.db-wal"
    with log.open("rb+") as stream:
        stream.truncate(int(log.stat().st_size * share))
    (said,) = notices(folder)
    assert "saved changes are missing" in said


def test_an_older_file_put_back_is_reported_and_kept_in_the_audit(
    desk: Desk, make_case: Callable[..., Case], tmp_path: Path
) -> None:
    desk.checkpoint()
    older = (desk.path / "desk.db").read_bytes()
    add_cases(desk, [make_case(), make_case()])
    desk.close()
    (desk.path / "desk.db").write_bytes(older)
    with open_desk(desk.path) as again:
        assert len(again.notices) == 1
        assert [str(problem.what) for problem in check_desk(again)] == [str(one) for one in again.notices]
        (row,) = read_audit(again, action="desk")
        assert (row.action, row.count) == ("desk.loss_missing", 1)
        accept_losses(again)
        assert again.notices == ()
        assert check_desk(again) == []
        assert verify_audit(again).ok
    assert notices(desk.path) == []


def test_work_done_on_an_older_file_is_another_history(
    desk: Desk, make_case: Callable[..., Case], tmp_path: Path
) -> None:
    """The file of another place, where as much was done since they parted."""
    folder = killed(desk, tmp_path / "other")
    add_cases(desk, [make_case()])
    desk.close()
    with open_desk(folder) as other:
        add_cases(other, [make_case(subject="别的事")])
    shutil.copy(folder / "desk.db", desk.path / "desk.db")
    (said,) = notices(desk.path)
    assert "not the one that was last used there" in said


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"mac": 1}', b"\x00\x01"])
def test_a_spoilt_mark_is_said(desk: Desk, content: bytes) -> None:
    desk.close()
    (desk.path / high_water.FILE).write_bytes(content)
    (said,) = notices(desk.path)
    assert said.startswith("It can't be told")


def test_a_flipped_digit_in_the_mark_is_found(desk: Desk) -> None:
    desk.close()
    mark = desk.path / high_water.FILE
    mark.write_text(mark.read_text().replace('"audit": 3', '"audit": 2'))
    assert len(notices(desk.path)) == 1


def test_a_missing_mark_is_said(desk: Desk) -> None:
    desk.close()
    (desk.path / high_water.FILE).unlink()
    assert len(notices(desk.path)) == 1


def test_a_mark_that_cannot_be_written_costs_no_save(
    desk: Desk, make_case: Callable[..., Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(high_water, "write", full)
        assert add_cases(desk, [make_case()]).cases
    desk.close()
    assert notices(desk.path) == []


def test_a_new_desk_has_its_mark(tmp_path: Path) -> None:
    with create_desk(tmp_path / "new", "", "220204") as new:
        assert high_water.read(new.path, new.audit_secret) is not None


def test_a_whole_older_folder_put_back_is_reported(
    desk: Desk, make_case: Callable[..., Case], tmp_path: Path
) -> None:
    """With its own mark, which knows no better."""
    desk.checkpoint()
    older = killed(desk, tmp_path / "older")
    add_cases(desk, [make_case(), make_case()])
    desk.close()
    shutil.rmtree(desk.path)
    shutil.copytree(older, desk.path)
    (said,) = notices(desk.path)
    assert said.startswith("1 saved changes are missing")


def test_a_new_desk_in_an_old_place_lacks_nothing(desk: Desk, make_case: Callable[..., Case]) -> None:
    add_cases(desk, [make_case()])
    desk.close()
    shutil.rmtree(desk.path)
    create_desk(desk.path, "", "220204").close()
    assert notices(desk.path) == []
