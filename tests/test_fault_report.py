"""A report of a fault says where it happened and holds nobody's data."""

from __future__ import annotations

import errno
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postal_desk import fault_report

CANARIES = ("周建国", "13804321176", "John Smith", "XA22010000322")
NOW = datetime(2026, 11, 22, 9, 30)


def raised(work: Callable[[], object]) -> BaseException:
    with pytest.raises(BaseException) as caught:
        work()
    return caught.value


def look_up() -> None:
    customer = CANARIES[0]
    try:
        {}[customer]
    except KeyError as error:
        raise ValueError(f"{CANARIES[1]} of {CANARIES[2]} in {CANARIES[3]}") from error


def test_names_and_numbers_in_exceptions_are_left_out() -> None:
    report = fault_report.describe(raised(look_up))
    assert not [canary for canary in CANARIES if canary in report]
    assert report.index("KeyError (its text is left out") < report.index("ValueError (its text is left out")
    assert "test_fault_report.py" in report
    assert " in look_up" in report


@given(st.text(min_size=4))
def test_no_text_of_a_value_gets_through(text: str) -> None:
    error = raised(lambda: int("x" + text))
    assert str(error) not in fault_report.describe(error)


def test_what_is_wrong_with_the_code_is_told() -> None:
    report = fault_report.describe(raised(lambda: (1).nothing))  # type: ignore[attr-defined]
    assert "AttributeError: 'int' object has no attribute 'nothing'" in report


def test_files_lose_the_folders_that_name_the_user(tmp_path: Path) -> None:
    error = OSError(errno.ENOSPC, "No space left", str(tmp_path / "周建国" / "desk.db"))
    report = fault_report.describe(error)
    assert "OSError: [28] No space left" in report
    assert str(tmp_path) not in report
    assert fault_report._place("C:\\Users\\zhou\\x\\site-packages\\docx\\api.py") == "docx/api.py"
    assert fault_report._place("/home/zhou/desk/postal_desk/ui/page.py") == "postal_desk/ui/page.py"


def test_a_very_deep_stack_stays_short() -> None:
    def deeper() -> None:
        deeper()

    report = fault_report.describe(raised(deeper))
    assert "RecursionError: maximum recursion depth exceeded" in report
    assert len(report.splitlines()) < 150


def test_errors_that_cause_each_other_end() -> None:
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one
    assert "KeyError" in fault_report.describe(one)


def test_reports_are_kept_and_old_ones_make_room(tmp_path: Path) -> None:
    for minutes in range(25):
        assert fault_report.keep(f"{minutes}", NOW + timedelta(minutes=minutes), tmp_path / "logs")
    kept = sorted(path.read_text("utf-8") for path in (tmp_path / "logs").iterdir())
    assert kept == sorted(str(minutes) for minutes in range(5, 25))


def test_a_report_that_cant_be_written_is_no_second_fault(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("in the way")
    assert fault_report.keep("x", NOW, tmp_path / "logs") is None
