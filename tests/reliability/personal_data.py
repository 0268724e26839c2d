"""Fifty canary values go in as personal data; none may stand in clear in anything the program writes."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from postal_desk import logs
from postal_desk.domain.cases import Customer, Disposition
from postal_desk.domain.periods import Month
from postal_desk.services import attachments, copies, retention
from postal_desk.services.cases import add_cases, close_case, edit_case, show_case
from postal_desk.services.desk import Desk, open_desk
from postal_desk.services.documents import export_case_sheet, export_summary
from postal_desk.services.drafts import drop_draft, list_drafts, save_draft
from postal_desk.services.undo import purge_bin
from postal_desk.settings import Settings
from tests.reliability.harness import Bench, Result, sample_case

CANARIES = 50
_ENDING: dict[str, Any] = {"dispositions": (Disposition("apology"),)}


def canaries(bench: Bench) -> Result:
    """Looks through every file below the harness's folder: desk, log, copies, temp, settings, program logs."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "TMPDIR"):
        place = bench.folder / "places" / name.lower()
        place.mkdir(parents=True)
        os.environ[name] = str(place)
    tempfile.tempdir = None
    logs.start()
    folder = bench.desk_folder("desk")
    values = [f"金丝雀{bench.random.randrange(10**9):09d}" for _ in range(CANARIES)]
    bad = []
    with open_desk(folder) as desk:
        made = []
        for value in values:
            case = replace(
                sample_case(desk, f"事由{value}"),
                customer=Customer(name=value, phone=value[3:], address=value),
            )
            made += add_cases(desk, [replace(case, narrative=f"来电人{value}，电话{value[3:]}")]).cases
            save_draft(desk, value[3:6], "case", {"narrative": value})
        for number, value in zip(made, values, strict=True):
            edit_case(desk, number, {"subject": f"改{value}"})
            _keep_files(desk, number, value)
        _send_out(desk, made, bench.folder / "places")
        copies.make_copy(desk)
        copies.copy_to(desk, bench.folder / "places" / "out.postal-copy")
        try:
            with desk.work(write=True) as work:  # an error text goes into the log
                work.rows(
                    "INSERT INTO drafts (key, form, payload, saved_at) VALUES (?, '', NULL, '')", (values[0],)
                )
        except Exception as error:  # the log is what is looked at
            import logging

            logging.getLogger("canary").warning("it failed", exc_info=error)
        settings = Settings()
        settings["theme"] = "dark"
        looked = _search(bench.folder, values, bad)  # while the log of writes is full
    looked |= _search(bench.folder, values, bad)
    bench.tell(0)
    bad += _left_after_anonymising(folder, made, values)
    needed = {"desk.db", "desk.db-wal", "settings.json", "postal-desk.log", "out.postal-copy", "sheet.docx"}
    needed |= {"month.xlsx", "month.docx"}
    if not any(name.endswith(".bin") for name in looked):
        bad.append("no attachment stood beside the database")
    bad += [f"{name} was not there to be looked at" for name in sorted(needed - looked)]
    figure = f"{CANARIES} values, {len(looked)} kinds of files looked through, {len(bad)} found in clear"
    return Result(figure, "50 canary values: 0 in clear", tuple(bad))


def _keep_files(desk: Desk, number: str, value: str) -> None:
    """A small file, a large one (for every tenth case), and one that was opened outside; names tell the value too."""
    intake = attachments.begin_intake(desk)
    staged = [intake.take_bytes(f"{value}签收".encode(), f"{value}.txt")]
    if number.endswith("0"):
        staged.append(intake.take_bytes(value.encode() * 100_000, f"{value}.pdf"))
    attachments.add_attachments(desk, "case", number, staged)
    waiting = [intake.take_bytes(f"{value}草稿".encode(), f"{value}.txt")]
    attachments.add_attachments(desk, "draft", value[3:6], waiting)


def _send_out(desk: Desk, numbers: Sequence[str], place: Path) -> None:
    """The masked documents, by the names that are proposed for them too."""
    month = Month.of(show_case(desk, numbers[0]).case.opened_on)
    for form in ("docx", "xlsx"):
        export_summary(desk, month, form, place / f"month.{form}", lang="zh_CN")
        export_summary(desk, month, form, place, lang="zh_CN")
    export_case_sheet(desk, numbers[0], "docx", place / "sheet.docx", lang="zh_CN")
    export_case_sheet(desk, numbers[0], "docx", place, lang="zh_CN")


def _left_after_anonymising(folder: Path, numbers: Sequence[str], values: Sequence[str]) -> list[str]:
    """What the open database itself, and what lies beside it, still tell when the cases were made anonymous."""
    with open_desk(folder) as desk:
        for number in numbers:
            drop_draft(desk, number)
            close_case(desk, number, {"responsibility": "not_responsible", "opinion": "satisfied", **_ENDING})
        retention.anonymise(desk, numbers, "canary")
        for draft in list_drafts(desk):
            drop_draft(desk, draft.key)
        purge_bin(desk, days=-1)
        with desk.work() as work:
            tables = [row[0] for row in work.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
            held = {table: str(work.rows(f'SELECT * FROM "{table}"').all()) for table in tables}
        bad = [
            f"{table} still holds a canary after anonymising"
            for table, text in held.items()
            if any(value in text or value[3:] in text for value in values)
        ]
        if list((folder / "files").rglob("*.bin")):
            bad.append("a large attachment outlived its case")
    return bad


def _search(root: Path, values: list[str], bad: list[str]) -> set[str]:
    looked = set()
    for path in (path for path in root.rglob("*") if path.is_file()):
        looked.add(path.name)
        content = path.name.encode() + path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as package:
                content += b"".join(package.read(name) for name in package.namelist())
        for value in values:
            forms = (value.encode(), value.encode("utf-16-le"), value[3:].encode(), value.encode("gb18030"))
            if any(form in content for form in forms):
                bad.append(f"{path.relative_to(root)} holds a canary")
                break
    return looked
