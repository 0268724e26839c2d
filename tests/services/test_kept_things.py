"""Drafts, saved views, settings of the branch, follow-ups."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.cases import Case, Step
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import FieldRefusal
from postal_desk.services import branch_settings, views
from postal_desk.services.cases import add_cases, add_step
from postal_desk.services.desk import Desk, open_desk
from postal_desk.services.drafts import drop_draft, list_drafts, save_draft
from postal_desk.services.follow_ups import due_follow_ups


def test_a_draft_is_there_after_the_next_start(desk: Desk) -> None:
    save_draft(desk, "a", "entry", {"story": "老人", "taken": True})
    save_draft(desk, "a", "entry", {"story": "老人来电"})
    desk.close()
    with open_desk(desk.path, now=desk.now) as again:
        assert [(d.key, d.form, d.payload) for d in list_drafts(again)] == [
            ("a", "entry", {"story": "老人来电"})
        ]
        assert drop_draft(again, "a").drafts
        assert not drop_draft(again, "a").drafts


def test_views_count_their_cases(desk: Desk, make_case: Callable[..., Case]) -> None:
    views.save_view(desk, "超期", CaseFilter(overdue=True))
    views.save_view(desk, "七月挂号", CaseFilter(text="挂号", opened_from=date(2019, 7, 1)))
    add_cases(desk, [make_case(), make_case(opened_on="2019-08-19", kind="consultation", category="16")])
    saved = views.list_views(desk)
    assert [view.name for view in saved] == ["超期", "七月挂号"]
    assert views.view_counts(desk) == {saved[0].id: 1, saved[1].id: 2}


def test_a_view_is_renamed_in_place(desk: Desk) -> None:
    views.save_view(desk, "一", CaseFilter())
    views.save_view(desk, "二", CaseFilter(fraud=True))
    views.save_view(desk, "三", CaseFilter(fraud=True), view_id=1)
    assert [view.name for view in views.list_views(desk)] == ["三", "二"]
    for name in ("二", ""):
        with pytest.raises(FieldRefusal):
            views.save_view(desk, name, CaseFilter())


def test_the_hand_in_block_is_kept_in_the_desk(desk: Desk) -> None:
    branch_settings.set(desk, unit="船营区分公司", serial_number="〔{year}〕第{month}期")
    kept = branch_settings.get(desk)
    assert (kept.unit, kept.prepared_by) == ("船营区分公司", "")
    assert kept.serial_of(Month(2019, 7)) == "〔2019〕第7期"


@pytest.mark.parametrize("values", [{"colour": "x"}, {"unit": "字" * 61}])
def test_settings_are_checked(desk: Desk, values: dict[str, Any]) -> None:
    with pytest.raises(FieldRefusal):
        branch_settings.set(desk, **values)


def test_a_follow_up_is_due_until_something_follows(desk: Desk, make_case: Callable[..., Case]) -> None:
    number = add_cases(desk, [make_case(outlet="船营投递部", handler="苏阳")]).cases[0]
    add_step(desk, number, Step("2019-07-03", text="对方答应回电", follow_up_on=date(2019, 7, 10)))
    assert due_follow_ups(desk, date(2019, 7, 9)) == []
    due = due_follow_ups(desk, date(2019, 7, 10))
    assert [(f.number, f.on, f.handler, f.text) for f in due] == [
        (number, date(2019, 7, 10), "苏阳", "对方答应回电")
    ]
    add_step(desk, number, Step("2019-07-05", text="另一件事"))
    assert len(due_follow_ups(desk, date(2019, 7, 31))) == 1
    add_step(desk, number, Step("2019-07-10T09:00", text="已回电"))
    assert due_follow_ups(desk, date(2019, 7, 31)) == []


def test_closed_cases_have_no_follow_ups(
    desk: Desk, make_case: Callable[..., Case], finished: dict[str, Any]
) -> None:
    finished["steps"][0]["follow_up_on"] = "2019-07-05"
    add_cases(desk, [make_case(**finished)])
    assert due_follow_ups(desk, date(2019, 12, 31)) == []
