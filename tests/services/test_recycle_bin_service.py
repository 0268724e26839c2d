"""One bin for every kind of record: listed, brought back, gone for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from postal_desk.domain.cases import Case
from postal_desk.domain.measure_json import parse_measure
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import Refusal
from postal_desk.services import attachments, recycle_bin, retention, typed_totals
from postal_desk.services.case_reading import show_case
from postal_desk.services.cases import add_cases, delete_cases
from postal_desk.services.desk import Desk
from postal_desk.services.measures import add_measures, delete_measure, list_measures
from postal_desk.services.undo import purge_bin, undo

MEASURE = {
    "title": "压缩周例会",
    "problem": {"text": "会议多", "source": "research", "area": "management", "found_on": "2019-07-21"},
    "kind": "improvement",
    "owner_unit": "市分公司",
    "due": {"event": "下一次周例会"},
}


@pytest.fixture
def number(desk: Desk, make_case: Callable[..., Case]) -> str:
    """A deleted case of a customer who is named in its subject."""
    case = make_case(subject="周建国的挂号信", customer={"name": "周建国"})
    made = add_cases(desk, [case]).cases[0]
    delete_cases(desk, [made])
    return made


@pytest.fixture
def measure(desk: Desk) -> str:
    """A deleted measure."""
    made = add_measures(desk, [parse_measure(MEASURE, desk.rules)]).measures[0]
    delete_measure(desk, made)
    return made


@pytest.fixture
def file(desk: Desk, make_case: Callable[..., Case]) -> int:
    """A removed file of a living case."""
    case = add_cases(desk, [make_case()]).cases[0]
    staged = attachments.begin_intake(desk).take_bytes(b"x" * 2_000_000, "扫描.pdf")
    attachments.add_attachments(desk, "case", case, [staged])
    kept = attachments.list_attachments(desk)[0]
    attachments.remove_attachments(desk, [kept.id])
    return kept.id


def test_every_kind_is_listed_with_its_last_day(desk: Desk, number: str, measure: str, file: int) -> None:
    found = {entry.kind: entry for entry in recycle_bin.list_bin(desk)}
    assert {kind: entry.key for kind, entry in found.items()} == {
        "case": number,
        "measure": measure,
        "attachment": str(file),
    }
    assert found["case"].title == "周**的挂号信"
    assert found["case"].goes_on == date(2019, 9, 19)


def test_several_kinds_come_back_at_once(desk: Desk, number: str, measure: str, file: int) -> None:
    changes = recycle_bin.restore(desk, recycle_bin.list_bin(desk))
    assert changes.cases == (number,)
    assert recycle_bin.list_bin(desk) == []
    assert show_case(desk, number).deleted_at is None
    assert [one.measure.number for one in list_measures(desk)] == [measure]
    assert [one.id for one in attachments.list_attachments(desk)] == [file]


def test_what_is_deleted_for_good_is_gone_with_its_values(
    desk: Desk, number: str, measure: str, file: int
) -> None:
    recycle_bin.delete_for_good(desk, recycle_bin.list_bin(desk))
    assert recycle_bin.list_bin(desk) == []
    assert not list((desk.path / "files").rglob("*.bin"))
    with desk.work() as work:
        kept = str(work.rows("SELECT before, after FROM history").all())
    assert "周建国" not in kept
    assert "压缩周例会" not in kept
    assert "扫描" not in kept


def test_a_held_case_stays(desk: Desk, make_case: Callable[..., Case]) -> None:
    number = add_cases(desk, [make_case()]).cases[0]
    retention.hold(desk, [number], "法院调取")
    delete_cases(desk, [number])
    (entry,) = recycle_bin.list_bin(desk)
    assert entry.goes_on is None
    with pytest.raises(Refusal, match="legal hold"):
        recycle_bin.delete_for_good(desk, [entry])


def test_unknown_names_are_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match="not in the recycle bin"):
        recycle_bin.entries_of(desk, ["2019-07-0099"])


def _typed(desk: Desk, received: int = 12) -> None:
    record = {"month": "2018-07", "received": received, "closed": 10, "source": "旧月报"}
    typed_totals.put_totals(desk, typed_totals.totals_from_json(desk, [record]))


def test_totals_of_a_month_lie_in_the_bin_and_come_back(desk: Desk) -> None:
    _typed(desk)
    typed_totals.remove_totals(desk, [Month(2018, 7)])
    (entry,) = recycle_bin.list_bin(desk)
    assert (entry.kind, entry.title) == ("total", "2018-07 · 旧月报")
    assert recycle_bin.restore(desk, [entry]).totals
    assert [one.total.received for one in typed_totals.list_totals(desk)] == [12]
    assert recycle_bin.list_bin(desk) == []


def test_totals_typed_anew_are_not_written_over(desk: Desk) -> None:
    _typed(desk)
    typed_totals.remove_totals(desk, [Month(2018, 7)])
    _typed(desk, 15)
    with pytest.raises(Refusal, match="typed anew"):
        recycle_bin.restore(desk, recycle_bin.list_bin(desk))
    assert [one.total.received for one in typed_totals.list_totals(desk)] == [15]


def test_a_removal_taken_back_leaves_nothing_in_the_bin(desk: Desk) -> None:
    _typed(desk)
    removed = typed_totals.remove_totals(desk, [Month(2018, 7)])
    assert removed.undo is not None
    undo(desk, removed.undo)
    assert recycle_bin.list_bin(desk) == []
    assert len(typed_totals.list_totals(desk)) == 1


def test_totals_deleted_for_good_leave_no_values(desk: Desk) -> None:
    _typed(desk)
    removed = typed_totals.remove_totals(desk, [Month(2018, 7)])
    recycle_bin.delete_for_good(desk, recycle_bin.list_bin(desk))
    assert removed.undo is not None
    with pytest.raises(Refusal):
        undo(desk, removed.undo)
    with desk.work() as work:
        assert "旧月报" not in str(work.rows("SELECT before, after FROM history").all())


def test_old_totals_leave_the_bin_by_themselves(desk: Desk) -> None:
    _typed(desk)
    typed_totals.remove_totals(desk, [Month(2018, 7)])
    assert purge_bin(desk, days=-1).totals
    assert recycle_bin.list_bin(desk) == []
