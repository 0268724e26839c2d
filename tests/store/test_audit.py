"""The audit: every write leaves one row, no row can be changed, and a change would show."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.exc import IntegrityError

from postal_desk.domain.cases import Case
from postal_desk.services.cases import add_cases, assign_cases, edit_case
from postal_desk.services.desk import Desk
from postal_desk.services.organisation import add_staff
from postal_desk.store import audit


def test_a_write_says_who_when_what_and_which_fields(desk: Desk, make_case: Callable[..., Case]) -> None:
    add_cases(desk, [make_case()])
    edit_case(desk, "220204-2019-07-0001", {"subject": "两封挂号信", "fraud": True})
    with desk.work() as work:
        row = audit.newest(work, 1)[0]
    assert (row.who, row.at, row.action, row.record) == (
        "苏阳",
        "2019-08-20T10:30:00",
        "case.edit",
        "220204-2019-07-0001",
    )
    assert row.fields == ("subject", "fraud")


def test_a_batch_is_one_row(desk: Desk, make_case: Callable[..., Case]) -> None:
    add_staff(desk, "苏阳")
    numbers = add_cases(desk, [make_case() for _ in range(30)]).cases
    assign_cases(desk, numbers, "苏阳")
    with desk.work() as work:
        assert [(row.action, row.count) for row in audit.newest(work, 2)] == [
            ("case.assign", 30),
            ("case.add", 30),
        ]


def test_an_edit_without_a_difference_leaves_no_row(desk: Desk, make_case: Callable[..., Case]) -> None:
    add_cases(desk, [make_case()])
    assert edit_case(desk, "220204-2019-07-0001", {"subject": "挂号信未收到"}).undo is None
    with desk.work() as work:
        assert audit.newest(work, 1)[0].action == "case.add"


@pytest.mark.parametrize("statement", ["UPDATE audit SET who = 'x'", "DELETE FROM audit"])
def test_rows_cannot_be_changed_or_deleted(
    desk: Desk, make_case: Callable[..., Case], statement: str
) -> None:
    add_cases(desk, [make_case()])
    with pytest.raises(IntegrityError, match="only ever added"), desk.work(write=True) as work:
        work.rows(statement)


@pytest.fixture
def three_rows(desk: Desk, make_case: Callable[..., Case]) -> Desk:
    """A desk with three rows in its audit and the triggers gone, as a forger would have it."""
    add_cases(desk, [make_case()])
    for subject in ("一", "二"):
        edit_case(desk, "220204-2019-07-0001", {"subject": subject})
    with desk.work(write=True) as work:
        work.rows("DROP TRIGGER audit_no_update")
        work.rows("DROP TRIGGER audit_no_delete")
        work.commit()
    return desk


def test_an_untouched_chain_holds(three_rows: Desk) -> None:
    with three_rows.work() as work:
        assert audit.first_broken(work) is None
        assert audit.first_spoilt_history(work, three_rows.audit_secrets) is None


@pytest.mark.parametrize(
    "forgery", ["UPDATE audit SET who = 'x' WHERE id = 2", "UPDATE audit SET fields = '' WHERE id = 2"]
)
def test_a_changed_row_breaks_the_chain(three_rows: Desk, forgery: str) -> None:
    with three_rows.work(write=True) as work:
        work.rows(forgery)
        assert audit.first_broken(work) == 2


def test_a_row_taken_out_breaks_the_chain(three_rows: Desk) -> None:
    with three_rows.work(write=True) as work:
        work.rows("DELETE FROM history WHERE audit_id = 2")
        work.rows("DELETE FROM audit WHERE id = 2")
        assert audit.first_broken(work) == 2


def test_a_changed_history_shows(three_rows: Desk) -> None:
    with three_rows.work(write=True) as work:
        work.rows("UPDATE history SET after = '{}' WHERE audit_id = 3")
        assert audit.first_spoilt_history(work, three_rows.audit_secrets) == 3
