"""Precision and recall: ``python -m tests.stories.score [FILE | --held-out | --validation] [--errors]``.

Without a file all development sets are scored; ``--held-out`` and ``--validation`` score the sealed ones. A value found
that is not the expected one counts against precision, an expected value not found against recall. ``--errors`` lists
every difference; it is for stories that rules may be tuned on and refuses the sealed files.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from postal_desk import paths
from postal_desk.domain.story import FIELD_NAMES, Found, Lexicon, Reading, read_story, reading_to_json
from postal_desk.store.seeding import load_rules

HERE = Path(__file__).parent
HELD_OUT = "held_out.json"
VALIDATION = "validation.json"
#: Never looked at: only their totals are printed.
SEALED = (HELD_OUT, VALIDATION)
DEVELOPMENT = (
    "dev.json",
    "dev_second.json",
    "dev_third.json",
    "dev_fourth.json",
    "dev_fifth.json",
    "dev_sixth.json",
    "dev_seventh.json",
    "dev_eighth.json",
    "dev_ninth.json",
    "dev_tenth.json",
    "dev_eleventh.json",
    "dev_thirteenth.json",
    "dev_fourteenth.json",
    "dev_fifteenth.json",
    "dev_sixteenth.json",
    "dev_seventeenth.json",
    "dev_eighteenth.json",
    "dev_nineteenth.json",
)
LISTS = ("items", "phones", "dates", "amounts", "steps")
#: proposed by the reader, but a matter of taste
NOT_SCORED = ("subject",)


@dataclass
class Tally:
    """How often a field was right, wrongly proposed and missed, over all findings and over the firm ones."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    firm_right: int = 0
    firm_wrong: int = 0

    def add(self, other: Tally) -> None:
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed
        self.firm_right += other.firm_right
        self.firm_wrong += other.firm_wrong

    @property
    def precision(self) -> float | None:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def firm_precision(self) -> float | None:
        return (
            self.firm_right / (self.firm_right + self.firm_wrong)
            if self.firm_right + self.firm_wrong
            else None
        )


@dataclass
class Score:
    """Tallies by field and list, and every difference in words."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)

    def count(
        self, name: str, *, right: bool = False, wrong: bool = False, missed: bool = False, firm: bool = True
    ) -> None:
        tally = self.tallies.setdefault(name, Tally())
        tally.right += right
        tally.wrong += wrong
        tally.missed += missed
        tally.firm_right += right and firm
        tally.firm_wrong += wrong and firm

    @property
    def overall(self) -> Tally:
        total = Tally()
        for tally in self.tallies.values():
            total.add(tally)
        return total


def make_lexicon() -> Lexicon:
    """The lexicon of the seeds."""
    rules = load_rules(paths.seeds())
    return Lexicon.from_seeds(rules.reader, rules)


def read(story: Mapping[str, Any], lexicon: Lexicon) -> Reading:
    """Read one story of a file."""
    return read_story(
        story["text"], date.fromisoformat(story["on"]), lexicon, story["outlets"], story["staff"]
    )


def score(stories: list[dict[str, Any]], lexicon: Lexicon) -> Score:
    """Compare the reading of every story with what is expected."""
    total = Score()
    for story in stories:
        reading = read(story, lexicon)
        _score_fields(story, reading, total)
        _score_lists(story, reading, total)
    return total


def _score_fields(story: Mapping[str, Any], reading: Reading, total: Score) -> None:
    found = reading_to_json(reading)["fields"]
    assert isinstance(found, dict)
    expected = story["expected"]["fields"]
    for name in FIELD_NAMES:
        if name in NOT_SCORED or (name not in expected and name not in found):
            continue
        wanted, got = expected.get(name), found.get(name)
        same = got is not None and wanted is not None and _same(name, wanted, got, story["text"])
        firm = name not in reading.suggestions
        total.count(
            name,
            right=same,
            wrong=got is not None and not same,
            missed=wanted is not None and not same,
            firm=firm,
        )
        if not same:
            shown = (
                "nothing"
                if got is None
                else f"{got['value']!r} ({got['confidence']}{'' if firm else ', suggested'})"
            )
            total.differences.append(f"{story['id']} {name}: expected {wanted!r}, found {shown}")


def _same(name: str, wanted: Any, got: Mapping[str, Any], text: str) -> bool:
    if name == "remedy":
        return any(
            start < got["at"][1] and got["at"][0] < start + len(wanted) for start in _places(wanted, text)
        )
    if isinstance(wanted, list):
        return sorted(wanted) == sorted(got["value"])
    return bool(wanted == got["value"])


def same_field(name: str, wanted: Any, got: Found, text: str) -> bool:
    """True if a field is what is expected."""
    plain = reading_to_json(Reading(text, {name: got}))["fields"]
    assert isinstance(plain, dict)
    return wanted is not None and _same(name, wanted, plain[name], text)


def _places(wanted: str, text: str) -> Iterator[int]:
    start = text.find(wanted)
    while start >= 0:
        yield start
        start = text.find(wanted, start + 1)


def _score_lists(story: Mapping[str, Any], reading: Reading, total: Score) -> None:
    expected = story["expected"]
    pairs = {
        "items": (
            [(i["number"], i["check"]) for i in expected["items"]],
            [(i.number, i.check) for i in reading.items],
        ),
        "phones": (
            [(p["number"], p["whose"]) for p in expected["phones"]],
            [(p.number, p.whose) for p in reading.phones],
        ),
        "dates": ([d["date"] for d in expected["dates"]], [d.day.isoformat() for d in reading.dates]),
        "amounts": (list(expected["amounts"]), [f"{a.amount:.2f}" for a in reading.amounts]),
    }
    if "steps" in expected or reading.steps:
        pairs["steps"] = ([str(expected.get("steps", 0))], [str(len(reading.steps))] if reading.steps else [])
        if "steps" not in expected:
            pairs["steps"][0].clear()
    for name, (wanted, got) in pairs.items():
        for value in dict.fromkeys([*wanted, *got]):
            total.count(
                name,
                right=value in wanted and value in got,
                wrong=value not in wanted,
                missed=value not in got,
            )
            if value not in wanted or value not in got:
                total.differences.append(
                    f"{story['id']} {name}: {'missed' if value in wanted else 'wrong'} {value}"
                )


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"


def table(total: Score) -> str:
    """The tallies as text: precision and recall of all findings, and the precision of those filled in firmly."""
    lines = [
        f"{'field':22} {'precision':>9} {'recall':>7} {'firm precision':>15} {'right':>6} {'wrong':>6} {'missed':>6}"
    ]
    order = [name for name in (*FIELD_NAMES, *LISTS) if name in total.tallies]
    for name, tally in [*((name, total.tallies[name]) for name in order), ("overall", total.overall)]:
        lines.append(
            f"{name:22} {_share(tally.precision):>9} {_share(tally.recall):>7} {_share(tally.firm_precision):>15} "
            f"{tally.right:6} {tally.wrong:6} {tally.missed:6}"
        )
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Print a table for every file asked for; exit 2 for a wrong command line."""
    flags = {argument for argument in arguments if argument.startswith("-")}
    named = [Path(argument) for argument in arguments if not argument.startswith("-")]
    sealed = [
        name for flag, name in (("--held-out", HELD_OUT), ("--validation", VALIDATION)) if flag in flags
    ]
    if flags - {"--errors", "--held-out", "--validation"} or len(named) + len(sealed) > 1:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    files = named or [HERE / name for name in (sealed or DEVELOPMENT)]
    errors = "--errors" in flags
    if errors and any(file.name in SEALED for file in files):
        sys.stderr.write("The sealed stories are never tuned on, so their differences are not listed.\n")
        return 2
    lexicon = make_lexicon()
    for file in files:
        total = score(json.loads(file.read_text("utf-8")), lexicon)
        sys.stdout.write(f"{file.name}\n{table(total)}\n")
        if errors:
            sys.stdout.write("\n".join(total.differences) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
