"""Where typical cases still tell of somebody, it is shown before the file is made, and can be starred at once."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from postal_desk.domain.case_json import parse_case
from postal_desk.services import personal_scan
from postal_desk.services.cases import add_cases
from postal_desk.services.desk import Desk
from postal_desk.ui.printing import print_case_sheet
from postal_desk.ui.summaries.export_dialog import ExportDialog
from postal_desk.ui.widgets.personal_box import PersonalBox

TYPICAL = {
    "kind": "complaint",
    "category": "02",
    "channel": "counter",
    "opened_on": "2019-07-02",
    "subject": "延误",
    "narrative": "王秀英家住船营区德胜街35号2单元，由李秀兰代收。",
    "customer": {"name": "王秀英"},
    "steps": [{"at": "2019-07-03", "result": "answered"}],
    "dispositions": [{"kind": "apology"}],
    "responsibility": "responsible",
    "opinion": "satisfied",
    "closed_on": "2019-07-10",
    "typical": True,
}


@pytest.fixture
def number(desk: Desk) -> str:
    """A typical case of July that names the customer of another one."""
    other = {**TYPICAL, "customer": {"name": "李秀兰"}, "typical": False}
    made = add_cases(desk, [parse_case(one, desk.rules) for one in (other, TYPICAL)])
    return made.cases[1]


def test_an_export_stops_where_something_is_left(number: str, window: Any, out: Path, desk: Desk) -> None:
    window.page.header.word.click()
    dialog = window.dialog(ExportDialog)
    assert dialog.forms.value() == "docx"
    box = dialog.findChild(PersonalBox)
    assert "李秀兰" in box.ticked()
    assert "王秀英" not in box.ticked()  # the customer's own name is starred by itself
    box.button.click()
    assert "李秀兰" in personal_scan.also_masked(desk)
    assert not box.isVisible()
    dialog.try_export()
    window.save_to(out)
    with zipfile.ZipFile(window.files[0]) as content:
        words = "".join(content.read(name).decode("utf-8", "ignore") for name in content.namelist())
    assert "李秀兰" not in words
    assert "德胜街35号" not in words


def test_in_a_low_window_the_buttons_of_an_export_stay_within_it(
    number: str, window: Any, out: Path, desk: Desk
) -> None:
    window.page.header.word.click()
    dialog = window.dialog(ExportDialog)
    dialog.resize(dialog.width(), 300)
    QApplication.processEvents()
    foot = dialog.button.mapTo(dialog, dialog.button.rect().bottomLeft()).y()
    assert foot < dialog.height() == 300


def test_once_starred_the_next_export_goes_straight_on(number: str, window: Any, desk: Desk) -> None:
    found = personal_scan.scan_cases(desk, [number])
    personal_scan.mask_also(desk, [one.finding.text for one in found if not one.finding.masked])
    window.page.header.word.click()
    window.dialog(QFileDialog).reject()


def test_the_case_sheet_shows_what_is_left(number: str, window: Any, desk: Desk) -> None:
    dialog = print_case_sheet(window.ctx, number, window.main)
    assert dialog.personal is not None
    assert "李秀兰" in dialog.personal.ticked()
    dialog.personal.button.click()
    assert not dialog.personal.isVisible()
    dialog.reject()
