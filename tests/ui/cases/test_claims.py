"""Claims in the record's column: proposed, opened, worked out while typing, paid, deleted and restored."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from postal_desk.domain.case_json import parse_case
from postal_desk.services.cases import add_cases, show_case
from postal_desk.services.claims import claims_of_case, list_claims
from postal_desk.services.desk import Desk
from postal_desk.ui.cases.cases_page import CasesPage
from postal_desk.ui.cases.claim_dialog import ClaimDialog
from postal_desk.ui.cases.record import Record


@pytest.fixture
def late(desk: Desk, page: CasesPage, qtbot: QtBot) -> str:
    """An inquiry whose period ended, in front."""
    mail = {
        "number": "XA22010000322",
        "class": "registered_letter",
        "posted_on": "2019-05-20",
        "postage": "4.20",
    }
    case = {
        "kind": "inquiry",
        "category": "07.domestic",
        "channel": "counter",
        "subject": "信",
        "items": [mail],
    }
    added = add_cases(desk, [parse_case({**case, "opened_on": "2019-06-03"}, desk.rules)])
    page.ctx.announce(added)
    (number,) = added.cases
    page.show_number(number)
    assert page.desk is not None
    record = page.desk.record
    qtbot.waitUntil(lambda: record.view is not None and record.view.case.number == number)
    qtbot.waitUntil(lambda: record.claims.found is not None)
    return number


def rows(record: Record) -> list[str]:
    section = record.claims.section
    return [row.link.text() for row in section._rows if not row.isHidden()]


def propose(record: Record) -> ClaimDialog:
    row = next(row for row in record.claims.section._rows if not row.isHidden())
    row.link.click()
    assert record.claims.dialog is not None
    return record.claims.dialog


def test_overdue_inquiry_proposes_what_the_articles_give(record: Record, late: str) -> None:
    assert rows(record) == ["＋ 提出赔偿"]
    dialog = propose(record)
    assert "12.60" in dialog.total.text()
    dialog.save()
    assert rows(record) == ["C-2019-0001", "＋ 新建理赔"]


def test_amount_follows_what_is_typed(record: Record, late: str, qtbot: QtBot) -> None:
    dialog = propose(record)
    dialog.items[0].sums["postage"].setText("5.20")
    qtbot.waitUntil(lambda: "15.60" in dialog.total.text())
    dialog.items[0].sums["postage"].setText("?")
    qtbot.waitUntil(lambda: "postage" in dialog.items[0].worked.label.text())


def test_claim_is_agreed_and_paid_and_the_case_says_so(record: Record, late: str, desk: Desk) -> None:
    propose(record).save()
    (view,) = claims_of_case(desk, late).claims
    dialog = record.claims.open_claim(view.claim)
    dialog.stages["agreed"].amount.setText("20")
    dialog.save()
    assert "12.60" in dialog.form.problem("reason")
    dialog.stages["agreed"].amount.setText("12.60 元")
    dialog.stages["paid"].amount.setText("12.6")
    dialog.receipt.setText("收据 17")
    dialog.save()
    (paid,) = list_claims(desk)
    assert paid.claim.status == "paid"
    assert show_case(desk, late).case.dispositions[0].amount == Decimal("12.60")


def test_asked_for_claim_opens_with_its_case(page: CasesPage, record: Record, late: str) -> None:
    propose(record).save()
    record.claims.dialog = None
    page.shown(number=late, claim="220204-C-2019-0001")
    assert record.claims.dialog is not None
    assert record.claims.dialog.claim.number == "220204-C-2019-0001"


def test_deleted_claim_is_restored_from_the_same_place(record: Record, late: str, desk: Desk) -> None:
    propose(record).save()
    from postal_desk.services.claims import delete_claim

    record._ctx.write(lambda: delete_claim(desk, "220204-C-2019-0001"))
    assert rows(record) == ["＋ 提出赔偿", "恢复 C-2019-0001"]
    record.claims.section._rows[1].link.click()
    assert rows(record) == ["C-2019-0001", "＋ 新建理赔"]
