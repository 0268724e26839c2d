"""``python -m tests.benchmarks``: every figure of the project as a ratio within this run.

``--quick`` uses small desks and must only finish; without it desks of 10,000, 100,000 and 1,000,000 cases are made
once in ``--folder`` (a million takes about ten minutes and 4 GB) and kept for the next run.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks.report import Figure, print_all

Benchmark = Callable[[Path, bool], Iterator[Figure]]


def benchmarks(big: int) -> dict[str, Benchmark]:
    """The benchmarks by name; ``big`` bounds the desks that are used."""
    from tests.benchmarks import copying, daily, effects, figures, ledgers, opening, saving, searching, window

    few = min(10_000, max(1000, big // 10))
    return {
        "start": lambda folder, quick: window.start(folder, few, quick),
        "list": lambda folder, quick: searching.lists(folder, (few, big), quick),
        "window": lambda folder, quick: window.big_list(folder, (few, big), quick),
        "search": lambda folder, quick: (
            figure
            for count in sorted({few, min(100_000, big), big})
            for figure in searching.search(folder, count, quick)
        ),
        "open": lambda folder, quick: opening.with_password(folder, few, quick),
        "today": lambda folder, quick: daily.days(folder, (few, big), quick),
        "similar": lambda folder, quick: daily.similar(folder, min(100_000, big), quick),
        "save": saving.one_case,
        "demo": saving.many,
        "month": lambda folder, quick: figures.month(folder, min(100_000, big), quick),
        "effects": lambda folder, quick: effects.against_sql(folder, min(100_000, big), quick),
        "verdicts": effects.verdicts,
        "workbook": lambda folder, quick: figures.workbook(folder, few, quick),
        "copy": lambda folder, quick: copying.verified_copy(folder, min(100_000, big), quick),
        "encryption": lambda folder, quick: copying.encryption(folder, min(100_000, big), quick),
        "ledger": ledgers.ledger,
        "responsive": lambda folder, quick: window.responsive(folder, (min(100_000, big), big), quick),
    }


def main() -> int:
    """Run the named benchmarks, all by default; the exit code tells whether they finished, not how they did."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help="benchmarks to run (default: all)")
    parser.add_argument("--quick", action="store_true", help="small desks, few repetitions")
    parser.add_argument("--cases", type=int, default=1_000_000, help="size of the big desk")
    parser.add_argument("--folder", type=Path, help="where desks are kept (default: a temporary folder)")
    wanted = parser.parse_args()
    known = benchmarks(2_000 if wanted.quick else wanted.cases)
    if unknown := set(wanted.names) - set(known):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as temporary:
        folder = wanted.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        print(f"{'':4}{'':<58} {'ours':>10} {'limit':>10}")
        seen = [
            figure
            for name, benchmark in known.items()
            if not wanted.names or name in wanted.names
            for figure in print_all(benchmark(folder, wanted.quick))
        ]
    print(f"{sum(figure.met for figure in seen)} of {len(seen)} goals met in this run")
    return 0


if __name__ == "__main__":
    sys.exit(main())
