"""A desk that an older version left is opened, brought up to date and whole."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from postal_desk.__main__ import hooks
from postal_desk.cli.main import run

RELEASED = 2
DESKS = Path(__file__).parent / "desks"
STORED = sorted(path.parent for path in DESKS.glob("*/desk.db"))


@pytest.mark.parametrize("stored", STORED, ids=lambda path: path.name)
def test_desk_of_an_older_version_keeps_its_cases(
    stored: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = tmp_path / "desk"
    shutil.copytree(stored, desk)
    assert run(hooks(), ["--desk", str(desk), "case", "list", "--json", "--limit", "0"]) == 0
    numbers = sorted(case["number"] for case in json.loads(capsys.readouterr().out))
    assert numbers == (stored / "numbers").read_text("ascii").split()
    assert run(hooks(), ["--desk", str(desk), "check"]) == 0, capsys.readouterr().out


def test_every_older_schema_has_its_desk() -> None:
    """The newest one gets its desk when it is released: then the next one begins."""
    stored = {int(path.name.removeprefix("schema-")) for path in STORED}
    assert set(range(1, RELEASED + 1)) <= stored
