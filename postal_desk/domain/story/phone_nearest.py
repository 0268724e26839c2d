"""Whose a telephone number is by the last word for a person before it, where nothing says so outright."""

from __future__ import annotations

import re

from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.names import is_full_name
from postal_desk.domain.story.phone_people import Known, Owner
from postal_desk.domain.story.view import fold

#: How many characters back a word may stand that names the owner.
REACH = 36
_RELATION = re.compile(
    r"[我他她](?:的|们)?(?P<who>(?![的们是为叫就])[\u4e00-\u9fff]{1,3}?)的?(?:就?是|为)?[(: ]?$"
)
_RELATIVE = r"(?P<name>[\u4e00-\u9fff]{2,3})?[,:( ]{0,2}(?:的?(?:电话|手机|座机|号码))?[:是为 ]{0,2}$"
_DIALLED = r"(?:了|过|通)?(?:这个|那个|上面的?)?(?:电话|号码|手机|座机)?[:( ]{0,2}$"
#: How many characters may lie between the last word for a person and the number, without a label.
_FAR, _FAR_ENGLISH = 10, 30
#: Before one to whom something is done.
_TO = "给向对跟"
#: A pronoun that is also a word for the customer ends this far behind its beginning.
_PRONOUN = 3
#: The ends of the post, and the words for who is there.
ENDS: dict[Owner, str] = {"sender": "sender_before", "addressee": "addressee_before"}
_NAME_BETWEEN = r"[^,。!?;\n]{0,8}[,:( ]{0,3}"


def nearest_person(before: str, after: str, lexicon: Lexicon, known: Known) -> Owner | None:
    """The owner whom the last word for a person before the number names, unless a label says whose it is."""
    dead = lexicon.pattern("phones", "unreachable_after").match(after)
    if dead and not _speaks_of_customer(before, lexicon, known):
        return "other"
    if dead and known.first_person and lexicon.pattern("phones", "dialling", after=_DIALLED).search(before):
        return "other"  # “打138…没人接”: nobody calls himself
    if _written(before, lexicon, known):
        return "other"
    owner = _nearest_word(before, lexicon, known)
    return "other" if owner == "sender" and dead else owner


def last_word(lexicon: Lexicon, name: str, before: str, reach: int) -> int:
    """The end of the last such word within reach, or −1."""
    found = [match.end() for match in lexicon.pattern("phones", name).finditer(before)]
    return found[-1] if found and len(before) - found[-1] <= reach else -1


def _speaks_of_customer(before: str, lexicon: Lexicon, known: Known) -> bool:
    named = bool(known.customer) and fold(known.customer) in before
    return named or lexicon.pattern("phones", "customer_before").search(before) is not None


def _written(before: str, lexicon: Lexicon, known: Known) -> bool:
    """“面单上印的138…”, unless a word for the customer stands nearer: “面单上写的我的电话139…”."""
    written = list(lexicon.pattern("phones", "written_before").finditer(before))
    if not written or len(before) - written[-1].end() > _FAR:
        return False
    return not _speaks_of_customer(before[written[-1].start() :], lexicon, known)


def _nearest_word(before: str, lexicon: Lexicon, known: Known) -> Owner | None:
    label = lexicon.pattern("phones", "labels", after=r"[^,。!?;\n\d]{0,6}$").search(before)
    direct = lexicon.pattern("phones", "customer_labels", after=r"[^,。!?;\n\d]{0,6}$").search(before)
    kinds: dict[Owner, str] = {
        "customer": "customer_before",
        **ENDS,
        "service": "own_line_before",
        "other": "other_before",
    }
    ends = {whose: last_word(lexicon, name, before, REACH) for whose, name in kinds.items()}
    relation = _RELATION.search(before)
    plain = relation and lexicon.pattern("phones", "possessor_self", "labels", after="$").search(
        relation["who"]
    )
    if relation and not plain:
        return "other"  # “我导师138…”
    kin = lexicon.pattern("phones", "kin", before="[我他她其]的?", after=_RELATIVE).search(before)
    if kin and (not kin["name"] or is_full_name(lexicon, kin["name"])):
        return "other"  # “找她弟齐建军138…”, “是他姐,手机138…”
    if known.fraud:  # in such a story “he” is the swindler
        ends["customer"], ends["sender"] = last_word(lexicon, "customer_sure", before, REACH), -1
    ends["customer"] = _own_end(before, _not_object(before, ends["customer"], lexicon), lexicon)
    if known.first_person and (spoken := _third_person(before)) >= max(0, ends["customer"] - _PRONOUN):
        ends["customer"] = last_word(lexicon, "my_own", before, REACH)
        ends["other"] = max(ends["other"], spoken + 1)
    named = before.rfind(fold(known.customer)) if known.customer else -1
    if named >= 0:
        ends["customer"] = max(ends["customer"], named + len(known.customer))
    if ends["other"] >= 0 and lexicon.pattern("phones", "calls").match(before, ends["other"]):
        ends["customer"] = ends["other"] + 1  # “村委会来电,电话…”
    best = max(ends, key=lambda whose: ends[whose])
    if ends[best] < 0:
        return "customer" if direct else None
    if label and ends[best] > label.start():
        label = direct = None  # “联系其子138…”: the owner stands between label and number
    mark = min((one for one in (label, direct) if one), key=lambda one: one.start(), default=None)
    gap = before[ends[best] : mark.start() if mark else len(before)]
    if direct and not gap:
        return best  # “编辑留电0432-…”
    if direct:
        # “投诉投递员态度差,联系电话139…” is the customer's; “收件人李四,联系电话139…” the addressee's.
        between = gap.strip(" ,:;(、")
        titled = lexicon.pattern("people", "titles", "elder_titles", after="$").search(between)
        named = titled is not None or is_full_name(lexicon, between) or between.isascii()
        return best if named and len(between) <= 6 else "customer"
    if best == "customer" and not label and lexicon.pattern("phones", "no_owner_between").search(gap):
        return None  # “麻先生说快递柜客服138…”
    if label:
        return best if re.fullmatch(_NAME_BETWEEN, gap) else None
    far = _FAR_ENGLISH if gap.isascii() else _FAR
    return best if len(gap) <= far and not re.search(r"[。!?;]", gap) else None


def _third_person(before: str) -> int:
    """Where 他, 她, he or her stands last near the number, or −1; 其他 is no person."""
    match = re.search(
        r"(?<!其)[他她](?!们)[^他她。!?]{0,12}$"
        r"|(?<![a-z])(?:he|she|his|her)(?![a-z])(?: no\.)?[^.!?\u4e00-\u9fff]{0,24}$",
        before,
    )
    return match.start() if match else -1


def _not_object(before: str, end: int, lexicon: Lexicon) -> int:
    """The end of the last word for the customer to whom nobody does anything: “快递员给她打电话用的是138…”."""
    words = lexicon.pattern("phones", "customer_before").finditer(before)
    ends = [one.end() for one in words if before[one.start() - 1 : one.start()] not in tuple(_TO)]
    return end if len(before) - end <= 1 else max(ends, default=-1)


def _own_end(before: str, end: int, lexicon: Lexicon) -> int:
    """The end of the last word for the customer, or −1 if it only says what another one is: 报社联系人, 对方本人."""
    compound = lexicon.pattern("phones", "other_before", after=r"(?:的|人员|工作人员)?(?:联系人|本人|自己)$")
    return -1 if compound.search(before[: max(end, 0)]) else end
