"""The small tools around the packages: sums, signing, pins for Windows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

import postal_desk

Script = Callable[[str], ModuleType]


def test_version_is_the_one_of_the_program(script: Script) -> None:
    assert postal_desk.__version__ == script("build").VERSION


def test_sums_name_what_is_handed_on(script: Script, tmp_path: Path) -> None:
    build = script("build")
    for name in ("PostalDesk-Setup.exe", "x.zip", "x.deb", "welcome.bmp"):
        (tmp_path / name).write_bytes(name.encode())
    build.write_sums(tmp_path)
    lines = (tmp_path / build.SUMS).read_text("ascii").splitlines()
    digest = hashlib.sha256(b"PostalDesk-Setup.exe").hexdigest()
    assert lines[0] == f"{digest}  PostalDesk-Setup.exe"
    assert [line.split()[1] for line in lines] == ["PostalDesk-Setup.exe", "x.deb", "x.zip"]


def test_official_nsis_makes_the_installer_that_it_can(script: Script, tmp_path: Path) -> None:
    build = script("build")
    makensis = tmp_path / "makensis.exe"
    assert build._target(makensis) == "x86-unicode"
    (tmp_path / "Stubs").mkdir()
    (tmp_path / "Stubs" / "lzma_solid-amd64-unicode").touch()
    assert build._target(makensis) == "amd64-unicode"


def test_without_a_certificate_nothing_is_signed(script: Script, tmp_path: Path) -> None:
    program = tmp_path / "x.exe"
    program.write_bytes(b"MZ")
    script("sign").main([str(program)])
    assert program.read_bytes() == b"MZ"


def test_a_certificate_without_a_tool_is_no_silent_omission(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign = script("sign")
    monkeypatch.setenv("POSTAL_DESK_SIGN_PKCS12", "certificate.p12")
    monkeypatch.setattr(sign.shutil, "which", lambda _name: None)
    with pytest.raises(SystemExit, match="osslsigncode is not installed"):
        sign.main(["x.exe"])


def test_pins_for_windows_leave_out_what_windows_does_not_want(
    script: Script, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = tmp_path / "x.lock"
    lock.write_text(
        "macholib==1.16 ; sys_platform == 'darwin' \\\n    --hash=sha256:aa\n"
        "pefile==2024.8 ; sys_platform == 'win32' \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"
        "lxml==6.1 \\\n    --hash=sha256:dd\n"
    )
    script("windows/wine/pins").main(str(lock))
    assert capsys.readouterr().out == (
        "pefile==2024.8 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\nlxml==6.1 \\\n    --hash=sha256:dd\n"
    )
