"""Numbers as people write them: 23, 1,280.50, 八百八, 贰拾元整, 二〇一九."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = dict(zip("零一二三四五六七八九", range(10), strict=True)) | {
    "〇": 0, "○": 0, "两": 2, "俩": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8,
    "玖": 9, "弌": 1, "兩": 2, "貳": 2, "叄": 3, "陸": 6,
}  # fmt: skip
_UNITS = {"十": 10, "拾": 10, "廿": 20, "卅": 30, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000}

# 1万2, 1万2千, 3千5: a figure after the unit counts its tenths.
_MIXED = re.compile(r"(?P<head>\d{1,4})(?P<size>[万千])(?P<rest>\d)(?P<unit>[千百])?")
_SIZES = {"万": 10_000, "千": 1000, "百": 100}

#: Characters of a Chinese numeral, for a regular expression's character class.
CHINESE = "".join(dict.fromkeys([*_DIGITS, *_UNITS, *_MYRIADS]))


def parse(text: str) -> Decimal | None:
    """The value, or ``None`` if the text is no number. A last digit after a unit counts its tenths (八百八 = 880)."""
    plain = text.replace(",", "").replace(" ", "")
    if not plain:
        return None
    if plain[0].isascii():
        if mixed := _MIXED.fullmatch(plain):
            size = _SIZES[mixed["size"]]
            rest = int(mixed["rest"]) * (_SIZES[mixed["unit"]] if mixed["unit"] else size // 10)
            return Decimal(int(mixed["head"]) * size + rest)
        for sign, factor in (
            ("万", 10_000),
            ("w", 10_000),
            ("千", 1000),
            ("仟", 1000),
            ("佰", 100),
            ("k", 1000),
            ("百", 100),
        ):
            if plain.endswith(sign):
                head = _arabic(plain[:-1])
                return None if head is None else head * factor
        return _arabic(plain)
    value = _digits_only(plain)
    return value if value is not None else _chinese(plain)


def _arabic(plain: str) -> Decimal | None:
    head, _, tail = plain.partition(".")
    return Decimal(plain) if head.isdecimal() and (not tail or tail.isdecimal()) and plain.isascii() else None


def _digits_only(plain: str) -> Decimal | None:
    if len(plain) > 1 and all(char in _DIGITS for char in plain):
        return Decimal("".join(str(_DIGITS[char]) for char in plain))
    return None


def _chinese(plain: str) -> Decimal | None:
    total, section, digit, last_unit, gap = 0, 0, 0, 1, False
    for char in plain:
        if char in _DIGITS:
            digit, gap = _DIGITS[char], gap or _DIGITS[char] == 0
        elif char in _UNITS:
            unit = _UNITS[char]
            section += unit if char in "廿卅" else (digit or 1) * unit
            digit, last_unit, gap = 0, 10 if char in "廿卅" else unit, False
        elif char in _MYRIADS:
            total += (section + digit or 1) * _MYRIADS[char]
            section, digit, last_unit, gap = 0, 0, _MYRIADS[char], False
        else:
            return None
    tail = digit * (last_unit // 10) if last_unit > 10 and not gap else digit
    return Decimal(total + section + tail)
