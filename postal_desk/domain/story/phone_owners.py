"""Whose a telephone number is: what the words beside it say outright, or else the nearest word for a person."""

from __future__ import annotations

import re

from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.names import Mention, is_full_name, is_surname
from postal_desk.domain.story.phone_nearest import ENDS, REACH, last_word, nearest_person
from postal_desk.domain.story.phone_people import Known, Owner, person, said_behind, same_person
from postal_desk.domain.story.reading import Span, Whose
from postal_desk.domain.story.view import View, fold

_AFTER = 20
_OWN_PLACE = re.compile(
    r"(?:我们?|本人|我的|我们的|咱|咱们|俺)(?:单位|家|办公室|公司|司|店里?|厂里?)"
    r"(?:的)?[\u4e00-\u9fff]{0,2}[:是 ]{0,2}$"
)
#: “同名公司电话”: another firm than the one that writes.
_ELSEWHERE = re.compile(r"同名|对方|别|另|该|那|其他|某|一家|有家")
_DIALLED_NAME = re.compile(r"[打找给](?P<name>[\u4e00-\u9fff]{2,3})$")
_LABELLED = re.compile(r"的?(?:电话|手机|号码)?[:是为( ]{0,2}$")
#: “六社家的电话”, but “客户家的电话”.
_ANOTHERS_HOUSE = re.compile(r"[^我他她其自老本人客户用公国大住回打在留]家$")
_SIGNATURE = re.compile(r"(?:[ ,(]{1,2}(?P<name>[\u4e00-\u9fff]{1,3}))?[)。.!\s]*")
_NAMED = r"[:是为 ]{0,2}(?:[\u4e00-\u9fff]{2,6} )?[\u4e00-\u9fff]{1,5}[,: ]{0,2}$"
_POSSESSOR = r"(?:^|(?<=[,。!?;:\n()\d ]))(?P<who>[^,。!?;:\n()\d ]{1,10}?)(?P<of>的)?"
_BETWEEN = r"(?:写|留|填|报|登记|记)?的?[是为](?P<who>[\u4e00-\u9fff]{2,5})的[:, (]{0,2}$"
_DESK = "(?:值班室?|窗口|公示|那边|这边|前台|座机|办公室|监督|服务|投诉|查询|热线|公开|对外|营业)?$"


def owner_of(
    view: View, span: Span, lexicon: Lexicon, known: Known, suspects_only: bool = False
) -> Owner | None:
    """The owner that the words beside the number name, or ``None``."""
    before, after = view.before(span[0], REACH), view.after(span[1], _AFTER)
    nearby = view.words_before(span[0], REACH) if suspects_only else before
    if last_word(lexicon, "suspect_before", nearby, 8 if suspects_only else 24) >= 0:
        return "other"
    if lexicon.pattern("phones", "suspect_after").match(after.lstrip(" )")):
        return "other"
    if suspects_only:
        return None
    if _signed(view, span, lexicon, known):
        return "customer"
    if known.staff and _LABELLED.sub("", before).endswith(known.staff):
        return "other"  # “转纪凤山159…”
    if behind := said_behind(after, lexicon, known):
        return behind
    if last_word(lexicon, "own_line_before", before, 2) >= 0:
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
        or _possessor(view, before, lexicon, known)
        or _named(view, span, lexicon, known)
        or nearest_person(before, after, lexicon, known)
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
    if home is None or last_word(lexicon, "addressee_before", before[: home.start()], 10) >= 0:
        return None
    return None if last_word(lexicon, "other_before", before[: home.start()], 10) >= 0 else "customer"


def _possessor(view: View, before: str, lexicon: Lexicon, known: Known) -> Whose | None:
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
    if (
        (called := _DIALLED_NAME.search(who))
        and called["name"] != name
        and is_full_name(lexicon, called["name"])
    ):
        return "other"  # “我打龙开先电话”
    if _is_of_family(view, who, lexicon):
        return "other"
    if not (name and who.endswith(name)) and lexicon.pattern("phones", "other_before", after="$").search(who):
        return "other"
    own = bool(name) and name[-2:] in who
    if lexicon.pattern("phones", "possessor_office", after=_DESK).search(who):
        return "service"
    if _is_other_person(who, lexicon, known) and (known.first_person or not own):
        return "other"
    if match["of"] and not own and _ANOTHERS_HOUSE.search(who):
        return "other"
    if own or lexicon.pattern("phones", "possessor_self", after="$").search(who):
        return None
    if who[:2] in ("他在", "她在") and not known.first_person:
        return None
    if match["of"] or lexicon.pattern("phones", "other_before", "person_endings", after="$").search(who):
        return "other"
    return None


def _is_of_family(view: View, who: str, lexicon: Lexicon) -> bool:
    """“由孙女印慧陪同,…,印慧手机…”: who was named as a relative before."""
    if len(who) not in (2, 3):
        return False
    kin = lexicon.pattern("phones", "kin", after="$")
    return any(
        kin.search(view.folded[max(0, at.start() - 4) : at.start()])
        for at in re.finditer(re.escape(who), view.folded)
    )


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
    for role, words in ENDS.items():
        if lexicon.pattern("phones", words, after="[:是为叫( ]{0,2}$").search(before):
            return role
    return None
