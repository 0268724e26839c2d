"""One program at a time in a desk, and nothing to clear away after a kill. With real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.services.cases import read_cases
from postal_desk.services.checking import check_desk
from postal_desk.services.desk import create_desk, open_desk
from postal_desk.store.faults import DeskLocked

HOLDS = """
import sys
from postal_desk.services.desk import open_desk
desk = open_desk(sys.argv[1])
print("open", flush=True)
input()
"""
WRITES = """
import sys
from datetime import date
from postal_desk.domain.cases import Case, Step
from postal_desk.services.cases import add_cases
from postal_desk.services.desk import open_desk
desk = open_desk(sys.argv[1])
case = Case("inquiry", "07.domestic", "counter", date(2019, 7, 2), "挂号信", narrative="信" * 400,
            steps=(Step("2019-07-03", text="已查询"),))
while True:
    for number in add_cases(desk, [case]).cases:
        print(number, flush=True)
"""


@contextmanager
def running(script: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create_desk(tmp_path / "desk", "船营区分公司", "220204").close()
    return tmp_path / "desk"


def test_a_second_program_is_told_who_holds_the_desk(folder: Path) -> None:
    with running(HOLDS, folder) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(DeskLocked, match=r"held by .+ since \d{4}-\d\d-\d\d \d\d:\d\d"):
            open_desk(folder)
        assert holder.stdin is not None
        holder.stdin.write("\n")
        holder.stdin.flush()
        holder.wait()
        open_desk(folder).close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal there")
@pytest.mark.parametrize("saved", [1, 7, 23])
def test_a_kill_while_writing_loses_nothing_that_was_acknowledged(folder: Path, saved: int) -> None:
    with running(WRITES, folder) as writer:
        assert writer.stdout is not None
        numbers = [writer.stdout.readline().strip() for _ in range(saved)]
        os.kill(writer.pid, signal.SIGKILL)
        numbers += writer.stdout.read().split()
    with open_desk(folder) as desk:
        kept = [case.number for case in reversed(read_cases(desk, CaseFilter()))]
        assert kept[: len(numbers)] == numbers
        assert len(kept) <= len(numbers) + 1
        assert check_desk(desk) == []
