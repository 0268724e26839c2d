"""``python -m tests.reliability``: every line of the guarantees, against the program's own save path.

``--quick`` (the default) is the short run, ``--full`` the one whose figures stand in RESULTS.md. A harness that can't
run here fails unless ``--allow-missing`` names it.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlcipher3 import dbapi2

from postal_desk import __version__
from postal_desk.store.engine import SCHEMA_VERSION
from tests.reliability import (
    attaching,
    damage,
    disk_errors,
    hostile,
    hostile_ledgers,
    kills,
    passwords,
    personal_data,
    results,
    window,
)
from tests.reliability.harness import Bench, CannotRun, Result

#: name → harness, trials of the short run, trials of the full one (0 for the write errors: every call)
HARNESSES: dict[str, tuple[Callable[[Bench], Result], int, int]] = {
    "entering": (kills.entering, 30, 1000),
    "typing": (window.typing, 2, 200),
    "write-errors": (disk_errors.write_errors, 16, 0),
    "disk-full": (disk_errors.disk_full, 1, 1),
    "flipped-bits": (damage.flipped_bits, 60, 2000),
    "silent-rollback": (damage.silent_rollback, 8, 200),
    "copying": (kills.copying, 8, 100),
    "exporting": (kills.exporting, 12, 500),
    "double-starts": (kills.double_starts, 20, 100),
    "upgrading": (kills.upgrading, 2, 200),
    "hostile-xlsx": (hostile.of("xlsx"), 100, 10_000),
    "hostile-csv": (hostile.of("csv"), 100, 10_000),
    "hostile-json": (hostile.of("json"), 300, 10_000),
    "hostile-copy": (hostile.of("copy"), 100, 10_000),
    "attaching": (attaching.attaching, 10, 300),
    "passwords": (passwords.changing, 6, 300),
    "ledger-xlsx": (hostile_ledgers.xlsx, 150, 10_000),
    "ledger-csv": (hostile_ledgers.csv, 150, 10_000),
    "canaries": (personal_data.canaries, 1, 1),
}
RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> int:
    """Run what is asked for; the exit code is 1 if any goal is missed or a harness could not run."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description=__doc__)
    parser.add_argument(
        "names", nargs="*", choices=[*HARNESSES, []], metavar="NAME", help=", ".join(HARNESSES)
    )
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--full", action="store_true")
    size.add_argument("--quick", action="store_true")
    parser.add_argument("--allow-missing", nargs="*", default=[], metavar="NAME", choices=list(HARNESSES))
    parser.add_argument("--write", action="store_true", help="write the figures into RESULTS.md")
    asked = parser.parse_args()
    about = (
        f"Postal Desk {__version__}, schema {SCHEMA_VERSION}, SQLite {dbapi2.sqlite_version}, "
        f"Python {platform.python_version()}, {platform.system()} {platform.release()}, {date.today()}"
    )
    print(about)
    failed = []
    for name in asked.names or HARNESSES:
        met, row = _run(name, asked.full, asked.allow_missing)
        failed += [] if met else [name]
        if asked.write:
            results.write(RESULTS, name, row, list(HARNESSES), about, asked.full)
    print("all goals met" if not failed else f"FAILED: {', '.join(failed)}")
    return 1 if failed else 0


def _run(name: str, full: bool, allowed: list[str]) -> tuple[bool, str]:
    """Run one harness in places of its own; whether its goal is met, and what RESULTS.md says of it."""
    harness, quick_trials, full_trials = HARNESSES[name]
    trials = full_trials if full else quick_trials
    done, began = 0, time.monotonic()

    def tell(_trial: int) -> None:
        nonlocal done
        done += 1
        if sys.stderr.isatty():
            share = min(1.0, done / trials) if trials else 0.0
            bar = "█" * round(24 * share) + "·" * (24 - round(24 * share))
            print(
                f"\r{name:<16} {bar} {done}{f'/{trials}' if trials else ''} ",
                end="",
                file=sys.stderr,
                flush=True,
            )

    with tempfile.TemporaryDirectory(prefix="reliability-") as folder:
        for place in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            os.environ[place] = f"{folder}/.{place.lower()}"
        try:
            result = harness(Bench(Path(folder), trials, tell))
        except CannotRun as reason:
            print(f"{'-' if name in allowed else '✗'} {name}: can't run: {reason}")
            return name in allowed, f"not run: {reason} | |"
        except Exception as error:  # a harness with a fault must not hide the others
            traceback.print_exc()
            print(f"✗ {name}: broke off")
            return False, f"broke off: {type(error).__name__} | |"
    took = time.monotonic() - began
    print(
        f"{'✗' if result.bad else '✓'} {name}: {result.figure} · goal: {result.goal} · {took:.0f} s",
        flush=True,
    )
    for line in result.bad[:10]:
        print(f"    {line}")
    return not result.bad, f"{'✗ ' if result.bad else ''}{result.figure} | {result.goal} | {took:.0f} s"


if __name__ == "__main__":
    sys.exit(main())
