"""Whose a telephone number is: told from the words beside it, then settled among all numbers of the story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.names import Mention, is_full_name, is_surname
from postal_desk.domain.story.phone_people import Known, Owner, person, said_behind, same_person
from postal_desk.domain.story.reading import Span, Whose
from postal_desk.domain.story.view import View, fold

#: How many characters back a word may stand that names the owner.
REACH = 36
_AFTER = 20
_ALONE = 30
_RELATION = re.compile(
    r"[我他她](?:的|们)?(?P<who>(?![的们是为叫就])[\u4e00-\u9fff]{1,3}?)的?(?:就?是|为)?[(: ]?$"
)
_RELATIVE = r"(?P<name>[\u4e00-\u9fff]{2,3})?[,:( ]{0,2}(?:的?(?:电话|手机|座机|号码))?[:是为 ]{0,2}$"
_OWN_PLACE = re.compile(
    r"(?:我们?|本人|我的|我们的|咱|咱们|俺)(?:单位|家|办公室|公司|司|店里?|厂里?)"
    r"(?:的)?[\u4e00-\u9fff]{0,2}[:是 ]{0,2}$"
)
_MERE = r"^[ (\[\"'—-]*(?:[\u4e00-\u9fff]{1,4} )?(?:"
_MERE_END = r")?[:是为 (.]{0,3}$"
#: “同名公司电话”: another firm than the one that writes.
_ELSEWHERE = re.compile(r"同名|对方|别|另|该|那|其他|某|一家|有家")
_SIGNATURE = re.compile(r"(?:[ ,(]{1,2}(?P<name>[\u4e00-\u9fff]{1,3}))?[)。.!\s]*")
_NAMED = r"[:是为 ]{0,2}(?:[\u4e00-\u9fff]{2,6} )?[\u4e00-\u9fff]{1,5}[,: ]{0,2}$"
_POSSESSOR = r"(?:^|(?<=[,。!?;:\n()\d ]))(?P<who>[^,。!?;:\n()\d ]{1,10}?)(?P<of>的)?"
_DIALLED = r"(?:了|过|通)?(?:这个|那个|上面的?)?(?:电话|号码|手机|座机)?[:( ]{0,2}$"
#: How many characters may lie between the last word for a person and the number, without a label.
_FAR, _FAR_ENGLISH = 10, 30
_BETWEEN = r"[是为](?P<who>[\u4e00-\u9fff]{2,5})的[:, (]{0,2}$"
_DESK = "(?:值班室?|窗口|公示|那边|这边|前台|座机|办公室|监督|服务|投诉|查询|热线|公开|对外|营业)?$"
#: Before one to whom something is done.
_TO = "给向对跟"
#: A pronoun that is also a word for the customer ends this far behind its beginning.
_PRONOUN = 3
_ENDS: dict[Owner, str] = {"sender": "sender_before", "addressee": "addressee_before"}
_NAME_BETWEEN = r"[^,。!?;\n]{0,8}[,:( ]{0,3}"


def owner_of(
    view: View, span: Span, lexicon: Lexicon, known: Known, suspects_only: bool = False
) -> Owner | None:
    """The owner that the words beside the number name, or ``None``."""
    before, after = view.before(span[0], REACH), view.after(span[1], _AFTER)
    nearby = view.words_before(span[0], REACH) if suspects_only else before
    if _last(lexicon, "suspect_before", nearby, 8 if suspects_only else 24) >= 0:
        return "other"
    if lexicon.pattern("phones", "suspect_after").match(after.lstrip(" )")):
        return "other"
    if suspects_only:
        return None
    if _signed(view, span, lexicon, known):
        return "customer"
    if behind := said_behind(after, lexicon, known):
        return behind
    if _last(lexicon, "own_line_before", before, 2) >= 0:
        return "service"
    if _OWN_PLACE.search(before) or lexicon.pattern("phones", "used_before", after="$").search(before):
        return "customer"
    if (
        after.startswith(")")
        and before.endswith("(")
        and lexicon.pattern("phones", "calls", "tells").match(after, 1)
    ):
        other = lexicon.pattern("phones", "other_before", "addressee_before", "kin", after=r"\($").search(
            before
        )
        return "other" if other else "customer"  # “一男子(138…)称…”
    return (
        _between(before, lexicon, known)
        or _incoming(before, lexicon, known)
        or _at_home(before, lexicon)
        or _possessor(before, lexicon, known)
        or _named(view, span, lexicon, known)
        or _nearest(before, after, lexicon, known)
    )


def _signed(view: View, span: Span, lexicon: Lexicon, known: Known) -> bool:
    """A number alone with a name at the end of the story: “…,13689704431,温。”; a firm's “经办:危小姐,0735-2188046”."""
    contact = lexicon.pattern("phones", "firm_contact", after=_NAMED)
    if known.bodies and contact.search(view.before(span[0], REACH)):
        return True
    last = _SIGNATURE.fullmatch(view.folded, span[1])
    if last is None or view.words_before(span[0], 4).strip():
        return False
    name = last["name"] or ""
    return is_surname(lexicon, name) or is_full_name(lexicon, name)


def _incoming(before: str, lexicon: Lexicon, known: Known) -> Owner | None:
    """“来电显示138…” is somebody who called the customer, or the customer who called the post."""
    match = lexicon.pattern("phones", "incoming_before", after="[:是为( ]{0,3}$").search(before)
    if match is None:
        return None
    someone = lexicon.pattern("phones", "other_before", after="[,:]?$").search(before[: match.start()])
    return "other" if someone or known.fraud or known.first_person else "customer"


def _between(before: str, lexicon: Lexicon, known: Known) -> Owner | None:
    """“电话是村部的687…”: whose it is stands between the label and the number."""
    match = lexicon.pattern("phones", "labels", after=_BETWEEN).search(before)
    if match is None:
        return None
    return person(match["who"], lexicon, known) or "other"


def _at_home(before: str, lexicon: Lexicon) -> Owner | None:
    """“家里电话”, “单位座机”: the customer's when the words before name nobody else's."""
    home = lexicon.pattern(
        "phones",
        "own_places",
        before=r"(?:^|(?<=[,。;:!?() ]))",
        after=r"的?(?:电话|座机|固话|号码)?[:是为 ]{0,2}$",
    ).search(before)
    if home is None or _last(lexicon, "addressee_before", before[: home.start()], 10) >= 0:
        return None
    return None if _last(lexicon, "other_before", before[: home.start()], 10) >= 0 else "customer"


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
    if known.bodies & set(who) and not _ELSEWHERE.match(who):
        return "customer"  # “我村…。村委会电话…”
    name = fold(known.customer)
    if not (name and who.endswith(name)) and lexicon.pattern("phones", "other_before", after="$").search(who):
        return "other"
    own = bool(name) and name[-2:] in who
    if lexicon.pattern("phones", "possessor_office", after=_DESK).search(who):
        return "service"
    if _is_other_person(who, lexicon, known) and (known.first_person or not own):
        return "other"
    if own or lexicon.pattern("phones", "possessor_self", after="$").search(who):
        return None
    if who[:2] in ("他在", "她在") and not known.first_person:
        return None
    if match["of"] or lexicon.pattern("phones", "other_before", "person_endings", after="$").search(who):
        return "other"
    return None


def _is_other_person(who: str, lexicon: Lexicon, known: Known) -> bool:
    """“爹家座机”, and “他手机” of one who says 我: nobody who speaks of himself."""
    relative = lexicon.pattern(
        "phones", "kin", before="(?:^|[我他她其])", after="(?:家里|家中|家|那边)?$"
    ).search(who)
    return relative is not None or (known.first_person and who[-1:] in "他她")


def _named(view: View, span: Span, lexicon: Lexicon, known: Known) -> Owner | None:
    """Another person's name right before the number: “他叫郑义,电话139…”, “收件人李四(138…)”."""
    for mention in reversed(known.names):
        if mention.at[1] <= span[0]:
            between = view.folded[mention.at[1] : span[0]]
            near = re.fullmatch(
                r"[,:( ]{0,3}(?:[她他其]的?[\u4e00-\u9fff]{1,2}[,) ])?(?P<words>[\u4e00-\u9fff]{0,6})[:是为( ]{0,3}",
                between,
            )
            aside = re.fullmatch(r" ?\([^()]{1,10}\)[,: ]{0,2}(?:电话|手机)?[: ]?", between)
            if aside and same_person(view, mention, known, lexicon):
                return "customer"  # “来电:曲志鹏(孙子)180…”
            inside = re.fullmatch(r" ?\([^()]{1,30}", between)  # “陶玉兰(舒兰市,67岁,159…)”
            if near is None and inside is None:
                return None
            if near and lexicon.pattern(
                "phones", "other_before", "person_endings", after="(?:的|用)?$"
            ).search(near["words"]):
                return "other"  # “吕先生说派出所民警138…”
            if near and lexicon.pattern("phones", "no_owner_between").search(near["words"]):
                return None  # “谢先生打电话到0432-…”
            if lexicon.pattern("phones", "kin", after=r"[(:是叫 ]{0,2}$").search(between):
                return "other"  # “李女士来电,反映其母亲(138…)”
            return (
                "customer"
                if same_person(view, mention, known, lexicon)
                else _role(view, mention, lexicon) or "other"
            )
    return None


def _role(view: View, mention: Mention, lexicon: Lexicon) -> Owner | None:
    """The end of the post at which a name is put by the word right before it."""
    before = view.words_before(mention.at[0], 8)
    for role, words in _ENDS.items():
        if lexicon.pattern("phones", words, after="[:是为叫( ]{0,2}$").search(before):
            return role
    return None


def _nearest(before: str, after: str, lexicon: Lexicon, known: Known) -> Owner | None:
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
        **_ENDS,
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
    kin = lexicon.pattern("phones", "kin", before="[我他她其]的?", after=_RELATIVE).search(before)
    if kin and (not kin["name"] or is_full_name(lexicon, kin["name"])):
        return "other"  # “找她弟齐建军138…”, “是他姐,手机138…”
    if known.fraud:  # in such a story “he” is the swindler
        ends["customer"], ends["sender"] = _last(lexicon, "customer_sure", before, REACH), -1
    ends["customer"] = _own_end(before, _not_object(before, ends["customer"], lexicon), lexicon)
    if known.first_person and (spoken := _third_person(before)) >= max(0, ends["customer"] - _PRONOUN):
        ends["customer"] = _last(lexicon, "my_own", before, REACH)
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


def _stands_alone(view: View, span: Span, lexicon: Lexicon) -> bool:
    """True if nothing but a label stands before the number in its clause, as customers leave their own."""
    words = re.split(r"\d ", view.words_before(span[0], _ALONE))[-1]
    return lexicon.pattern("phones", "mere_labels", before=_MERE, after=_MERE_END).match(words) is not None


def settle_owners(
    view: View, found: Sequence[tuple[Span, str, Owner | None]], known: Known, lexicon: Lexicon
) -> list[tuple[Span, str, Whose]]:
    """Give a number that nothing names to the customer, who leaves one as a rule, unless another is the customer's.

    In a story of fraud it has to stand alone besides. A number joined to the one before (“…或0432-62481234”) has the
    same owner. The sender is the customer unless the customer is the addressee or has a number of his own; the
    addressee only if the story says so.
    """
    own = any(owner == "customer" for _, _, owner in found)
    elsewhere = own or known.is_addressee or known.first_person
    at_end: dict[Owner, Whose] = {
        "sender": "other" if elsewhere and not known.is_sender else "customer",
        "addressee": "customer" if known.is_addressee else "other",
    }
    own = own or "customer" in {at_end.get(owner) for _, _, owner in found if owner}
    settled: list[tuple[Span, str, Whose]] = []
    for span, number, owner in found:
        whose = at_end.get(owner) or cast("Whose", owner) if owner else None
        if whose is None and settled and _joined(view.folded[settled[-1][0][1] : span[0]], lexicon):
            whose = settled[-1][2]
        if whose is None:
            doubted = known.fraud and (number.startswith("+") or not _stands_alone(view, span, lexicon))
            whose = "other" if own or doubted else "customer"
            own = own or whose == "customer"
        settled.append((span, number, whose))
    return settled


def _joined(between: str, lexicon: Lexicon) -> bool:
    """True if only a label stands between two numbers: “…,座机…”; “…,律所前台…” says whose the second is."""
    joined = lexicon.pattern(
        "phones",
        "labels",
        "own_places",
        "joining",
        before=r"[ ,;/、]{0,2}(?:或者?|和|及|/|、|,|or|and)?[ ]?(?:",
        after=r"[的是为]?){0,3}:?[ ]?",
    )
    return joined.fullmatch(between) is not None
