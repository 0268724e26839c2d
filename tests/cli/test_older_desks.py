"""A desk that an older version left is opened by a command, brought up to date and whole."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from postal_desk.__main__ import hooks
from postal_desk.cli.main import run

DESKS = Path(__file__).parents[1] / "store" / "desks"
STORED = sorted(path.parent for path in DESKS.glob("*/desk.db"))
RELEASED = 2


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


def test_every_released_schema_has_its_desk() -> None:
    """The newest one gets its desk when it is released: then the next one begins."""
    assert [path.name for path in STORED] == [f"version_{number}" for number in range(1, RELEASED + 1)]
