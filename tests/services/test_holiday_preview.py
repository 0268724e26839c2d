"""What a pasted notice is understood as, before anything is saved."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from postal_desk.domain.sentences import Refusal
from postal_desk.services.holiday_preview import LONGEST_TEXT, preview_notice, read_notice_file

NOTICE = "一、元旦:1月1日至3日放假,共3天。\n二、春节:2月5日至12日放假调休,共8天。2月14日(星期日)上班。"


def test_whole_notice_is_complete() -> None:
    preview = preview_notice(NOTICE, 2027)
    assert preview.complete
    assert preview.notice is not None
    assert len(preview.notice.calendar.holidays) == 11
    assert preview.notice.calendar.working_days == {date(2027, 2, 14)}


def test_every_line_with_a_problem_is_named() -> None:
    preview = preview_notice("元旦:1月1日至3日放假,共4天。\n春节:2月30日放假\n清明节:4月3日至5日放假", 2027)
    assert [problem.line for problem in preview.problems] == [1, 2]
    assert not preview.complete
    assert preview.notice is not None
    assert len(preview.notice.calendar.holidays) == 3


def test_prose_without_a_day_says_why_nothing_was_understood() -> None:
    preview = preview_notice("请各单位妥善安排好值班。", 2027)
    assert preview.notice is None
    assert "2027" in str(preview.reason)


def test_too_long_a_text_is_refused_unread() -> None:
    preview = preview_notice("放" * (LONGEST_TEXT + 1), 2027)
    assert preview.notice is None
    assert preview.reason is not None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_file_is_read_as_it_was_saved(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "2027.csv"
    file.write_text("2027-01-01,元旦,放假", encoding=encoding)
    assert "元旦" in read_notice_file(file)


@pytest.mark.parametrize("content", [b"\x00\x01\x02\xff", b"PK\x03\x04" + bytes(300), b"a" * 300_000])
def test_file_that_is_no_list_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "book.xlsx"
    file.write_bytes(content)
    with pytest.raises(Refusal, match=r"book\.xlsx"):
        read_notice_file(file)


def test_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"gone\.txt"):
        read_notice_file(tmp_path / "gone.txt")
