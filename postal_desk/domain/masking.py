"""Masks for personal data: what an export shows of names, phones, addresses, identity and item numbers.

Stars keep the length (what follows in an address becomes three). Lengths are in code points: a rare Han
character is one. In free text such values are found first, rather too many than too few.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from postal_desk.domain.item_numbers import normalise
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import Refusal, say

STAR = "*"
#: Full-width signs, figures and letters → the plain ones; one character for one, so that places stay the same.
HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_NAME_DOTS = "·•‧・･⋅∙"
_PHONES_APART = re.compile(r"([/、,，;；]|\s{2,})")
_SERVICE_DIGITS = 7  # a number with fewer digits is a service (11183, 114), nobody's own
_LONGEST_LOCAL = 8  # digits of a landline without its area code


def mask(field: str, value: str, rules: Rules) -> str:
    """One value masked as its field (one of :data:`FIELDS`, else :class:`Refusal`) demands."""
    if field == "name":
        return mask_name(value, rules.compound_surnames)
    if field not in _MASKS:
        raise Refusal(say("There is no mask for “{field}”; use one of: {fields}", field=field, fields=FIELDS))
    return _MASKS[field](value)


def mask_name(value: str, compound_surnames: Collection[str]) -> str:
    """The surname stays (a compound one whole); of a name with "·" or a Latin one the first character."""
    name = value.strip()
    kept = 1
    if not any(dot in name for dot in _NAME_DOTS) and len(name) > 2 and name[:2] in compound_surnames:
        kept = 2
    return name[:kept] + STAR * (len(name) - kept)


def mask_phone(value: str) -> str:
    """Mobile 3 + 2 digits, landline the area code and the last 2; under 7 digits unmasked.

    Of several numbers in one value each is masked.
    """
    parts = _PHONES_APART.split(value.strip())
    if any(_digits(part) < _SERVICE_DIGITS for part in parts[::2]):
        return _mask_one_phone(value.strip())  # one number in pieces
    return "".join(part if at % 2 else _mask_one_phone(part) for at, part in enumerate(parts))


def _digits(value: str) -> int:
    return sum(character.isdigit() for character in value)


_PREFIX = re.compile(r"(?:\(?(?:\+|00)86\)?[-\s]*)?")
_AREA_CODE = re.compile(r"\(?(?:010|02[0-9]|0[3-9][0-9]{2})\)?")


def _mask_one_phone(value: str) -> str:
    plain = value.translate(HALF_WIDTH)
    if _digits(plain) < _SERVICE_DIGITS:
        return "".join(STAR if character.isalpha() else character for character in value)  # no number at all
    prefix = _match_end(_PREFIX, plain, 0)
    if _digits(plain[prefix:]) < _SERVICE_DIGITS:
        prefix = 0
    area = _match_end(_AREA_CODE, plain, prefix)
    if area > prefix and _digits(plain[area:]) >= _SERVICE_DIGITS:
        return value[:area] + star_between(value[area:], 0, 2)
    own = _digits(plain[prefix:])
    kept = 0 if own <= _LONGEST_LOCAL else min(3, own - _LONGEST_LOCAL)
    return value[:prefix] + star_between(value[prefix:], kept, 2)


def _match_end(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start


def star_between(value: str, first: int, last: int) -> str:
    """Star figures and letters but the ``first`` and ``last`` ones; blanks, hyphens and brackets stay."""
    places = [at for at, character in enumerate(value) if character.isalnum()]
    starred = set(places[first : len(places) - last])
    return "".join(STAR if at in starred else character for at, character in enumerate(value))


def mask_id(value: str) -> str:
    """An identity number: first 3 and last 1; one of up to five characters is starred whole."""
    number = value.strip()
    if len(number) <= 5:
        return STAR * len(number)
    return number[:3] + STAR * (len(number) - 4) + number[-1]


def mask_item(value: str) -> str:
    """An item number, normalised: first 2 and last 4; one of up to six characters is starred whole."""
    number = normalise(value)
    if len(number) <= 6:
        return STAR * len(number)
    return number[:2] + STAR * (len(number) - 6) + number[-4:]


#: Characters that end the name of an administrative unit: from here on an address names streets and houses.
_STREET = "路街巷弄号號村组組栋幢楼樓室"
_UNIT = re.compile(
    rf"\s*[^\W\dA-Za-z_{_STREET}]{{1,11}}?"
    r"(?:(?P<township>街道|镇|鎮|乡|鄉|苏木)"
    r"|(?:特别行政区|自治区|自治州|自治县|自治旗|地区|省|市区?|盟|县|縣|旗|区|區))"
)
#: Ends of words that only look like a unit: a housing estate, a market, a shop.
_NO_UNIT = re.compile(r"(?:[小社园校厂院宅活属舍景库]区|[超夜门菜花集]市|(?<!成)都市)$")


def mask_address(value: str) -> str:
    """Everything up to the last administrative unit (县市区乡镇街道), the rest as three stars.

    The units are read from the beginning, so that a housing estate (小区) or a market (市场) is not one.
    """
    address = value.strip()
    kept = 0
    while found := _UNIT.match(address, kept):
        if _NO_UNIT.search(found[0]) or (found[0].endswith("市") and address.startswith("场", found.end())):
            break
        kept = found.end()
        if found["township"]:
            break
    return address if kept == len(address) else address[:kept] + STAR * 3


_MASKS: Mapping[str, Callable[[str], str]] = {
    "phone": mask_phone,
    "id": mask_id,
    "address": mask_address,
    "item": mask_item,
}
FIELDS = ("name", *_MASKS)

Kind = Literal["name", "item", "id", "phone", "number", "contact"]


@dataclass(frozen=True, slots=True)
class Span:
    """Where something was masked, in code points, and as what."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class MaskedText:
    """A text of the same length as the original, and the spans that were masked, in order."""

    text: str
    spans: tuple[Span, ...]


_GAP = "[ -]?"
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "item",
        re.compile(
            rf"(?<![A-Za-z0-9])[A-Za-z]{{2}}{_GAP}(?:[0-9]{_GAP}){{9}}"
            rf"(?:[A-Za-z]{{2}}|[0-9]{_GAP}[0-9])(?![A-Za-z0-9])"
        ),
    ),
    (
        "id",
        re.compile(rf"(?<![0-9])[1-9][0-9]{{5}}{_GAP}(?:19|20)[0-9]{{6}}{_GAP}[0-9]{{3}}[0-9Xx](?![0-9])"),
    ),
    (
        "phone",
        re.compile(rf"(?<![0-9])(?:(?:\+|00)?86{_GAP})?1[3-9][0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}(?![0-9])"),
    ),
    ("phone", re.compile(r"(?<![0-9])\(?(?:010|02[0-9]|0[3-9][0-9]{2})\)?[ -]?[0-9]{7,8}(?![0-9])")),
    ("phone", re.compile(r"\+[1-9][0-9 ()-]{6,20}[0-9]")),
    ("phone", re.compile(rf"(?<![0-9])[48]00{_GAP}[0-9]{{3}}{_GAP}[0-9]{{4}}(?![0-9])")),
    ("item", re.compile(r"(?<![0-9])[0-9]{13}(?![0-9])")),
    (
        "number",
        re.compile(
            rf"(?<![0-9])(?:[0-9]{{4}}{_GAP}){{3,5}}[0-9]{{0,4}}(?![0-9])|(?<![0-9])[0-9]{{9,}}[Xx]?(?![0-9])"
        ),
    ),
    (
        "phone",
        re.compile(
            r"(?<![0-9.¥￥$])(?!(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])(?![0-9]))"
            r"[0-9]{7,8}(?![0-9.]|-[0-9]|\s*[元块万年个件])"
        ),
    ),
)


#: An e-mail address up to its @, and the name somebody has with a messenger; without «号» it needs a digit.
_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]*(?=@[A-Za-z0-9-]+\.[A-Za-z])")
_MESSENGER = re.compile(
    r"(?<![a-z0-9])(?:微信|weixin|wechat|qq|vx)\s*(?:(?:账|帐)?(?:号码?|id)\s*[是为]?\s*[:：]?|[是为:：]|(?=[a-z_-]*[0-9]))\s*"
    r"(?P<name>[a-z0-9_-]{5,20})(?![a-z0-9_@-])",
    re.IGNORECASE,
)
_MESSENGERS = ("微信", "qq", "wechat", "weixin", "vx")

#: Where the patterns are tried at all, since most of a story has no figures; a unit (元) may follow.
_RUN = re.compile(r"[0-9A-Za-z+()\-. ¥￥$]{7,}")
_AFTER_RUN = 3
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")


def mask_free_text(
    text: str, names: Iterable[str] = (), compound_surnames: Collection[str] = ()
) -> MaskedText:
    """Star every phone, identity number, item number, e-mail address and name with a messenger, and every occurrence of
    the customer's ``names``.
    """
    plain = text.translate(HALF_WIDTH) if _WIDE.search(text) else text
    spans: list[Span] = []
    taken = bytearray(len(text))
    for kind, start, end in (*_names(plain, names), *_numbers(plain), *_contacts(plain)):
        if not any(taken[start:end]):  # the surest kind came first
            taken[start:end] = b"\1" * (end - start)
            spans.append(Span(start, end, kind))
    if not spans:
        return MaskedText(text, ())
    spans.sort(key=lambda span: span.start)
    characters = list(text)
    for span in spans:
        masked = _masked(text[span.start : span.end], span.kind, compound_surnames)
        characters[span.start : span.end] = masked
    return MaskedText("".join(characters), tuple(spans))


def _names(plain: str, names: Iterable[str]) -> Iterator[tuple[Kind, int, int]]:
    """Every occurrence of a name, the longest name first; Latin names in any case."""
    wanted = {name.strip().translate(HALF_WIDTH) for name in names}
    for name in sorted(wanted, key=len, reverse=True):
        if len(name) > 1:
            pattern = re.compile(re.escape(name), re.IGNORECASE if name.isascii() else 0)
            for found in pattern.finditer(plain):
                yield "name", found.start(), found.end()


def _contacts(plain: str) -> Iterator[tuple[Kind, int, int]]:
    """Ways to reach somebody that are no numbers. Most texts have none, and lists mask thousands of texts."""
    if "@" in plain:
        for found in _EMAIL.finditer(plain):
            yield "contact", found.start(), found.end()
    folded = plain.lower()
    if any(word in folded for word in _MESSENGERS):
        for found in _MESSENGER.finditer(plain):
            yield "contact", *found.span("name")


def _numbers(plain: str) -> Iterator[tuple[Kind, int, int]]:
    """What looks like a personal number."""
    for run in _RUN.finditer(plain):
        if _digits(run[0]) < _SERVICE_DIGITS:
            continue
        for kind, pattern in _PATTERNS:
            for found in pattern.finditer(plain, run.start(), min(run.end() + _AFTER_RUN, len(plain))):
                yield kind, found.start(), found.end()


def _masked(value: str, kind: Kind, compound_surnames: Collection[str]) -> str:
    if kind == "name":
        return mask_name(value, compound_surnames)
    if kind == "phone":
        return mask_phone(value)
    if kind == "item":
        return star_between(value, 2, 4)
    if kind == "contact":
        return value[0] + STAR * (len(value) - 1)
    return star_between(value, 3, 1)
