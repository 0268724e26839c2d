"""Sums of money in yuan: 12.60元, ¥23, 八百八十块钱, 3块5, 5万元, 两毛, RMB 500. Other currencies are left out."""

from __future__ import annotations

import re
from decimal import Decimal

from postal_desk.domain.story import numerals
from postal_desk.domain.story.english_amounts import IN_WORDS, value_of
from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.reading import AmountFound
from postal_desk.domain.story.view import Taken, View

_CN = numerals.CHINESE
_NUM = (
    rf"(?:\d{{1,4}}万\d千?|\d千\d百?|\d{{1,3}}(?:(?:,\d{{3}})+|(?: \d{{3}})+(?! ?\d))(?:\.\d{{1,2}})?"
    rf"|\d{{1,9}}(?:\.\d{{1,2}})?|[{_CN}]{{1,12}})(?: ?[万千百仟佰](?!\d))?"
)
_SMALL = rf"(?:\d|[{_CN}])"
_SIGNED = re.compile(rf"(?:[¥￥]|(?<![a-z])(?:rmb|cny|人民币|yuan))[ :]*({_NUM})(?! ?(?:万|千|百)?[多余几])")
_MAIN = re.compile(
    rf"(?<![\d.{_CN}几数a-z])(?<![上成](?=[百千万]))(?P<number>{_NUM})(?: {{0,2}}|-(?=yuan|rmb|kuai))"
    rf"(?P<unit>大?元|圆|块|蚊|大洋|人民币|(?:yuan|rmb|cny|kuai|renminbi)(?![a-z]))"
    rf"(?:零?(?P<jiao>{_SMALL})[角毛](?:(?P<odd>{_SMALL})(?=[^\u4e00-\u9fff\d]|$))?)?(?:(?P<fen>{_SMALL})分(?![不没未都也]))?(?P<half>(?<=块)半(?![个天年月]))?(?P<tail>(?<=[元块])(?:\d{{1,2}}|[一二三四五六七八九](?=[的了钱就也吧啊呢左邮变涨降到每买卖收]|[^\u4e00-\u9fff]|$))(?![\d.{_CN}年月日天个件次号点%元块]))?"
)
_JIAO = re.compile(
    rf"(?<![\d.{_CN}元块])(?P<jiao>\d|[一二两三四五六七八九])(?:角|毛)"
    rf"(?:钱(?![也都]?[没不])|(?:(?P<fen>{_SMALL})分)?(?![\u4e00-\u9fff])|(?=的|邮票|一[张枚个斤]))"
)
_STAMP = re.compile(
    rf"(?<![\d.{_CN}])(?P<number>\d{{2,3}}|{_SMALL})分(?:(?:钱)?(?:的)?(?=邮票|面值|邮资)|钱(?![也都]?[没不]))"
)
_RISE = re.compile(rf"[从由](?P<number>{_NUM})(?:元|块)?(?:上?涨|降|变|提|调|加|改)(?:价)?(?:到|至|成|为)")
# As sums are spoken: 三百二, 四万七; and 11.6万, 一千八百. No unit stands behind.
_ROUND = re.compile(
    rf"(?<![\d.{_CN}])(?P<head>[一二两三四五六七八九])(?P<size>[百千万])(?P<next>[一二三四五六七八九])(?![{_CN}多来余几])"
)
_TEN_THOUSANDS = re.compile(
    rf"(?<![\d.{_CN}a-z])(?P<number>\d{{1,4}}万\d|\d千\d|\d{{1,4}}(?:\.\d{{1,2}})?(?:万|[wk](?![a-z]))"
    rf"|[{_CN}]{{1,3}}万)(?![{_CN}\d多来余几])"
)
_SIZES = {"百": 100, "千": 1000, "万": 10000}
_BARE = rf"[:是为约了共计达 ]{{0,3}}(?P<number>\d(?:[\d,]*\d)?(?:\.\d{{1,2}})?[万千百]?|[{_CN}]*[十百千万][{_CN}]*)"


_FEE = rf"(?<![\d.{_CN}])(?P<number>\d{{2,6}}(?:\.\d{{1,2}})?|[{_CN}]*[十百千万][{_CN}]*)(?="
_FEE_ALONE = re.compile(r"[费资额]\d$")
#: Of what there may be pieces.
_FEW = ("一", "1", "两", "二", "2", "三", "3", "四", "4", "几")
_ABOUT = re.compile(r"[一两二三四五六七八九][两二三四五六七八九][十百千万]")


def find_amounts(view: View, lexicon: Lexicon, taken: Taken) -> tuple[AmountFound, ...]:
    """The sums in order, each value once."""
    found: list[AmountFound] = []
    for match in _MAIN.finditer(view.folded):
        if taken.free(match.span()) and _is_money(view, lexicon, match):
            _add(found, taken, match, _with_parts(match))
    for match in IN_WORDS.finditer(view.folded):
        if taken.free(match.span()):
            _add(found, taken, match, value_of(match))
    for match in _SIGNED.finditer(view.folded):
        if taken.free(match.span()):
            _add(found, taken, match, numerals.parse(match[1]))
    for match in _JIAO.finditer(view.folded):
        if taken.free(match.span()):
            _add(found, taken, match, _parts(match["jiao"], match["fen"]))
    bare = lexicon.pattern("amounts", "money_before", after=_BARE)
    for match in bare.finditer(view.folded):
        if taken.free(match.span("number")) and _bare_is_money(view, lexicon, match):
            _add(found, taken, match, numerals.parse(match["number"].rstrip(",")), "number")
    for match in _STAMP.finditer(view.folded):
        if taken.free(match.span()):
            fen = numerals.parse(match["number"])
            _add(found, taken, match, None if fen is None else fen / 100)
    for match in _RISE.finditer(view.folded):
        if taken.free(match.span("number")):
            _add(found, taken, match, numerals.parse(match["number"]), "number")
    fees = lexicon.pattern("amounts", "fees_after", before=_FEE, after=")")
    for match in fees.finditer(view.folded):
        if taken.free(match.span("number")):
            _add(found, taken, match, numerals.parse(match["number"]), "number")
    for match in (*_ROUND.finditer(view.folded), *_TEN_THOUSANDS.finditer(view.folded)):
        if taken.free(match.span()) and _spoken_of_money(view, lexicon, match):
            _add(found, taken, match, _round(match))
    found.sort(key=lambda amount: amount.at)
    first: dict[Decimal, AmountFound] = {}
    for amount in found:
        first.setdefault(amount.amount, amount)
    return tuple(first.values())


def _add(
    found: list[AmountFound], taken: Taken, match: re.Match[str], value: Decimal | None, group: str = ""
) -> None:
    if _ABOUT.match(match.groupdict().get("number") or ""):
        return  # 一两百块
    if value is not None and 0 < value < Decimal(10) ** 10:
        span = match.span(group) if group else match.span()
        taken.add(span)
        found.append(AmountFound(value.quantize(Decimal("0.01")), span))


def _parts(jiao: str | None, fen: str | None) -> Decimal:
    value = Decimal(0)
    for text, worth in ((jiao, Decimal("0.1")), (fen, Decimal("0.01"))):
        number = numerals.parse(text) if text else None
        value += (number or Decimal(0)) * worth
    return value


def _with_parts(match: re.Match[str]) -> Decimal | None:
    main = numerals.parse(match["number"])
    if main is None:
        return None
    tail = numerals.parse(match["tail"]) if match["tail"] else None
    if tail is not None:
        main += tail / (10 if len(match["tail"]) == 1 else 100)
    if match["half"]:
        main += Decimal("0.5")
    return main + _parts(match["jiao"], match["fen"] or match["odd"])


def _is_money(view: View, lexicon: Lexicon, match: re.Match[str]) -> bool:
    after = view.folded[match.end() : match.end() + 4]
    if lexicon.pattern("amounts", "not_money_after").match(after) or lexicon.pattern(
        "amounts", "foreign"
    ).match(after):
        return False
    if match["unit"] != "块" or match["tail"] or match["jiao"]:
        return True
    patch = lexicon.pattern("amounts", "patch_before", after="$")
    if (
        match["number"] in _FEW
        and not after.startswith("钱")
        and patch.search(view.words_before(match.start(), 4))
    ):
        return False  # “青了一块”
    value, paid = (
        numerals.parse(match["number"]),
        lexicon.pattern("amounts", "paid_before", after=r"[^,。!?;\n\d]{0,5}$"),
    )
    if (value is not None and value >= 100) or paid.search(view.words_before(match.start(), 12)):
        return True
    if after and re.match(r"[\u4e00-\u9fff]", after):
        fee = re.match(r"[\u4e00-\u9fff]{1,3}[费钱金]", after)
        return fee is not None or lexicon.pattern("amounts", "piece_stops").match(after) is not None
    return not _counts_pieces(view, lexicon, match.start())


def _spoken_of_money(view: View, lexicon: Lexicon, match: re.Match[str]) -> bool:
    """A sum without a unit: nothing is counted behind it, and its clause or the one before speaks of money."""
    if not lexicon.pattern("amounts", "sum_ends").match(view.folded[match.end() : match.end() + 3] or "。"):
        return False
    start, end = view.clause(match.start())
    near = view.folded[view.clause(start - 1)[0] if start else 0 : end]
    return lexicon.pattern("amounts", "money_context").search(near) is not None


def _round(match: re.Match[str]) -> Decimal | None:
    parts = match.groupdict()
    if "head" not in parts:
        return numerals.parse(match["number"])
    head, following = numerals.parse(parts["head"]), numerals.parse(parts["next"])
    size = _SIZES[parts["size"]]
    return None if head is None or following is None else head * size + following * size // 10


def _counts_pieces(view: View, lexicon: Lexicon, at: int) -> bool:
    """True if the sentence counts pieces with the same word: 20块电路板少了4块."""
    start, _ = view.sentence(at)
    for match in re.finditer(rf"[\d{_CN}]块(?=[\u4e00-\u9fff])(?![{_CN}])", view.folded[start:at]):
        if not lexicon.pattern("amounts", "piece_stops").match(view.folded[start + match.end() :]):
            return True
    return False


def _bare_is_money(view: View, lexicon: Lexicon, match: re.Match[str]) -> bool:
    """A number after a money word, without a unit: only if nothing else is counted."""
    number, after = match["number"], view.folded[match.end() : match.end() + 3]
    after = "" if re.match(r" [\u4e00-\u9fff]", after) else after.lstrip()
    if number.isdigit() and (len(number) > 7 or (len(number) < 2 and not _FEE_ALONE.search(match[0]))):
        return False
    if re.match(r"/[\u4e00-\u9fff]", after):
        return "." in number
    if after and re.match(r"[\u4e00-\u9fffa-z0-9%.:/+-]", after):
        return (
            lexicon.pattern("amounts", "vague_after").match(after) is None
            and re.match(r"[就的也都才还吧呢啊啦了你我他她得要不能拒整没交赔]", after) is not None
        )
    return True
