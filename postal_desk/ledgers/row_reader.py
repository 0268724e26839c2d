"""One row becomes one case, or the reasons why not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from postal_desk.domain.case_json import check_case
from postal_desk.domain.cases import Case, Customer, Disposition, MailItem, OpinionAttempt, Step
from postal_desk.domain.fields import field as case_field
from postal_desk.domain.sentences import FieldRefusal, Refusal, say
from postal_desk.ledgers.cell_reader import CellReader, Draft, Remark
from postal_desk.ledgers.fingerprints import number_of
from postal_desk.ledgers.reading import Row
from postal_desk.ledgers.step_texts import split_steps
from postal_desk.ledgers.targets import TARGETS

_SENTENCE_END = re.compile(r"[。！？!?；;\n]")
#: One sum named with the word for it: what a clerk would take for the amount.
_PAID = re.compile(r"赔(?:偿|付|款)[^0-9。；;，,]{0,8}([0-9]{1,7}(?:\.[0-9]{1,2})?)\s*(?:元|圆)")
_SHORT_NUMBER = re.compile(r"[0-9]{1,5}")
_LONGEST_SUBJECT = 200
_SUBJECT_OF_NARRATIVE = 60


@dataclass(slots=True)
class RowRead:
    """What a row became. ``problems`` refuse it, ``flags`` are to be looked at again."""

    row: int
    case: Case | None
    key: int
    print: int
    problems: list[Remark]
    flags: list[Remark]
    number: str = ""  # of the ledger's own
    opened_on: date | None = None
    subject: str = ""  # of a refused row: what can be told of it


class RowReader(CellReader):
    """Reads rows by a plan; see :class:`~postal_desk.ledgers.cell_reader.CellReader`."""

    def read(self, number: int, row: Row) -> RowRead:
        """Read one record."""
        draft = Draft(number, row)
        if number in self._valueless:
            self._check_formulas(draft)
        for at, target, read in self._work:
            value = row[at]
            if value != "":
                read(draft, at, target, value)
        case = None
        try:
            case = self._case(draft)
        except FieldRefusal as refusal:
            draft.problems.append(self._of_field(refusal))
        except Refusal as refusal:
            draft.problems.append(Remark(refusal.sentence))
        if draft.problems:
            case = None
        mark = number_of(f"{self._salt}{row!r}", self._secret)
        return RowRead(
            number,
            case,
            self._key(draft, case),
            mark,
            draft.problems,
            draft.flags,
            draft.values.get("ledger_number", ""),
            draft.values.get("opened_on"),
            case.subject if case else (draft.values.get("subject") or next(iter(draft.lines), ""))[:80],
        )

    # -- the whole row -------------------------------------------------------------------------------------

    def _case(self, draft: Draft) -> Case | None:
        values, defaults = draft.values, self.plan.defaults
        opened = self._opened(draft)
        if opened is not None:
            values["opened_on"] = opened
        if draft.problems:
            return None
        if opened is None:
            draft.problems.append(
                Remark(say("there is no opening day"), say("fill it in"), self._column("opened_on"))
            )
            return None
        if opened > self.today:
            draft.problems.append(
                Remark(
                    say("{day} is still to come", day=opened),
                    say("correct the day"),
                    self._column("opened_on"),
                )
            )
            return None
        items = self._mail_items(draft)
        subject, narrative = self._texts(draft)
        if not subject:
            draft.problems.append(
                Remark(
                    say("there is neither a subject nor a narrative"),
                    say("fill one in"),
                    self._column("subject"),
                )
            )
            return None
        steps = self._all_steps(draft, opened)
        status, closed = self._ending(draft, opened, steps)
        needed: dict[str, str] = {}
        for name in ("kind", "category", "channel"):
            needed[name] = values.get(name) or defaults.get(name, "")
            if not needed[name]:
                draft.problems.append(
                    Remark(
                        say("there is no {field}", field=TARGETS[name].label),
                        say("fill it in, or choose a value for all rows"),
                        self._column(name),
                    )
                )
                return None
        case = Case(
            opened_on=opened,
            subject=subject,
            narrative=narrative,
            business=values.get("business") or defaults.get("business", ""),
            accepted_on=values.get("accepted_on"),
            answered_on=values.get("answered_on"),
            closed_on=closed,
            status=status,
            outlet=values.get("outlet", ""),
            handler=values.get("handler", ""),
            remedy=values.get("remedy", ""),
            severity=values.get("severity", ""),
            fraud=values.get("fraud", False),
            customer=self._customer(values),
            items=items,
            steps=steps,
            dispositions=self._dispositions(draft, closed),
            responsibility=values.get("responsibility", ""),
            opinion=values.get("opinion", ""),
            opinion_attempts=self._attempts(values),
            praise=values.get("praise", ""),
            kind=needed["kind"],
            category=needed["category"],
            channel=needed["channel"],
        )
        check_case(case, self.rules)
        return case

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

    def _texts(self, draft: Draft) -> tuple[str, str]:
        """Subject and narrative. Without a subject it is the first sentence of the narrative, which stays whole."""
        subject, lines = draft.values.get("subject", ""), [*draft.lines]
        if len(subject) > _LONGEST_SUBJECT:
            lines.insert(0, subject)
            subject = ""
        if not subject:
            source = (lines or [text for _at, text in draft.steps] or draft.kept or [""])[0]
            first = next((part.strip() for part in _SENTENCE_END.split(source) if part.strip()), "")
            subject = (
                first if len(first) <= _SUBJECT_OF_NARRATIVE else f"{first[: _SUBJECT_OF_NARRATIVE - 1]}…"
            )
        return subject, "\n".join([*lines, *draft.kept])

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

    def _ending(self, draft: Draft, opened: date, steps: tuple[Step, ...]) -> tuple[str, date | None]:
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
            return "closed", closed
        if status == "closed":
            days = [values.get("answered_on"), *(step.day for step in steps)]
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
            return "closed", last
        if values.get("answered_on") is not None and status in ("", "registered", "accepted"):
            return "answered", None
        if values.get("accepted_on") is not None and status in ("", "registered"):
            return "accepted", None
        return status or "registered", None

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
        single = len(numbers) == 1
        money = {name: values.get(f"items_{name}") for name in ("postage", "insured", "value")}
        if not single and any(amount is not None for amount in money.values()):
            for name, amount in money.items():
                if amount is not None:
                    label = self._headings.get(self._column(f"items_{name}") or 0, "")
                    draft.flags.append(
                        Remark(
                            say("several items and one amount: it stays in the narrative"),
                            None,
                            self._column(f"items_{name}"),
                            str(amount),
                        )
                    )
                    draft.kept.append(f"{label}：{amount}")
            money = dict.fromkeys(money)
        made = [
            MailItem(
                number,
                values.get("items_class", ""),
                values.get("items_posted_on"),
                money["postage"],
                money["insured"],
                money["value"],
            )
            for number in numbers
        ]
        return tuple(item for item in made if item != MailItem())

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

    def _key(self, draft: Draft, case: Case | None) -> int:
        number = draft.values.get("ledger_number", "")
        opened = case.opened_on if case else draft.values.get("opened_on")
        if number and not _SHORT_NUMBER.fullmatch(number):
            return number_of(f"n{number}", self._secret)
        if number and opened:
            return number_of(f"n{number} {opened:%Y-%m}", self._secret)
        if case is None:
            return number_of(f"r{draft.row}", self._secret)
        whose = (case.items[0].number if case.items else "") or case.customer.phone or case.customer.name
        return number_of(f"c{case.opened_on} {whose} {case.subject}", self._secret)

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
