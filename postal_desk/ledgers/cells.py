"""Single cells that hold more than a word: item numbers, phones, persons, amounts, ages."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from postal_desk.domain import item_numbers
from postal_desk.domain.sentences import Sentence, say

_NOTHING = frozenset(
    ("", "无", "/", "-", "—", "——", "－", "\\", "none", "n/a", "暂无", "未提供", "不详", "未知", "..", "…")
)
LONGEST_NOTHING = 8
_ITEM = re.compile(r"(?<![A-Z0-9])(?:[A-Z]{2}[0-9]{9}[A-Z]{2}|[A-Z]{2}[0-9]{11}|[0-9]{13})(?![A-Z0-9])")
_ITEM_SPACED = re.compile(r"(?<=[A-Z0-9])[ ​\-]+(?=[A-Z0-9])")
_APART = re.compile(r"[、,;/\n|+和及]|\s{2,}")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?e\+?[0-9]{1,3}", re.IGNORECASE)
_LONGEST_ITEM = 40
_EXACT = 10**15
_PHONE = re.compile(
    r"(?:\+?86[- ]?)?1[3-9][0-9]{9}|0[0-9]{2,3}[- ]?[0-9]{7,8}(?:-[0-9]{1,6})?|(?<![0-9])[2-9][0-9]{6,7}(?![0-9])"
)
_MONEY = re.compile(
    r"(?:人民币|rmb|￥|¥)?\s*(-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|-?[0-9]+(?:\.[0-9]+)?)\s*(?:元整|元|圆|块)?"
)
_AGE = re.compile(r"([0-9]{1,3})\s*(多|余|几)?\s*岁?(?:左右|以上)?")
_BANDS = ((18, "under_18"), (60, "18_59"), (80, "60_79"), (131, "80_plus"))
_OLD = {
    "老人": "60_79",
    "老年": "60_79",
    "高龄": "80_plus",
    "成年": "18_59",
    "未成年": "under_18",
    "中年": "18_59",
    "青年": "18_59",
}


def is_nothing(text: str) -> bool:
    """True for the marks by which people say that there is nothing."""
    return len(text) <= LONGEST_NOTHING and text.strip().lower() in _NOTHING


def as_text(value: Any) -> str:
    """A cell as text, as Excel would show it without a format."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < _EXACT:
            return str(int(value))
        return repr(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}" if value.hour or value.minute else f"{value:%Y-%m-%d}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


@dataclass(frozen=True, slots=True)
class ItemsRead:
    """Numbers taken from a cell; ``kept``: what is not taken as a number and has to stay as text."""

    numbers: tuple[str, ...] = ()
    kept: str = ""
    flag: Sentence | None = None


def read_items(value: Any) -> ItemsRead:
    """The item numbers of a cell. One that Excel made a number of is never completed, only flagged."""
    if isinstance(value, bool):
        return ItemsRead(kept=as_text(value))
    if isinstance(value, int | float):
        return _number_made_of_it(float(value))
    text = as_text(value)
    if is_nothing(text):
        return ItemsRead()
    if len(text) == 13 and text.isascii() and item_numbers.form_of(text) != "unknown":
        return ItemsRead((text,))
    folded = unicodedata.normalize("NFKC", text).upper()
    if _SCIENTIFIC.fullmatch(folded):
        return ItemsRead(kept=text, flag=_LOST)
    whole = item_numbers.normalise(folded)
    if item_numbers.form_of(whole) != "unknown":
        return ItemsRead((whole,))
    pieces = [_ITEM_SPACED.sub("", piece.strip()) for piece in _APART.split(folded)]
    numbers, left = [], []
    for piece in filter(None, pieces):
        found = _ITEM.findall(piece)
        rest = re.sub(r"[等共件\s。:：()]|[0-9]{1,2}(?=件)|单号|邮件号?码?", "", _ITEM.sub("", piece))
        numbers += found
        if not found and _single(piece):
            numbers.append(item_numbers.normalise(piece))
        elif rest:
            left.append(piece)
    if left:
        return ItemsRead(tuple(dict.fromkeys(numbers)), text, say("not all of it reads as item numbers"))
    return ItemsRead(tuple(dict.fromkeys(numbers)))


_LOST = say("Excel turned the number into a value and lost digits; look it up and type it in by hand")


def _number_made_of_it(value: float) -> ItemsRead:
    if value != value or not value.is_integer() or abs(value) >= _EXACT or value < 0:
        return ItemsRead(kept=repr(value), flag=_LOST)
    digits = str(int(value))
    if len(digits) == 13:
        return ItemsRead((digits,), flag=say("Excel kept the number as a value; compare it with the paper"))
    return ItemsRead(kept=digits, flag=say("Excel kept the number as a value; leading zeros may be lost"))


def _single(piece: str) -> bool:
    """A number of a form that is not known, but one number all the same."""
    number = item_numbers.normalise(piece)
    return (
        6 <= len(number) <= _LONGEST_ITEM
        and number.isascii()
        and number.isalnum()
        and sum(character.isdigit() for character in number) >= 5
    )


def read_phone(value: Any) -> tuple[str, Sentence | None]:
    """The phone of a cell as text, and what to look at again."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        text = as_text(value)
        if not text.isdigit():
            return text, say(
                "Excel turned the number into a value and lost digits; look it up and type it in by hand"
            )
        if len(text) in (10, 11) and not text.startswith("1"):
            return text, say("Excel kept the number as a value; leading zeros may be lost")
        return text, None
    text = as_text(value)
    return ("", None) if is_nothing(text) else (" ".join(text.split()), None)


def is_phone(value: Any) -> bool:
    """True for a mobile or a landline."""
    return bool(_PHONE.fullmatch(unicodedata.normalize("NFKC", as_text(value)).replace(" ", "")))


def read_person(value: Any) -> tuple[str, str]:
    """Name and phone of a cell that holds both."""
    text = unicodedata.normalize("NFKC", as_text(value))
    phones = _PHONE.findall(text)
    name = re.sub(r"(?:联系)?电话|手机|[::,,、;/()\s]+", " ", _PHONE.sub(" ", text)).strip()
    return name, " ".join(phones)


def read_money(value: Any) -> tuple[Decimal | None, bool]:
    """Yuan to the fen, and whether the cell could be read."""
    if isinstance(value, bool):
        return None, False
    if isinstance(value, int | float):
        try:
            amount = Decimal(repr(value))
        except InvalidOperation:
            return None, False
    else:
        text = unicodedata.normalize("NFKC", as_text(value)).lower()
        if is_nothing(text):
            return None, True
        found = _MONEY.fullmatch(text)
        if found is None:
            return None, False
        amount = Decimal(found[1].replace(",", ""))
    if not amount.is_finite() or amount < 0 or amount >= 10**9:
        return None, False
    rounded = amount.quantize(Decimal("0.01"))
    return (rounded, True) if abs(rounded - amount) < Decimal("0.0001") else (None, False)


def read_age(value: Any) -> str | None:
    """The age band; ``""`` for an empty cell, ``None`` for one that can't be read."""
    text = unicodedata.normalize("NFKC", as_text(value))
    if is_nothing(text):
        return ""
    found = _AGE.fullmatch(text)
    if found and int(found[1]) < 131:
        return next(band for limit, band in _BANDS if int(found[1]) < limit)
    return next((band for word, band in sorted(_OLD.items(), key=lambda w: -len(w[0])) if word in text), None)
