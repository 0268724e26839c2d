"""Cells become values by their target: every cell is taken over, kept as text, or named with a reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from postal_desk.domain import item_numbers, text_rule
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import FieldRefusal, Sentence, say
from postal_desk.ledgers.cells import (
    LONGEST_NOTHING,
    as_text,
    is_nothing,
    read_age,
    read_items,
    read_money,
    read_person,
    read_phone,
)
from postal_desk.ledgers.dates import DateReader, clock_of
from postal_desk.ledgers.lexicon import Lexicon, Names, plain
from postal_desk.ledgers.plan import ADD, Plan
from postal_desk.ledgers.reading import Sheet
from postal_desk.ledgers.targets import SILENT, TARGETS, Target

#: Characters that the text rule leaves as they are, so that most texts need no closer look.
_PLAIN = re.compile(r"[ -~\n\u3001-\u3029\u4e00-\u9fff\uff01-\uff5e·…—“”‘’]*")
_CACHE = 50_000
_ANONYMOUS = frozenset(("匿名", "匿名用户", "anonymous"))
_SUSPICIOUS = say("the check digit does not fit; compare it with the paper")


class Remark(NamedTuple):
    """Something about one cell of a row. ``column`` is its index or ``None``; ``value`` the cell as text, unmasked."""

    reason: Sentence
    remedy: Sentence | None = None
    column: int | None = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """The meaning of a word: ``value``, or ``unknown``; ``kept``: left out by decision, the word stays as text."""

    value: str = ""
    unknown: bool = False
    kept: bool = False


class Draft:
    """A row on its way to a case: values by target, lines of the narrative, lines kept with their heading.

    Written out, as a hundred thousand of them are made at once.
    """

    __slots__ = ("flags", "kept", "lines", "numbers", "outcomes", "problems", "row", "steps", "values")

    def __init__(self, row: int) -> None:
        self.row = row
        self.values: dict[str, Any] = {}
        self.lines: list[str] = []  # narrative
        self.kept: list[str] = []  # lines with their heading
        self.numbers: list[str] = []
        self.steps: list[tuple[int, str]] = []
        self.outcomes: list[str] = []
        self.problems: list[Remark] = []
        self.flags: list[Remark] = []


class CellReader:
    """Reads cells by a plan. ``unknown`` counts how often a word could not be understood, by target and word."""

    def __init__(
        self,
        sheet: Sheet,
        plan: Plan,
        headings: Mapping[int, str],
        lexicon: Lexicon,
        rules: Rules,
        outlets: Names,
        staff: Names,
        secret: bytes,
        today: date,
    ) -> None:
        self.plan, self.rules, self.today = plan, rules, today
        self.dates = DateReader(plan.year, sheet.date1904, today.year + 1, plan.month_first)
        self.unknown: dict[tuple[str, str], int] = {}
        self._valueless = sheet.facts.valueless
        self._lexicon, self._names = lexicon, {"outlet": outlets, "handler": staff}
        self._headings = headings
        self._secret = secret
        self._salt = plan.digest().hex()
        self._words: dict[tuple[str, str], Decided] = {}
        #: By column: cells that are nothing but a value of their target, and which. Texts and days only: 1 is True.
        self._known: dict[int, dict[Any, Any]] = {at: {} for at in plan.columns}
        self._outcomes: dict[str, tuple[str, ...]] = {}
        self._learned = {
            name: {plain(word): value for word, value in words.items()} for name, words in plan.words.items()
        }
        self._work = [
            (at, name, TARGETS[name], self._known[at], self._reader_of(TARGETS[name]))
            for at, name in sorted(plan.columns.items())
            if name not in SILENT
        ]

    def _reader_of(self, target: Target) -> Callable[[Draft, int, Target, Any], None]:
        readers: Mapping[str, Callable[[Draft, int, Target, Any], None]] = {
            "text": self._text, "date": self._date, "code": self._code, "category": self._code,
            "outlet": self._code, "staff": self._code, "phone": self._phone, "person": self._person,
            "age": self._age, "item": self._items, "money": self._money, "flag": self._flag,
            "steps": self._steps, "outcome": self._outcome, "opinion": self._opinion, "status": self._code,
            "part": self._part,
        }  # fmt: skip
        if target.name == "note":
            return self._note
        if target.name == "narrative":
            return self._narrative
        return readers[target.form]

    def _text(self, draft: Draft, at: int, target: Target, value: Any) -> None:
        text = value.strip() if type(value) is str else as_text(value)
        if len(text) <= LONGEST_NOTHING and is_nothing(text):
            return
        name = target.name
        if name == "customer_name" and text in _ANONYMOUS:
            draft.values["anonymous"] = True
            return
        if name not in ("remedy", "praise") and "\n" in text:
            text = " ".join(text.split())
        limit = target.length if name != "subject" else 20_000
        cleaned = (
            text if len(text) <= limit and _PLAIN.fullmatch(text) else self._clean(draft, at, text, limit)
        )
        if cleaned:
            draft.values[name] = cleaned
        if name == "ledger_number":
            self._keep(draft, at, cleaned)

    def _narrative(self, draft: Draft, at: int, target: Target, value: Any) -> None:
        text = as_text(value)
        if not is_nothing(text) and (cleaned := self._clean(draft, at, text, target.length)):
            draft.lines.append(cleaned)

    def _note(self, draft: Draft, at: int, target: Target, value: Any) -> None:
        text = as_text(value)
        if not is_nothing(text):
            self._keep(draft, at, self._clean(draft, at, text, target.length))

    def _keep(self, draft: Draft, at: int, text: str) -> None:
        """Nothing is dropped: what has no field of its own stays as a line of the narrative."""
        heading = self._headings.get(at, "")
        if text:
            draft.kept.append(f"{heading}：{text}" if heading else text)

    def _date(self, draft: Draft, at: int, target: Target, value: Any) -> None:
        read = self.dates.read(value)
        if read.day is not None:
            draft.values[target.name] = read.day
            if target.name == "opened_on" and clock_of(value):
                self._keep(draft, at, as_text(value))  # a case has a day of opening, the hour stays as text
            else:
                self._remember(at, value, read.day)
        elif read.reason is not None:
            if target.name in ("closed_on", "answered_on", "asked_on") and self._says_status(draft, value):
                return
            draft.problems.append(Remark(read.reason, read.remedy, at, as_text(value)))

    def _says_status(self, draft: Draft, value: Any) -> bool:
        """``处理中`` in the column of the closing day."""
        status = self._lexicon.code("statuses", as_text(value))
        if status is None or status == "closed":
            return False
        draft.values.setdefault("status", status)
        return True

    def _part(self, draft: Draft, at: int, target: Target, value: Any) -> None:
        text = as_text(value).rstrip("年月日号")
        if text.isascii() and text.isdigit() and len(text) <= 4:
            draft.values[target.name] = int(text)
        else:
            draft.problems.append(Remark(say("no number"), say("write it in figures"), at, as_text(value)))

    def _code(self, draft: Draft, at: int, target: Target, value: Any) -> None:
        text = as_text(value)
        if is_nothing(text) and target.form != "status" and self._lexicon.code(target.codes, text) is None:
            return
        decided = self.decide(target.name, text)
        if decided.unknown:
            draft.problems.append(
                Remark(
                    self._not_known(target, text), say("decide what it means, or correct the cell"), at, text
                )
            )
        elif decided.kept:
            self._keep(draft, at, self._clean(draft, at, text, 1000))
        else:
            draft.values[target.name] = decided.value
            self._remember(at, value, decided.value)

    def _remember(self, at: int, value: Any, meaning: Any) -> None:
        """The same cell in this column means the same again."""
        known = self._known[at]
        if (type(value) is str or type(value) is date) and len(known) < _CACHE:
            known[value] = meaning

    def decide(self, name: str, text: str) -> Decided:
        """What a word of the ledger means. Remembered, and counted if it is unknown."""
        key = (name, text)
        found = self._words.get(key)
        if found is None:
            if len(self._words) > _CACHE:
                self._words.clear()
            found = self._words[key] = self._decide(TARGETS[name], text)
        if found.unknown:
            self.unknown[key] = self.unknown.get(key, 0) + 1
        return found

    def _decide(self, target: Target, text: str) -> Decided:
        by_hand = self._learned.get(target.name, {}).get(plain(text))
        if by_hand == "":
            return Decided(kept=True)
        if by_hand == ADD:
            return Decided(" ".join(unicodedata.normalize("NFC", text).split()))
        if by_hand is not None:
            return Decided(by_hand)
        if target.name in self._names:
            name = self._names[target.name].find(text)
            return Decided(kept=True) if name == "" else Decided(name or "", unknown=name is None)
        code = self._lexicon.code(target.codes, text)
        if code is None:
            within = self._lexicon.codes_within(target.codes, text) if len(text) <= 40 else []
            tops = {found[:2] for found in within} if target.form == "category" else set(within)
            if len(tops) == 1:
                code = max(within, key=len)
        return Decided(code or "", unknown=code is None)

    def nearest(self, name: str, text: str) -> list[str]:
        """The codes or names most like a word."""
        if name in self._names:
            return self._names[name].nearest(text)
        return self._lexicon.nearest(TARGETS[name].codes, text)

    def _not_known(self, target: Target, text: str) -> Sentence:
        near = self.nearest(target.name, text)
        if not near:
            return say("this word is not known")
        if target.name in self._names:
            return say("this word is not known; near it are: {names}", names=tuple(near))
        if target.form == "category":
            return say(
                "this word is not known; near it are: {names}",
                names=tuple(self.rules.category_name(c) for c in near),
            )
        return say(
            "this word is not known; near it are: {names}",
            names=tuple(self.rules.name(target.codes, c) for c in near),
        )

    def _phone(self, draft: Draft, at: int, target: Target, value: Any) -> None:
        if type(value) is str and len(value) == 11 and value.isascii() and value.isdigit():
            draft.values["customer_phone"] = value
            return
        phone, flag = read_phone(value)
        if phone := self._clean(draft, at, phone, target.length):
            draft.values["customer_phone"] = phone
        if flag is not None:
            draft.flags.append(Remark(flag, None, at, as_text(value)))

    def _person(self, draft: Draft, at: int, _target: Target, value: Any) -> None:
        name, phone = read_person(value)
        if name and not is_nothing(name) and (cleaned := self._clean(draft, at, name, 60)):
            draft.values.setdefault("customer_name", cleaned)
        if phone:
            draft.values.setdefault("customer_phone", phone[:60])

    def _age(self, draft: Draft, at: int, _target: Target, value: Any) -> None:
        band = (
            read_age(value)
            if not isinstance(value, str)
            else (self._lexicon.code("age_bands", value) or read_age(value))
        )
        if band is None:
            self._keep(draft, at, self._clean(draft, at, as_text(value), 1000))
        elif band:
            draft.values["age_band"] = band

    def _items(self, draft: Draft, at: int, _target: Target, value: Any) -> None:
        read = read_items(value)
        draft.numbers += read.numbers
        if read.kept:
            self._keep(draft, at, self._clean(draft, at, read.kept, 1000))
        if read.flag is not None:
            draft.flags.append(Remark(read.flag, None, at, as_text(value)))
        for number in read.numbers:
            if item_numbers.is_suspicious(number):
                draft.flags.append(Remark(_SUSPICIOUS, None, at, number))

    def _money(self, draft: Draft, at: int, target: Target, value: Any) -> None:
        amount, readable = read_money(value)
        if not readable:
            draft.problems.append(
                Remark(say("no amount in yuan"), say("write it in figures, as 12.60"), at, as_text(value))
            )
        elif amount is not None:
            draft.values[target.name] = amount

    def _flag(self, draft: Draft, at: int, target: Target, value: Any) -> None:
        text = as_text(value)
        answer = self._lexicon.code("yes", text)
        if answer is None:
            self._keep(draft, at, self._clean(draft, at, text, 1000))
        draft.values[target.name] = answer == "yes" or (answer is None and "疑似" in text)

    def _steps(self, draft: Draft, at: int, target: Target, value: Any) -> None:
        text = value.strip() if type(value) is str else as_text(value)
        if not is_nothing(text) and (cleaned := self._clean(draft, at, text, target.length)):
            draft.steps.append((at, cleaned))

    def _outcome(self, draft: Draft, at: int, target: Target, value: Any) -> None:
        text = as_text(value)
        if (known := self._outcomes.get(text)) is not None:
            draft.outcomes += known
            return
        if is_nothing(text) or not (cleaned := self._clean(draft, at, text, target.length)):
            return
        exact = self._lexicon.code("dispositions", cleaned)
        draft.outcomes += [exact] if exact else self._lexicon.codes_within("dispositions", cleaned)
        if exact is None:
            draft.steps.append((at, cleaned))
        elif cleaned == text and len(self._outcomes) < _CACHE:
            self._outcomes[text] = (exact,)

    def _opinion(self, draft: Draft, at: int, target: Target, value: Any) -> None:
        text = as_text(value)
        attempt = self._lexicon.code("attempts", text)
        if attempt is not None and self._lexicon.code("opinions", text) is None:
            draft.values["attempt"] = attempt
            return
        self._code(draft, at, target, value)

    def _clean(self, draft: Draft, at: int, text: str, limit: int) -> str:
        """The text rule. What it refuses refuses the row, what it takes out is said."""
        if len(text) <= limit and _PLAIN.fullmatch(text):
            return text
        try:
            cleaned = text_rule.clean(text, limit, "")
        except FieldRefusal as refusal:
            draft.problems.append(Remark(refusal.reason, None, at, text_rule.excerpt(text)))
            return ""
        if cleaned.said is not None:
            draft.flags.append(Remark(cleaned.said, None, at, text_rule.excerpt(cleaned.text)))
        return cleaned.text.strip()

    def _check_formulas(self, draft: Draft) -> None:
        for at in self._valueless[draft.row]:
            if self.plan.columns.get(at, "skip") not in SILENT:
                draft.problems.append(
                    Remark(
                        say("a formula whose result is not in the file"),
                        say("open the file in Excel or WPS, save it there, and try again"),
                        at,
                    )
                )
