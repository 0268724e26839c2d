"""Works: one at a time, on one thread, rolled back unless committed."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from sqlalchemy.exc import IntegrityError

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.cases import Case
from postal_desk.services.cases import add_cases, read_cases
from postal_desk.services.desk import Desk
from postal_desk.store import facts
from postal_desk.store.work import Work


def test_what_is_not_committed_is_gone(desk: Desk) -> None:
    with desk.work(write=True) as work:
        facts.write(work, {"x": "1"})
    with desk.work() as work:
        assert "x" not in facts.read(work)


def test_what_is_committed_stays(desk: Desk) -> None:
    with desk.work(write=True) as work:
        facts.write(work, {"x": "1"})
        work.commit()
    with desk.work() as work:
        assert facts.read(work)["x"] == "1"


def test_an_error_rolls_back(
    desk: Desk, make_case: Callable[..., Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("postal_desk.services.cases.item_warnings", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        add_cases(desk, [make_case()])
    monkeypatch.undo()
    assert add_cases(desk, [make_case()]).cases == ("220204-2019-07-0001",)
    assert len(read_cases(desk, CaseFilter())) == 1


def test_an_error_of_the_database_tells_no_values(desk: Desk) -> None:
    with desk.work(write=True) as work, pytest.raises(IntegrityError) as caught:
        work.rows("INSERT INTO outlets (name, uid) VALUES (?, ?)", ("欧阳克", b"x"))
    assert "欧阳克" not in str(caught.value)


def test_a_work_for_reading_cannot_commit(desk: Desk) -> None:
    with desk.work() as work, pytest.raises(RuntimeError, match="for reading"):
        work.commit()


def test_a_second_work_inside_the_first_is_a_bug(desk: Desk) -> None:
    with desk.work(), pytest.raises(RuntimeError, match="open already"), desk.work():
        pass


def test_another_thread_is_a_bug(desk: Desk) -> None:
    seen: list[BaseException] = []

    def use() -> None:
        try:
            with desk.work():
                pass
        except RuntimeError as error:
            seen.append(error)

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert "thread that opened it" in str(seen[0])


def test_what_was_read_once_is_not_read_again_while_nothing_can_change(desk: Desk) -> None:
    asked: list[str] = []

    def read(work: Work, name: str) -> str | None:
        asked.append(name)
        return facts.read(work).get(name)

    with desk.work() as work:
        assert work.once(read, "letter") == work.once(read, "letter") == ""
    assert asked == ["letter"]
    with desk.work(write=True) as work:
        assert work.once(read, "x") is None
        facts.write(work, {"x": "1"})
        assert work.once(read, "x") == "1"


def test_what_comes_after_a_commit_is_rolled_back_too(desk: Desk) -> None:
    with desk.work(write=True) as work:
        facts.write(work, {"x": "1"})
        work.commit()
        facts.write(work, {"x": "2"})
    with desk.work() as work:
        assert facts.read(work)["x"] == "1"


def test_sqlalchemy_and_driver_share_one_transaction(desk: Desk) -> None:
    with desk.work(write=True) as work:
        facts.write(work, {"x": "1"})
        assert work.rows("SELECT value FROM desk_facts WHERE name = 'x'").scalar_one() == "1"
        work.rows("UPDATE desk_facts SET value = '2' WHERE name = 'x'")
    with desk.work() as work:
        assert "x" not in facts.read(work)
