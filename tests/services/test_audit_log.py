"""Reading the audit by filters, and giving it away as a list."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from postal_desk.domain.cases import Case
from postal_desk.domain.sentences import Refusal
from postal_desk.services import users
from postal_desk.services.audit_log import (
    AuditFilter,
    audit_head,
    export_audit,
    head_words,
    names_in_audit,
    read_audit,
    read_page,
    seen_in_audit,
)
from postal_desk.services.cases import add_cases, delete_cases
from postal_desk.services.desk import Desk
from postal_desk.services.unmasking import note_unmasked
from postal_desk.store import audit_queries

NUMBER = "220204-2019-07-0001"


@pytest.fixture
def used(desk: Desk, make_case: Callable[..., Case]) -> Desk:
    """Three days of work by two people: the lists on the 20th, a case by 赵敏 on the 21st, its deletion on the 22nd."""
    desk.actor = "赵敏"
    desk.now = lambda: datetime(2019, 8, 21, 23, 59, 59)
    add_cases(desk, [make_case()])
    desk.now = lambda: datetime(2019, 8, 22, 0, 0, 0)
    delete_cases(desk, [NUMBER])
    return desk


@pytest.mark.parametrize(
    ("wanted", "actions"),
    [
        ({"who": "赵敏"}, ["case.delete", "case.add"]),
        ({"action": "case"}, ["case.delete", "case.add"]),
        ({"action": "case.add"}, ["case.add"]),
        ({"record": NUMBER}, ["case.delete", "case.add"]),
        ({"first": date(2019, 8, 22)}, ["case.delete"]),
        ({"first": date(2019, 8, 21), "last": date(2019, 8, 21)}, ["case.add"]),
        ({"who": "苏阳", "last": date(2019, 8, 20), "action": "outlet"}, ["outlet.add"]),
        ({"who": "nobody"}, []),
    ],
)
def test_filters(used: Desk, wanted: dict[str, Any], actions: list[str]) -> None:
    assert [row.action for row in read_audit(used, **wanted)] == actions


def test_pages_follow_one_another(used: Desk) -> None:
    total, first = read_page(used, AuditFilter(), 2)
    _total, rest = read_page(used, AuditFilter(), 10, before=first[-1].id)
    assert [row.id for row in (*first, *rest)] == list(range(total, 0, -1))


def test_what_can_be_asked_for(used: Desk) -> None:
    who, actions = seen_in_audit(used)
    assert who == ["苏阳", "赵敏"]
    assert {"case.add", "case.delete", "outlet.add"} <= set(actions)


def test_the_list_as_workbook(used: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postal_desk.services.audit_log._BATCH", 2)
    path = export_audit(used, "xlsx", tmp_path / "a", AuditFilter(), "zh_CN")
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert head_words(used) in str(rows[1][0])
    assert [row[0] for row in rows[3:]] == list(range(audit_head(used)[0], 0, -1))
    assert [row[4] for row in rows[3:5]] == ["audit.export", "case.delete"]
    assert rows[4][3] == "案例：删除"


def test_the_list_as_csv_holds_no_formula(used: Desk, tmp_path: Path) -> None:
    note_unmasked(used, "=1+1", "all")
    path = export_audit(used, "csv", tmp_path / "a.csv", AuditFilter(action="case"), "en")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert rows[2][5] == "'=1+1"
    assert [row[3] for row in rows[2:]] == ["Cases: shown in clear", "Cases: deleted", "Cases: added"]


def test_an_export_overwrites_nothing(used: Desk, tmp_path: Path) -> None:
    first, second = (export_audit(used, "csv", tmp_path / "a.csv", AuditFilter(), "en") for _ in range(2))
    assert first != second


def test_unknown_forms_and_folders(used: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        export_audit(used, "pdf", tmp_path / "a.pdf", AuditFilter(), "en")
    with pytest.raises(Refusal):
        export_audit(used, "csv", tmp_path / "none" / "a.csv", AuditFilter(), "en")


@pytest.mark.usefixtures("quick_keys")
def test_managers_and_auditors_read_it(used: Desk) -> None:
    users.protect(used, "王芳", "wang's password")
    for name, role in (("李娜", "clerk"), ("周审", "auditor")):
        users.add_user(used, name, role, f"{role}'s password")
    known = {user.name: user for user in users.list_users(used)}
    used.user = known["周审"]
    assert read_audit(used)
    used.user = known["李娜"]
    with pytest.raises(Refusal, match="ask a manager"):
        read_audit(used)


def test_counting_asks_the_same(used: Desk) -> None:
    with used.work() as work:
        assert audit_queries.count(work, AuditFilter(who="赵敏")) == 2


def test_a_record_is_asked_for_by_its_name_or_the_end_of_its_number(
    desk: Desk, make_case: Callable[..., Case]
) -> None:
    number = add_cases(desk, [make_case()]).cases[0]
    by_name = read_audit(desk, record="船营投递部")
    assert [(row.action, row.record) for row in by_name] == [("outlet.add", "船营投递部")]
    assert [row.record for row in read_audit(desk, record="苏阳")] == ["苏阳"]
    assert [row.record for row in read_audit(desk, record=number.rpartition("-")[2])] == [number]
    assert {"船营投递部", "苏阳"} <= set(names_in_audit(desk))
