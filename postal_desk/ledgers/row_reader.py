"""One row becomes one case, or the reasons why not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from postal_desk.domain.case_json import check_days
from postal_desk.domain.cases import Case, Customer, Disposition, MailItem, OpinionAttempt, Step
from postal_desk.domain.fields import field as case_field
from postal_desk.domain.sentences import FieldRefusal, Refusal, say
from postal_desk.domain.states import missing_for_closing
from postal_desk.ledgers.cell_reader import CellReader, Draft, Remark
from postal_desk.ledgers.fingerprints import number_of, text_of
from postal_desk.ledgers.reading import Row
from postal_desk.ledgers.step_texts import split_steps
from postal_desk.ledgers.targets import TARGETS

_SENTENCE_END = re.compile(r"[。！？!?；;\n]")
#: One sum named with the word for it: what a clerk would take for the amount.
_PAID = re.compile(r"赔(?:偿|付|款)[^0-9。；;，,]{0,8}([0-9]{1,7}(?:\.[0-9]{1,2})?)\s*(?:元|圆)")
_SHORT_NUMBER = re.compile(r"[0-9]{1,5}")
_DAYS = ("accepted_on", "answered_on", "closed_on")
_LONGEST_SUBJECT = 200
_SUBJECT_OF_NARRATIVE = 60


class RowRead:
    """What a row became. ``problems`` refuse it, ``flags`` are to be looked at again.

    ``number`` is the ledger's own, ``subject`` of a refused row what can be told of it. The case is made when it is
    asked for: a dry run tells of a row without it.
    """

    __slots__ = (
        "_case", "_draft", "_reader", "flags", "key", "number", "opened_on", "print", "problems", "row", "subject",
    )  # fmt: skip

    def __init__(self, reader: RowReader, draft: Draft, key: int, mark: int, subject: str) -> None:
        self.row, self.key, self.print, self.subject = draft.row, key, mark, subject
        self.problems, self.flags = draft.problems, draft.flags
        self.number: str = draft.values.get("ledger_number", "")
        self.opened_on: date | None = draft.values.get("opened_on")
        self._reader, self._draft = reader, draft
        self._case: Case | None = None

    @property
    def case(self) -> Case | None:
        """The case of the row, ``None`` if it is refused."""
        if self._case is None and not self.problems:
            self._case = self._reader.made(self._draft)
        return self._case

    @property
    def closes_lacking(self) -> bool:
        """True for a closed case that lacks something closing here would need."""
        return not self.problems and self._reader.closes_lacking(self._draft, self)


class RowReader(CellReader):
    """Reads rows by a plan; see :class:`~postal_desk.ledgers.cell_reader.CellReader`."""

    def read(self, number: int, row: Row) -> RowRead:
        """Read one record."""
        draft = Draft(number)
        if number in self._valueless:
            self._check_formulas(draft)
        values = draft.values
        for at, name, target, known, read in self._work:
            value = row[at]
            if value != "":
                meaning = known.get(value)
                if meaning is not None:
                    values[name] = meaning
                else:
                    read(draft, at, target, value)
        try:
            self._settle(draft)
        except FieldRefusal as refusal:
            draft.problems.append(self._of_field(refusal))
        except Refusal as refusal:
            draft.problems.append(Remark(refusal.sentence))
        subject = values.get("subject") or next(iter(draft.lines), "")
        mark = number_of(self._salt + text_of(row), self._secret)
        return RowRead(self, draft, self._key(draft), mark, subject[:80] if draft.problems else subject)

    # -- the whole row -------------------------------------------------------------------------------------

    def _settle(self, draft: Draft) -> None:
        """Bring the values together: what does not fit refuses the row, what is left :meth:`made` makes a case of."""
        values, defaults = draft.values, self.plan.defaults
        opened = self._opened(draft)
        if opened is not None:
            values["opened_on"] = opened
        if draft.problems:
            return
        if opened is None:
            draft.problems.append(
                Remark(say("there is no opening day"), say("fill it in"), self._column("opened_on"))
            )
            return
        if opened > self.today:
            draft.problems.append(
                Remark(
                    say("{day} is still to come", day=opened),
                    say("correct the day"),
                    self._column("opened_on"),
                )
            )
            return
        if len(draft.numbers) > 1:
            self._keep_amounts(draft)
        values["subject"] = self._subject(draft)
        if not values["subject"]:
            draft.problems.append(
                Remark(
                    say("there is neither a subject nor a narrative"),
                    say("fill one in"),
                    self._column("subject"),
                )
            )
            return
        self._settle_ending(draft, opened)
        for name in ("kind", "category", "channel"):
            if values.get(name):
                continue
            values[name] = defaults.get(name, "")
            if not values[name]:
                draft.problems.append(
                    Remark(
                        say("there is no {field}", field=TARGETS[name].label),
                        say("fill it in, or choose a value for all rows"),
                        self._column(name),
                    )
                )
                return
        days = {name: values[name] for name in _DAYS if name in values}
        check_days(opened, days, values["category"], self.rules)

    def made(self, draft: Draft) -> Case:
        """The case of a draft without problems."""
        values = draft.values
        closed: date | None = values.get("closed_on")
        return Case(
            opened_on=values["opened_on"],
            subject=values["subject"],
            narrative="\n".join([*draft.lines, *draft.kept]),
            business=values.get("business") or self.plan.defaults.get("business", ""),
            accepted_on=values.get("accepted_on"),
            answered_on=values.get("answered_on"),
            closed_on=closed,
            status=values["status"],
            outlet=values.get("outlet", ""),
            handler=values.get("handler", ""),
            remedy=values.get("remedy", ""),
            severity=values.get("severity", ""),
            fraud=values.get("fraud", False),
            customer=self._customer(values),
            items=self._mail_items(draft),
            steps=self._all_steps(draft, values["opened_on"]),
            dispositions=self._dispositions(draft, closed),
            responsibility=values.get("responsibility", ""),
            opinion=values.get("opinion", ""),
            opinion_attempts=self._attempts(values),
            praise=values.get("praise", ""),
            kind=values["kind"],
            category=values["category"],
            channel=values["channel"],
        )

    def closes_lacking(self, draft: Draft, read: RowRead) -> bool:
        """See :attr:`RowRead.closes_lacking`; most closed rows show that they lack nothing before there is a case."""
        values = draft.values
        if "closed_on" not in values:
            return False
        if (
            draft.steps
            and draft.outcomes
            and "compensated" not in draft.outcomes
            and values.get("responsibility", "pending") != "pending"
            and values.get("opinion", "not_asked") != "not_asked"
            and not values.get("amount")
        ):
            return False
        case = read.case
        return case is not None and bool(missing_for_closing(case))

    def _opened(self, draft: Draft) -> date | None:
        values = draft.values
        if "opened_month" in values and "opened_day" in values and "opened_on" not in values:
            year = values.get("opened_year", self.plan.year)
            year = year + 2000 if isinstance(year, int) and year < 100 else year
            written = (
                f"{year}-{values['opened_month']}-{values['opened_day']}"
                if year
                else f"{values['opened_month']}-{values['opened_day']}"
            )
            read = self.dates.read(written)
            if read.reason is not None:
                draft.problems.append(Remark(read.reason, read.remedy, self._column("opened_day"), written))
            return read.day
        opened: date | None = values.get("opened_on")
        return opened

    def _subject(self, draft: Draft) -> str:
        """Without a subject it is the first sentence of the narrative, which stays whole; one that is too long becomes
        the first line of the narrative."""
        subject: str = draft.values.get("subject", "")
        if len(subject) > _LONGEST_SUBJECT:
            draft.lines.insert(0, subject)
            subject = ""
        if not subject:
            source = (draft.lines or [text for _at, text in draft.steps] or draft.kept or [""])[0]
            first = next((part.strip() for part in _SENTENCE_END.split(source) if part.strip()), "")
            subject = (
                first if len(first) <= _SUBJECT_OF_NARRATIVE else f"{first[: _SUBJECT_OF_NARRATIVE - 1]}…"
            )
        return subject

    def _all_steps(self, draft: Draft, opened: date) -> tuple[Step, ...]:
        values = draft.values
        undated = values.get("answered_on") or values.get("closed_on") or opened
        undated = max(undated, opened)
        handler = values.get("handler", "")
        found = []
        for at, text in draft.steps:
            prefix = (
                f"{self._headings.get(at, '')}：" if TARGETS[self.plan.columns[at]].form == "outcome" else ""
            )
            for step in split_steps(text, opened, undated):
                said = step.text if step.dated or not prefix else prefix + step.text
                found.append(Step(step.at, actor=handler, text=said))
        return tuple(found)

    def _settle_ending(self, draft: Draft, opened: date) -> None:
        """Status and closing day. A case that is only said to be closed was closed on the last day that is known."""
        values = draft.values
        status, closed = values.get("status", ""), values.get("closed_on")
        if closed is not None:
            if status and status != "closed":
                draft.problems.append(
                    Remark(
                        say(
                            "it has a closing day, yet its status is “{status}”",
                            status=self.rules.name("statuses", status),
                        ),
                        say("correct one of the two"),
                        self._column("status"),
                    )
                )
            status = "closed"
        elif status == "closed":
            days = [values.get("answered_on"), *(step.day for step in self._all_steps(draft, opened))]
            last = max(
                (day for day in days if day is not None and opened <= day <= self.today), default=opened
            )
            draft.flags.append(
                Remark(
                    say(
                        "closed, but the ledger gives no closing day; the last day known was taken: {day}",
                        day=last,
                    ),
                    None,
                    self._column("status"),
                )
            )
            values["closed_on"] = last
        elif "answered_on" in values and status in ("", "registered", "accepted"):
            status = "answered"
        elif "accepted_on" in values and status in ("", "registered"):
            status = "accepted"
        values["status"] = status or "registered"

    def _customer(self, values: Mapping[str, Any]) -> Customer:
        return Customer(
            name=values.get("customer_name", ""),
            phone=values.get("customer_phone", ""),
            address=values.get("customer_address", ""),
            age_band=values.get("age_band", "unknown"),
            anonymous=values.get("anonymous", False),
        )

    def _mail_items(self, draft: Draft) -> tuple[MailItem, ...]:
        """The items of a row. Class and date stand for all of them, amounts only for a single one."""
        values = draft.values
        numbers = list(dict.fromkeys(draft.numbers)) or [""]
        made = [
            MailItem(
                number,
                values.get("items_class", ""),
                values.get("items_posted_on"),
                values.get("items_postage"),
                values.get("items_insured"),
                values.get("items_value"),
            )
            for number in numbers
        ]
        return tuple(item for item in made if item != MailItem())

    def _keep_amounts(self, draft: Draft) -> None:
        """One amount for several items stays in the narrative."""
        if len(dict.fromkeys(draft.numbers)) < 2:
            return
        for name in ("items_postage", "items_insured", "items_value"):
            amount = draft.values.pop(name, None)
            if amount is not None:
                at = self._column(name)
                draft.flags.append(
                    Remark(
                        say("several items and one amount: it stays in the narrative"), None, at, str(amount)
                    )
                )
                draft.kept.append(f"{self._headings.get(at or 0, '')}：{amount}")

    def _dispositions(self, draft: Draft, closed: date | None) -> tuple[Disposition, ...]:
        amount: Decimal | None = draft.values.get("amount")
        kinds = list(dict.fromkeys(draft.outcomes))
        if amount is None and "compensated" in kinds:
            paid = {found[1] for _at, text in draft.steps for found in _PAID.finditer(text)}
            amount = Decimal(paid.pop()).quantize(Decimal("0.01")) if len(paid) == 1 else None
        if amount is not None and amount > 0 and "compensated" not in kinds:
            kinds.append("compensated")
        on = closed or draft.values.get("answered_on")
        return tuple(
            Disposition(kind, amount if kind == "compensated" and amount else None, on) for kind in kinds
        )

    def _attempts(self, values: Mapping[str, Any]) -> tuple[OpinionAttempt, ...]:
        on = values.get("asked_on") or (values.get("closed_on") if "attempt" in values else None)
        if on is None:
            return ()
        asked = "asked" if values.get("opinion", "not_asked") != "not_asked" else ""
        return (OpinionAttempt(on, values.get("attempt", asked)),)

    # -- identity and places -------------------------------------------------------------------------------

    def _key(self, draft: Draft) -> int:
        values = draft.values
        number, opened = values.get("ledger_number", ""), values.get("opened_on")
        if number and (len(number) > 5 or not _SHORT_NUMBER.fullmatch(number)):
            return number_of(f"n{number}", self._secret)
        if number and opened:
            return number_of(f"n{number} {opened:%Y-%m}", self._secret)
        if draft.problems:
            return number_of(f"r{draft.row}", self._secret)
        whose = (
            next(iter(draft.numbers), "")
            or values.get("customer_phone", "")
            or values.get("customer_name", "")
        )
        return number_of(f"c{opened} {whose} {values['subject']}", self._secret)

    def again(self, key: int, at: int) -> int:
        """The key of the next row that would be known by the same one."""
        return number_of(f"{key} {at}", self._secret)

    def _column(self, target: str) -> int | None:
        return next((at for at, name in self.plan.columns.items() if name == target), None)

    def _of_field(self, refusal: FieldRefusal) -> Remark:
        name = refusal.path.partition("[")[0]
        label: object = refusal.path
        if name in TARGETS:
            return Remark(refusal.reason, say("correct the cell"), self._column(name))
        try:
            label = case_field(name).label
        except KeyError:
            label = refusal.path
        return Remark(say("{field}: {reason}", field=label, reason=refusal.reason), say("correct the cell"))
