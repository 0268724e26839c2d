"""What the words beside a name say for its being the customer's."""

from __future__ import annotations

import re

from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.names import Mention
from postal_desk.domain.story.view import View

#: What the word before a name says about its being the customer's.
ROLES = {
    "introductions": 0.5,
    "customer_roles": 0.4,
    "young_roles": 0.2,
    "other_roles": -0.55,
    "staff_roles": -0.6,
    "not_self": -0.45,
}
ADDRESSEE = -0.35
_RELATIVE = -1.0
_THEIRS = -0.8
#: What an addressee may be said to do before turning to the post; nobody else is named.
_MEANWHILE = r"[^。!?;\n客用寄其我他她]{0,14}?"
#: What is done for one who asked: “给马先生回电话”.
_ANSWERED = re.compile(r"(?:一?个)?(?:回个?(?:电|话|复|信|音)|答复|个?(?:准信|准话|说法|答复))")
_ADDRESSED = re.compile(r"收[件信款货]人[:是为]?\"[^\",。!?;]{0,14}$")
#: Who calls about others, or says to be somebody.
_ON_DUTY = re.compile(r"(?:记者|编辑|主播|主编|律师|法官|自称|冒充|假冒|骗子)[^,。!?;]{0,6}$")
_CALLED = ("他叫", "她叫", "他名叫", "她名叫")
#: How many characters may follow a signature.
LAST = 30
#: Nothing but a telephone number between a name and the end of the story.
_SIGNS = re.compile(r"[,:;( ]{0,2}(?:电话|手机|联系电话|tel)?[: ]?[+\d][\d ()-]{6,20}[。.) \n]*")
_SPEAKER = re.compile("[我俺咱]")


def role_of(view: View, mention: Mention, lexicon: Lexicon) -> float:
    """What the word right before a name says for its being the customer's; in English a comma may lie between."""
    start = mention.at[0]
    before = view.before(start, 40) if mention.name.isascii() else view.words_before(start, 24)
    ends = {name: _ends_at(lexicon, name, before) for name in ROLES}
    if _ends_at(lexicon, "introductions", view.before(start, 24)) >= 0:
        return ROLES["introductions"]  # “我是低保户,叫苗春生”
    if mention.how == "introduced" and before.endswith("叫"):
        return 0.0  # “男的姓迟,叫迟宏伟”
    if before.endswith(_CALLED) and not _SPEAKER.search(view.folded, 0, start):
        return ROLES["introductions"]  # “他叫盘志刚”, where nobody says 我
    nearest = max(ends, key=lambda name: ends[name])
    if nearest == "staff_roles" and lexicon.pattern(
        "people", "record_places", before="^ ?", after=": ?$"
    ).search(before):
        return 0.0  # “窗口:郁女士问…”
    kin = lexicon.pattern("people", "relatives", before="[我他她其](?:的)?", after="[ :叫(]{0,2}$").search(
        before
    )
    if nearest != "introductions" and kin and not _signs(view, mention, lexicon):
        # “我父亲赵永昌”; but his niece may be who calls: “回话打他侄女葛文静”
        return _RELATIVE if kin[0].startswith("我") else _THEIRS
    if ends[nearest] < 0 and _ADDRESSED.search(before):
        return ADDRESSEE  # 收件人“存瑞中学 赵老师”
    if ends[nearest] < 0 or (_signs(view, mention, lexicon) and ROLES[nearest] < 0):
        return 0.0
    addressee = lexicon.pattern("people", "addressees", after=r"[ :是为叫(]{0,3}$").search(before) is not None
    turned = (
        _turned(view.after(mention.at[1], 28), before, addressee, lexicon) if nearest == "other_roles" else ""
    )
    if turned or not addressee:
        return ROLES[turned or nearest]
    return ADDRESSEE if nearest == "other_roles" else ROLES[nearest]


def _turned(after: str, before: str, addressee: bool, lexicon: Lexicon) -> str:
    """The role of somebody else who turns to the post all the same, or ``""``."""
    if before.rstrip().endswith("给"):
        return "customer_roles" if _ANSWERED.match(after) else ""  # “给马先生回电话”
    turns = lexicon.pattern("people", "turns_to_post", before=r"[ ,:]{0,2}[^。!?;\n,]{0,4}?").match(after)
    if addressee:
        later = lexicon.pattern("people", "turns_later", before=_MEANWHILE).match(after)
        return "customer_roles" if turns or later else ""  # “收件人邱先生来电”, “收件人江先生人在外地,来电…”
    theirs = lexicon.pattern("people", "relatives", before="(?:^|(?<![我俺])的)", after="[ :叫(]{0,2}$")
    if theirs.search(before):
        return "young_roles" if turns else ""  # “马得福的儿子马小军打来”
    at_once = lexicon.pattern("people", "turns_later").match(after)
    return "customer_roles" if at_once and not _ON_DUTY.search(before) else ""  # “门卫孟师傅来电”


def _signs(view: View, mention: Mention, lexicon: Lexicon) -> bool:
    """True for a name under a letter, also behind the writer's part in the family: “父亲 卓玛次仁,139…”."""
    part = view.before(mention.at[0], 24).strip(" :,-—")
    of_family = lexicon.pattern("people", "relatives").fullmatch(part)
    last = len(view.text) - mention.at[1] <= LAST
    return (mention.how == "signed" and last) or bool(
        of_family and _SIGNS.fullmatch(view.folded, mention.at[1])
    )


def _ends_at(lexicon: Lexicon, name: str, before: str) -> int:
    """How near before a name a role stands: the end of the last such word, or −1 if words lie between."""
    match = lexicon.pattern("people", name, after=r"(?:[ :是为叫名一位个的(“\"']{0,3}|(?<=[a-z]), )$").search(
        before
    )
    return match.end() - len(match[0]) + len(match[0].rstrip()) if match else -1
