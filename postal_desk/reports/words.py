"""How documents say numbers, dates and lists, in the document's own language.

The document's language is chosen apart from the window's, so everything here takes it explicitly. Message ids go
through :meth:`Words.t` as literals (so that they can be collected).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from postal_desk import i18n
from postal_desk.domain.month_ranges import MonthRange, Span
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import Label, Sentence
from postal_desk.domain.summaries import Rate

NONE = "—"
MARK = "\ue000"  # private use: no text that passed the text rule has a meaning for it
_CHINESE = "〇一二三四五六七八九十"


class Words:
    """One language's way of writing: ``zh_CN`` or ``en``."""

    def __init__(self, language: str) -> None:
        if language not in i18n.LANGUAGES:
            raise ValueError(f"language {language!r} is not one of {', '.join(i18n.LANGUAGES)}")
        self.language = language
        self.chinese = language == "zh_CN"

    def t(self, msgid: str, /, **params: object) -> str:
        """A sentence in the document's language, its parameters filled in.

        ``{mark}`` in a message is where the mark of its footnote goes: each language has it after the term itself.
        """
        return i18n.translate(msgid, self.language).format(mark=MARK, **params)

    def tell(self, sentence: Sentence) -> str:
        """A domain sentence."""
        return i18n.tell(sentence, self.language)

    def name(self, label: Label) -> str:
        """The name of a code."""
        return i18n.label(label, self.language)

    def kind(self, label: Label) -> str:
        """The name of a code inside a sentence: English words lose their capital, abbreviations keep theirs."""
        name = self.name(label)
        if self.chinese or len(name) < 2 or name[1].isupper() or not name[1].isalpha():
            return name
        return name[0].lower() + name[1:]

    def cases(self, count: int) -> str:
        """``1 case``, ``2 cases``, ``2件``."""
        return self.t("{n} case", n=count) if count == 1 else self.t("{n} cases", n=count)

    def days(self, count: int) -> str:
        """``1 day``, ``2 days``, ``2天``."""
        return self.t("{n} day", n=count) if count == 1 else self.t("{n} days", n=count)

    def money(self, amount: Decimal) -> str:
        """``25.20 yuan``."""
        return f"{amount:.2f}元" if self.chinese else f"{amount:,.2f} yuan"

    def listed(self, parts: Iterable[str]) -> str:
        """Words joined as in a sentence: ``a、b、c`` or ``a, b and c``."""
        items = list(parts)
        if self.chinese or len(items) < 2:
            return "、".join(items)
        return f"{', '.join(items[:-1])} and {items[-1]}"

    def clauses(self, parts: Iterable[str]) -> str:
        """Longer parts joined by the semicolon of the language."""
        return ("；" if self.chinese else "; ").join(parts)

    def joined(self, sentences: Iterable[str]) -> str:
        """Whole sentences one after the other."""
        return ("" if self.chinese else " ").join(sentence for sentence in sentences if sentence)

    def bracketed(self, text: str) -> str:
        """A remark in brackets, with the blank that English wants before it."""
        return f"（{text}）" if self.chinese else f" ({text})"

    def percent(self, value: float | None, digits: int = 1) -> str:
        """``97.6%``, or a dash where there was nothing to divide by."""
        return NONE if value is None else f"{value * 100:.{digits}f}%"

    def rate(self, rate: Rate) -> str:
        """A percentage with its counts beside it: ``97.6% (40/41)``."""
        if rate.value is None:
            return NONE
        return self.percent(rate.value) + self.bracketed(f"{rate.part}/{rate.whole}")

    def cell_rate(self, rate: Rate) -> str:
        """The same in a table's cell: half-width brackets, so that a narrow column breaks at the blank."""
        return NONE if rate.value is None else f"{self.percent(rate.value)} ({rate.part}/{rate.whole})"

    def mean(self, value: float | None) -> str:
        """A mean with one decimal, or a dash."""
        return NONE if value is None else f"{value:.1f}"

    def month(self, month: Span) -> str:
        """``2019年7月``, ``July 2019``; ``2019年第三季度``."""
        return self.name(month.label)

    def month_name(self, month: Span) -> str:
        """The month without its year; of a longer period the name that goes into a sentence."""
        if isinstance(month, MonthRange):
            article = "" if self.chinese or month.kind in ("year", "range", "days") else "the "
            return article + self.name(month.bare_label)
        return f"{month.month}月" if self.chinese else month.label.en.split()[0]

    def typed(self, text: str) -> str:
        """A heading or figure with the remark that it comes from totals typed in."""
        return text + self.bracketed(self.t("typed"))

    def month_tick(self, month: Month) -> str:
        """The month under an axis: ``7月``, ``Jul``."""
        return self.month_name(month) if self.chinese else self.month_name(month)[:3]

    def day(self, day: date) -> str:
        """A full date without leading zeros."""
        if self.chinese:
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {self.month(Month.of(day))}"

    def short_day(self, day: date) -> str:
        """A date without its year."""
        return f"{day.month}月{day.day}日" if self.chinese else f"{day.day} {self.month_name(Month.of(day))}"

    def ordinal(self, number: int, level: int = 1) -> str:
        """The number before a heading: ``一、`` and ``（一）``, ``1. `` and ``(1) ``."""
        if not self.chinese:
            return f"{number}. " if level == 1 else f"({number}) "
        return f"{chinese_number(number)}、" if level == 1 else f"（{chinese_number(number)}）"


#: How a text that speaks of a month speaks of a longer period instead; months that are counted (twelve months) stay.
_OF_A_RANGE = {
    "zh_CN": (
        ("上月全月", "上期全期"),
        ("去年同月全月", "去年同期全期"),
        ("去年同月", "去年同期"),
        ("上一个完整月份", "紧接在前、长度相同的完整期间"),
        ("上一年度同一完整月份", "上一年度同一完整期间"),
        ("月报", "报告"),
        ("月末", "期末"),
        ("月底", "期末"),
        *((f"{word}月", f"{word}期") for word in "上本下当该全"),
    ),
    "en": (("monthly service report", "service report"), ("Monthly report", "Report")),
}
_MONTH = re.compile(r"(?<!\{)(?<!\ba )\b([Mm])onth\b")  # «5 a month» stays a mean of months


class RangeWords(Words):
    """The same for a document of several months: what is said of a month is said of the period."""

    def t(self, msgid: str, /, **params: object) -> str:
        template = self._of_a_range(i18n.translate(msgid, self.language))
        return template.format(mark=MARK, **params)

    def tell(self, sentence: Sentence) -> str:
        return self._of_a_range(super().tell(sentence))

    def _of_a_range(self, text: str) -> str:
        for month, period in _OF_A_RANGE[self.language]:
            text = text.replace(month, period)
        if self.chinese:
            return text
        return _MONTH.sub(lambda found: "Period" if found[1] == "M" else "period", text)


def words_for(span: Span, language: str) -> Words:
    """How a document about a month, or about several, says things."""
    return RangeWords(language) if isinstance(span, MonthRange) else Words(language)


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese numerals."""
    if not 0 < number < 100:
        raise ValueError(f"{number} is not between 1 and 99")
    tens, ones = divmod(number, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else _CHINESE[tens] + "十"
    return ten + (_CHINESE[ones] if ones else "")
