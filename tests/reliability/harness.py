"""What the harnesses share: a desk to begin with, a child process to kill, and how a result is stated.

Children are forked from this process, which has everything imported: a kill costs milliseconds instead of a start.
They run the program's own services on a real desk folder, and say what was acknowledged over a pipe.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.case_json import parse_case
from postal_desk.domain.cases import Case
from postal_desk.services.attachment_intake import begin_intake
from postal_desk.services.attachments import add_attachments, content_of, list_attachments
from postal_desk.services.cases import read_cases
from postal_desk.services.checking import check_desk
from postal_desk.services.desk import Desk, create_desk, open_desk
from postal_desk.services.lost_work import forget
from postal_desk.services.organisation import add_outlet


class CannotRun(Exception):
    """This machine (or this version) can't show it; the text says why."""


@dataclass(frozen=True)
class Result:
    """``figure`` as measured, ``goal`` as promised, ``bad``: what went wrong, empty if the goal was met."""

    figure: str
    goal: str
    bad: tuple[str, ...] = ()


@dataclass
class Bench:
    """One run of one harness: a folder of its own, how many trials, a fixed seed, how to report progress."""

    folder: Path
    trials: int
    tell: Callable[[int], None]
    seed: int = 20190702

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self._template: Path | None = None

    def desk_folder(self, name: str) -> Path:
        """A folder with a fresh desk that nobody has open."""
        if self._template is None:
            self._template = self.folder / "template"
            with create_desk(self._template, "船营区分公司", "220204", actor="苏阳") as desk:
                add_outlet(desk, "船营投递部")
        target = self.folder / name
        shutil.rmtree(target, ignore_errors=True)
        forget(target)  # nobody put an older desk back here: it is a trial of its own
        shutil.copytree(self._template, target)
        return target


def sample_case(desk: Desk, subject: str, length: int = 400) -> Case:
    """A plain inquiry whose narrative has ``length`` characters."""
    return parse_case(
        {
            "kind": "inquiry",
            "category": "07.domestic",
            "channel": "counter",
            "opened_on": "2019-07-02",
            "subject": subject,
            "narrative": "客户来柜台查询挂号信。" * (length // 11),
            "steps": [
                {"at": "2019-07-03T09:00", "channel": "telephone", "result": "answered", "text": subject}
            ],
        },
        desk.rules,
    )


#: an attachment that stands beside the database
CONTENT = b"%PDF-1.4\n" + bytes(range(256)) * 5000


def attach(desk: Desk) -> None:
    """Keep a file of more than a megabyte with the newest case, through the program's own intake."""
    number = read_cases(desk, CaseFilter(), 1)[0].number
    staged = begin_intake(desk).take_bytes(CONTENT, "收据.pdf")
    add_attachments(desk, "case", number, [staged])


def attached(desk: Desk) -> bytes:
    """The content of the newest attachment; refused if it is missing or damaged."""
    return content_of(desk, list_attachments(desk)[0].id)()


class Child:
    """A forked process that does ``work(say)``; ``say`` hands a line to the parent once something is acknowledged."""

    def __init__(self, work: Callable[[Callable[[str], None]], None]) -> None:
        self._read, write = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            code = 1
            try:
                os.close(self._read)
                work(lambda line: void(os.write(write, line.encode() + b"\n")))
                code = 0
            finally:
                os._exit(code)
        os.close(write)

    def first_line(self) -> str:
        """Wait for the first acknowledged line; the rest stays for :meth:`lines`."""
        found = b""
        while not found.endswith(b"\n") and (part := os.read(self._read, 1)):
            found += part
        return found.decode().strip()

    def kill_after(self, seconds: float) -> None:
        """SIGKILL after a moment, wherever it is by then."""
        time.sleep(seconds)
        os.kill(self.pid, signal.SIGKILL)

    def lines(self) -> list[str]:
        """What was acknowledged (only whole lines), once the child is gone."""
        content = b""
        while part := os.read(self._read, 1 << 16):
            content += part
        os.close(self._read)
        os.waitpid(self.pid, 0)
        return content.decode("utf-8", "replace").split("\n")[:-1]


def hold() -> None:
    """In a child: keep the desk open until the kill."""
    signal.pause()


def void(_value: object) -> None:
    """Nothing."""


def subjects(desk: Desk) -> dict[str, Case]:
    """All cases by subject."""
    return {case.subject: case for case in read_cases(desk, CaseFilter(), 0)}


def standing(folder: Path, acknowledged: set[str], *, whole: bool = True) -> list[str]:
    """What is wrong with a desk that went through something: lost, half, or not in order."""
    try:
        with open_desk(folder) as desk:
            found = subjects(desk)
            bad = [f"lost {subject}" for subject in sorted(acknowledged - found.keys())]
            bad += [f"half {s}" for s, case in found.items() if len(case.steps) != 1 or not case.narrative]
            bad += [str(notice) for notice in desk.notices]
            if whole:
                bad += [f"{problem.where}: {problem.what}" for problem in check_desk(desk)]
    except Exception as error:  # whatever it is, the desk did not open
        return [f"does not open: {type(error).__name__}: {error}"]
    return bad
