"""Which of the names in a story is the customer's."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from postal_desk.domain.story.english_names import find_english_names
from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.names import Mention, find_names
from postal_desk.domain.story.reading import Found
from postal_desk.domain.story.view import View

_HOW = {
    "titled": 0.6, "labelled": 0.6, "signed": 0.85, "introduced": 1.0, "acting": 0.85, "beside_phone": 0.65,
    "alone": 0.3, "english": 0.45,
}  # fmt: skip
#: What the word before a name says about its being the customer's.
_ROLES = {
    "introductions": 0.5,
    "customer_roles": 0.4,
    "other_roles": -0.55,
    "staff_roles": -0.6,
    "not_self": -0.45,
}
_ADDRESSEE = -0.35
#: 鲁德才的儿子来问: the name only says whose son.
_OTHERS_NAME = -0.4
_LEAST = 0.55


def all_names(
    view: View, lexicon: Lexicon, staff: Collection[str], outlets: Collection[str] = ()
) -> list[Mention]:
    """Every name in the text that is no member of staff and no outlet's (问黄旗街), in order."""
    mentions = [*find_names(view, lexicon), *find_english_names(view, lexicon)]
    people = (one for one in mentions if not any(one.name in outlet for outlet in outlets))
    return sorted((one for one in people if not _is_staff(one, staff, view)), key=lambda one: one.at)


def find_customer(
    view: View, lexicon: Lexicon, mentions: Sequence[Mention], chat_name: Mention | None
) -> Found | None:
    """The customer's name as written, with its title; silent if two persons are as likely."""
    scores: dict[str, tuple[float, Mention]] = {}
    for index, mention in enumerate(mentions):
        score = _score(view, mention, lexicon) + (0.12 if index == 0 else 0.0)
        if mention.name not in scores or score > scores[mention.name][0]:
            scores[mention.name] = (score, mention)
    if chat_name is not None:
        scores[chat_name.name] = (max(1.1, scores.get(chat_name.name, (0.0, chat_name))[0]), chat_name)
    ranked = sorted(scores.values(), key=lambda pair: (-pair[0], pair[1].at))
    return _choose(ranked, lexicon)


def _choose(ranked: Sequence[tuple[float, Mention]], lexicon: Lexicon) -> Found | None:
    if not ranked or ranked[0][0] < _LEAST:
        return None
    score, mention = ranked[0]
    rivals = [other for other in ranked[1:] if other[1].name[0] != mention.name[0]]
    gap = score - rivals[0][0] if rivals else 1.0
    if gap < 0.1:
        return None
    return Found(mention.name, mention.at, min(0.97, 0.45 + 0.4 * min(score, 1.1) + 0.15 * min(gap, 1.0)))


def _is_staff(mention: Mention, staff: Collection[str], view: View) -> bool:
    bare = (
        mention.name.split(" ", 1)[-1] if mention.how == "titled" and mention.name.isascii() else mention.name
    )
    following = view.text[mention.at[1] : mention.at[1] + 1]
    return any(
        bare == name or (bare.startswith(name) and len(name) > 1) or bare + following == name
        for name in staff
    )


def _score(view: View, mention: Mention, lexicon: Lexicon) -> float:
    start, end = mention.at
    before, after = view.words_before(start, 24), view.after(end, 40)
    score = _HOW[mention.how]
    role = {name: _ends_at(lexicon, name, before) for name in _ROLES}
    nearest = max(role, key=lambda name: role[name])
    if role[nearest] >= 0 and not (mention.how == "signed" and _ROLES[nearest] < 0):
        addressee = lexicon.pattern("people", "addressees", after=r"[ :是为叫(]{0,3}$").search(before)
        score += _ADDRESSEE if addressee and nearest == "other_roles" else _ROLES[nearest]
    if lexicon.pattern("people", "relatives", before="的").match(after):
        score += _OTHERS_NAME
    if _acts(after, lexicon):
        score += 0.35
    if re.match(r"[^。!?;\n]{0,12}?(?:1[3-9]\d|0\d{2,3}-|\+\d)", after):
        score += 0.2
    if re.match(r"[ ,(]{0,2}(?:[男女][,)]|今年|现年|\d{2}多?岁|\d{2},)", after):
        score += 0.25
    return score


def _ends_at(lexicon: Lexicon, name: str, before: str) -> int:
    """How near before a name a role stands: the end of the last such word, or −1 if words lie between."""
    match = lexicon.pattern("people", name, after=r"[ :是为叫名一位个的(“\"']{0,3}$").search(before)
    return match.end() - len(match[0]) + len(match[0].rstrip()) if match else -1


def _acts(after: str, lexicon: Lexicon) -> bool:
    """True if what a customer does follows: 来电, 反映, 到窗口…"""
    return (
        lexicon.pattern("people", "customer_acts", before=r"(?:\([^()]{0,30}\))?[^。!?;\n]{0,14}?").match(
            after
        )
        is not None
    )
