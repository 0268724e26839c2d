"""The start-up rule: the window is painted before anything heavy is imported."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from postal_desk.services.desk import create_desk

HEAVY = (
    "sqlalchemy",
    "sqlcipher3",
    "alembic",
    "docx",
    "lxml",
    "xlsxwriter",
    "babel",
    "tomllib",
    "PySide6.QtPrintSupport",
)
PROGRAM = """
import json, sys
from pathlib import Path
from postal_desk import app
from postal_desk.ui.background import Background

def fail(error):
    raise error

program = app.Program(app.application(), app.Settings(), Path(sys.argv[1]), Background(fail))
painted = []
program.window.show()
"""
UNTIL_PAINTED = (
    PROGRAM
    + """
program.window.when_painted(lambda: (painted.extend(sys.modules), app.QTimer.singleShot(0, program.app.quit)))
program.app.exec()
print(json.dumps(painted))
program.background.close()
"""
)
UNTIL_FILLED = (
    PROGRAM
    + """
def filled():
    painted.extend(sys.modules)
    app.QTimer.singleShot(0, program.app.quit)

def begin():
    program.start()
    program.window.page.model.filled.connect(filled)

program.window.when_painted(begin)
program.app.exec()
print(json.dumps(painted))
program.close()
"""
)


def modules_after(code: str, *arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, env=os.environ
    )
    return set(json.loads(done.stdout))


@pytest.mark.slow
def test_nothing_heavy_is_imported_before_the_first_paint(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-c", "from postal_desk import i18n; i18n._('x')"], check=True
    )  # the catalog
    loaded = modules_after(UNTIL_PAINTED, str(tmp_path / "desk"))
    assert "postal_desk.ui.cases.cases_page" in loaded
    assert loaded.isdisjoint(HEAVY)
    assert not any(name.startswith(("postal_desk.store", "postal_desk.services")) for name in loaded)


@pytest.mark.slow
def test_what_is_shown_before_the_desk_is_open_needs_no_database() -> None:
    code = (
        "import json, sys, pkgutil, importlib, postal_desk.ui as ui\n"
        "later = ('postal_desk.ui.entry', 'postal_desk.ui.settings', 'postal_desk.ui.summaries')\n"
        "for found in pkgutil.walk_packages(ui.__path__, 'postal_desk.ui.'):\n"
        "    found.name.startswith(later) or importlib.import_module(found.name)\n"
        "print(json.dumps(list(sys.modules)))"
    )
    loaded = modules_after(code)
    assert loaded.isdisjoint({"sqlalchemy", "sqlcipher3"})
    assert not any(name.startswith("postal_desk.store") for name in loaded)


#: what a list of cases can be shown without; each of them costs more than reading its rows
NOT_FOR_THE_LIST = (
    "sqlalchemy",
    "nacl",
    "tomllib",
    "logging.handlers",
    "PySide6.QtNetwork",
    "postal_desk.domain.cases",
    "postal_desk.domain.measures",
    "postal_desk.domain.holiday_notices",
    "postal_desk.store.tables",
    "postal_desk.store.backups",
    "postal_desk.store.copy_proof",
    "postal_desk.store.seeding",
    "postal_desk.services.similar_cases",
    "postal_desk.ui.cases.record",
)


@pytest.mark.slow
def test_the_list_is_filled_before_what_it_can_be_shown_without(tmp_path: Path) -> None:
    create_desk(tmp_path / "desk", "甲支局", "220204").close()
    loaded = modules_after(UNTIL_FILLED, str(tmp_path / "desk"))
    assert "postal_desk.services.case_lists" in loaded
    assert sorted(loaded.intersection(NOT_FOR_THE_LIST)) == []


def test_a_drive_that_does_not_answer_is_left_to_the_opening(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from postal_desk.ui import second_start

    def fail(_path: Path) -> bool:
        raise OSError(errno.ENOTCONN, "Transport endpoint is not connected")

    monkeypatch.setattr(Path, "exists", fail)
    assert not second_start.may_be_open(tmp_path)
