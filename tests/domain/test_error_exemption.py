"""The two grounds on which an error is exempt, each with its reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from postal_desk.domain.error_records import ErrorRecord, check_decision, exemptions
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import FieldRefusal

ERROR = ErrorRecord("宋佳", date(2019, 9, 2), "收寄信息录错")
PROVED = replace(
    ERROR,
    cause="equipment",
    evidence=("点钞机维修单",),
    accepted_by="韩冬梅",
    accepted_on=date(2019, 9, 5),
)
EXEMPTED = {"decision": "exempted", "decided_by": "韩冬梅", "decided_on": date(2019, 9, 6)}


@pytest.mark.parametrize(
    ("joined", "holds"),
    [
        (date(2019, 6, 2), True),  # the last day of the three months
        (date(2019, 6, 1), False),
        (date(2019, 9, 2), True),
        (date(2019, 9, 3), False),
        (None, False),
    ],
)
def test_three_months_from_joining(seed_rules: Rules, joined: date | None, holds: bool) -> None:
    judged = {one.rule.ground: one for one in exemptions(ERROR, joined, seed_rules)}
    assert judged["new_staff"].holds is holds
    assert judged["new_staff"].why


def test_equipment_needs_evidence_that_was_accepted(seed_rules: Rules) -> None:
    old = date(2010, 1, 1)
    assert exemptions(PROVED, old, seed_rules)[0].holds
    for lacking in (
        replace(PROVED, evidence=()),
        replace(PROVED, accepted_by="", accepted_on=None),
        replace(PROVED, cause="person"),
    ):
        assert not any(one.holds for one in exemptions(lacking, old, seed_rules))


def test_exemption_rests_on_a_rule_that_holds(seed_rules: Rules) -> None:
    assert check_decision(replace(PROVED, **EXEMPTED), date(2010, 1, 1), seed_rules) == "equipment_or_system"
    assert check_decision(ERROR, date(2010, 1, 1), seed_rules) == ""
    with pytest.raises(FieldRefusal, match=r"decision: no rule exempts.*2010-01-01.*the person"):
        check_decision(replace(ERROR, **EXEMPTED), date(2010, 1, 1), seed_rules)
