"""A large ledger: reading it, its dry run and its import, against the bare parser and the bare inserts of its rows."""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import xlsxwriter
from python_calamine import CalamineWorkbook

from postal_desk.services import ledgers
from postal_desk.services.desk import Desk, create_desk, open_desk
from postal_desk.services.ledger_import import import_ledger, settle_ledger
from postal_desk.services.ledgers import LedgerRead
from postal_desk.services.organisation import add_outlet, add_staff
from tests.benchmarks.report import Figure
from tests.benchmarks.saving import copy_rows

_HEAD = (
    "编号", "受理日期", "渠道", "性质", "问题类别", "网点", "承办人", "客户姓名", "联系电话", "邮件号码", "事由",
    "处理情况", "处理结果", "责任", "满意度", "办结日期",
)  # fmt: skip
_MOST_MEGABYTES = 400
_TODAY = date(2026, 11, 1)


def ledger(folder: Path, quick: bool) -> Iterator[Figure]:
    """One workbook of 100,000 rows; each measuring in a fresh process, as memory once taken is not given back."""
    rows = 2_000 if quick else 100_000
    times = 1 if quick else 4
    with tempfile.TemporaryDirectory(dir=folder) as place:
        path = Path(place) / "ledger.xlsx"
        _in_child(lambda: _workbook(path, rows))  # or the others would begin with its memory
        desk = Path(place) / "desk"
        _desk(desk).close()
        rounds = [[_processor_time(act, path, desk) for act in (_bare, _read, _dry)] for _ in range(times)]
        bare, ours, dry = (min(seconds) for seconds in zip(*rounds, strict=True))
        yield Figure(f"reading {rows:,} rows, against the bare parser", ours, bare, 1.3)
        yield Figure(f"dry run of {rows:,} rows, against the bare parser", dry, bare, 4)
        taken, megabytes = _in_child(lambda: _import(path, desk))
        yield Figure(
            f"import of {rows:,} rows, against executemany of its rows",
            taken,
            copy_rows(desk, Path(place) / "bare"),
            3,
        )
        yield Figure(
            f"memory for dry run and import of {rows:,} rows", megabytes, _MOST_MEGABYTES, 1, unit="MB"
        )


def _workbook(path: Path, rows: int) -> Path:
    chance = Random(7)
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("台账")
    day_form = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, _HEAD)
    for at in range(rows):
        day = date(2018, 1, 1) + timedelta(days=at * 3000 // rows)
        closed = day + timedelta(days=chance.randrange(1, 9))
        sheet.write_string(at + 1, 0, f"T{day:%Y}-{at:06d}")
        sheet.write_datetime(at + 1, 1, datetime(day.year, day.month, day.day), day_form)
        texts = (
            chance.choice(("电话", "窗口", "12345", "11183")),
            "投诉",
            chance.choice(("投递延误", "错投误投", "邮件丢失", "破损")),
            chance.choice(("甲支局", "乙支局", "丙投递部")),
            chance.choice(("张三", "李四")),
            chance.choice("王李赵刘陈") + chance.choice("敏静伟芳") + chance.choice("国华梅"),
            f"138{chance.randrange(10**8):08d}",
            f"XA{chance.randrange(10**11):011d}",
            f"挂号信逾期未投，请查找第 {at} 件",
            f"{day.month}月{day.day}日联系用户说明情况；{closed.month}月{closed.day}日查到下落",
            *("已投交", "无责", "满意"),
        )
        for column, text in enumerate(texts, start=2):
            sheet.write_string(at + 1, column, text)
        sheet.write_datetime(at + 1, 15, datetime(closed.year, closed.month, closed.day), day_form)
    book.close()
    return path


def _desk(path: Path) -> Desk:
    made = create_desk(path, "", "220204", today=lambda: _TODAY)
    for outlet in ("甲支局", "乙支局", "丙投递部"):
        add_outlet(made, outlet)
    for person in ("张三", "李四"):
        add_staff(made, person)
    return made


def _bare(path: Path, _desk: Path) -> None:
    for _row in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows():
        pass


def _read(path: Path, _desk: Path) -> None:
    opened = ledgers.open_ledger(path)
    for _row in opened.sheet(opened.sheets[0]).rows():
        pass


def _dry(path: Path, folder: Path) -> LedgerRead:
    with open_desk(folder, today=lambda: _TODAY) as desk:
        return _dry_on(desk, path)


def _dry_on(desk: Desk, path: Path) -> LedgerRead:
    words = ledgers.ledger_words(desk)
    opened = ledgers.open_ledger(path)
    proposal = ledgers.propose_ledger(opened, words)
    return settle_ledger(desk, ledgers.read_ledger(opened, proposal.plan, words))


def _processor_time(act: Callable[[Path, Path], object], path: Path, folder: Path) -> float:
    """Seconds on the processor of one action in a process of its own: nothing here waits for a disk, and what else runs
    on the machine is not to be measured."""

    def timed() -> float:
        began = time.process_time()
        act(path, folder)
        return time.process_time() - began

    return _in_child(timed)[0]


def _import(path: Path, folder: Path) -> float:
    """Seconds of the import alone, its dry run done before."""
    with open_desk(folder, today=lambda: _TODAY) as desk:
        read = _dry_on(desk, path)
        began = time.perf_counter()
        import_ledger(desk, read)
        return time.perf_counter() - began


def _in_child(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds and the most megabytes of an action in a process of its own. The action may answer its own seconds."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            began = time.perf_counter()
            told = act()
            seconds = told if isinstance(told, float) else time.perf_counter() - began
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            os.write(into, f"{seconds} {peak}".encode())
            code = 0
        finally:
            os._exit(code)
    os.close(into)
    with os.fdopen(out) as answer:
        words = answer.read().split()
    os.waitpid(child, 0)
    if len(words) != 2:
        raise RuntimeError("the child ended without an answer")
    return float(words[0]), float(words[1])
