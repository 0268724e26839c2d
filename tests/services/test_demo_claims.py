"""The sample desk's claims: every status is there, the paid ones agree with their cases, and no day lies ahead."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from postal_desk.domain.periods import Month
from postal_desk.services.cases import show_case
from postal_desk.services.claims import list_claims
from postal_desk.services.demo import make_demo
from postal_desk.services.desk import open_desk
from postal_desk.services.month_checks import check_month

JULY = Month(2019, 7)


def test_claims_of_every_kind_that_contradict_nothing(tmp_path: Path) -> None:
    make_demo(tmp_path / "desk", cases=400, months=6, until=JULY)
    with open_desk(tmp_path / "desk", today=lambda: JULY.last) as desk:
        claims = [view.claim for view in list_claims(desk)]
        assert {claim.status for claim in claims} == {"opened", "proposed", "agreed", "paid", "refused"}
        for claim in claims:
            case = show_case(desk, claim.case).case
            assert claim.opened_on >= case.opened_on
            if claim.paid is not None:
                assert claim.paid.amount in {d.amount for d in case.dispositions}
        assert "claim" not in {one.kind for one in check_month(desk, JULY)}


def test_nothing_lies_after_the_day_that_is_shown(tmp_path: Path) -> None:
    day = date(2019, 7, 15)
    make_demo(tmp_path / "desk", cases=200, months=3, until=JULY, as_of=day)
    with open_desk(tmp_path / "desk", today=lambda: day) as desk:
        sums = [s for v in list_claims(desk) for s in (v.claim.proposed, v.claim.agreed, v.claim.paid) if s]
        assert sums
        assert all(one.on <= day for one in sums)
