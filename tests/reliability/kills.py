"""SIGKILL at any moment: while entering, copying, exporting, upgrading; and many starts at once."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.periods import Month
from postal_desk.services import copies
from postal_desk.services.cases import add_cases, read_cases
from postal_desk.services.checking import check_desk
from postal_desk.services.desk import open_desk
from postal_desk.services.documents import export_summary
from postal_desk.services.faults import EnvironmentFault
from postal_desk.services.lost_work import forget
from postal_desk.store import copy_files
from postal_desk.store.backups import kept_copies
from postal_desk.store.engine import SCHEMA_VERSION, schema_version
from postal_desk.store.keys import DATABASE, FileKeyStore
from tests.reliability.harness import (
    CONTENT,
    Bench,
    CannotRun,
    Child,
    Result,
    attach,
    attached,
    hold,
    sample_case,
    standing,
)

Say = Callable[[str], None]


def entering(bench: Bench) -> Result:
    """Cases are saved one after the other on one desk, which is killed and opened again and again."""
    folder, acknowledged, bad = bench.desk_folder("desk"), set[str](), []
    for trial in range(bench.trials):

        def work(say: Say, trial: int = trial) -> None:
            with open_desk(folder) as desk:
                for at in range(10_000):
                    subject = f"{trial}-{at}"
                    add_cases(desk, [sample_case(desk, subject)])
                    say(subject)

        child = Child(work)
        if bench.random.random() < 0.8:  # the others are killed while they open the desk
            acknowledged.add(child.first_line())
        child.kill_after(bench.random.uniform(0, 0.06))
        acknowledged.update(child.lines())
        bad += standing(folder, acknowledged, whole=trial % 20 == 19 or trial == bench.trials - 1)
        bench.tell(trial)
    figure = (
        f"{bench.trials} kills, {len(acknowledged)} acknowledged cases, {len(bad)} lost, half or unopened"
    )
    return Result(figure, "0 lost, 0 half, 0 failed openings in 1,000 kills", tuple(bad))


def copying(bench: Bench) -> Result:
    """Kills while a copy is made and older ones go: there is always a whole one, and it restores."""
    folder, bad, newest = bench.desk_folder("desk"), [], 0
    with open_desk(folder) as desk:
        add_cases(desk, [sample_case(desk, f"c{at}") for at in range(200)])
        attach(desk)
        copies.make_copy(desk)
    for trial in range(bench.trials):

        def work(say: Say, trial: int = trial) -> None:
            with open_desk(folder) as desk:
                say("open")
                for at in range(1000):
                    add_cases(desk, [sample_case(desk, f"k{trial}-{at}")])
                    copies.begin_copy(desk)(lambda _done, _total: None)
                    say("copied")

        child = Child(work)
        child.first_line()
        child.kill_after(bench.random.uniform(0, 0.25))
        child.lines()
        found = sorted((folder / "copies").glob("*.postal-copy"))
        try:
            for file in found:
                copy_files.unpack(file, len)
            restored = bench.folder / f"r{trial}"
            copies.restore_copy(found[-1], restored)
            with open_desk(restored) as desk:
                if attached(desk) != CONTENT:
                    bad.append(f"trial {trial}: the attachment did not come back")
            shutil.rmtree(restored)
            newest = max(newest, len(found))
        except Exception as error:  # each is a failure of the promise
            bad.append(f"trial {trial}: {type(error).__name__}: {error}")
        bench.tell(trial)
    figure = f"{bench.trials} kills, up to {newest} copies standing, {len(bad)} times none or one not whole"
    return Result(figure, "always ≥ 1 verified copy, which restores, in 100 kills", tuple(bad))


def exporting(bench: Bench) -> Result:
    """The month is exported over one file again and again: always the old one or the complete new one."""
    folder, bad, seen = bench.desk_folder("desk"), [], set[int]()
    target, month = bench.folder / "2019-07.xlsx", Month.parse("2019-07")
    with open_desk(folder) as desk:
        add_cases(desk, [sample_case(desk, f"e{at}") for at in range(5)])
        made = export_summary(desk, month, "xlsx", target, lang="zh_CN", replace=True)
    if made != target:
        raise CannotRun(f"the export went to {made.name}")
    for trial in range(bench.trials):

        def work(say: Say) -> None:
            with open_desk(folder) as desk:
                say("open")
                for _ in range(1000):
                    export_summary(desk, month, "xlsx", target, lang="zh_CN", replace=True)

        child = Child(work)
        child.first_line()
        child.kill_after(bench.random.uniform(0, 0.3))
        child.lines()
        try:
            with zipfile.ZipFile(target) as book:
                if book.testzip() is not None:
                    bad.append(f"trial {trial}: broken")
            seen.add(target.stat().st_ino)
        except (OSError, zipfile.BadZipFile) as error:
            bad.append(f"trial {trial}: {error}")
        bench.tell(trial)
    figure = f"{bench.trials} kills, {len(seen)} different files seen under the name, {len(bad)} not whole"
    return Result(figure, "the old file or the complete new one in 500 kills", tuple(bad))


def double_starts(bench: Bench) -> Result:
    """All at once: exactly one gets the desk, and after it is killed the next one gets it without clearing away."""
    folder, bad = bench.desk_folder("desk"), []
    gate_read, gate_write = os.pipe()

    def work(say: Say) -> None:
        os.read(gate_read, 1)
        try:
            desk = open_desk(folder)
        except EnvironmentFault as fault:
            say(type(fault).__name__)
            return
        add_cases(desk, [sample_case(desk, f"d{os.getpid()}")])
        say("writer")
        hold()

    children = [Child(work) for _ in range(bench.trials)]
    os.write(gate_write, b"x" * bench.trials)
    said = []
    for child in children:
        said.append(child.first_line())
        bench.tell(len(said) - 1)
    writers = said.count("writer")
    if writers != 1 or said.count("DeskLocked") != bench.trials - 1:
        bad.append(f"answers: {sorted(set(said))}, {writers} writers")
    for child, line in zip(children, said, strict=True):
        if line == "writer":
            child.kill_after(0)
        child.lines()
    bad += standing(folder, set())
    for end in (gate_read, gate_write):
        os.close(end)
    return Result(
        f"{bench.trials} starts at once, {writers} writer",
        "exactly one writer of 100, no clean-up",
        tuple(bad),
    )


def upgrading(bench: Bench) -> Result:
    """A stored desk of the first schema is opened and killed in a chosen step: old or new, all there."""
    stored = Path(__file__).parent.parent / "store" / "desks" / "version_1"
    if SCHEMA_VERSION < 2 or not stored.is_dir():
        raise CannotRun(f"schema {SCHEMA_VERSION}: there is no step to kill yet")
    folder, bad, versions, steps = bench.folder / "old", [], [], Counter[int]()
    shutil.copytree(stored, folder)
    key = FileKeyStore(folder / "key").load()
    with open_desk(folder) as desk:
        truth = [case.number for case in read_cases(desk, CaseFilter(), 0)]
    every = range(2, SCHEMA_VERSION + 1)
    for trial in range(bench.trials * len(every)):
        shutil.rmtree(folder)
        forget(folder)
        shutil.copytree(stored, folder)

        def work(say: Say) -> None:
            with steps_told(say):
                open_desk(folder)
            say("open")
            hold()

        wanted, child = every[trial % len(every)], Child(work)
        while (line := child.first_line()) not in (str(wanted), "open", ""):
            pass
        steps[int(line) if line.isdigit() else SCHEMA_VERSION + 1] += 1
        child.kill_after(bench.random.uniform(0, 0.04))
        child.lines()
        versions.append(schema_version(folder / DATABASE, key))
        copied = kept_copies(folder)
        if versions[-1] > 1 and not copied:
            bad.append(f"trial {trial}: upgraded without a copy")
        if versions[-1] not in (1, SCHEMA_VERSION):
            bad.append(f"trial {trial}: schema {versions[-1]} is neither old nor new")
        try:
            for kept in copied:
                copy_files.unpack(kept.path, len)
            with open_desk(folder) as desk:
                if [case.number for case in read_cases(desk, CaseFilter(), 0)] != truth or check_desk(desk):
                    bad.append(f"trial {trial}: not all there")
        except Exception as error:  # each is a failure of the promise
            bad.append(f"trial {trial}: {type(error).__name__}: {error}")
        bench.tell(trial)
    missed = [f"no kill fell into step {step}" for step in every if not steps[step]]
    figure = (
        f"{len(versions)} kills, {min(steps[step] for step in every)} or more in each of the steps to schema "
        f"{every[0]}–{every[-1]}: {versions.count(1)} times the old schema, {versions.count(SCHEMA_VERSION)} the new, "
        f"{len(bad)} between or not whole"
    )
    return Result(figure, "200 kills during each schema step: old or new, never between", (*bad, *missed))


@contextmanager
def steps_told(say: Say) -> Iterator[None]:
    """Say the number of each schema step as its first statement is executed."""
    from alembic.runtime.migration import RevisionStep

    make = RevisionStep.__init__

    def made(step: RevisionStep, *values: Any, **named: Any) -> None:
        make(step, *values, **named)
        do = step.migration_fn

        def telling(*values: Any, **named: Any) -> Any:
            say(str(int(step.revision.revision)))
            return do(*values, **named)

        step.migration_fn = telling

    RevisionStep.__init__ = made  # type: ignore[method-assign]
    try:
        yield
    finally:
        RevisionStep.__init__ = make  # type: ignore[method-assign]
