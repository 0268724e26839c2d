"""Flipped bits, a log that is lost, an older file put back: never silently wrong."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.sentences import Refusal
from postal_desk.services import copies
from postal_desk.services.cases import add_cases, read_cases
from postal_desk.services.checking import check_desk
from postal_desk.services.desk import open_desk
from postal_desk.services.faults import EnvironmentFault
from postal_desk.services.lost_work import forget
from postal_desk.store import restoring
from tests.reliability.harness import CONTENT, Bench, Child, Result, attach, attached, hold, sample_case

PARTS = ("desk", "copy", "copy with files", "attachment")


def flipped_bits(bench: Bench) -> Result:
    """One bit of the closed desk's file, of a copy or of an attachment is flipped: refused, reported, or no effect."""
    trial = _Flips(bench)
    for number in range(bench.trials):
        trial.flip(number, PARTS[number % len(PARTS)])
        bench.tell(number)
    trial.control()
    seen = ", ".join(f"{count} {name}" for name, count in sorted(trial.outcomes.items()))
    figure = f"{bench.trials} flips in {', '.join(PARTS)}: {seen}, {len(trial.bad)} silent"
    return Result(figure, "2,000 bit flips in desk, copy, attachment: 0 silently wrong", tuple(trial.bad))


class _Flips:
    """A desk with an attachment, its copies, and what they read as."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self.bad, self.outcomes = bench, list[str](), Counter[str]()
        self.folder = bench.desk_folder("desk")
        with open_desk(self.folder) as desk:
            add_cases(desk, [sample_case(desk, f"b{at}") for at in range(60)])
            attach(desk)
            self.truth = read_cases(desk, CaseFilter(), 0)
            kept = copies.make_copy(desk).path
            alone = copies.copy_to(desk, bench.folder / "alone.postal-copy").path
        (beside,) = (path for path in (self.folder / "files").rglob("*") if path.is_file())
        self.files = {
            "desk": self.folder / "desk.db",
            "copy": kept,
            "copy with files": alone,
            "attachment": beside,
        }
        self.whole = {name: path.read_bytes() for name, path in self.files.items()}

    def flip(self, number: int, what: str) -> None:
        """One trial, which puts everything back."""
        content = bytearray(self.whole[what])
        at, bit = self.bench.random.randrange(len(content)), self.bench.random.randrange(8)
        content[at] ^= 1 << bit
        self.files[what].write_bytes(content)
        try:
            outcome = self._read(what)
        except (EnvironmentFault, Refusal):
            outcome = "refused"
        self.outcomes[outcome] += 1
        if outcome == "silent":
            self.bad.append(f"trial {number}: byte {at} bit {bit} of the {what} was taken silently")
        for path in (*self.files.values(), *self.folder.glob("desk.db-*")):
            if path.name.startswith("desk.db-"):
                path.unlink()
        self.files[what].write_bytes(self.whole[what])
        forget(self.folder)

    def control(self) -> None:
        """Unflipped, everything is taken."""
        for what in PARTS:
            try:
                outcome = self._read(what, whole=True)
            except (EnvironmentFault, Refusal) as error:
                outcome = str(error)
            if outcome != "without effect":
                self.bad.append(f"the whole {what} was not taken: {outcome}")

    def _read(self, what: str, *, whole: bool = False) -> str:
        if what.startswith("copy"):
            restored = self.bench.folder / "restored"
            shutil.rmtree(restored, ignore_errors=True)
            lost = restoring.restore(self.files[what], restored).lost
            if lost and not any((restored / one.name).exists() for one in lost):
                return "reported"  # all but the attachment came back, and it is said which is missing
            if not whole:
                return "silent"  # every byte of a copy is under a sum
            with open_desk(restored) as desk:
                return "without effect" if attached(desk) == CONTENT else "silent"
        with open_desk(self.folder) as desk:
            same = attached(desk) == CONTENT
            if what == "desk":
                same = same and read_cases(desk, CaseFilter(), 0) == self.truth
                if check_desk(desk) or desk.notices:
                    return "reported"
        return "without effect" if same else "silent"


WAYS = ("log deleted", "log cut", "older file", "older folder")


def silent_rollback(bench: Bench) -> Result:
    """After a kill the log is deleted or cut somewhere, or the file or the whole folder of some changes ago is put
    back.
    """
    bad = []
    for trial in range(bench.trials):
        way = WAYS[trial % len(WAYS)]
        folder = bench.desk_folder("desk")
        older = bench.folder / "older"
        shutil.rmtree(older, ignore_errors=True)
        shutil.copytree(folder, older)

        def work(say: Callable[[str], None], folder: Path = folder) -> None:
            with open_desk(folder) as desk:
                for at in range(5):
                    add_cases(desk, [sample_case(desk, f"r{at}")])
                desk.checkpoint()  # as after half a minute without work
                add_cases(desk, [sample_case(desk, "last")])
                say("6")
                hold()

        child = Child(work)
        child.first_line()
        child.kill_after(0)
        child.lines()
        _roll_back(folder, older, way, bench)
        with open_desk(folder) as desk:
            if not desk.notices or "missing" not in str(desk.notices[0]):
                bad.append(f"trial {trial}: {way}: nothing was said")
        bench.tell(trial)
    figure = f"{bench.trials} times {', '.join(WAYS)} in turn, {len(bad)} not reported"
    return Result(figure, "reported every time", tuple(bad))


def _roll_back(folder: Path, older: Path, way: str, bench: Bench) -> None:
    log = folder / "desk.db-wal"
    if way == "log cut":
        with log.open("rb+") as stream:
            stream.truncate(bench.random.randrange(log.stat().st_size - 4200))
    else:
        log.unlink()
    if way == "older file":
        shutil.copy(older / "desk.db", folder / "desk.db")
    elif way == "older folder":
        shutil.rmtree(folder)
        shutil.copytree(older, folder)
