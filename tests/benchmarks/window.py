"""The window: first paint, filled list, a million rows, and how long its thread is ever held."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks import desks
from tests.benchmarks.report import Figure


def _child(what: str, path: Path, home: Path) -> dict[str, float]:
    """One start in a process of its own, with a home of its own."""
    environment = {
        **_with_bytecode(home),
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "QT_QPA_PLATFORM": "offscreen",
        "BEGAN": repr(time.time()),
    }
    command = [sys.executable, "-m", "tests.benchmarks.first_paint", what, str(path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode:
        raise RuntimeError(f"{what}: {done.stderr[-2000:]}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _with_bytecode(home: Path) -> dict[str, str]:
    """The environment with compiled modules kept (outside the tree), as they are in every installed program."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(home / "bytecode")}


def _medians(jobs: dict[str, tuple[str, Path]], times: int) -> dict[str, dict[str, float]]:
    """Each job in turns, so that noise falls on all; medians of what they print. The first round only warms up."""
    with tempfile.TemporaryDirectory() as home:
        rounds = [
            {name: _child(what, path, Path(home)) for name, (what, path) in jobs.items()}
            for _ in range(times + 1)
        ][1:]
    return {
        name: {key: median(found[name][key] for found in rounds) for key in rounds[0][name]} for name in jobs
    }


def start(folder: Path, cases: int, quick: bool) -> Iterator[Figure]:
    """First paint against a bare window; filled list against PySide6 with SQLAlchemy Core and 100 rows."""
    path = desks.desk_path(folder, cases)
    with tempfile.TemporaryDirectory() as place:
        plain = Path(place) / "plain.db"
        _plain_rows(plain)
        found = _medians(
            {"ours": ("ours", path), "bare": ("bare", plain), "core": ("core", plain)}, 2 if quick else 9
        )
    ours, bare, core = found["ours"], found["bare"], found["core"]
    yield Figure("first paint, against a bare window with an empty table", ours["paint"], bare["paint"], 1.5)
    yield Figure(
        "list filled, against PySide6 + SQLAlchemy Core, 100 rows", ours["filled"], core["filled"], 1.5
    )


def _plain_rows(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE cases (number TEXT, subject TEXT, customer TEXT, status TEXT)")
    rows = [(f"2019-07-{n:04d}", "挂号信寄出半月无回音", "王**", "closed") for n in range(100)]
    connection.executemany("INSERT INTO cases VALUES (?, ?, ?, ?)", rows)
    connection.commit()
    connection.close()


def big_list(folder: Path, cases: tuple[int, int], quick: bool) -> Iterator[Figure]:
    """The window on many cases against the window on few: filled list and memory, then jumps inside the list."""
    few, many = cases
    small, large = desks.desk_path(folder, few), desks.desk_path(folder, many)
    found = _medians({"many": ("ours", large), "few": ("ours", small)}, 2 if quick else 5)
    yield Figure(
        f"list filled at {many:,} against {few:,}", found["many"]["filled"], found["few"]["filled"], 2
    )
    jumps = {}
    memory = {}
    for name, path in (("many", large), ("few", small)):
        jumps[name], memory[name] = _jumps(path, 5 if quick else 20)
    yield Figure(f"jump to any place, painted, at {many:,} against {few:,}", jumps["many"], jumps["few"], 2)
    yield Figure(
        f"memory after {5 if quick else 20} jumps at {many:,} against {few:,}",
        memory["many"],
        memory["few"],
        60,
        unit="MB",
        difference=True,
    )


def _jumps(path: Path, times: int) -> tuple[float, float]:
    command = [sys.executable, "-m", "tests.benchmarks.window_work", "jumps", str(path), str(times)]
    return tuple(_work(command))


def responsive(folder: Path, sizes: tuple[int, int], quick: bool) -> Iterator[Figure]:
    """The longest work of the window's thread while the program saves, searches and summarises, and how long the
    window is held: by that, by the other threads, and by whatever else the machine does.
    """
    for cases in sorted(set(sizes)):
        path = desks.desk_path(folder, cases)
        command = [sys.executable, "-m", "tests.benchmarks.window_work", "held", str(path)]
        (idle, _, _), *found = _work([*command, str(3 if quick else 10)])
        for name, (held, queued, work) in zip(("saving", "searching", "summarising"), found, strict=True):
            what = f"of the window's thread, {name} at {cases:,}"
            yield Figure(f"longest work {what}", work, 0.016, 1, note="limit 16 ms")
            note = f"limit 16 ms; {queued * 1000:.1f} ms of it while other programs had the processor"
            yield Figure(
                f"longest hold {what}",
                held,
                0.016,
                1,
                note=f"{note}; {idle * 1000:.1f} ms with nothing to do",
            )


def _work(command: list[str]) -> list[Any]:
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **_with_bytecode(Path(home)),
            "HOME": home,
            "XDG_CONFIG_HOME": f"{home}/config",
            "XDG_DATA_HOME": f"{home}/data",
            "XDG_CACHE_HOME": f"{home}/cache",
            "QT_QPA_PLATFORM": "offscreen",
        }
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=600
        )
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    numbers: list[Any] = json.loads(done.stdout.splitlines()[-1])
    return numbers
