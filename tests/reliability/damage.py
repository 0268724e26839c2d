"""Flipped bits, a log that is lost, an older file put back: never silently wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.services import copies
from postal_desk.services.cases import add_cases, read_cases
from postal_desk.services.checking import check_desk
from postal_desk.services.desk import open_desk
from postal_desk.services.faults import EnvironmentFault
from postal_desk.store import restoring
from tests.reliability.harness import Bench, Child, Result, hold, sample_case


def flipped_bits(bench: Bench) -> Result:
    """One bit of the closed desk's file or of a copy is flipped: refused, reported, or without any effect."""
    folder, bad, refused, harmless = bench.desk_folder("desk"), [], 0, 0
    with open_desk(folder) as desk:
        add_cases(desk, [sample_case(desk, f"b{at}") for at in range(60)])
        truth = read_cases(desk, CaseFilter(), 0)
        copy = copies.make_copy(desk).path
    shutil.copy(copy, bench.folder / "copy")
    whole = {"desk": (folder / "desk.db").read_bytes(), "copy": (bench.folder / "copy").read_bytes()}
    for trial in range(bench.trials):
        what = "desk" if trial % 2 else "copy"
        content = bytearray(whole[what])
        at, bit = bench.random.randrange(len(content)), bench.random.randrange(8)
        content[at] ^= 1 << bit
        try:
            if what == "desk":
                (folder / "desk.db").write_bytes(content)
                with open_desk(folder) as desk:
                    same = read_cases(desk, CaseFilter(), 0) == truth
                    told = bool(check_desk(desk) or desk.notices)
            else:
                (bench.folder / "copy").write_bytes(content)
                shutil.rmtree(bench.folder / "restored", ignore_errors=True)
                restoring.restore(bench.folder / "copy", bench.folder / "restored")
                same, told = False, False  # every byte of a copy is under a sum
        except EnvironmentFault:
            refused += 1
        else:
            harmless += same and not told
            if not (same or told):
                bad.append(f"trial {trial}: byte {at} bit {bit} of the {what} was taken silently")
        if what == "desk":
            for left in folder.glob("desk.db-*"):
                left.unlink()
        bench.tell(trial)
    (folder / "desk.db").write_bytes(whole["desk"])
    (bench.folder / "copy").write_bytes(whole["copy"])
    with open_desk(folder) as desk:  # the control: unflipped, both are taken
        bad += [] if read_cases(desk, CaseFilter(), 0) == truth else ["the whole desk reads differently"]
    shutil.rmtree(bench.folder / "restored", ignore_errors=True)
    restoring.restore(bench.folder / "copy", bench.folder / "restored")
    figure = f"{bench.trials} flips in desk and copy: {refused} refused, {harmless} without effect, {len(bad)} silent"
    return Result(
        figure, "2,000 bit flips, 0 silently wrong (attachments and packages do not exist yet)", tuple(bad)
    )


def silent_rollback(bench: Bench) -> Result:
    """After a kill the log is deleted or cut somewhere, or the file of some changes ago is put back."""
    bad = []
    for trial in range(bench.trials):
        folder = bench.desk_folder("desk")
        older = (folder / "desk.db").read_bytes()

        def work(say: Callable[[str], None], folder: Path = folder) -> None:
            with open_desk(folder) as desk:
                for at in range(5):
                    add_cases(desk, [sample_case(desk, f"r{at}")])
                say("5")
                hold()

        child = Child(work)
        child.first_line()
        child.kill_after(0)
        child.lines()
        log, way = folder / "desk.db-wal", ("log deleted", "log cut", "older file")[trial % 3]
        if way == "log cut":
            with log.open("rb+") as stream:
                stream.truncate(bench.random.randrange(log.stat().st_size - 4200))
        else:
            log.unlink()
        if way == "older file":
            (folder / "desk.db").write_bytes(older)
        with open_desk(folder) as desk:
            if not desk.notices or "missing" not in str(desk.notices[0]):
                bad.append(f"trial {trial}: {way}: nothing was said")
        bench.tell(trial)
    figure = f"{bench.trials} times a log deleted or cut or an older file put back, {len(bad)} not reported"
    return Result(figure, "reported every time (the whole folder put back: open)", tuple(bad))
