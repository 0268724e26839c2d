"""The sample desk: outlets, staff, both stories and generated cases, the same for the same arguments."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from postal_desk import paths
from postal_desk.domain.case_json import parse_case
from postal_desk.domain.cases import Case, MailItem, Step
from postal_desk.domain.periods import Month, months_until
from postal_desk.domain.rules import Rules
from postal_desk.services import organisation
from postal_desk.services.demo_cases import CaseMaker, Grammar, Place
from postal_desk.services.demo_claims import ClaimMaker
from postal_desk.services.demo_records import add_sample_records
from postal_desk.services.desk import Desk, create_desk, desk_exists
from postal_desk.services.placing import Placer
from postal_desk.store.bulk import insert_batch
from postal_desk.store.faults import folder_in_use
from postal_desk.store.seeding import load_story, read_toml

BATCH = 2000
_DAY_IN_TEXT = re.compile(r"(\d{1,2})月(\d{1,2})日")


class Stopped(Exception):
    """The user stopped the making; nothing of it is left."""


def make_demo(
    path: Path,
    *,
    cases: int = 300,
    months: int = 14,
    until: Month | None = None,
    seed: int = 1,
    as_of: date | None = None,
    progress: Callable[[int, int], bool] | None = None,
) -> int:
    """Make a practice desk in ``path`` and close it; returns how many cases it holds (the story is one more).

    The cases lie in the ``months`` up to ``until``; the desk looks as it did on ``as_of`` (by default the last day of
    ``until``). ``progress(done, total)`` is called after each batch and may return ``False`` to stop: then, or after
    any failure, nothing is left. Refuses a folder that holds something.
    """
    until = until or Month.of(date.today()).previous
    target = Path(path)
    if desk_exists(target) or (target.exists() and any(target.iterdir())):
        raise folder_in_use(target)
    making = target.with_name(f".{target.name}.unfinished")
    shutil.rmtree(making, ignore_errors=True)  # of a making that was cut off
    try:
        made = _fill(
            making, cases, months_until(until, months), seed, min(as_of or until.last, until.last), progress
        )
        if target.exists():
            target.rmdir()
        making.rename(target)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return made


def _fill(
    path: Path,
    count: int,
    months: Sequence[Month],
    seed: int,
    as_of: date,
    progress: Callable[[int, int], bool] | None,
) -> int:
    sample = read_toml(paths.seeds(), "stories/chuanying.toml")
    about: Any = sample["about"]
    with create_desk(path, "吉林市船营区分公司", about["branch"], practice=True) as desk:
        places = _organisation(desk, sample, months[0].first)
        add_sample_records(desk, months, as_of)
        maker = CaseMaker(sample_grammar(), places, desk.branch.code, seed, as_of)
        story = story_case(desk.rules, months)
        stream = _with_story(maker.cases(count, months), story)
        done = 0
        writer = _Writer(desk, seed)
        while batch := list(islice(stream, BATCH)):
            writer.write(batch)
            done += len(batch)
            if progress is not None and not progress(done, count + 1):
                raise Stopped
        writer.claims.save(desk, as_of)
    return done


def sample_grammar() -> Grammar:
    """The grammar of ``seeds/demo``."""
    scenarios: Any = read_toml(paths.seeds(), "demo/scenarios.toml")
    return Grammar(read_toml(paths.seeds(), "demo/pools.toml"), scenarios["scenario"])


def _organisation(desk: Desk, sample: Mapping[str, Any], since: date) -> list[Place]:
    """Save the sample outlets and staff; the places of the generated cases."""
    teller = random.Random(7)
    places = []
    for outlet in sample["outlets"]:
        organisation.add_outlet(
            desk,
            outlet["name"],
            kind=outlet["kind"],
            grade=outlet.get("grade"),
            address=outlet.get("address", ""),
        )
        team = [person["name"] for person in sample["staff"] if person["outlet"] == outlet["name"]]
        if team:
            places.append(
                Place(outlet["name"], float(outlet["volume"]), teller.uniform(0.7, 1.6), tuple(team))
            )
    for person in sample["staff"]:
        organisation.add_staff(
            desk,
            person["name"],
            position=person["position"],
            outlet=person["outlet"],
            joined_on=date.fromisoformat(person["joined_on"]) if "joined_on" in person else since,
        )
    return places


def story_case(rules: Rules, months: Sequence[Month]) -> Case:
    """The registered-letter case; moved by whole months into the period if that leaves its own month out."""
    content: Any = load_story(paths.seeds(), "registered_letter")["case"]
    case = parse_case(content, rules)
    own = Month.of(case.opened_on)
    if own in months or len(months) < 2:
        return case
    return _moved(case, (months[-2].year - own.year) * 12 + months[-2].month - own.month)


def _moved(case: Case, months: int) -> Case:
    """The case so many months later, the days in its texts with it."""

    def day(value: date | None) -> date | None:
        if value is None:
            return None
        month = Month.of(value).plus(months)
        return date(month.year, month.month, min(value.day, month.days))

    def text(value: str) -> str:
        return _DAY_IN_TEXT.sub(lambda found: f"{(int(found[1]) + months - 1) % 12 + 1}月{found[2]}日", value)

    def step(value: Step) -> Step:
        return replace(value, at=f"{day(value.day)}{value.at[10:]}", text=text(value.text))

    def item(value: MailItem) -> MailItem:
        return replace(value, posted_on=day(value.posted_on))

    opened = day(case.opened_on)
    assert opened is not None
    return replace(
        case,
        opened_on=opened,
        accepted_on=day(case.accepted_on),
        answered_on=day(case.answered_on),
        closed_on=day(case.closed_on),
        narrative=text(case.narrative),
        items=tuple(map(item, case.items)),
        steps=tuple(map(step, case.steps)),
        dispositions=tuple(replace(d, on=day(d.on)) for d in case.dispositions),
        opinion_attempts=tuple(replace(a, on=day(a.on) or a.on) for a in case.opinion_attempts),
    )


def _with_story(cases: Iterator[Case], story: Case) -> Iterator[Case]:
    """The cases with the story at its day."""
    waiting: Case | None = story
    for case in cases:
        if waiting is not None and case.opened_on > waiting.opened_on:
            yield waiting
            waiting = None
        yield case
    if waiting is not None:
        yield waiting


class _Writer:
    """Gives the cases their moments and writes them, a batch a commit with one audit row."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk = desk
        self.minutes = random.Random(seed + 1)
        self.claims = ClaimMaker()

    def write(self, batch: Sequence[Case]) -> None:
        with self.desk.work(write=True) as work:
            audit_id = self.desk.record(work, "case.demo", "case", count=len(batch))
            cases = [self._dated(case) for case in batch]
            placed = Placer(self.desk, work).new(cases, audit_id, checked=False)
            insert_batch(work, placed)
            work.commit()
        self.claims.look_at(one.case for one in placed)

    def _dated(self, case: Case) -> Case:
        """With the moments of making and changing that its days suggest."""
        created = f"{case.opened_on}T{self.minutes.randint(8, 16):02d}:{self.minutes.randint(0, 59):02d}:00"
        last = case.closed_on or (case.steps[-1].day if case.steps else case.opened_on)
        status = case.status if case.closed_on is None else "closed"
        return replace(case, created_at=created, changed_at=max(created, f"{last}T17:00:00"), status=status)
