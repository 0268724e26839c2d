"""Kind, category, business, channel and fraud: what the words of a story speak for, each field helping the other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from postal_desk.domain.story.evidence import NOTHING, Evidence, confidence, decide, weigh
from postal_desk.domain.story.learnt import FIELDS
from postal_desk.domain.story.lexicon import LIST_FILES, Lexicon
from postal_desk.domain.story.opinion import likeliest, opinions, words_by_field
from postal_desk.domain.story.reading import Found, ItemFound, Span
from postal_desk.domain.story.view import View

#: From this evidence on a code speaks for codes of the other field, with all its weight from ``FULL`` on.
LEAST, FULL = 2.0, 4.0
#: A pasted chat came by the web, whatever is talked about in it.
CHAT_SAYS_WEB = 8.0


#: How sure a channel is that only the head of a record tells.
AT_HEAD = 0.86
#: What may stand before that: a date, a time, a number, a bracket, “今接”.
_LEADING = re.compile(
    r"[\s\[(《\"#*|:\d.,/年月日时分号-]*(?:今天|今日|昨日|今|据|经|由|接到?|转|一|早上?|上午|下午)?:?"
)


@dataclass(frozen=True)
class Heard:
    """What the cues say: the codes they decide on, and the evidence for all others, by field."""

    decided: Mapping[str, Found]
    evidence: Mapping[str, Mapping[str, Evidence]]


def read_meaning(
    view: View, own: View, items: Sequence[ItemFound], lexicon: Lexicon, is_chat: bool
) -> dict[str, Found]:
    """The coded fields. ``own`` holds the customer's words only (the same as ``view`` unless it is a chat)."""
    heard = hear_cues(view, own, items, lexicon, is_chat)
    words = words_by_field(view.folded, own.folded)
    odds = {name: opinions(words[name], name, lexicon.learnt) for name in FIELDS}
    found: dict[str, Found] = {}
    for name in FIELDS:
        likely = likeliest(
            own if name == "kind" else view,
            words,
            odds,
            name,
            heard.evidence[name],
            heard.decided.get(name),
            lexicon.learnt,
        )
        if likely and likely.confidence >= lexicon.number("thresholds", "propose", name, 1.0):
            found[name] = replace(likely, value=True) if name == "fraud" else likely
    if is_chat and "channel" in heard.decided:
        found["channel"] = heard.decided["channel"]  # whatever its few words sound like
    if "channel" not in found and (told := _told_at_head(view, lexicon)):
        found["channel"] = told
    return found


def hear_cues(view: View, own: View, items: Sequence[ItemFound], lexicon: Lexicon, is_chat: bool) -> Heard:
    """What the cues alone say, each field helping the other."""
    found: dict[str, Found] = {}
    kinds, categories = (
        weigh(own, lexicon.cues["kind"], lexicon),
        weigh(view, lexicon.cues["category"], lexicon),
    )
    signs = weigh(view, lexicon.cues["fraud"], lexicon)
    fraud = _fraud(signs.get("fraud", NOTHING), lexicon)
    if fraud:
        found["fraud"] = fraud
        for code, more in lexicon.numbers["thresholds"]["fraud_says"].items():
            categories[code] = categories.get(code, Evidence(0.0, fraud.at)).plus(more)
    categories = _yielding(categories, kinds, lexicon)
    evidence = {
        "kind": link(kinds, categories, "category_says_kind", lexicon),
        "category": link(categories, kinds, "kind_says_category", lexicon),
        "business": _business(view, items, lexicon),
        "channel": _channels(view, lexicon, is_chat),
        "fraud": signs,
    }
    for name in ("kind", "category", "business", "channel"):
        decided = decide(evidence[name], name, lexicon)
        if decided:
            found[name] = decided
    for kind, least in lexicon.numbers["thresholds"]["decisive"].items():
        if kind in kinds and kinds[kind].score >= least:
            found["kind"] = Found(kind, kinds[kind].at, confidence(kinds[kind].score, kinds[kind].score))
            break
    _kind_means_category(found, lexicon)
    _settle(found, lexicon)
    return Heard(found, evidence)


def _yielding(
    categories: Mapping[str, Evidence], kinds: Mapping[str, Evidence], lexicon: Lexicon
) -> dict[str, Evidence]:
    """Evidence in which a general category steps back behind a special one: an inquiry behind a loss already told.

    “general>special|kind” holds unless the evidence for this kind leads, “general>special|=kind” only if it does.
    """
    found = dict(categories)
    leading = max(kinds, key=lambda code: kinds[code].score, default="")
    for pair, factor in lexicon.numbers["thresholds"]["category_yields"].items():
        general, _, special = pair.partition(">")
        special, _, condition = special.partition("|")
        if (condition and condition == leading) or (condition.startswith("=") and condition != f"={leading}"):
            continue
        if general in categories and special in categories and categories[special].score >= FULL:
            score = min(found[general].score, categories[general].score * factor)
            found[general] = replace(found[general], score=score)
    return found


def _kind_means_category(found: dict[str, Found], lexicon: Lexicon) -> None:
    """Praise is filed under praise whatever it is for; so are suggestions and consultations."""
    kind = found.get("kind")
    for pair, least in lexicon.numbers["thresholds"]["kind_means"].items():
        said, _, meant = pair.partition(">")
        if kind is not None and kind.value == said and kind.confidence >= least:
            found["category"] = Found(meant, kind.at, kind.confidence)


def _settle(found: dict[str, Found], lexicon: Lexicon) -> None:
    """Drop what does not go together: savings have no category of delivery, a swindler's “parcel” is none."""
    kind, category, business = found.get("kind"), found.get("category"), found.get("business")
    if kind is not None and category is not None:
        table = lexicon.numbers["thresholds"]["kind_bars_category"]
        least = max(table.get(f"{kind.value}>{category.value}", 0.0), table.get(f"{kind.value}>", 0.0))
        if category.confidence < least:
            del found["category"]
            category = None
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


def _fraud(evidence: Evidence, lexicon: Lexicon) -> Found | None:
    if evidence.score < lexicon.number("thresholds", "score", "fraud", 4.0):
        return None
    return Found("fraud", evidence.at, confidence(evidence.score - 1.0, evidence.score - 1.0))


def fraud_signs(view: View, lexicon: Lexicon) -> tuple[Span, ...]:
    """Where the words stand that sound like fraud, the weightiest first."""
    return weigh(view, lexicon.cues["fraud"], lexicon).get("fraud", NOTHING).places


def _channels(view: View, lexicon: Lexicon, is_chat: bool) -> dict[str, Evidence]:
    if is_chat:
        return {"web": Evidence(CHAT_SAYS_WEB, (0, min(1, len(view.text))))}
    return weigh(view, lexicon.cues["channel"], lexicon)


def _told_at_head(view: View, lexicon: Lexicon) -> Found | None:
    """The channel that the head of a record names: “11183转单 …”, “来函(盖有公章):…”."""
    leading = _LEADING.match(view.folded)
    start = leading.end() if leading else 0
    for channel in LIST_FILES["heads"]:
        match = lexicon.pattern("heads", channel).match(view.folded, start)
        if match:
            return Found(channel, match.span(), AT_HEAD)
    return None


def read_child(view: View, category: Found | None, lexicon: Lexicon) -> Found | None:
    """The category below the one found, where its own words stand in the text."""
    if category is None:
        return None
    evidence = weigh(view, lexicon.cues["child"], lexicon)
    below = {code: own for code, own in evidence.items() if code.startswith(f"{category.value}.")}
    return decide(below, "child", lexicon)
