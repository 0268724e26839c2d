"""Kind, category, business, channel and fraud: what the words of a story speak for, each field helping the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from postal_desk.domain.story.evidence import NOTHING, Evidence, confidence, decide, weigh
from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.reading import Found, ItemFound
from postal_desk.domain.story.view import View

#: From this evidence on a code speaks for codes of the other field, with all its weight from ``FULL`` on.
LEAST, FULL = 2.0, 4.0


def read_meaning(
    view: View, own: View, items: Sequence[ItemFound], lexicon: Lexicon, is_chat: bool
) -> dict[str, Found]:
    """The coded fields. ``own`` holds the customer's words only (the same as ``view`` unless it is a chat)."""
    found: dict[str, Found] = {}
    kinds, categories = (
        weigh(own, lexicon.cues["kind"], lexicon),
        weigh(view, lexicon.cues["category"], lexicon),
    )
    fraud = _fraud(view, lexicon)
    if fraud:
        found["fraud"] = fraud
    kinds_linked = link(kinds, categories, "category_says_kind", lexicon)
    categories_linked = link(categories, kinds, "kind_says_category", lexicon)
    for name, evidence in (
        ("kind", kinds_linked),
        ("category", categories_linked),
        ("business", _business(view, items, lexicon)),
    ):
        decided = decide(evidence, name, lexicon)
        if decided:
            found[name] = decided
    for kind, least in lexicon.numbers["thresholds"]["decisive"].items():
        if kind in kinds and kinds[kind].score >= least:
            found["kind"] = Found(kind, kinds[kind].at, confidence(kinds[kind].score, kinds[kind].score))
            break
    _settle(found, lexicon)
    channel = _channel(view, kinds, lexicon, is_chat)
    if channel:
        found["channel"] = channel
    return found


def _settle(found: dict[str, Found], lexicon: Lexicon) -> None:
    """Drop what does not go together: savings have no category of delivery, a swindler's “parcel” is none."""
    business, category = found.get("business"), found.get("category")
    if business is None or category is None:
        return
    barred = lexicon.number("thresholds", "business_bars_category", f"{business.value}>{category.value}", 0.0)
    if barred and category.confidence < barred:
        del found["category"]
    if lexicon.number("thresholds", "business_bars_category", f"{business.value} in {category.value}", 0.0):
        del found["business"]


def link(
    evidence: Mapping[str, Evidence], other: Mapping[str, Evidence], table: str, lexicon: Lexicon
) -> dict[str, Evidence]:
    """Evidence with what the other field adds.

    ``thresholds.toml`` says which code speaks for which, and how much at most; a code whose own evidence is weak,
    or weaker than another's, adds less.
    """
    linked = dict(evidence)
    top = max((item.score for item in other.values()), default=0.0)
    shares: dict[str, tuple[float, str]] = {}
    for pair, most in lexicon.numbers["thresholds"][table].items():
        said, _, meant = pair.partition(">")
        score = other[said].score if said in other else 0.0
        share = most * min(1.0, score / FULL) * score / top if score >= LEAST else 0.0
        if share > shares.get(meant, (0.0, ""))[0]:
            shares[meant] = (share, said)
    for meant, (share, said) in shares.items():
        linked[meant] = linked.get(meant, Evidence(0.0, other[said].at)).plus(share)
    return linked


def _business(view: View, items: Sequence[ItemFound], lexicon: Lexicon) -> dict[str, Evidence]:
    evidence = weigh(view, lexicon.cues["business"], lexicon)
    table = lexicon.numbers["thresholds"]["item_says_business"]
    added: set[str] = set()
    for item in items:
        for pair, weight in table.items():
            prefix, _, code = pair.partition(">")
            if item.number.startswith(prefix) and code not in added:
                added.add(code)
                evidence[code] = evidence.get(code, Evidence(0.0, item.at)).plus(weight)
    return evidence


def _fraud(view: View, lexicon: Lexicon) -> Found | None:
    evidence = weigh(view, lexicon.cues["fraud"], lexicon).get("fraud", NOTHING)
    if evidence.score < lexicon.number("thresholds", "score", "fraud", 4.0):
        return None
    return Found(True, evidence.at, confidence(evidence.score - 1.0, evidence.score - 1.0))


def _channel(view: View, kinds: Mapping[str, Evidence], lexicon: Lexicon, is_chat: bool) -> Found | None:
    if is_chat:
        return Found("web", (0, min(1, len(view.text))), 0.9)
    evidence = weigh(view, lexicon.cues["channel"], lexicon)
    return decide(evidence, "channel", lexicon)


def read_child(view: View, category: Found | None, lexicon: Lexicon) -> Found | None:
    """The category below the one found, where its own words stand in the text."""
    if category is None:
        return None
    cues = {code: own for code, own in lexicon.cues["child"].items() if code.startswith(f"{category.value}.")}
    return decide(weigh(view, cues, lexicon), "child", lexicon)
