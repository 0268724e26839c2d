"""Invented cases from a grammar: deterministic, varied, and quick enough for a million.

``seeds/demo`` holds the words and the scenarios; here they are put together. Every person and number is invented.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from random import Random
from typing import Any

from postal_desk.domain.cases import Case, Customer, Disposition, MailItem, OpinionAttempt, Step
from postal_desk.domain.item_numbers import check_digit
from postal_desk.domain.periods import Month
from postal_desk.services.demo_open import OpenMaker

_SLOT = re.compile(r"\{(\w+)\}")
_TITLES_FEMALE = ("女士", "女士", "女士", "阿姨", "大娘")
_TITLES_MALE = ("先生", "先生", "先生", "师傅", "大爷")


@dataclass(frozen=True, slots=True)
class Place:
    """An outlet of the sample branch: its share of the cases, how slow it is, who works there."""

    name: str
    share: float
    delay: float
    staff: tuple[str, ...]


class Grammar:
    """The parsed scenarios with their running weights per calendar month."""

    def __init__(self, pools: Mapping[str, Any], scenarios: Sequence[Mapping[str, Any]]) -> None:
        self.pools = pools
        self.scenarios = scenarios
        self.weights = {
            month: list(accumulate(_weight(s, month) for s in scenarios)) for month in range(1, 13)
        }

    def scenario(self, random: Random, month: int) -> Mapping[str, Any]:
        """One scenario by its weight in that calendar month."""
        weights = self.weights[month]
        return self.scenarios[bisect(weights, random.random() * weights[-1])]


def _weight(scenario: Mapping[str, Any], month: int) -> float:
    return float(scenario["weight"]) * float(scenario.get("season", {}).get(str(month), 1))


class CaseMaker:
    """Makes the cases of a period, oldest first. ``today`` is the day on which the sample desk is looked at."""

    def __init__(
        self, grammar: Grammar, outlets: Sequence[Place], division: str, seed: int, today: date
    ) -> None:
        self.grammar = grammar
        self.outlets = outlets
        self.shares = list(accumulate(place.share for place in outlets))
        self.division = division
        self.random = Random(seed)
        self.today = today
        self.serial = self.random.randrange(1_000_000, 40_000_000)
        self.regulars: list[Customer] = []
        self.open = OpenMaker(self.random, today, grammar.pools["still_open"])

    def cases(self, total: int, months: Sequence[Month]) -> Iterator[Case]:
        """``total`` cases over ``months``, in order of their opening day, without numbers."""
        for month, count in zip(months, self._shares_of_months(total, months), strict=True):
            days = (min(month.last, self.today) - month.first).days + 1  # nothing is logged ahead of its day
            for day in sorted(self.random.randint(1, days) for _ in range(count if days > 0 else 0)):
                yield self._case(date(month.year, month.month, day))

    def _shares_of_months(self, total: int, months: Sequence[Month]) -> list[int]:
        """Busy and quiet months: a share for each that adds up to ``total``."""
        weights = [self.grammar.weights[m.month][-1] * self.random.uniform(0.85, 1.15) for m in months]
        bounds = [round(total * part / sum(weights)) for part in accumulate(weights)]
        return [upper - lower for lower, upper in zip([0, *bounds[:-1]], bounds, strict=True)]

    def _case(self, opened: date) -> Case:
        random = self.random
        scenario = self.grammar.scenario(random, opened.month)
        place = self.outlets[bisect(self.shares, random.random() * self.shares[-1])]
        customer, title = self._customer(scenario)
        waited = random.randint(3, 26)
        posted = opened - timedelta(days=waited)
        items = self._items(scenario, posted)
        words = self._words(title, place, posted, waited, items)
        fill = self._filler(words)
        subject = fill(random.choice(scenario["subjects"]))
        remedy = fill(random.choice(scenario["wish"]))
        narrative = self._narrative(scenario, fill, remedy)
        handler = words["carrier"]
        duration = self._duration(scenario, place)
        closed = opened + timedelta(days=duration)
        finished = closed <= self.today and not self.open.lingers(opened, scenario["kind"])
        state = "closed" if finished else self.open.state(opened, scenario["kind"])
        answered = self.open.answered_on(opened, state)
        steps = self._steps(
            scenario, fill, opened, answered or closed, handler, finished or answered is not None
        )
        channel = scenario.get("channel") or steps[0].channel
        if channel in ("visit", "tracking", "directory_114"):
            channel = "counter"
        outcome = self._outcome(scenario)
        praise = ""
        if scenario["kind"] == "praise" or (finished and random.random() < 0.02):
            praise = fill(random.choice(scenario.get("praise", ("客户来电致谢，称赞处理及时",))))
        case = Case(
            kind=scenario["kind"],
            category=scenario["category"],
            channel=channel,
            business=scenario["business"],
            opened_on=opened,
            accepted_on=opened if random.random() < 0.9 else min(opened + timedelta(days=1), self.today),
            subject=subject,
            narrative=narrative,
            outlet=place.name,
            handler=handler,
            customer=customer,
            items=items,
            steps=steps,
            fraud=bool(scenario.get("fraud")),
            remedy=remedy,
            severity="serious" if scenario.get("fraud") or random.random() < 0.05 else "ordinary",
            praise=praise if finished or scenario["kind"] == "praise" else "",
            status=state,
            responsibility=outcome[2] if finished else "",
        )
        if finished:
            return self._finish(case, outcome, closed, items)
        if state == "reopened":
            assert answered is not None
            case = self._finish(case, outcome, answered, items)
            case = replace(case, closed_on=None, responsibility=outcome[2])
        return self.open.left(case, state, answered, fill)

    def _finish(self, case: Case, outcome: Sequence[Any], closed: date, items: tuple[MailItem, ...]) -> Case:
        random = self.random
        kind = outcome[1]
        amount = self._compensation(kind, items)
        dispositions: tuple[Disposition, ...] = (Disposition(kind, amount, closed),)
        if case.fraud and kind != "fraud_prevented" and random.random() < 0.5:
            dispositions += (Disposition("fraud_prevented", None, closed),)
        draw = random.random()
        opinion = (
            "satisfied"
            if draw < 0.62
            else "fairly_satisfied"
            if draw < 0.86
            else "dissatisfied"
            if draw < 0.91
            else "not_asked"
        )
        attempts = (OpinionAttempt(closed, "no_answer"),) if opinion == "not_asked" else ()
        return replace(
            case,
            dispositions=dispositions,
            opinion=opinion,
            opinion_attempts=attempts,
            closed_on=closed,
            answered_on=closed,
            typical=random.random() < 0.01,
        )

    def _outcome(self, scenario: Mapping[str, Any]) -> Sequence[Any]:
        draw = self.random.random()
        for outcome in scenario["outcomes"]:
            draw -= float(outcome[0])
            if draw < 0:
                return outcome  # type: ignore[no-any-return]
        return scenario["outcomes"][-1]  # type: ignore[no-any-return]

    def _duration(self, scenario: Mapping[str, Any], place: Place) -> int:
        """Days until the end: most are quick, some outlets and a few cases are slow."""
        mean = 9.0 if scenario["kind"] == "inquiry" else 3.2
        if scenario["kind"] in ("praise", "consultation"):
            mean = 1.0
        days = int(self.random.expovariate(1 / (mean * place.delay)))
        return min(days, 75) if self.random.random() < 0.02 else min(days, 24)

    def _customer(self, scenario: Mapping[str, Any]) -> tuple[Customer, str]:
        random = self.random
        elderly = bool(scenario.get("elderly"))
        if self.regulars and not elderly and random.random() < 0.06:
            regular = random.choice(self.regulars)
            return regular, regular.name[0] + random.choice(_TITLES_FEMALE[:3])
        pools = self.grammar.pools
        surnames = pools["surnames"]
        surname = (
            random.choice(pools["compound_surnames"])
            if random.random() < 0.01
            else surnames[int(len(surnames) * random.random() ** 2)]
        )
        female = random.random() < 0.5
        given = pools["given_female" if female else "given_male"]
        name = surname + random.choice(given) + (random.choice(given) if random.random() < 0.65 else "")
        if elderly or random.random() < 0.18:
            old = True
            title = surname + ("大娘" if female else "大爷")
            band = "80_plus" if random.random() < 0.35 else "60_79"
        else:
            old = False
            title = surname + random.choice((_TITLES_FEMALE if female else _TITLES_MALE)[:4])
            band = "18_59" if random.random() < 0.7 else "unknown"
        customer = Customer(
            name=name,
            phone=self._phone(),
            address=self._address(),
            age_band=band,
            vulnerable=("elderly",) if old else (),
        )
        if random.random() < 0.05 and len(self.regulars) < 400:
            self.regulars.append(customer)
        if scenario["kind"] in ("suggestion", "consultation") and random.random() < 0.25:
            return Customer(anonymous=True), "客户"
        return customer, title

    def _phone(self) -> str:
        random = self.random
        if random.random() < 0.1:
            return f"0432-6{random.randrange(1_000_000, 9_999_999)}"
        return random.choice(("138", "139", "150", "151", "156", "177", "186", "187", "199")) + (
            f"{random.randrange(100_000_000):08d}"
        )

    def _address(self) -> str:
        random, pools = self.random, self.grammar.pools
        if random.random() < 0.25:
            village = random.choice(pools["townships"]) + random.choice(pools["villages"])
            return f"吉林市船营区{village}{random.randint(1, 90)}号"
        return (
            f"吉林市船营区{random.choice(pools['roads'])}{random.randint(1, 320)}号{random.choice(pools['estates'])}"
            f"{random.randint(1, 30)}号楼{random.randint(1, 6)}单元{random.randint(101, 1802)}室"
        )

    def _items(self, scenario: Mapping[str, Any], posted: date) -> tuple[MailItem, ...]:
        classes = scenario["classes"]
        if not classes:
            return ()
        random = self.random
        mail_class = random.choice(classes)
        if mail_class in ("newspaper", "ordinary_letter"):
            return (MailItem("", mail_class, posted if mail_class != "newspaper" else None),)
        count = 2 if random.random() < 0.06 else 1
        insured = "insured" in mail_class
        value = Decimal(random.randrange(100, 2000, 50)) if insured else None
        postage = Decimal(random.choice((420, 540, 660, 1000, 1200, 1850, 2300))) / 100
        international = bool(scenario.get("international"))
        return tuple(
            MailItem(self._number(mail_class, international), mail_class, posted, postage, value, value)
            for _ in range(count)
        )

    def _number(self, mail_class: str, international: bool) -> str:
        self.serial = (self.serial + self.random.randrange(1, 900)) % 100_000_000
        serial = f"{self.serial:08d}"
        if international:
            return f"R{'ABNR'[self.serial % 4]}{serial}{check_digit(serial)}CN"
        if mail_class in ("parcel", "insured_parcel", "express"):
            return f"{'11' if mail_class == 'express' else '99'}{self.serial % 1000:03d}{serial}"
        return f"X{'AB'[self.serial % 2]}{serial}{check_digit(serial)}22"

    def _words(
        self, title: str, place: Place, posted: date, waited: int, items: tuple[MailItem, ...]
    ) -> dict[str, str]:
        random, pools = self.random, self.grammar.pools
        return {
            "title": title,
            "outlet": place.name,
            "carrier": random.choice(place.staff),
            "posted": f"{posted.month}月{posted.day}日",
            "days": str(waited),
            "item": "、".join(item.number for item in items if item.number) or "平常函件",
            "place": random.choice(pools["places"]),
            "country": random.choice(pools["countries"])[0],
            "thing": random.choice(pools["things"]),
            "paper": random.choice(pools["papers"]),
            "periodical": random.choice(pools["periodicals"]),
            "weather": random.choice(pools["weather"]),
            "amount": str(random.randrange(20, 900, 10)),
        }

    @staticmethod
    def _filler(words: Mapping[str, str]) -> Any:
        return lambda template: _SLOT.sub(lambda slot: words[slot[1]], template)

    def _narrative(self, scenario: Mapping[str, Any], fill: Any, remedy: str) -> str:
        """200 to 600 characters: how it began, what matters, the circumstances, what is wanted."""
        random = self.random
        details = scenario["detail"]
        title = fill("{title}")
        circumstances = self.grammar.pools["circumstances"]
        parts = [fill(random.choice(scenario["opening"]))]
        parts += [fill(text) for text in random.sample(details, min(len(details), random.randint(2, 4)))]
        length = sum(map(len, parts))
        wanted = random.randint(190, 420)
        for text in random.sample(circumstances, len(circumstances)):
            if length >= wanted:
                break
            part = fill(text)
            if len(parts) % 2:  # nobody repeats the name in each sentence
                part = part.replace(title, "客户", 1) if part.startswith(title) else part
            parts.append(part)
            length += len(part)
        parts.append(f"{title}{remedy}。")
        return "".join(parts)

    def _steps(
        self, scenario: Mapping[str, Any], fill: Any, opened: date, closed: date, handler: str, finished: bool
    ) -> tuple[Step, ...]:
        random = self.random
        plan = [step for step in scenario["steps"] if step[0][0] != "?" or random.random() < 0.5]
        span = (closed - opened).days
        until = closed if finished else self.today
        steps = []
        for index, (channel, counterpart, result, *texts) in enumerate(plan):
            day = opened + timedelta(days=span * index // max(1, len(plan) - 1))
            if day > until or (not finished and index and index == len(plan) - 1):
                break
            minute = 8 * 60 + 10 + random.randrange(60) + index * (480 // len(plan))
            at = f"{day.isoformat()}T{minute // 60:02d}:{minute % 60:02d}"
            text = fill(random.choice(texts))
            steps.append(Step(at, handler, channel.lstrip("?"), fill(counterpart), result, text))
        return tuple(steps)

    def _compensation(self, kind: str, items: tuple[MailItem, ...]) -> Decimal | None:
        if kind not in ("compensated", "refunded"):
            return None
        item = items[0] if items else None
        if kind == "refunded" or item is None or item.postage is None:
            return (
                Decimal(self.random.randrange(500, 6000, 50)) / 100
                if kind == "refunded"
                else Decimal("12.60")
            )
        if item.insured is not None:
            return item.insured.quantize(Decimal("0.01"))
        return (item.postage * 3).quantize(Decimal("0.01"))
