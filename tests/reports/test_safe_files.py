"""Files come out whole or not at all, and never over another file unless that was asked for."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from postal_desk.reports import safe_files
from postal_desk.reports.safe_files import BrokenFile, write_file


def package(path: Path, member: str = "word/document.xml") -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "<w/>")


def text(content: str) -> safe_files.Write:
    return lambda path: path.write_text(content, "utf-8") and None


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != ".home")


def test_existing_file_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "月报.txt"
    places = [write_file(target, text(str(number)), replace=False) for number in range(3)]
    assert [place.name for place in places] == ["月报.txt", "月报 (2).txt", "月报 (3).txt"]
    assert target.read_text("utf-8") == "0"


def test_replacing_replaces(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old", "utf-8")
    assert write_file(target, text("new"), replace=True) == target
    assert target.read_text("utf-8") == "new"
    assert names(tmp_path) == ["a.txt"]


def test_failure_while_writing_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old", "utf-8")

    def fails(path: Path) -> None:
        path.write_text("half", "utf-8")
        raise OSError(errno.ENOSPC, "no space")

    with pytest.raises(OSError, match="no space"):
        write_file(target, fails, replace=True)
    assert target.read_text("utf-8") == "old"
    assert names(tmp_path) == ["a.txt"]


class WritersOwnError(Exception):
    """What a library makes of the system's error."""


@pytest.mark.parametrize(
    "raised",
    [
        WritersOwnError(OSError(errno.ENOSPC, "no space")),
        OSError("page 5 can't be written"),
        BrokenFile("cut"),
    ],
)
def test_a_full_disk_is_told_whatever_the_writer_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raised: Exception
) -> None:
    opened = []

    def fails(path: Path) -> None:
        opened.append(path.open("w", encoding="utf-8"))
        opened[0].write("half")
        opened[0].flush()
        monkeypatch.setattr(os, "fsync", full)  # from now on
        raise raised

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    with pytest.raises(OSError, match="no space") as told:
        write_file(tmp_path / "a.txt", fails, replace=True)
    assert told.value.errno == errno.ENOSPC
    assert os.fstat(opened[0].fileno()).st_size == 0  # whoever holds it open can close it
    opened[0].close()
    assert names(tmp_path) == []


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pdf", "a.txt"])
def test_what_cannot_be_read_back_gets_no_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(BrokenFile):
        write_file(tmp_path / name, lambda path: path.write_bytes(b"") and None, replace=False)
    assert names(tmp_path) == []


def test_package_with_a_flipped_bit_is_refused(tmp_path: Path) -> None:
    def spoilt(path: Path) -> None:
        package(path)
        content = bytearray(path.read_bytes())
        place = content.index(b"<w/>")
        content[place] ^= 1
        path.write_bytes(bytes(content))

    with pytest.raises(BrokenFile, match=r"document\.xml"):
        write_file(tmp_path / "a.docx", spoilt, replace=False)


def test_package_without_its_main_part_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenFile):
        write_file(tmp_path / "a.xlsx", package, replace=False)


def test_file_made_meanwhile_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between looking and naming somebody else makes the file: theirs stays, ours takes the next name."""
    target = tmp_path / "a.txt"
    look = safe_files.free_path

    def looked(path: Path) -> Path:
        place = look(path)
        if not target.exists():
            target.write_text("theirs", "utf-8")
        return place

    monkeypatch.setattr(safe_files, "free_path", looked)
    place = write_file(target, text("ours"), replace=False)
    assert (target.read_text("utf-8"), place.name, place.read_text("utf-8")) == (
        "theirs",
        "a (2).txt",
        "ours",
    )


def test_folder_without_links_still_gets_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(safe_files.os, "link", refuse)
    assert write_file(tmp_path / "a.txt", text("x"), replace=False).read_text("utf-8") == "x"
    assert names(tmp_path) == ["a.txt"]


def test_held_target_gets_another_name_after_some_attempts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.txt"
    target.write_text("held", "utf-8")
    monkeypatch.setattr(safe_files, "_WAITS", (0.0, 0.0))

    def held(self: Path, other: Path) -> Path:
        raise PermissionError(errno.EACCES, "open in another program")

    monkeypatch.setattr(Path, "replace", held)
    assert write_file(target, text("new"), replace=True).name == "a (2).txt"
    assert target.read_text("utf-8") == "held"


def test_what_a_cut_off_export_left_is_cleared_away_after_a_day(tmp_path: Path) -> None:
    old, fresh = tmp_path / ".postal-desk-old.part", tmp_path / ".postal-desk-new.part"
    for folder in (old, fresh):
        folder.mkdir()
        (folder / "half.xlsx").write_bytes(b"PK")
    os.utime(old, (0, 0))
    write_file(tmp_path / "a.txt", text("x"), replace=False)
    assert names(tmp_path) == [".postal-desk-new.part", "a.txt"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by signal")
def test_killed_while_writing_the_target_is_the_old_file_or_the_new(tmp_path: Path) -> None:
    """Killed at any moment of a loop of exports, the file is one of them, whole."""
    target = tmp_path / "a.docx"
    program = (
        "import sys, zipfile, itertools\n"
        "from pathlib import Path\n"
        "from postal_desk.reports.safe_files import write_file\n"
        "def write(number):\n"
        "    def content(path):\n"
        "        with zipfile.ZipFile(path, 'w') as package:\n"
        "            package.writestr('word/document.xml', f'<w>{number}</w>' * 20000)\n"
        "    return content\n"
        "for number in itertools.count():\n"
        "    write_file(Path(sys.argv[1]), write(number), replace=True)\n"
        "    print(number, flush=True)\n"
    )
    for kill in range(12):
        process = subprocess.Popen([sys.executable, "-c", program, str(target)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        for _ in range(kill):
            process.stdout.read(1)
        process.kill()
        process.wait()
        process.stdout.close()
        with zipfile.ZipFile(target) as package:
            assert package.testzip() is None
            content = package.read("word/document.xml")
        assert content == content[: content.index(b"</w>") + 4] * 20000
