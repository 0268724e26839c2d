"""Kills while files are attached: each is there whole, with its record, or not at all, and nothing lies unreported."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from postal_desk.services.attachment_check import check_attachments, tidy
from postal_desk.services.attachments import add_attachments, begin_intake, content_of, list_attachments
from postal_desk.services.cases import add_cases
from postal_desk.services.checking import check_desk
from postal_desk.services.desk import Desk, open_desk
from postal_desk.store.attachment_files import OPENED
from tests.reliability.harness import Bench, Child, Result, hold, sample_case

_SMALL, _LARGE = 300_000, 6_000_000  # bytes: in the database, and in a file beside it
_BEYOND = 2.0  # of the time that it takes here: some kills fall behind the end
_FIRST = 999_999  # the number of the one that nobody kills
_KEPT = 12  # files after which the desk is made anew
Say = Callable[[str], None]


def attaching(bench: Bench) -> Result:
    """Each trial attaches a small and a large file to a case, in one action, and is killed somewhere in it."""
    trial = _Attaching(bench)
    for number in range(bench.trials):
        trial.kill(number)
        bench.tell(number)
    seen = trial.seen
    figure = (
        f"{bench.trials} kills: {seen['attached']} times both files there and whole, {seen['absent']} times neither, "
        f"{seen['unused']} unused contents left, all reported and tidied away; {len(trial.bad)} faults"
    )
    goal = "every attachment whole or absent, nothing left that the check does not report"
    return Result(figure, goal, tuple(trial.bad))


def _content(number: int, size: int) -> bytes:
    """A content of its own for each trial: else it would be kept once, and not be written."""
    return (f"trial {number:06} ".encode() * (size // 13 + 1))[:size]


def _attach(desk: Desk, case: str, number: int) -> None:
    intake = begin_intake(desk)
    staged = [intake.take_bytes(_content(number, size), f"{number}-{size}.bin") for size in (_SMALL, _LARGE)]
    add_attachments(desk, "case", case, staged)


class _Attaching:
    """One desk after another, with what was acknowledged in it."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self.bad, self.seen = bench, list[str](), Counter[str]()
        self._acknowledged: set[int] = set()
        self._new_desk()

    def kill(self, number: int) -> None:
        """One trial."""
        if len(self._acknowledged) >= _KEPT:
            self._new_desk()
        folder, case = self.folder, self.case

        def work(say: Say) -> None:
            with open_desk(folder) as desk:
                say("open")
                _attach(desk, case, number)
                say("attached")
                hold()

        child = Child(work)
        child.first_line()
        child.kill_after(self.bench.random.uniform(0, _BEYOND * self._takes))
        said = "attached" in child.lines()
        self.bad += [f"trial {number}: {what}" for what in self._look(number, said)]

    def _look(self, number: int, said: bool) -> list[str]:
        with open_desk(self.folder) as desk:
            found = {one.name: one.id for one in list_attachments(desk)}
            bad = [str(problem.what) for problem in check_desk(desk)] + [str(one) for one in desk.notices]
            mine = [name for name in found if name.startswith(f"{number}-")]
            if len(mine) == 1:
                bad.append("one of the two files only")
            if said and not mine:
                bad.append("said to be attached, and is not")
            if mine:
                self._acknowledged.add(number)
            self.seen["attached" if mine else "absent"] += 1
            for known in self._acknowledged:
                for size in (_SMALL, _LARGE):
                    name = f"{known}-{size}.bin"
                    if name not in found or content_of(desk, found[name])() != _content(known, size):
                        bad.append(f"{name} is lost or not whole")
            return bad + self._leftovers(desk)

    def _leftovers(self, desk: Desk) -> list[str]:
        """What lies in the folder of files, against what the check says of it, and what is left once it is tidied."""
        checked = check_attachments(desk)
        self.seen["unused"] += checked.unused
        bad = [f"{problem.where}: {problem.what}" for problem in checked.problems]
        beside = self._files()
        if len(beside) != len(self._acknowledged) + checked.unused:
            bad.append(
                f"{len(beside)} files, {len(self._acknowledged)} wanted, {checked.unused} reported unused"
            )
        tidy(desk)
        if len(left := self._files()) != len(self._acknowledged):
            bad.append(f"{len(left)} files after tidying, {len(self._acknowledged)} wanted")
        return bad

    def _files(self) -> list[Path]:
        """Every file in the folder of files, under whatever name, and what was opened outside."""
        return [
            path
            for folder in (self.folder / "files", self.folder / OPENED)
            for path in folder.rglob("*")
            if path.is_file()
        ]

    def _new_desk(self) -> None:
        self._acknowledged.clear()
        self.folder = self.bench.desk_folder("desk")
        shutil.rmtree(self.folder / "files", ignore_errors=True)
        with open_desk(self.folder) as desk:
            self.case = add_cases(desk, [sample_case(desk, "with files")]).cases[0]
            began = time.monotonic()
            _attach(desk, self.case, _FIRST)
            self._takes = time.monotonic() - began
        self._acknowledged.add(_FIRST)
