"""Which of the names in a story is the customer's."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from postal_desk.domain.story.english_names import find_english_names
from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.name_roles import ADDRESSEE, LAST, role_of
from postal_desk.domain.story.names import Mention, find_names, is_full_name, is_surname, may_be_one
from postal_desk.domain.story.reading import Found
from postal_desk.domain.story.view import View, fold

_HOW = {
    "titled": 0.6, "labelled": 0.6, "signed": 0.85, "introduced": 1.0, "acting": 0.85, "beside_phone": 0.65,
    "alone": 0.3, "english": 0.45,
}  # fmt: skip
#: “自称‘中国邮政李经理’者” is no customer; “来电人自称王芳” is.
_PRETENDS = re.compile(
    r"(?:自称|冒充|假冒)[^,。!?;]{0,4}(?:邮政|客服|公司|银行|公安|海关|法院|平台|中心|委员会|[局社部])[^,。!?;]{0,2}$"
)
#: 鲁德才的儿子来问: the name only says whose son.
_OTHERS_NAME = -0.4
#: How much of what speaks against a name in one place counts in the others.
_ONCE_OTHER = 0.7
_LEAST = 0.55
#: What it adds that a signature ends the story.
_LAST_WORD = 0.3
#: What it adds that a name is followed at once by words for turning to the post.
_TURNS = 0.4
#: “燕子(网名)”: no name.
_NICKNAME = re.compile(r" ?\((?:网名|昵称|化名|微信名|艺名|笔名|外号|绰号)")
_BRACKETED = re.compile(r"\([^(),]*\)")
#: Nothing but a telephone number between a name and the end of the story.
_SIGNS = re.compile(r"[,:;( ]{0,2}(?:电话|手机|联系电话|tel)?[: ]?[+\d][\d ()-]{6,20}[。.) \n]*")


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
    roles: dict[str, list[float]] = {}
    for index, mention in enumerate(mentions):
        role = role_of(view, mention, lexicon)
        roles.setdefault(mention.name, []).append(role)
        if role == ADDRESSEE and _someone_else(view, mention, lexicon):
            continue
        if _NICKNAME.match(view.folded, mention.at[1]):
            continue
        score = role + _score(view, mention, lexicon, role == ADDRESSEE) + (0.12 if index == 0 else 0.0)
        if mention.name not in scores or score > scores[mention.name][0]:
            scores[mention.name] = (score, mention)
    for name, own in roles.items():
        turned = any(one.name == name and _turns_at_once(view, one, lexicon) for one in mentions)
        if min(own) < 0 and max(own) == 0 and not turned:  # “寄给李先生,李先生电话…” stays somebody else
            scores[name] = (scores[name][0] + _ONCE_OTHER * min(own), scores[name][1])
    if chat_name is not None:
        scores[chat_name.name] = (max(1.1, scores.get(chat_name.name, (0.0, chat_name))[0]), chat_name)
    ranked = sorted(scores.values(), key=lambda pair: (-pair[0], pair[1].at))
    return _choose(view, ranked, lexicon)


def _turns_at_once(view: View, mention: Mention, lexicon: Lexicon) -> bool:
    """“…收件人:庞婷。庞婷来电说…”: whatever the name was before, this is who calls."""
    at_head = view.folded[: mention.at[0]].rstrip(" ")[-1:] in ("", *",。;!?:\n")
    return at_head and lexicon.pattern("people", "turns_later").match(view.folded, mention.at[1]) is not None


def is_bare_surname(name: str, lexicon: Lexicon) -> bool:
    """“杨某” says no more than “姓杨”."""
    surname = name.rstrip("某")
    return surname != name and (len(surname) == 1 or is_surname(lexicon, surname))


def _choose(view: View, ranked: Sequence[tuple[float, Mention]], lexicon: Lexicon) -> Found | None:
    if not ranked or ranked[0][0] < _LEAST:
        return None
    score, mention = ranked[0]
    mention = _in_full(view, mention, [other for _, other in ranked], lexicon)
    whole = (other for _, other in ranked if other.name.startswith(f"{mention.name} "))
    mention = next(whole, mention)  # signed “Tomasz”, called “Tomasz Zielinski” before
    rivals = [other for other in ranked[1:] if not may_be_one(other[1].name, mention.name, lexicon)]
    gap = score - rivals[0][0] if rivals else 1.0
    if gap < 0.1:
        return None
    return Found(mention.name, mention.at, min(0.97, 0.45 + 0.4 * min(score, 1.1) + 0.15 * min(gap, 1.0)))


def _in_full(view: View, mention: Mention, others: Sequence[Mention], lexicon: Lexicon) -> Mention:
    """“村主任豆建国…豆主任电话…”: the whole name behind the same title, if the story tells it."""
    if mention.how != "titled" or mention.name.isascii():
        return mention
    title = mention.name[1:]
    full = [
        other
        for other in others
        if other.name[0] == mention.name[0]
        and is_full_name(lexicon, fold(other.name))
        and other.at < mention.at
    ]
    behind = len(full) == 1 and view.text[: full[0].at[0]].endswith(title)
    return full[0] if behind else mention


def _is_staff(mention: Mention, staff: Collection[str], view: View) -> bool:
    bare = (
        mention.name.split(" ", 1)[-1] if mention.how == "titled" and mention.name.isascii() else mention.name
    )
    if mention.how == "titled" and mention.name.isascii() and any(bare in name.split() for name in staff):
        return True  # “Ms Niu” beside Niu Fang of the staff
    following = view.text[mention.at[1] : mention.at[1] + 1]
    return any(
        bare == name or (bare.startswith(name) and len(name) > 1) or bare + following == name
        for name in staff
    )


def _someone_else(view: View, mention: Mention, lexicon: Lexicon) -> bool:
    """True if before the addressee it names the story speaks of a customer, or the customer of himself."""
    told = view.folded[: mention.at[0]]
    if lexicon.pattern("people", "other_customer").search(told):
        return True
    speaks = lexicon.pattern("phones", "speaking").search(told) is not None
    return speaks and lexicon.pattern("phones", "is_addressee").search(view.folded) is None


def _score(view: View, mention: Mention, lexicon: Lexicon, addressee: bool) -> float:
    after = view.after(mention.at[1], 40)
    score = _HOW[mention.how]
    if mention.how == "titled" and view.text[mention.at[0] - 1 : mention.at[0]] == "“":
        score += 2 * _OTHERS_NAME if view.text[mention.at[1] : mention.at[1] + 1] == "”" else 0.0
    if mention.how == "signed" and len(view.text) - mention.at[1] <= LAST:
        score += _LAST_WORD
    of_other = lexicon.pattern("people", "relatives", before="的").match(after) is not None
    score += _OTHERS_NAME if of_other else 0.0
    score += 2 * _OTHERS_NAME if _PRETENDS.search(view.before(mention.at[0], 16)) else 0.0
    in_brackets = mention.how == "alone" and _BRACKETED.match(view.folded, max(0, mention.at[0] - 1))
    if not (addressee or of_other or in_brackets or after[:1] == "的") and _acts(after, lexicon):
        score += 0.35
    if _turns_at_once(view, mention, lexicon):
        score += _TURNS
    if re.match(r"[^。!?;\n]{0,12}?(?:1[3-9]\d|0\d{2,3}-|\+\d)", after):
        score += 0.2
    if re.match(r"[ ,(]{0,2}(?:[男女][,)]|今年|现年|\d{2}多?岁|\d{2},)", after):
        score += 0.25
    return score


def _acts(after: str, lexicon: Lexicon) -> bool:
    """True if what a customer does follows: 来电, 反映, 到窗口…"""
    return (
        lexicon.pattern("people", "customer_acts", before=r"(?:\([^()]{0,30}\))?[^。!?;\n]{0,14}?").match(
            after
        )
        is not None
    )
