"""The import itself: once only, all or nothing, taken back as a whole, never over what was changed here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from postal_desk.domain.sentences import Refusal
from postal_desk.services import cases, copies, ledgers
from postal_desk.services.audit_log import read_audit, verify_audit
from postal_desk.services.checking import check_desk
from postal_desk.services.ledger_import import import_ledger, settle_ledger
from postal_desk.services.ledger_template import write_template
from postal_desk.services.ledgers import ADD, Outcome, Stopped
from postal_desk.services.undo import undo
from tests.ledgers import making
from tests.ledgers.conftest import Ledgers
from tests.ledgers.test_shapes import HEAD, ONE, TWO, changed

Count = Callable[[Any], tuple[int, int, int, int]]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return making.xlsx(tmp_path / "2019.xlsx", [HEAD, ONE, TWO])


def test_the_same_file_twice_changes_nothing(book: Ledgers, ledger: Path, counted: Count) -> None:
    book.take(ledger)
    before = book.cases()
    read = book.dry(ledger)
    assert counted(read) == (0, 2, 0, 0)
    with pytest.raises(Refusal, match="nothing to import"):
        import_ledger(book.desk, read)
    assert book.cases() == before


def test_an_import_is_one_row_of_the_audit_and_one_undo(book: Ledgers, ledger: Path, counted: Count) -> None:
    rows = len(read_audit(book.desk, limit=0))
    changes = book.take(ledger)
    assert [row.action for row in read_audit(book.desk, limit=0)][:-rows] == ["case.import"]
    assert changes.undo is not None
    again = undo(book.desk, changes.undo)
    assert book.cases() == []
    assert counted(book.dry(ledger)) == (2, 0, 0, 0)
    assert again.undo is not None
    undo(book.desk, again.undo)
    assert len(book.cases()) == 2
    assert counted(book.dry(ledger)) == (0, 2, 0, 0)
    assert verify_audit(book.desk).ok


def test_a_copy_is_made_before(book: Ledgers, ledger: Path) -> None:
    book.take(ledger)
    assert [copy.cases for copy in copies.list_copies(book.desk)] == [0]


def test_a_row_that_changed_changes_its_case(book: Ledgers, ledger: Path, counted: Count) -> None:
    book.take(ledger)
    making.xlsx(ledger, [HEAD, changed(ONE, phone="13900000000"), TWO])
    assert counted(book.dry(ledger)) == (0, 1, 1, 0)
    done = book.take(ledger)
    assert book.cases()[0].customer.phone == "13900000000"
    assert done.undo is not None
    undo(book.desk, done.undo)
    assert book.cases()[0].customer.phone == "13844445555"
    assert counted(book.dry(ledger)) == (0, 1, 1, 0)


def test_what_was_changed_here_is_not_overwritten(book: Ledgers, ledger: Path, counted: Count) -> None:
    book.take(ledger)
    number = book.cases()[0].number
    cases.edit_case(book.desk, number, {"responsibility": "customer"})
    assert counted(book.dry(ledger)) == (0, 2, 0, 0)
    making.xlsx(ledger, [HEAD, changed(ONE, responsible="有责"), TWO])
    read = book.dry(ledger)
    assert counted(read) == (0, 1, 0, 1)
    assert "changed here as well (Responsibility)" in str(read.run.remarks[0][0].reason)


def test_another_field_of_a_case_changed_here_can_still_come_in(book: Ledgers, ledger: Path) -> None:
    book.take(ledger)
    cases.edit_case(book.desk, book.cases()[0].number, {"responsibility": "customer"})
    making.xlsx(ledger, [HEAD, changed(ONE, phone="13900000000"), TWO])
    book.take(ledger)
    assert book.cases()[0].responsibility == "customer"
    assert book.cases()[0].customer.phone == "13900000000"


def test_a_case_closed_in_the_old_ledger_comes_in_as_it_was(book: Ledgers, tmp_path: Path) -> None:
    bare = changed(ONE, steps=None, outcome=None, responsible=None, opinion=None)
    read = book.dry(making.xlsx(tmp_path / "a.xlsx", [HEAD, bare]))
    assert any("lack something" in str(note) for note in read.run.notes)
    import_ledger(book.desk, read)
    case = book.cases()[0]
    assert (case.status, case.closed_on, case.dispositions) == ("closed", date(2019, 7, 5), ())
    assert check_desk(book.desk) == []
    cases.edit_case(book.desk, case.number, {"remedy": "查找"})  # it lacks no more than before
    cases.edit_case(book.desk, case.number, {"responsibility": "responsible"})
    with pytest.raises(Refusal, match="responsibility"):
        cases.edit_case(book.desk, case.number, {"responsibility": None})
    assert "case.import" in [line.action for line in cases.show_case(book.desk, case.number).history]


def test_stopping_writes_nothing(book: Ledgers, ledger: Path) -> None:
    read = book.dry(ledger)
    rows = len(read_audit(book.desk, limit=0))
    with pytest.raises(Stopped):
        import_ledger(book.desk, read, lambda _done: False)
    assert book.cases() == []
    assert len(read_audit(book.desk, limit=0)) == rows


def test_a_file_that_changed_after_the_dry_run_is_refused(book: Ledgers, tmp_path: Path) -> None:
    path = making.csv(tmp_path / "a.csv", [HEAD, ONE, TWO], "utf-8")
    read = book.dry(path)
    making.csv(path, [HEAD, changed(ONE, name="王五"), TWO], "utf-8")
    with pytest.raises(Refusal, match="changed meanwhile"):
        import_ledger(book.desk, read)
    assert book.cases() == []


def test_an_unknown_outlet_is_refused_with_the_nearest(book: Ledgers, tmp_path: Path, counted: Count) -> None:
    path = making.xlsx(tmp_path / "a.xlsx", [HEAD, changed(ONE, outlet="松江邮局"), TWO])
    read = book.dry(path)
    assert counted(read) == (2, 0, 0, 0) or "松江支局" in str(read.run.remarks[0][0].reason)
    path = making.xlsx(tmp_path / "b.xlsx", [HEAD, changed(ONE, outlet="北山支局"), TWO])
    read = book.dry(path)
    assert counted(read) == (1, 0, 0, 1)
    remark = read.run.remarks[0][0]
    assert remark.column == 4
    assert remark.value == "北山支局"
    assert remark.remedy is not None


def test_a_word_decided_is_learned_for_the_next_ledger(book: Ledgers, tmp_path: Path, counted: Count) -> None:
    rows = [HEAD, changed(ONE, outlet="北山支局", handler="老苏"), changed(TWO, outlet="江东所")]
    path = making.xlsx(tmp_path / "a.xlsx", rows)
    words = {"outlet": {"北山支局": ADD, "江东所": "松江支局"}, "handler": {"老苏": "苏阳"}}
    book.take(path, {"words": words})
    assert [(case.outlet, case.handler) for case in book.cases()] == [
        ("北山支局", "苏阳"),
        ("松江支局", "赵敏"),
    ]
    other = [
        HEAD[::-1],
        changed(ONE, outlet="江东所", handler="老苏", opened=date(2019, 8, 2), closed=date(2019, 8, 3))[::-1],
    ]
    assert counted(book.dry(making.xlsx(tmp_path / "b.xlsx", other))) == (1, 0, 0, 0)


def test_a_column_set_by_hand_is_remembered(book: Ledgers, tmp_path: Path) -> None:
    head = list(HEAD)
    head[9] = "群众来话"
    path = making.xlsx(tmp_path / "a.xlsx", [head, ONE, TWO])
    book.take(path, {"columns": {"群众来话": "narrative"}})
    words = ledgers.ledger_words(book.desk)
    proposal = ledgers.propose_ledger(ledgers.open_ledger(path), words)
    assert proposal.remembered
    assert proposal.plan.columns[9] == "narrative"


def test_a_number_spoilt_by_excel_is_kept_as_text_and_flagged(book: Ledgers, tmp_path: Path) -> None:
    path = making.xlsx(
        tmp_path / "a.xlsx", [HEAD, changed(ONE, item=1.23457e17), changed(TWO, item="1.23457E+12")]
    )
    read = book.dry(path)
    assert set(read.run.flagged) == {0, 1}
    import_ledger(book.desk, read)
    for case, text in zip(book.cases(), ("1.23457e+17", "1.23457E+12"), strict=True):
        assert case.items == ()
        assert text in case.narrative


def test_a_formula_without_a_value_refuses_its_row(book: Ledgers, tmp_path: Path, counted: Count) -> None:
    path = making.with_formulas(tmp_path / "a.xlsx", [HEAD, changed(ONE, name="=A1"), TWO])
    read = book.dry(path)
    assert counted(read) == (1, 0, 0, 1)
    assert "formula" in str(read.run.remarks[0][0].reason)


def test_hidden_rows_are_mentioned(book: Ledgers, tmp_path: Path) -> None:
    read = book.dry(making.xlsx(tmp_path / "a.xlsx", [HEAD, ONE, TWO], hidden=[3]))
    assert read.run.hidden == (3,)


def test_the_template_comes_in_as_it_was_filled(book: Ledgers, tmp_path: Path) -> None:
    import openpyxl

    path = write_template(book.desk, tmp_path / "t.xlsx")
    filled = openpyxl.load_workbook(path)
    sheet = filled.worksheets[0]
    headings = {cell.value: cell.column for cell in sheet[1]}
    words = ledgers.ledger_words(book.desk)
    proposal = ledgers.propose_ledger(ledgers.open_ledger(path), words)
    assert not {column.target for column in proposal.columns} & {"skip"}
    assert len({column.target for column in proposal.columns}) == len(headings)


def test_cells_pasted_from_a_sheet_do_the_same(book: Ledgers, counted: Count) -> None:
    lines = ["\t".join("" if cell is None else str(cell) for cell in row) for row in (HEAD, ONE, TWO)]
    pasted = ledgers.pasted_ledger("\r\n".join(lines), "粘贴")
    words = ledgers.ledger_words(book.desk)
    proposal = ledgers.propose_ledger(pasted, words)
    read = settle_ledger(book.desk, ledgers.read_ledger(pasted, proposal.plan, words))
    assert counted(read) == (2, 0, 0, 0)
    import_ledger(book.desk, read)
    assert book.cases()[0].closed_on == date(2019, 7, 5)


def test_an_own_list_does_not_double_the_cases(book: Ledgers, ledger: Path, tmp_path: Path) -> None:
    book.take(ledger)
    number = book.cases()[0].number
    head = ["案例编号", *HEAD[1:]]
    read = book.dry(
        making.xlsx(tmp_path / "b.xlsx", [head, [number, *ONE[1:]]]), {"columns": {"A": "ledger_number"}}
    )
    assert read.run.outcomes[0] == Outcome.REFUSED
