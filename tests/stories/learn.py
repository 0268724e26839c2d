"""Learn ``seeds/reader/learnt.toml`` from labelled stories: ``python -m tests.stories.learn [--check]``.

Needs scikit-learn, which is no part of the project: run it in an environment of its own. The words of a field are
weighed by logistic regression, code against the rest and both sides alike however rare the code, over all development
sets and the short texts of ``training.txt``. How far to trust cues and words is fitted on sets whose words were learnt
without them (leave one set out), most of all on sets that no cue was made for. ``--check`` writes nothing and prints
what leaving one set out, for words and trust alike, gives at the thresholds of ``thresholds.toml``. The held-out
stories are never read.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from postal_desk import paths
from postal_desk.domain.story.items import find_items
from postal_desk.domain.story.learnt import FELLOWS, FIELDS, PARTS, UNTOLD, Learnt
from postal_desk.domain.story.lexicon import LEARNT_FILE, Lexicon
from postal_desk.domain.story.meaning import hear_cues
from postal_desk.domain.story.opinion import (
    NEVER,
    confidence,
    fellowship,
    length_of,
    opinions,
    standing,
    words_by_field,
)
from postal_desk.domain.story.reader import hear
from postal_desk.domain.story.view import Taken
from tests.stories.score import DEVELOPMENT, HERE, make_lexicon

TRAINING = "training.txt"
#: Sets written after the cues, by which trust is measured.
YOUNG = DEVELOPMENT[2:]
#: How much a story says of trust: cues promise more on sets they were made for than on those written after the last.
COUNTS = {
    "dev_thirteenth.json": 2.0,
    "dev_fourteenth.json": 4.0,
    "dev_fifteenth.json": 4.0,
    "dev_sixteenth.json": 4.0,
    "dev_seventeenth.json": 4.0,
    "dev_eighteenth.json": 4.0,
    "dev_nineteenth.json": 4.0,
}
#: A word must stand in so many texts; a weight below the least is left out of the file.
OFTEN, LEAST_WEIGHT = 3, 0.6
STRENGTH, TRUST_STRENGTH = 10.0, 10.0
#: How freely a code may be trusted more or less than the others of its field; fields of many codes have too few
#: stories a code to tell.
CODE_SHARE = {"kind": 0.2, "business": 0.2}
UNKNOWN = "?"

Words = dict[str, dict[str, tuple[float, dict[str, float]]]]


@dataclass
class Sample:
    """A labelled text as the learner sees it; ``labels`` are by field, absent where nothing can be told."""

    file: str
    labels: dict[str, str]
    words: dict[str, set[str]]
    evidence: dict[str, dict[str, float]]
    decided: dict[str, str]
    odds: dict[str, dict[str, float]] = field(default_factory=dict)
    fellows: dict[str, dict[str, float]] = field(default_factory=dict)


def samples(lexicon: Lexicon) -> list[Sample]:
    """All texts to learn from."""
    made = []
    for name in DEVELOPMENT:
        for story in json.loads((HERE / name).read_text("utf-8")):
            labels = {key: story["expected"]["fields"].get(key) for key in FIELDS}
            made.append(_sample(name, story["text"], story["on"], story["staff"], labels, lexicon))
    for line in (HERE / TRAINING).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            *codes, text = line.split("|", len(FIELDS))
            labels = {key: None if code == "-" else code for key, code in zip(FIELDS, codes, strict=True)}
            made.append(_sample(TRAINING, text, "2024-06-15", [], labels, lexicon))
    return made


def _sample(
    file: str, text: str, on: str, staff: Sequence[str], labels: Mapping[str, Any], lexicon: Lexicon
) -> Sample:
    voices = hear(text, date.fromisoformat(on), staff, lexicon)
    items = find_items(voices.whole, lexicon, Taken())
    heard = hear_cues(voices.whole, voices.own, items, lexicon, bool(voices.messages))
    return Sample(
        file,
        {key: "fraud" if key == "fraud" else str(value) for key, value in labels.items() if value},
        words_by_field(voices.whole.folded, voices.own.folded),
        {key: {code: own.score for code, own in codes.items()} for key, codes in heard.evidence.items()},
        {key: str(found.value) for key, found in heard.decided.items()},
    )


def rarities(texts: Sequence[Sample]) -> dict[str, float]:
    """How rare every word is that stands in enough texts."""
    counts = Counter(word for text in texts for word in text.words["category"] | text.words["channel"])
    return {
        word: round(math.log((1 + len(texts)) / (1 + count)) + 1, 1)
        for word, count in counts.items()
        if count >= OFTEN
    }


def weigh_words(texts: Sequence[Sample], name: str, rarity: Mapping[str, float]) -> Words:
    """The words of one field, by code."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    known = [text for text in texts if text.labels.get(name) != UNKNOWN]
    order = {word: place for place, word in enumerate(sorted(rarity))}
    values, columns, starts = [], [], [0]
    for text in known:
        own = sorted(text.words[name] & rarity.keys())
        length = length_of(text.words[name], rarity)
        values += [rarity[word] / length for word in own]
        columns += [order[word] for word in own]
        starts.append(len(columns))
    table = csr_matrix((values, columns, starts), shape=(len(known), len(order)))
    codes = Counter(text.labels.get(name, UNTOLD) for text in known)
    found: dict[str, tuple[float, dict[str, float]]] = {}
    for code in sorted(code for code, count in codes.items() if count >= OFTEN):
        model = LogisticRegression(
            C=STRENGTH, solver="liblinear", class_weight="balanced", tol=1e-5, random_state=0
        )
        model.fit(table, [text.labels.get(name, UNTOLD) == code for text in known])
        weights = {
            word: round(float(model.coef_[0][place]) * rarity[word], 1) for word, place in order.items()
        }
        kept = {
            word: weight for word, weight in weights.items() if abs(weight) >= LEAST_WEIGHT * rarity[word]
        }
        # What the words left out say of a text on average goes into the start.
        left_out = [0.0 if word in kept else float(model.coef_[0][place]) for word, place in order.items()]
        start = float(model.intercept_[0]) + float((table @ left_out).mean())
        found[code] = (round(start, 2), kept)
    return {name: found}


def count_together(texts: Sequence[Sample]) -> dict[str, dict[str, dict[str, float]]]:
    """How often the codes of a field go with those of its fellow; what was never seen is not quite impossible."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    for name, fellow in FELLOWS.items():
        tables: dict[str, Counter[str]] = {}
        for text in texts:
            codes = text.labels.get(fellow, UNTOLD), text.labels.get(name, UNTOLD)
            if UNKNOWN not in codes:
                tables.setdefault(codes[0], Counter())[codes[1]] += 1
        found[name] = {
            said: {
                code: max(NEVER, round((count + 0.2) / (counts.total() + 2), 3))
                for code, count in sorted(counts.items())
                if code != UNTOLD
            }
            for said, counts in sorted(tables.items())
        }
    return found


def as_learnt(
    texts: Sequence[Sample],
    rarity: Mapping[str, float],
    words: Words,
    trust: Mapping[str, Mapping[str, float]],
) -> Learnt:
    """The words as the reader uses them."""
    says: dict[str, dict[str, tuple[tuple[str, float], ...]]] = {}
    for name, codes in words.items():
        gathered: dict[str, list[tuple[str, float]]] = {}
        for code, (_, weights) in codes.items():
            for word, weight in weights.items():
                gathered.setdefault(word, []).append((code, weight))
        says[name] = {word: tuple(said) for word, said in gathered.items()}
    start = {name: {code: own[0] for code, own in codes.items()} for name, codes in words.items()}
    return Learnt(rarity, start, says, trust, count_together(texts))


def hear_unlearnt(texts: Sequence[Sample]) -> None:
    """Give every text of a young set the opinion of words learnt without its set."""
    for file in YOUNG:
        others = [text for text in texts if text.file != file]
        rarity = rarities(others)
        words: Words = {}
        for name in FIELDS:
            words |= weigh_words(others, name, rarity)
        learnt = as_learnt(others, rarity, words, {})
        for text in texts:
            if text.file == file:
                text.odds = {name: opinions(text.words[name], name, learnt) for name in FIELDS}
                text.fellows = {name: fellowship(name, text.odds, learnt) for name in FIELDS}


def stand(text: Sample, name: str) -> list[tuple[str, tuple[float, ...]]]:
    """How the codes of a field stand, as the reader would see it."""
    return list(standing(text.evidence[name], text.odds[name], text.decided.get(name), text.fellows[name]))


def fit_trust(texts: Iterable[Sample], name: str) -> dict[str, float]:
    """How much each part of the standing says, from texts with an opinion of words learnt without them."""
    from sklearn.linear_model import LogisticRegression

    texts, share = list(texts), CODE_SHARE.get(name, 0.0)
    codes = sorted({code for text in texts for code in (*text.evidence[name], *text.odds[name])} - {UNTOLD})
    rows, right, counts = [], [], []
    for text in texts:
        for code, numbers in stand(text, name):
            rows.append([*numbers, *(share * (own == code) for own in codes)])
            right.append(text.labels.get(name) == code)
            counts.append(COUNTS.get(text.file, 1.0))
    model = LogisticRegression(C=TRUST_STRENGTH, solver="newton-cholesky", max_iter=1000, tol=1e-8)
    model.fit(rows, right, counts)
    weights = [round(float(weight), 2) for weight in model.coef_[0]]
    own = {
        code: round(share * weight, 2)
        for code, weight in zip(codes, weights[len(PARTS) :], strict=True)
        if share
    }
    trust = dict(zip(PARTS, weights[: len(PARTS)], strict=True))
    return {"start": round(float(model.intercept_[0]), 2), **trust, **own}


def confidences(texts: Sequence[Sample], name: str) -> list[tuple[float, bool, bool]]:
    """Confidence, right, labelled of the likeliest code of every text, its set left out of words and trust."""
    made = []
    for file in YOUNG:
        trust = fit_trust((text for text in texts if text.file in YOUNG and text.file != file), name)
        for text in (text for text in texts if text.file == file):
            sure, code = max((confidence(trust, code, numbers), code) for code, numbers in stand(text, name))
            made.append((sure, text.labels.get(name) == code, name in text.labels))
    return made


def check(texts: Sequence[Sample], lexicon: Lexicon) -> None:
    """Print precision and recall of every field with the set left out, at several thresholds."""
    for name in FIELDS:
        made = confidences(texts, name)
        there = sum(labelled for _, _, labelled in made)
        set_to = lexicon.number("thresholds", "propose", name, 1.0)
        for least in sorted({0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, set_to}):
            right = sum(is_right for sure, is_right, _ in made if sure >= least)
            all_of_them = sum(sure >= least for sure, _, _ in made)
            mark = " <" if least == set_to else ""
            sys.stdout.write(
                f"{name:9} {least:.2f} precision {right / max(all_of_them, 1):.3f} recall {right / there:.3f} "
                f"wrong {all_of_them - right}{mark}\n"
            )


def written(learnt: Learnt, words: Words) -> str:
    """The file: words listed under their number, the weightiest first."""
    lines = [
        "# Words that spoke for or against a code in labelled stories, and how far to trust cues and words together.",
        "# Written by tests/stories/learn.py; correct the stories it learns from rather than this file.",
    ]
    for name in FIELDS:
        lines += [
            "",
            f"[trust.{name}]",
            *(
                f"{part if part.isalpha() else repr(part)} = {number}"
                for part, number in learnt.trust[name].items()
            ),
        ]
    for name, tables in learnt.together.items():
        lines += ["", f"[together.{name}]"]
        for said, shares in tables.items():
            listed = ", ".join(
                f"{code if code.isalpha() else repr(code)} = {share}" for code, share in shares.items()
            )
            lines.append(f"{said if said.isalpha() else repr(said)} = {{ {listed} }}")
    lines += ["", "[rarity]", *_listed(learnt.rarity)]
    for name in FIELDS:
        for code, (start, weights) in words[name].items():
            lines += ["", f'[{name}."{code}"]', f"start = {start}", *_listed(weights)]
    return "\n".join(lines) + "\n"


def _listed(weights: Mapping[str, float]) -> list[str]:
    groups: dict[float, list[str]] = {}
    for word, weight in weights.items():
        groups.setdefault(weight, []).append(word)
    return [
        f"\"{weight}\" = '''{'、'.join(sorted(groups[weight]))}'''" for weight in sorted(groups, reverse=True)
    ]


def main(arguments: list[str]) -> int:
    """Learn, and write the file or print the check."""
    lexicon = make_lexicon()
    texts = samples(lexicon)
    hear_unlearnt(texts)
    if "--check" in arguments:
        check(texts, lexicon)
        return 0
    rarity = rarities(texts)
    words: Words = {}
    for name in FIELDS:
        words |= weigh_words(texts, name, rarity)
    trust = {name: fit_trust((text for text in texts if text.file in YOUNG), name) for name in FIELDS}
    target = paths.seeds() / "reader" / f"{LEARNT_FILE}.toml"
    target.write_text(written(as_learnt(texts, rarity, words, trust), words), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
