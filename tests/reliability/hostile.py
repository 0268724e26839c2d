"""Files that somebody broke or made on purpose: refused with a sentence, in time, in memory, and nothing is written."""

from __future__ import annotations

import io
import json
import os
import random
import resource
import shutil
import struct
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from postal_desk.cli.session import read_records
from postal_desk.domain.case_json import parse_case
from postal_desk.domain.sentences import Refusal
from postal_desk.services import copies, ledgers
from postal_desk.services.cases import add_cases
from postal_desk.services.desk import Desk, open_desk
from postal_desk.services.faults import EnvironmentFault
from postal_desk.services.ledger_import import import_ledger, settle_ledger
from postal_desk.store import audit
from tests.reliability.harness import Bench, CannotRun, Child, Result, sample_case

LONGEST_S, MOST_MEMORY = 10.0, 500 << 20
_NASTY = (
    b"\x00", b"\xff\xfe", "\ud800".encode("utf-8", "surrogatepass"), b'"' * 50, b"[" * 5000, b"{" * 5000, b"9" * 5000,
    b"1e999", b"NaN", b"\xe2\x80\xae", b"../../", b"=cmd|' /C calc'!A0", b"\r\n" * 200, b"-1", b"null", b"\\u0000",
)  # fmt: skip


@dataclass(frozen=True)
class Reader:
    """One kind of file: samples to begin with, and what takes a file in and answers how many rows it wrote."""

    samples: Callable[[Desk, Path], list[bytes]]
    take: Callable[[Desk, Path], object]
    ending: str = ""
    zipped: bool = False  # half of the files are broken inside, in one part of the archive


def _json_samples(desk: Desk, folder: Path) -> list[bytes]:
    from postal_desk.domain.case_json import case_to_json

    whole = case_to_json(sample_case(desk, "样例"))
    given = {
        name: whole[name]
        for name in (
            "kind",
            "category",
            "channel",
            "opened_on",
            "subject",
            "narrative",
            "steps",
            "items",
            "customer",
        )
    }
    one = json.dumps(given, ensure_ascii=False).encode()
    return [one, b"[" + one + b"," + one + b"]", one + b"\n" + one + b"\n"]


def _take_json(desk: Desk, file: Path) -> object:
    return add_cases(desk, [parse_case(record, desk.rules) for record in read_records(str(file))])


def _copy_samples(desk: Desk, folder: Path) -> list[bytes]:
    made = copies.copy_to(desk, folder / "sample.postal-copy").path
    return [made.read_bytes()]


def _take_copy(desk: Desk, file: Path) -> object:
    target = file.with_name("restored")
    shutil.rmtree(target, ignore_errors=True)
    return copies.restore_copy(file, target)


_HEADINGS = ("登记日期", "性质", "类别", "渠道", "事由", "经过", "客户姓名", "联系电话", "邮件号码")
_ROWS = (
    ("2019-07-02", "查询", "查询", "窗口", "挂号信未收到", "查询挂号信。", "王某", "13800000001", "RR473124829GB"),
    ("2019-07-03", "投诉", "延误", "电话", "包裹迟到", "客户来电，包裹迟到五天。", "李某", "13800000002", ""),
)  # fmt: skip


def _xlsx_samples(desk: Desk, folder: Path) -> list[bytes]:
    import xlsxwriter

    file = folder / "sample.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet("台账")
        for place, row in enumerate((_HEADINGS, *_ROWS)):
            sheet.write_row(place, 0, row)
    return [file.read_bytes()]


def _csv_samples(desk: Desk, folder: Path) -> list[bytes]:
    text = "\r\n".join(",".join(row) for row in (_HEADINGS, *_ROWS)) + "\r\n"
    return [text.encode("utf-8-sig"), text.encode("gb18030"), text.replace(",", "\t").encode()]


def _take_ledger(desk: Desk, file: Path) -> object:
    opened = ledgers.open_ledger(file)
    words = ledgers.ledger_words(desk)
    plan = ledgers.propose_ledger(opened, words).plan
    return import_ledger(desk, settle_ledger(desk, ledgers.read_ledger(opened, plan, words)))


READERS: dict[str, Reader] = {
    "xlsx": Reader(_xlsx_samples, _take_ledger, ".xlsx", zipped=True),
    "csv": Reader(_csv_samples, _take_ledger, ".csv"),
    "json": Reader(_json_samples, _take_json),
    "copy": Reader(_copy_samples, _take_copy),
}


def of(name: str) -> Callable[[Bench], Result]:
    """The harness of one kind of file."""

    def harness(bench: Bench) -> Result:
        if name not in READERS:
            raise CannotRun(f"this version takes in no {name}")
        return _run(bench, name, READERS[name])

    return harness


def _run(bench: Bench, name: str, reader: Reader) -> Result:
    folder = bench.desk_folder("desk")
    with open_desk(folder) as desk:
        add_cases(desk, [sample_case(desk, f"h{at}") for at in range(3)])
    bad: list[str] = []
    refused = taken = 0
    slowest = 0.0

    def work(say: Callable[[str], None]) -> None:
        _limit_memory()
        with open_desk(folder) as desk:
            samples = reader.samples(desk, bench.folder)
            say(json.dumps(_control(desk, reader, bench, samples)))
            for trial in range(bench.trials):
                say(json.dumps(_one(desk, reader, bench, random.Random(trial), samples)))

    child = Child(work)
    bad += json.loads(child.first_line() or '["the process ended at the sound files"]')
    for trial in range(bench.trials):
        line = child.first_line()
        if not line:
            bad.append(f"the process ended at file {trial}")
            break
        said: dict[str, Any] = json.loads(line)
        refused += said["outcome"] == "refused"
        taken += said["outcome"] == "taken"
        slowest = max(slowest, said["seconds"])
        bad += [f"file {trial}: {text}" for text in said["bad"]]
        bench.tell(trial)
    child.lines()
    figure = (
        f"{refused + taken} fuzzed files: {refused} refused, {taken} still whole and taken, slowest {slowest:.2f} s, "
        f"within {MOST_MEMORY >> 20} MB, {len(bad)} faults"
    )
    goal = f"10,000 fuzzed {name}: 0 uncaught, 0 rows written on refusal, < 10 s and < 500 MB each"
    return Result(figure, goal, tuple(bad))


def _control(desk: Desk, reader: Reader, bench: Bench, samples: list[bytes]) -> list[str]:
    """The samples as they are: at least the first is taken, or the harness would prove nothing."""
    file = bench.folder / f"sound{reader.ending}"
    file.write_bytes(samples[0])
    try:
        reader.take(desk, file)
    except Exception as error:
        return [f"the sound file was refused: {error}"]
    return []


def _one(
    desk: Desk, reader: Reader, bench: Bench, teller: random.Random, samples: list[bytes]
) -> dict[str, Any]:
    file = bench.folder / f"hostile{reader.ending}"
    content = teller.choice(samples)
    broken = broken_inside if reader.zipped and teller.random() < 0.5 else fuzzed
    file.write_bytes(broken(content, teller))
    before, bad, began = _rows(desk), [], time.monotonic()
    try:
        reader.take(desk, file)
        outcome = "taken"
    except (Refusal, EnvironmentFault):
        outcome = "refused"
        if _rows(desk) != before:
            bad.append("refused, but rows were written")
    except BaseException as error:
        outcome = "uncaught"
        bad.append(f"uncaught {type(error).__name__}: {str(error)[:200]}")
    seconds = time.monotonic() - began
    if seconds > LONGEST_S:
        bad.append(f"took {seconds:.1f} s")
    return {"outcome": outcome, "seconds": seconds, "bad": bad}


def _rows(desk: Desk) -> tuple[int, int]:
    with desk.work() as work:
        return work.rows("SELECT count(*) FROM cases").scalar_one(), audit.end(work).number


def _limit_memory() -> None:
    """More than this on top of what the process has now fails as a MemoryError, which counts as uncaught."""
    now = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_AS, (now + MOST_MEMORY, resource.RLIM_INFINITY))


def broken_inside(content: bytes, teller: random.Random) -> bytes:
    """A sound archive with one broken part."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = teller.choice(names)
        for name in names:
            part = old.read(name)
            new.writestr(name, fuzzed(part, teller) if name == chosen else part)
    return made.getvalue()


def fuzzed(content: bytes, teller: random.Random) -> bytes:
    """One to four changes: a bit, a block, a cut, a repetition, something nasty, a length field."""
    changed = bytearray(content)
    for _ in range(teller.randint(1, 4)):
        at = teller.randrange(len(changed)) if changed else 0
        length = min(len(changed) - at, 1 << teller.randrange(12))
        way = teller.randrange(7)
        if way == 0 and changed:
            changed[at] ^= 1 << teller.randrange(8)
        elif way == 1:
            changed[at : at + length] = teller.randbytes(length)
        elif way == 2:
            del changed[at:]
        elif way == 3:
            del changed[at : at + length]
        elif way == 4:
            changed[at:at] = changed[at : at + length]
        elif way == 5:
            changed[at:at] = teller.choice(_NASTY)
        elif len(changed) > 4:
            changed[at : at + 4] = struct.pack("<I", teller.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFF)))
    return bytes(changed)
