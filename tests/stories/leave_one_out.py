"""Whether a least confidence holds elsewhere: ``python -m tests.stories.leave_one_out [FIELD …]``.

For every field the least confidence is chosen on all development sets but one, as the lowest at which the precision
reaches the goal, and measured on the set left out; each set is left out in turn.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence

from tests.stories.score import DEVELOPMENT, HERE, make_lexicon, read, same_field

GOAL = 0.95
FIELDS = ("customer.name", "items.posted_on", "remedy")

Findings = list[tuple[float, bool]]


def findings(field: str) -> dict[str, tuple[Findings, int]]:
    """For each set: the confidence of every value found and whether it is right, and how many are expected."""
    lexicon = make_lexicon()
    found: dict[str, tuple[Findings, int]] = {}
    for name in DEVELOPMENT:
        own: Findings = []
        expected = 0
        for story in json.loads((HERE / name).read_text("utf-8")):
            wanted, got = story["expected"]["fields"].get(field), read(story, lexicon).fields.get(field)
            expected += wanted is not None
            if got is not None:
                own.append((got.confidence, same_field(field, wanted, got, story["text"])))
        found[name] = (own, expected)
    return found


def least(sets: Sequence[Findings]) -> float:
    """The lowest confidence from which on the precision reaches the goal; 1 if none does."""
    together = [one for own in sets for one in own]
    for level in sorted({round(sure, 2) for sure, _ in together}):
        kept = [right for sure, right in together if sure >= level - 0.005]
        if sum(kept) >= GOAL * len(kept):
            return level
    return 1.0


def table(field: str, found: Mapping[str, tuple[Findings, int]]) -> str:
    """A line for each set left out, and one for all together."""
    lines = [f"{field:22} {'least':>6} {'precision':>9} {'recall':>7}"]
    right = kept = wanted = 0
    for name, (own, expected) in found.items():
        level = least([others for other, (others, _) in found.items() if other != name])
        taken = [ok for sure, ok in own if sure >= level - 0.005]
        right, kept, wanted = right + sum(taken), kept + len(taken), wanted + expected
        shown = sum(taken) / len(taken) if taken else 0.0
        lines.append(f"  without {name:14} {level:>4.2f} {shown:>9.3f} {sum(taken) / max(expected, 1):>7.3f}")
    lines.append(f"  {'together':22} {'':>4} {right / max(kept, 1):>9.3f} {right / max(wanted, 1):>7.3f}")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Print a table for every field."""
    for field in arguments or FIELDS:
        sys.stdout.write(table(field, findings(field)) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
