"""The audit in the settings: read page by page, filtered, checked, exported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from postal_desk.services import users
from postal_desk.services.desk import Desk
from postal_desk.services.organisation import add_outlet
from postal_desk.ui.settings import audit_section
from postal_desk.ui.settings.audit_section import AuditSection


@pytest.fixture
def section(window: Any) -> AuditSection:
    found = window.section("audit")
    assert isinstance(found, AuditSection)
    return found


def actions(section: AuditSection) -> list[str]:
    return [row.action for row in section.table.rows()]


def test_the_newest_comes_first(section: AuditSection) -> None:
    assert actions(section)[:2] == ["staff.add", "staff.add"]
    assert section.facts.text() == "4 rows"


def test_a_filter_holds_at_once(section: AuditSection) -> None:
    section.what.set_value("outlet")
    section.search()
    assert set(actions(section)) == {"outlet.add"}
    section.record.setText("no such record")
    section.search()
    assert not section.empty.isHidden()
    section._clear()
    assert len(actions(section)) == 4


def test_older_rows_are_read_when_asked(
    section: AuditSection, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_section, "PAGE", 3)
    section.search()
    assert len(actions(section)) == 3
    section.more.click()
    assert [row.id for row in section.table.rows()] == [4, 3, 2, 1]
    assert section.more.isHidden()


def test_a_write_shows_at_once(window: Any, section: AuditSection, desk: Desk) -> None:
    window.ctx.write(lambda: add_outlet(desk, "蛟河支局"))
    assert actions(section)[0] == "outlet.add"


def test_the_chain_is_checked(section: AuditSection, desk: Desk) -> None:
    section.verify()
    assert section.note.label.text().startswith("All of it is there: 4 rows")
    with desk.work(write=True) as work:
        work.rows("DROP TRIGGER audit_no_update")
        work.rows("UPDATE audit SET who = '别人' WHERE id = 2")
        work.commit()
    section.verify()
    assert "from row 2 on" in section.note.label.text()


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_it_is_exported(window: Any, section: AuditSection, tmp_path: Path, form: str) -> None:
    section.export(form)
    dialog = window.dialog()
    dialog.fileSelected.emit(str(tmp_path / f"audit.{form}"))
    dialog.reject()
    assert (tmp_path / f"audit.{form}").stat().st_size > 0


@pytest.mark.usefixtures("quick_keys")
def test_a_clerk_is_told_who_reads_it(window: Any, section: AuditSection, desk: Desk) -> None:
    users.protect(desk, "王芳", "wang's password")
    users.add_user(desk, "李娜", "clerk", "li's password")
    desk.user = users.list_users(desk)[1]
    section.load()
    assert section.table.isHidden()
    assert "managers and auditors" in section.empty.title.text()
