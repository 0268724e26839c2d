"""What an installation knows of itself: build, parts, whether its files are whole."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from postal_desk import installation
from postal_desk.installation import Build, Part

BUILD = Build("1.2.3", "0123456789ab", "2026-11-22T15:00:13+00:00", "win32", "3.11.9")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "clocks.toml").write_text("x = 1\n")
    (tmp_path / "a.dll").write_bytes(b"\0\1")
    installation.write_facts(tmp_path, BUILD, [Part("b", "2", "MIT"), Part("A", "1", "ISC", "home", "text")])
    installation.write_files(tmp_path)
    return tmp_path


def test_a_package_tells_its_build_and_its_parts_by_name(package: Path) -> None:
    assert installation.build(package) == BUILD
    assert installation.parts(package) == (Part("A", "1", "ISC", "home", "text"), Part("b", "2", "MIT"))


def test_a_source_tree_has_no_build_and_reads_what_is_installed() -> None:
    assert installation.build() is None
    parts = {part.name: part for part in installation.parts()}
    assert parts["SQLAlchemy"].licence == "MIT"
    assert "Permission is hereby granted" in parts["SQLAlchemy"].text
    assert "pytest" not in parts


def test_whole_files_are_no_damage(package: Path) -> None:
    assert installation.damage(package) == []


def test_missing_and_changed_files_are_damage(package: Path) -> None:
    (package / "a.dll").unlink()
    (package / "seeds" / "clocks.toml").write_text("x = 2\n")
    assert installation.damage(package) == ["a.dll", "seeds/clocks.toml"]


def test_a_package_without_its_list_is_damaged(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (package / "files.json").unlink()
    assert installation.damage(package) == []
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert installation.damage(package) == ["files.json"]
