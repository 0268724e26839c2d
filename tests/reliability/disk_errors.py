"""A disk that refuses: an error at every write and sync call of a session, and a disk that is really full."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from postal_desk.services.cases import add_cases
from postal_desk.services.desk import Desk, open_desk
from postal_desk.services.faults import EnvironmentFault
from postal_desk.services.room import keep_reserve, use_reserve
from tests.reliability.harness import Bench, CannotRun, Child, Result, sample_case, standing

CASES = 15
Say = Callable[[str], None]


def write_errors(bench: Bench) -> Result:
    """Run :func:`main` below under the shim: it must be in the process before its first write."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        raise CannotRun("no C compiler for the fault shim")
    library = bench.folder / "shim.so"
    source = Path(__file__).with_name("shim.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    bench.desk_folder("desk")  # makes the template
    command = [sys.executable, "-m", "tests.reliability.disk_errors", str(bench.folder), str(bench.trials)]
    environment = {**os.environ, "LD_PRELOAD": str(library)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        answers = [json.loads(line) for line in process.stdout if (bench.tell(0), True)[1]]
    if process.returncode != 0:
        raise RuntimeError(f"the session under the shim ended with {process.returncode}")
    calls, bad = answers[0]["calls"], [line for answer in answers[1:] for line in answer["bad"]]
    tried = len(answers) - 1
    return Result(
        f"{tried} errors over {calls} calls of a {CASES}-case session, {len(bad)} corrupt or falsely saved",
        "ENOSPC and EIO at every call: 0 corrupt, 0 false “saved”",
        tuple(bad),
    )


def disk_full(bench: Bench) -> Result:
    """A file system of 4 MB fills up while cases are saved; out of it by the reserve, and by making room."""
    place = bench.folder / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode != 0:
        raise CannotRun("a tmpfs can't be mounted here")
    try:
        shutil.copytree(bench.desk_folder("desk"), place / "desk")
        full = _Full(place, bench)
        full.fill()
        full.form()
        full.out()
        bench.tell(0)
    finally:
        subprocess.run(["umount", str(place)], check=True)
    return Result(
        f"full after {full.first} cases, {full.by_reserve} more from the reserve, {len(full.saved)} in all once there "
        f"was room; {len(full.bad)} faults",
        "on a 4 MB disk nothing saved is lost, the form stays filled, and there is a way out",
        tuple(full.bad),
    )


class _Full:
    """The small disk, on its way into fullness and out again."""

    def __init__(self, place: Path, bench: Bench) -> None:
        self.place, self.desk = place, place / "desk"
        self.junk = place / "something else"
        self.saved, self.bad = set[str](), list[str]()
        self.first = self.by_reserve = 0

    def fill(self) -> None:
        """Until the floor, then to the last byte by another program, until the reserve is used up, and again."""
        with open_desk(self.desk) as desk:
            keep_reserve(desk)
            self.first = self._save_all(desk, "f")
            self._to_the_last_byte()
            if not use_reserve(desk).free:
                self.bad.append("the reserve gave no room")
            self.by_reserve = self._save_all(desk, "r")
            if not self.by_reserve:
                self.bad.append("nothing could be saved with the reserve")
            self._to_the_last_byte()
            if self._save_all(desk, "n"):
                self.bad.append("saved on a full disk")
        self.bad += standing(self.desk, self.saved)

    def _to_the_last_byte(self) -> None:
        with contextlib.suppress(OSError), self.junk.open("ab", buffering=0) as stream:
            while stream.write(bytes(4096)):
                pass

    def form(self) -> None:
        """The window on the full disk: a typed case is refused with a sentence and stays in its form."""
        command = [sys.executable, "-m", "tests.reliability.full_form", str(self.desk)]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
        if done.returncode:
            self.bad.append(f"the window on the full disk: {done.stdout[-300:]}{done.stderr[-300:]}")

    def out(self) -> None:
        """Room again: the same desk takes the next case."""
        self.junk.unlink()
        subprocess.run(["mount", "-o", "remount,size=16m", str(self.place)], check=True)
        with open_desk(self.desk) as desk:
            add_cases(desk, [sample_case(desk, "after")])
        self.saved.add("after")
        self.bad += standing(self.desk, self.saved)

    def _save_all(self, desk: Desk, prefix: str) -> int:
        for at in range(10_000):
            try:
                add_cases(desk, [sample_case(desk, f"{prefix}{at}", 4000)])
            except EnvironmentFault as fault:
                if type(fault).__name__ != "DiskFull":
                    self.bad.append(f"said {type(fault).__name__}: {fault}")
                return at
            self.saved.add(f"{prefix}{at}")
        self.bad.append("never full")
        return 0


def _session(folder: Path, say: Say, shim: ctypes.CDLL, fail_at: int, number: int, lasting: bool) -> None:
    shim.fault_arm(str(folder).encode(), ctypes.c_long(fail_at), number, int(lasting))
    try:
        with open_desk(folder) as desk:
            for at in range(CASES):
                try:
                    add_cases(desk, [sample_case(desk, f"s{at}")])
                except EnvironmentFault:
                    continue  # told, and the user tries the next
                say(f"s{at}")
    except EnvironmentFault:
        say("fault")  # an opening that is refused with a sentence
    finally:
        say(f"calls {shim.fault_seen()}")


def main(folder: Path, trials: int) -> None:
    """Under the shim: count the calls of a session, then let each (or ``trials`` of them) fail with each error."""
    shim = ctypes.CDLL("")
    bench = Bench(folder, trials, print)
    bench._template = folder / "template"
    desk = bench.desk_folder("session")
    calls = int(Child(lambda say: _session(desk, say, shim, -1, 0, False)).lines()[-1].split()[1])
    print(json.dumps({"calls": calls}), flush=True)
    # once, as a bad sector, and from then on, as a full disk: in turn
    ways = [(n, e, bool((n + (e == errno.EIO)) % 2)) for n in range(calls) for e in (errno.ENOSPC, errno.EIO)]
    if trials:
        ways = bench.random.sample(ways, min(trials, len(ways)))
    for fail_at, number, lasting in ways:
        desk = bench.desk_folder("session")
        lines = Child(
            lambda say, d=desk, n=fail_at, e=number, k=lasting: _session(d, say, shim, n, e, k)
        ).lines()
        acknowledged = {line for line in lines if line.startswith("s")}
        bad = standing(desk, acknowledged)
        if not lines or not lines[-1].startswith("calls"):
            bad.append("the session ended without a word")
        where = f"call {fail_at} {errno.errorcode[number]}{' lasting' if lasting else ''}: "
        print(json.dumps({"bad": [where + line for line in bad]}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
