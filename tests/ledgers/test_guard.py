"""What is refused before anything is parsed, and with which words."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import pytest

from postal_desk.domain.sentences import Refusal
from postal_desk.ledgers import guard
from postal_desk.ledgers.guard import GuardedZip
from postal_desk.ledgers.reading import open_ledger
from tests.ledgers import making
from tests.ledgers.test_shapes import HEAD, ONE


def packed(path: Path, parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def drained(path: Path) -> None:
    archive = GuardedZip(path, path.name)
    for entry in archive.entries:
        for _part in archive.chunks(entry):
            pass


@pytest.mark.parametrize(
    "name", ["../a.xml", "/etc/passwd", "C:/a.xml", "a\\b.xml", "xl/con.xml", "xl/NUL", "xl/./a.xml", "a/b. "]
)
def test_a_dishonest_name_is_refused(tmp_path: Path, name: str) -> None:
    path = packed(tmp_path / "a.xlsx", {"good.xml": b"x", "b" * len(name): b"y"})
    content = path.read_bytes().replace(b"b" * len(name), name.encode())
    path.write_bytes(content)
    with pytest.raises(Refusal, match="inside it is"):
        drained(path)


def test_a_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.xlsx", {"a.xml": b"x", "A.XML": b"y"})
    with pytest.raises(Refusal, match="twice"):
        drained(path)


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.xlsx", {f"{n}": b"" for n in range(guard.MOST_ENTRIES + 1)})
    with pytest.raises(Refusal, match="at most 2000"):
        drained(path)


def test_a_bomb_is_refused_by_what_comes_out_of_it(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.xlsx", {"a.xml": b"0" * 12_000_000})
    with pytest.raises(Refusal, match="packed more tightly"):
        drained(path)


def test_a_size_that_lies_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.xlsx", {"a.xml": b"abc" * 1000})
    honest = path.read_bytes()
    at = honest.rfind(b"PK\x01\x02")
    path.write_bytes(honest[: at + 24] + b"\x05\0\0\0" + honest[at + 28 :])
    with pytest.raises(Refusal, match="damaged"):
        drained(path)


def test_a_stream_that_ends_before_its_part_is_refused(tmp_path: Path) -> None:
    """The inflater then keeps what it did not take, and would be asked again for ever."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    noise = bytes(at * at % 251 for at in range(3_000_000))
    stream = packer.compress(noise) + packer.flush() + b"behind the end" * 3000
    path = packed(tmp_path / "a.xlsx", {"a.xml": stream}, zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    content[8:10] = b"\x08\x00"
    at = content.rfind(b"PK\x01\x02") + 10
    content[at : at + 2] = b"\x08\x00"
    path.write_bytes(bytes(content))
    with pytest.raises(Refusal, match="damaged"):
        drained(path)


@pytest.mark.parametrize("place", ["XFD1048576", "ZZ200001", "A1048576"])
@pytest.mark.parametrize("form", ['<c r="{place}"><v>1</v></c>', "<c r = '{place}' ><v>1</v ></c>"])
def test_a_cell_far_out_is_refused_before_room_is_made_for_it(tmp_path: Path, place: str, form: str) -> None:
    path = making.xlsx(tmp_path / "a.xlsx", [HEAD, ONE])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    number = "".join(filter(str.isdigit, place))
    cell = f'<row r="{number}">{form.format(place=place)}</row>'
    parts[sheet] = parts[sheet].replace(b"</sheetData>", cell.encode() + b"</sheetData>")
    with pytest.raises(Refusal, match="row"):
        open_ledger(packed(path, parts))


@pytest.mark.parametrize(
    "row",
    [
        '<row r="30"><c r="A99999999999"><v>7</v></c></row>',
        '<row r="30"><c r="A4294967295"><v>7</v></c></row>',
        '<row r="30"><c r="AAAAAAA5"><v>7</v></c></row>',
        '<row r="999999999999"><c><v>7</v></c></row>',
    ],
)
def test_a_place_that_no_sheet_has_is_refused(tmp_path: Path, row: str) -> None:
    path = making.xlsx(tmp_path / "a.xlsx", [HEAD, ONE])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"</sheetData>", row.encode() + b"</sheetData>")
    with pytest.raises(Refusal, match="damaged"):
        open_ledger(packed(path, parts))


def test_an_encoding_nobody_knows_is_a_refusal(tmp_path: Path) -> None:
    path = making.xlsx(tmp_path / "a.xlsx", [HEAD, ONE])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'encoding="UTF-8"', b'encoding="UT-1F-8"')
    with pytest.raises(Refusal, match="damaged"):
        open_ledger(packed(path, parts))


def test_a_wide_ledger_is_read(tmp_path: Path) -> None:
    path = making.xlsx(tmp_path / "a.xlsx", [[f"列{n}" for n in range(60)], [str(n) for n in range(60)]])
    sheet = open_ledger(path).sheet("台账")
    assert sheet.width == 60


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        (b"%PDF-1.7 ...", "no ledger"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + bytes(600),
            "password",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "damaged"),
        (b"\xff\xff\x81\x30 \xff", "no text"),
    ],
)
def test_what_is_no_ledger_is_refused_with_a_way_out(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    with pytest.raises(Refusal, match=said):
        open_ledger(path)


def test_a_quote_left_open_names_its_record(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('日期,内容\n2019-7-2,好\n2019-7-3,"坏\n' + "x" * 300_000, "utf-8")
    ledger = open_ledger(path)
    with pytest.raises(Refusal, match="record 3"):
        ledger.sheet(ledger.sheets[0])
