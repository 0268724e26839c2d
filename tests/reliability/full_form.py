"""``python -m tests.reliability.full_form DESK``: the real window on a full disk; exit code 0 if what was typed stays.

A case is typed and saved: the refusal has to be a sentence, and the form has to hold what was typed.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtTest import QTest

from postal_desk import app
from postal_desk.services.faults import EnvironmentFault
from postal_desk.ui.entry.entry_page import EntryPage

STORY = "请苏阳查一封7月2日寄出的挂号信，客户在窗口查询。"


def main(folder: Path) -> int:
    """Run it."""
    told: list[Exception] = []
    program = app.Program(app.application(), app.Settings(), folder, app.Background(told.append))
    program.ctx.on_fault = told.append
    program.window.tell_fault = told.append  # type: ignore[method-assign,assignment]
    program.window.show()
    program.start()
    _until(lambda: program.ctx.has_desk)
    program.ctx.on_fault = told.append
    program.window.go("entry")
    page = program.window.page
    assert isinstance(page, EntryPage)
    _until(lambda: page.work is not None)
    assert page.work is not None
    edit = page.work.view.story.edit
    edit.setPlainText(STORY)
    QTest.qWait(1500)  # the story is read, the draft tries to be kept
    QTest.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)  # what was read is right
    refused: list[str] = []
    page.work.saver.refused.connect(lambda: refused.append("refused"))
    page.command("save")
    _until(lambda: bool(refused))
    QTest.qWait(200)
    kept = edit.toPlainText() == STORY
    said = page.work.view.problem.label.text()
    told = [error for error in told if not isinstance(error, EnvironmentFault)]
    print(f"form kept: {kept}, said: {said!r}, told: {told}", flush=True)
    return 0 if kept and str(program.path) in said and not told else 1


def _until(ready: object) -> None:
    end = time.monotonic() + 40
    while not ready():  # type: ignore[operator]
        if time.monotonic() > end:
            raise TimeoutError("what was waited for did not come")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


if __name__ == "__main__":
    code = main(Path(sys.argv[1]))
    sys.stdout.flush()
    import os

    os._exit(code)
