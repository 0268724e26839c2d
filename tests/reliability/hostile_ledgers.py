"""Files that somebody damaged or made with bad intent: refused or read, never a crash, never a row written by halves.

Each trial takes a sound file, spoils it in one of many ways and lets the program make its dry run, and the import where
the dry run finds something. The files of one batch are read in a child process whose memory is bounded and watched.
"""

from __future__ import annotations

import io
import random
import resource
import shutil
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from postal_desk.domain.sentences import Refusal
from postal_desk.services import ledgers
from postal_desk.services.desk import Desk, open_desk
from postal_desk.services.ledger_import import import_ledger, settle_ledger
from postal_desk.services.ledgers import LedgerRead, LedgerWords, Outcome
from tests.reliability.harness import Bench, Child, Result

_SECONDS, _MEGABYTES = 10, 500
_BATCH = 100
_EVERY_IMPORT = 25
_LARGE = 100_000  # bytes, from which a text is not made longer: its making would need the memory
_GOAL = "10,000 fuzzed files: 0 uncaught, 0 rows written on refusal, < 10 s and < 500 MB each"

Spoil = Callable[[random.Random, bytes], bytes]

_HEAD = (
    "受理日期,来源,投诉类型,用户姓名,联系电话,邮件号码,投诉内容,处理情况,处理结果,责任认定,满意度,办结日期"
)
_ROW = "2019-7-{day},电话,延误,张三,13844445555,XA24435342142,挂号信未收到,7月3日联系,已投交,无责,满意,2019-7-{end}"


def xlsx(bench: Bench) -> Result:
    """Workbooks with flipped bytes, cut ends, wild XML, lying directories, bombs and far-off cells."""
    return _fuzz(
        bench,
        "xlsx",
        _sound_xlsx(),
        (_flip, _cut, _xml, _xml, _xml, _cells, _zip_names, _zip_lies, _bomb, _splice),
    )


def csv(bench: Bench) -> Result:
    """Texts with flipped bytes, mixed encodings, quotes left open, control characters, cells of great length."""
    return _fuzz(
        bench, "csv", _sound_csv(), (_flip, _cut, _text, _text, _quotes, _encodings, _wide, _splice, _long)
    )


def _fuzz(bench: Bench, ending: str, sound: bytes, ways: tuple[Spoil, ...]) -> Result:
    folder, bad = bench.desk_folder("desk"), []
    counts = {"refused": 0, "read": 0, "imported": 0}
    slowest, largest = 0.0, 0
    for first in range(0, bench.trials, _BATCH):
        many = min(_BATCH, bench.trials - first)

        def work(say: Callable[[str], None], first: int = first, many: int = many) -> None:
            with open_desk(folder) as desk:
                words = ledgers.ledger_words(desk)  # once: they are the desk's, not the file's
                for trial in range(first, first + many):
                    say(_trial(bench, desk, words, folder, ending, sound, ways, trial))

        lines = Child(work).lines()
        if len(lines) < many:
            bad.append(f"trial {first + len(lines)}: the process ended without an answer")
        for trial, line in enumerate(lines, start=first):
            outcome, seconds, megabytes, told = line.split(" ", 3)
            slowest, largest = max(slowest, float(seconds)), max(largest, int(megabytes))
            if outcome not in counts:
                bad.append(f"trial {trial}: {told}")
            else:
                counts[outcome] += 1
            if float(seconds) > _SECONDS or int(megabytes) > _MEGABYTES:
                bad.append(f"trial {trial}: {seconds} s, {megabytes} MB")
            bench.tell(trial)
    figure = (
        f"{bench.trials} files: {counts['refused']} refused, {counts['read']} read, {counts['imported']} imported, "
        f"{len(bad)} faults; slowest {slowest:.1f} s, at most {largest} MB"
    )
    return Result(figure, _GOAL, tuple(bad))


def _trial(
    bench: Bench,
    desk: Desk,
    words: LedgerWords,
    folder: Path,
    ending: str,
    sound: bytes,
    ways: tuple[Spoil, ...],
    trial: int,
) -> str:
    chance = random.Random(f"{bench.seed} {ending} {trial}")
    content = sound
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        content = chance.choice(ways)(chance, content)
    path = bench.folder / f"fuzzed.{ending}"
    path.write_bytes(content)
    began = time.process_time()  # not by the clock: ten runs at once on two cores make any file slow
    outcome, told = _taken(desk, words, path)
    if outcome == "read" and trial % _EVERY_IMPORT == 0:
        copy = bench.folder / f"desk-{ending}"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("lock*"))
        with open_desk(copy) as other:
            outcome, told = _imported(other, words, path)
    seconds = time.process_time() - began
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"{outcome} {seconds:.2f} {megabytes} {' '.join(told.split())[:200]}"


def _read(desk: Desk, words: LedgerWords, path: Path) -> LedgerRead:
    opened = ledgers.open_ledger(path)
    proposal = ledgers.propose_ledger(opened, words)
    return settle_ledger(desk, ledgers.read_ledger(opened, proposal.plan, words))


def _taken(desk: Desk, words: LedgerWords, path: Path) -> tuple[str, str]:
    """What becomes of a file; neither a refusal nor a dry run may write."""
    try:
        run = _read(desk, words, path).run
    except Refusal as refusal:
        return ("refused", str(refusal)) if _cases(desk) == 0 else ("wrote", "rows of a refused file")
    except BaseException as error:  # whatever it is, nobody caught it
        return "crashed", f"{type(error).__name__}: {error}"
    if run.total != sum(run.count(outcome) for outcome in Outcome):
        return "miscounted", f"{run.total} rows"
    return ("read", "") if _cases(desk) == 0 else ("wrote", "rows of a dry run")


def _imported(desk: Desk, words: LedgerWords, path: Path) -> tuple[str, str]:
    """All of what the dry run promised, or nothing."""
    try:
        read = _read(desk, words, path)
        if not read.run.count(Outcome.NEW):
            return "read", ""
        import_ledger(desk, read)
    except Refusal as refusal:
        return ("refused", str(refusal)) if _cases(desk) == 0 else ("wrote", "rows of a refused file")
    except Exception as error:
        return "crashed", f"import: {type(error).__name__}: {error}"
    return (
        ("imported", "")
        if _cases(desk) == read.run.count(Outcome.NEW)
        else ("wrote", "another number of rows")
    )


def _cases(desk: Desk) -> int:
    with desk.work() as work:
        return int(work.rows("SELECT count(*) FROM cases").scalar_one())


# -- sound files ---------------------------------------------------------------------------------------------------


def _rows() -> list[list[str]]:
    rows = [_HEAD.split(",")]
    return rows + [_ROW.format(day=1 + n % 28, end=1 + n % 28).split(",") for n in range(20)]


def _sound_csv() -> bytes:
    return "\r\n".join(",".join(row) for row in _rows()).encode()


def _sound_xlsx() -> bytes:
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("2019")
    for at, row in enumerate(_rows()):
        sheet.write_row(at, 0, row)
    sheet.write_formula(3, 3, "=A1", None, "张三")
    sheet.set_row(5, None, None, {"hidden": True})
    book.close()
    return made.getvalue()


# -- ways to spoil any file ----------------------------------------------------------------------------------------


def _flip(chance: random.Random, content: bytes) -> bytes:
    spoilt = bytearray(content)
    for _ in range(chance.randrange(1, 30) if spoilt else 0):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def _cut(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _splice(chance: random.Random, content: bytes) -> bytes:
    at, other = chance.randrange(len(content) + 1), chance.randrange(len(content) + 1)
    return content[:at] + content[other : other + chance.randrange(4000)] + content[at:]


# -- ways to spoil a workbook --------------------------------------------------------------------------------------

_WILD = (
    b"999999999999", b"-1", b"1e999", b"NaN", b"", b"\xff\xfe", b"&#0;", b"&#xD800;", b"&lol;", b"]]>", b"<", b"<!--",
    b"XFD1048576", b"A0", b"ZZZZ9", b"A99999999999", "𬱖䶮".encode(), "\u202e\u200b".encode(), b"A" * 70_000,
    b"1048577",
)  # fmt: skip


def _parts(content: bytes) -> dict[str, bytes] | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        struct.error,
    ):
        return None  # spoilt already


def _packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def _xml(chance: random.Random, content: bytes) -> bytes:
    """Spoil the inside of a part and pack it soundly again, so that the parser sees it."""
    parts = _parts(content)
    if not parts:
        return _flip(chance, content)
    name = chance.choice([*parts, "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
    part = parts.get(name, b"")
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(part) + 1)
        way = chance.randrange(4)
        if way == 0:
            part = part[:at] + chance.choice(_WILD) + part[at:]
        elif way == 1:
            part = part[:at] + part[at + chance.randrange(60) :]
        elif way == 2:
            part = _flip(chance, part)
        else:
            numbers = [n for n in range(len(part)) if part[n : n + 1].isdigit()]
            if numbers:
                at = chance.choice(numbers)
                part = part[:at] + chance.choice(_WILD) + part[at + 1 :]
    parts[name] = part
    return _packed(parts)


def _cells(chance: random.Random, content: bytes) -> bytes:
    """Cells far out, repeated, written in unusual ways."""
    parts = _parts(content)
    name = "xl/worksheets/sheet1.xml"
    if not parts or name not in parts:
        return _flip(chance, content)
    place = chance.choice(("XFD1048576", "A1048576", "ZZ200001", "Z199999", "AAA1", "A1"))
    quote, space = chance.choice("'\""), chance.choice(("", " ", "\n", "\t"))
    number = "".join(filter(str.isdigit, place))
    cell = f"<c r{space}={space}{quote}{place}{quote}{space}><v>7</v{space}></c>"
    row = f'<row r="{number}">{cell}</row>' if chance.random() < 0.7 else cell
    parts[name] = parts[name].replace(
        b"</sheetData>", row.encode() * chance.choice((1, 1, 2)) + b"</sheetData>"
    )
    return _packed(parts)


def _zip_names(chance: random.Random, content: bytes) -> bytes:
    parts = _parts(content)
    if not parts:
        return _flip(chance, content)
    bad = (
        "../x",
        "/etc/passwd",
        "C:/x",
        "xl\\x.xml",
        "con",
        "xl/nul.xml",
        "xl/WORKBOOK.xml",
        "a" * 300,
        "x" * 60_000,
        "é\u202e",
    )
    made = {**parts, chance.choice(bad): b"x"}
    if chance.random() < 0.2:
        made |= {f"part{n}": b"" for n in range(2100)}
    return _packed(made)


def _zip_lies(chance: random.Random, content: bytes) -> bytes:
    """Sizes, offsets and methods in the directory that are not true."""
    spoilt = bytearray(content)
    places = [
        at
        for at in range(len(content) - 4)
        if content[at : at + 4] in (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06")
    ]
    for _ in range(chance.randrange(1, 4) if places else 0):
        at = chance.choice(places) + chance.randrange(4, 44)
        if at + 4 < len(spoilt):
            spoilt[at : at + chance.choice((1, 2, 4))] = chance.randbytes(chance.choice((1, 2, 4)))
    return bytes(spoilt)


def _bomb(chance: random.Random, content: bytes) -> bytes:
    """A part that unfolds to far more than it is."""
    parts = _parts(content)
    if not parts:
        return _flip(chance, content)
    name = chance.choice(
        ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "docProps/app.xml", "xl/theme/theme1.xml")
    )
    filler = chance.choice((b" ", b"<row/>", b"<c><v>1</v></c>", b"<si><t>a</t></si>"))
    length = chance.choice((1, 12, 30)) * 1_000_000
    body = parts.get(name, b"<x></x>")
    cut = body.rfind(b"</")
    parts[name] = body[:cut] + filler * (length // len(filler)) + body[cut:]
    return _packed(parts)


# -- ways to spoil a text ------------------------------------------------------------------------------------------


def _text(chance: random.Random, content: bytes) -> bytes:
    wild = (
        b"\0", b"\x1b[2J", b"\xef\xbb\xbf", "\u202e".encode(), b"\xff\xfe", b"=cmd|' /C calc'!A0", b"\r", b"\n\n", b'"',
        b",,,,,", b"2019-02-30", b"99999999999999999999", b"1.2E+15", "〇".encode(), b"\xed\xa0\x80", b"-1",
        b"2019-7-2" * 500,
    )  # fmt: skip
    for _ in range(chance.randrange(1, 20)):
        at = chance.randrange(len(content) + 1)
        content = content[:at] + chance.choice(wild) + content[at + chance.randrange(3) :]
    return content


def _quotes(chance: random.Random, content: bytes) -> bytes:
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(content) + 1)
        content = content[:at] + b'"' + content[at:]
    return content


def _encodings(chance: random.Random, content: bytes) -> bytes:
    text = content.decode("utf-8", "replace")
    encoding = chance.choice(
        ("gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "big5", "latin-1", "utf-32")
    )
    return text.encode(encoding, "replace")


def _wide(chance: random.Random, content: bytes) -> bytes:
    if len(content) > _LARGE:
        return content
    lines = content.split(b"\n")
    at = chance.randrange(len(lines))
    lines[at] += chance.choice((b",", b",1")) * chance.choice((100, 20_000, 400_000))
    return b"\n".join(lines)


def _long(chance: random.Random, content: bytes) -> bytes:
    if len(content) > _LARGE:
        return content
    way = chance.randrange(3)
    if way == 0:
        return content + b"\n" * chance.choice((1000, 300_000))
    if way == 1:
        return content + b"\n" + "长".encode() * chance.choice((1000, 100_001, 300_000))
    return content + b"\n" + content.split(b"\n", 1)[-1] * chance.choice((10, 300))
