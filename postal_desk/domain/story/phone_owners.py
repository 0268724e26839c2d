"""Whose a telephone number is: told from the words beside it, then settled among all numbers of the story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.names import Mention, is_full_name
from postal_desk.domain.story.reading import Span, Whose
from postal_desk.domain.story.view import View, fold

#: How many characters back a word may stand that names the owner.
REACH = 36
_RELATION = re.compile(r"[我他她](?:的|们)?(?P<who>(?![的们是为叫就])[\u4e00-\u9fff]{1,3})[(: ]?$")
_OWN_PLACE = re.compile(
    r"(?:我|本人|我的)(?:单位|家|办公室|公司|店里?|厂里?)(?:的)?[\u4e00-\u9fff]{0,2}[:是 ]{0,2}$"
)
_POSSESSOR = r"(?:^|(?<=[,。!?;:\n()\d ]))(?P<who>[^,。!?;:\n()\d ]{1,10}?)(?P<of>的)?"
_NAME_BETWEEN = r"[^,。!?;\n]{0,8}[,:( ]{0,3}"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when phones are read.

    The customer's name, signs of fraud, every name in the text, and whether the customer tells the story: “he” is
    somebody else then.
    """

    customer: str = ""
    fraud: bool = False
    names: tuple[Mention, ...] = ()
    first_person: bool = False


def owner_of(
    view: View, span: Span, lexicon: Lexicon, known: Known, suspects_only: bool = False
) -> Whose | None:
    """The owner that the words beside the number name, or ``None``."""
    before, after = view.before(span[0], REACH), view.after(span[1], 10)
    if _last(lexicon, "suspect_before", before, 8 if suspects_only else 24) >= 0:
        return "other"
    if lexicon.pattern("phones", "suspect_after").match(after.lstrip(" )")):
        return "other"
    if suspects_only:
        return None
    if lexicon.pattern("phones", "other_after").match(after) or _of_relative(after, lexicon):
        return "other"
    if lexicon.pattern("phones", "customer_after").match(after):
        return "customer"
    if _last(lexicon, "own_line_before", before, 2) >= 0 or _in_brackets(after, lexicon):
        return "service"
    if _OWN_PLACE.search(before):
        return "customer"
    return (
        _possessor(before, lexicon, known)
        or _named(view, span, lexicon, known)
        or _nearest(before, lexicon, known)
    )


def _of_relative(after: str, lexicon: Lexicon) -> bool:
    """“138…我弟弟的”, “138…(闺女)”: the words right after the number name a relative."""
    owner = lexicon.pattern(
        "people",
        "relatives",
        before=r"[ ,(]{0,2}(?:是|系|为)?(?:[我他她其](?:的)?)",
        after=r"(?:的(?![手电号座])|[,。;) ]|$)",
    )
    aside = lexicon.pattern("people", "relatives", before=r" ?\(", after=r"[)的,]")
    return bool(owner.match(after) or aside.match(after))


def _in_brackets(after: str, lexicon: Lexicon) -> bool:
    """“(0432-…船营支局)”: the bracket that holds the number ends with the post."""
    office = lexicon.pattern(
        "phones", "own_line_after", before=r"[ ,]{0,2}[\u4e00-\u9fff]{0,6}?", after=r"\)"
    )
    return office.match(after) is not None


def _last(lexicon: Lexicon, name: str, before: str, reach: int) -> int:
    """The end of the last such word within reach, or −1."""
    found = [match.end() for match in lexicon.pattern("phones", name).finditer(before)]
    return found[-1] if found and len(before) - found[-1] <= reach else -1


def _possessor(before: str, lexicon: Lexicon, known: Known) -> Whose | None:
    """Whoever “X的手机”, “X电话” names right before the number: an unknown X is somebody else."""
    match = lexicon.pattern("phones", "possessed", before=_POSSESSOR, after=r"[:是为叫( ]{0,3}$").search(
        before
    )
    if match is None:
        return None
    who = match["who"]
    if lexicon.pattern("phones", "possessor_office").search(who):
        return "service"
    if _is_other_person(who, lexicon, known):
        return "other"
    if lexicon.pattern("phones", "possessor_self", after="$").search(who) or (
        known.customer and fold(known.customer)[-2:] in who
    ):
        return None
    if who[:2] in ("他在", "她在") and not known.first_person:
        return None
    if match["of"] or lexicon.pattern("phones", "other_before", after="$").search(who):
        return "other"
    return None


def _is_other_person(who: str, lexicon: Lexicon, known: Known) -> bool:
    """“爹家座机”, and “他手机” of one who says 我: nobody who speaks of himself."""
    relative = lexicon.pattern(
        "phones", "kin", before="(?:^|[我他她其])", after="(?:家里|家中|家|那边)?$"
    ).search(who)
    return relative is not None or (known.first_person and who[-1:] in "他她")


def _named(view: View, span: Span, lexicon: Lexicon, known: Known) -> Whose | None:
    """Another person's name right before the number: “他叫郑义,电话139…”."""
    for mention in reversed(known.names):
        if mention.at[1] <= span[0]:
            between = view.folded[mention.at[1] : span[0]]
            near = re.fullmatch(
                r"[,:( ]{0,3}(?:[她他其]的?[\u4e00-\u9fff]{1,2}[,) ])?[\u4e00-\u9fff]{0,6}[:是为( ]{0,3}",
                between,
            )
            inside = re.fullmatch(r" ?\([^()]{1,30}", between)  # “陶玉兰(舒兰市,67岁,159…)”
            if near is None and inside is None:
                return None
            if lexicon.pattern("phones", "kin", after=r"[(:是叫 ]{0,2}$").search(between):
                return "other"  # “李女士来电,反映其母亲(138…)”
            return "customer" if _same_person(view, mention, known, lexicon) else "other"
    return None


def _same_person(view: View, mention: Mention, known: Known, lexicon: Lexicon) -> bool:
    """True if a name is the customer's, whole or as a surname with a title; a son has the surname too."""
    if mention.name == known.customer:
        return True
    if mention.name[0] != known.customer[:1]:
        return False
    kin = lexicon.pattern("phones", "kin", after="[:是叫 ]{0,2}$").search(view.words_before(mention.at[0], 8))
    whole = is_full_name(lexicon, fold(known.customer)) and is_full_name(lexicon, fold(mention.name))
    return kin is None and not whole


def _nearest(before: str, lexicon: Lexicon, known: Known) -> Whose | None:
    label = lexicon.pattern("phones", "labels", after=r"[^,。!?;\n\d]{0,6}$").search(before)
    direct = lexicon.pattern("phones", "customer_labels", after=r"[^,。!?;\n\d]{0,6}$").search(before)
    kinds: dict[Whose, str] = {
        "customer": "customer_before",
        "service": "own_line_before",
        "other": "other_before",
    }
    ends = {whose: _last(lexicon, name, before, REACH) for whose, name in kinds.items()}
    relation = _RELATION.search(before)
    plain = relation and lexicon.pattern("phones", "possessor_self", "labels", after="$").search(
        relation["who"]
    )
    if relation and not plain:
        return "other"  # “我导师138…”
    if known.fraud:  # in such a story “he” is the swindler
        ends["customer"] = _last(lexicon, "customer_sure", before, REACH)
    ends["customer"] = _own_end(before, ends, lexicon)
    if known.first_person and (spoken := _third_person(before)) >= max(0, ends["customer"] - 2):
        ends["customer"] = _last(lexicon, "customer_sure", before, REACH)
        ends["other"] = max(ends["other"], spoken + 1)
    named = before.rfind(fold(known.customer)) if known.customer else -1
    if named >= 0:
        ends["customer"] = max(ends["customer"], named + len(known.customer))
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
    if label:
        return best if re.fullmatch(_NAME_BETWEEN, gap) else None
    return best if len(gap) <= 10 and not re.search(r"[。!?;]", gap) else None


def _third_person(before: str) -> int:
    """Where 他 or 她 stands last near the number, or −1; 其他 is no person."""
    match = re.search(r"(?<!其)[他她](?!们)[^他她。!?]{0,12}$", before)
    return match.start() if match else -1


def _own_end(before: str, ends: dict[Whose, int], lexicon: Lexicon) -> int:
    """The end of the last word for the customer, or −1 if it only says what another one is: 报社联系人, 对方本人."""
    compound = lexicon.pattern("phones", "other_before", after=r"(?:的|人员|工作人员)?(?:联系人|本人|自己)$")
    return -1 if compound.search(before[: max(ends["customer"], 0)]) else ends["customer"]


def settle_owners(
    view: View, found: Sequence[tuple[Span, str, Whose | None]]
) -> list[tuple[Span, str, Whose]]:
    """Give numbers that nothing names to the customer if nobody else claims to be one, else to others.

    A number joined to the one before (“…或0432-62481234”) has the same owner.
    """
    known = any(whose == "customer" for _, _, whose in found)
    settled: list[tuple[Span, str, Whose]] = []
    for span, number, whose in found:
        if whose is None and settled and _joined(view.folded[settled[-1][0][1] : span[0]]):
            whose = settled[-1][2]
        if whose is None:
            whose = "other" if known else "customer"
            known = True
        settled.append((span, number, whose))
    return settled


def _joined(between: str) -> bool:
    return (
        re.fullmatch(
            r"[ ,;/、]{0,2}(?:或者?|和|及|/|、|,|or|and)?[ ]?(?:[\u4e00-\u9fff]{0,4}(?:电话|座机|手机)?[:是为]?)[ ]?",
            between,
        )
        is not None
    )
