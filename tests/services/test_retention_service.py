"""Past its term a case loses who it was about and keeps what is counted; a held one waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from postal_desk.domain.anonymity import MARK, anonymous
from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.case_json import case_to_json, parse_case
from postal_desk.domain.cases import Case
from postal_desk.domain.error_records import ERROR_FORM
from postal_desk.domain.fields import CASE_FIELDS, PART_FIELDS
from postal_desk.domain.measure_json import parse_measure
from postal_desk.domain.problems import PROBLEM_FORM
from postal_desk.domain.record_forms import parse_record
from postal_desk.domain.sentences import Refusal
from postal_desk.domain.visits import VISIT_FORM
from postal_desk.services import attachments, copies, keeping_settings, measures, old_copies, retention
from postal_desk.services.case_lists import list_head
from postal_desk.services.cases import add_cases, delete_cases, edit_case, show_case
from postal_desk.services.checking import check_desk
from postal_desk.services.desk import Desk, create_desk
from postal_desk.services.drafts import list_drafts, save_draft
from postal_desk.services.error_records import ERRORS
from postal_desk.services.organisation import add_staff
from postal_desk.services.problems import PROBLEMS
from postal_desk.services.undo import purge_bin, undo
from postal_desk.services.views import list_views, save_view
from postal_desk.services.visits import VISITS

SECRET = "金丝雀"
PHONE = "13804321176"
ITEM = "XA24435342142"


@pytest.fixture
def clock() -> list[datetime]:
    return [datetime(2019, 8, 20, 10, 30)]


@pytest.fixture
def desk(tmp_path: Path, clock: list[datetime]) -> Iterator[Desk]:
    with create_desk(tmp_path / "desk", "", "220204", actor="苏阳", now=lambda: clock[0]) as made:
        add_staff(made, "苏阳", position="carrier")
        yield made


@pytest.fixture
def make(desk: Desk) -> Callable[..., Case]:
    """A case closed on 10 July 2019 that is full of one customer."""

    def one(**values: Any) -> Case:
        told = f"{SECRET}来电，电话{PHONE}，邮件{ITEM}"
        plain = {
            "kind": "inquiry",
            "category": "07.domestic",
            "channel": "counter",
            "opened_on": "2019-07-02",
            "subject": f"{SECRET}的挂号信",
            "narrative": told,
            "remedy": told,
            "praise": told,
            "typical": True,
            "customer": {"name": SECRET, "phone": PHONE, "address": f"{SECRET}路5号", "age_band": "80_plus"},
            "items": [{"number": ITEM, "class": "registered_letter", "postage": "4.20"}],
            "steps": [
                {
                    "at": "2019-07-03T09:00",
                    "actor": "苏阳",
                    "counterpart": SECRET,
                    "text": told,
                    "result": "answered",
                },
                {"at": "2019-07-04T09:00", "actor": SECRET, "text": told},
            ],
            "dispositions": [{"kind": "found_and_delivered", "on": "2019-07-09"}],
            "responsibility": "not_responsible",
            "opinion": "satisfied",
            "closed_on": "2019-07-10",
        }
        return parse_case({**plain, **values}, desk.rules)

    return one


@pytest.fixture
def number(desk: Desk, make: Callable[..., Case]) -> str:
    """The case, edited once, with a file, a draft and a view that tell of its customer."""
    made = add_cases(desk, [make()]).cases[0]
    edit_case(desk, made, {"narrative": f"{SECRET}又来电"})
    staged = attachments.begin_intake(desk).take_bytes(SECRET.encode() * 500_000, f"{SECRET}.txt")
    attachments.add_attachments(desk, "case", made, [staged])
    save_draft(desk, "d", "case", {"number": made, "narrative": SECRET})
    save_view(desk, f"{SECRET}的", CaseFilter(customer_phone=PHONE))
    return made


def everything(desk: Desk) -> str:
    """All that the database holds, as one text."""
    with desk.work() as work:
        tables = [row[0] for row in work.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return str([work.rows(f'SELECT * FROM "{table}"').all() for table in tables])


def test_nothing_is_due_before_the_term_is_over(desk: Desk, number: str, clock: list[datetime]) -> None:
    clock[0] = datetime(2022, 7, 10, 9)
    assert retention.past_term(desk) == []
    clock[0] = datetime(2022, 7, 11, 9)
    (due,) = retention.past_term(desk)
    assert (due.number, due.ends_on, due.customer) == (number, date(2022, 7, 10), "金**")
    assert SECRET not in due.subject


def test_who_it_was_is_gone_from_everywhere(desk: Desk, number: str, clock: list[datetime]) -> None:
    clock[0] = datetime(2022, 8, 1, 9)
    retention.anonymise(desk, [number])
    held = everything(desk)
    assert not [secret for secret in (SECRET, PHONE, ITEM) if secret in held]
    assert not list((desk.path / "files").rglob("*.bin"))
    assert list_drafts(desk) == []
    assert list_views(desk) == []
    assert not list_head(desk, CaseFilter(text=SECRET), 10).rows
    assert check_desk(desk) == []
    assert retention.past_term(desk) == []


def test_linked_records_name_nobody_and_still_count(desk: Desk, number: str, clock: list[datetime]) -> None:
    told = f"{SECRET}（电话138-0432-1176）说{ITEM}未到，金女士很急，苏阳已查"
    plain = {"text": told, "cases": [number]}
    problem = PROBLEMS.add(desk, [parse_record(PROBLEM_FORM, plain, desk.rules)]).records[0][1]
    error = parse_record(ERROR_FORM, {**plain, "staff": "苏阳", "on": "2019-07-03"}, desk.rules)
    ERRORS.add(desk, [error])
    visit = {
        "title": "走访",
        "purpose": "核实",
        "visited_on": "2019-07-08",
        "questions": [{"question": "为何", "answer": told}],
        "findings": [{"text": told, "problem": problem}],
    }
    VISITS.add(desk, [parse_record(VISIT_FORM, visit, desk.rules)])
    measure = {
        "title": "加强投递",
        "kind": "corrective",
        "problem": {"text": told},
        "progress": [{"on": "2019-07-09", "text": told}],
        "cases": [number],
    }
    measures.add_measures(desk, [parse_measure(measure, desk.rules)])
    other = {"text": f"与本案无关的{SECRET}", "found_on": "2019-07-01"}
    PROBLEMS.add(desk, [parse_record(PROBLEM_FORM, other, desk.rules)])
    clock[0] = datetime(2022, 8, 1, 9)
    changes = retention.anonymise(desk, [number])
    assert {kind for kind, _number in changes.records} == {"problem", "error", "visit"}
    assert len(changes.measures) == 1
    held = everything(desk)
    assert held.count(SECRET) == held.count(f"与本案无关的{SECRET}"), "the others' texts are their own"
    assert not [secret for secret in (PHONE, "138-0432-1176", ITEM, "金女士") if secret in held]
    (kept,) = measures.list_measures(desk)
    assert kept.measure.problem.text == "***（电话*************）说*************未到，***很急，苏阳已查"
    assert kept.measure.cases == (number,)
    assert len(ERRORS.all(desk)) == 1
    assert check_desk(desk) == []


@pytest.fixture
def linked(desk: Desk, number: str, make: Callable[..., Case]) -> tuple[str, str, str]:
    """Another case, a measure of both, and a problem of the first, each with a file; their numbers."""
    other = add_cases(desk, [make()]).cases[0]
    plain: dict[str, Any] = {"title": "加强投递", "kind": "corrective", "problem": {"text": "投递不及时"}}
    measure = measures.add_measures(
        desk, [parse_measure({**plain, "cases": [number, other]}, desk.rules)]
    ).measures[0]
    told = {"text": "投递不及时", "cases": [number]}
    problem = PROBLEMS.add(desk, [parse_record(PROBLEM_FORM, told, desk.rules)]).records[0][1]
    for kind, owner in (("measure", measure), ("problem", problem), ("case", other)):
        staged = attachments.begin_intake(desk).take_bytes(f"{SECRET}{owner}".encode(), f"{SECRET}.txt")
        attachments.add_attachments(desk, kind, owner, [staged])
    return other, measure, problem


def test_the_files_of_linked_records_go_with_the_last_case(
    desk: Desk, number: str, linked: tuple[str, str, str], clock: list[datetime]
) -> None:
    other, measure, problem = linked
    removed = attachments.list_attachments(desk, "problem", problem)[0]
    attachments.remove_attachments(desk, [removed.id])
    clock[0] = datetime(2022, 8, 1, 9)
    changes = retention.anonymise(desk, [number, other])
    assert set(changes.attachments) == {
        ("case", number),
        ("case", other),
        ("measure", measure),
        ("problem", problem),
    }
    assert changes.warnings == ()
    assert attachments.list_attachments(desk, "measure", measure) == []
    with desk.work() as work:
        assert work.rows("SELECT count(*) FROM blobs").scalar() == 0, (
            "the contents went too, a removed file's also"
        )
    assert check_desk(desk) == []
    with desk.work() as work:
        told = work.rows(
            "SELECT h.kind FROM history h JOIN audit a ON a.id = audit_id WHERE a.action = 'case.anonymise'"
        )
        assert {kind for (kind,) in told} == {"case", "measure", "problem"}, "each says so in its own history"


def test_a_shared_record_keeps_its_files_for_the_other_case(
    desk: Desk, number: str, linked: tuple[str, str, str], clock: list[datetime]
) -> None:
    other, measure, problem = linked
    clock[0] = datetime(2022, 8, 1, 9)
    changes = retention.anonymise(desk, [number])
    assert [one.params["count"] for one in changes.warnings] == [1]
    assert len(attachments.list_attachments(desk, "measure", measure)) == 1
    assert attachments.list_attachments(desk, "problem", problem) == []
    retention.anonymise(desk, [other])
    assert attachments.list_attachments(desk, "measure", measure) == []


def test_what_is_counted_stays(desk: Desk, number: str, clock: list[datetime]) -> None:
    before = show_case(desk, number).case
    clock[0] = datetime(2022, 8, 1, 9)
    retention.anonymise(desk, [number])
    after = show_case(desk, number).case
    for name in (
        "kind",
        "category",
        "channel",
        "opened_on",
        "closed_on",
        "outlet",
        "dispositions",
        "opinion",
    ):
        assert getattr(after, name) == getattr(before, name)
    assert after.praise == MARK
    assert after.customer.age_band == "80_plus"
    assert after.items[0].mail_class == "registered_letter"
    assert [(step.at, step.actor, step.result) for step in after.steps] == [
        ("2019-07-03T09:00", "苏阳", "answered"),
        ("2019-07-04T09:00", "", ""),
    ]
    assert [line.action for line in show_case(desk, number).history][-1] == "case.anonymise"


def test_every_personal_field_is_taken_out(make: Callable[..., Case]) -> None:
    """A field declared personal tomorrow is among them by itself."""
    content = case_to_json(make())
    changes = anonymous(content, "查询", {"苏阳"})
    for field in CASE_FIELDS:
        if field.personal and not field.name.startswith("customer."):
            assert SECRET not in str(changes[field.name])
    assert SECRET not in str(changes["customer"])
    for part, fields in PART_FIELDS.items():
        if any(field.personal for field in fields):
            assert SECRET not in str(changes[part])
            assert ITEM not in str(changes[part])


def test_parts_that_held_nothing_else_leave_a_sound_case(desk: Desk, make: Callable[..., Case]) -> None:
    steps = [{"at": "2019-07-03", "counterpart": SECRET}, {"at": "2019-07-04", "result": "answered"}]
    number = add_cases(desk, [make(items=[{"number": ITEM}], steps=steps)]).cases[0]
    retention.anonymise(desk, [number], "客户本人要求")
    case = show_case(desk, number).case
    assert case.items == ()
    assert [step.text for step in case.steps] == [MARK, ""]


def test_it_can_not_be_taken_back(desk: Desk, number: str, clock: list[datetime]) -> None:
    edited = edit_case(desk, number, {"subject": f"{SECRET}改"})
    clock[0] = datetime(2022, 8, 1, 9)
    assert retention.anonymise(desk, [number]).undo is None
    with pytest.raises(Refusal, match="can't be taken back"):
        undo(desk, edited.undo or 0)
    with pytest.raises(Refusal, match="anonymous already"):
        retention.anonymise(desk, [number])


def test_before_the_term_a_reason_is_needed(desk: Desk, number: str) -> None:
    with pytest.raises(Refusal, match="runs until 2022-07-10"):
        retention.anonymise(desk, [number])
    retention.anonymise(desk, [number], "客户本人要求删除")
    with desk.work() as work:
        fields = work.rows("SELECT fields FROM audit WHERE action = 'case.anonymise'").scalar_one()
    assert fields == "reason: 客户本人要求删除"


def test_a_held_case_waits_until_the_hold_ends(desk: Desk, number: str, clock: list[datetime]) -> None:
    held = retention.hold(desk, [number], "（2022）民初 12 号")
    clock[0] = datetime(2022, 8, 1, 9)
    assert retention.past_term(desk)[0].reason == "（2022）民初 12 号"
    with pytest.raises(Refusal, match="is held since 2019-08-20"):
        retention.anonymise(desk, [number])
    delete_cases(desk, [number])
    clock[0] = datetime(2022, 10, 1, 9)
    assert purge_bin(desk).cases == ()
    undo(desk, held.undo or 0)
    assert retention.held_cases(desk) == []
    assert purge_bin(desk).cases == (number,)


def test_an_open_case_is_refused(desk: Desk, make: Callable[..., Case]) -> None:
    number = add_cases(desk, [make(closed_on=None, opinion="", responsibility="")]).cases[0]
    with pytest.raises(Refusal, match="not closed"):
        retention.anonymise(desk, [number], "客户要求")


def test_the_term_can_be_set_and_taken_back(desk: Desk) -> None:
    changed = keeping_settings.set(desk, years=5, limit=20)
    assert keeping_settings.get(desk) == keeping_settings.KeepingSettings(5, 20)
    undo(desk, changed.undo or 0)
    assert keeping_settings.get(desk) == keeping_settings.KeepingSettings()
    with pytest.raises(Refusal, match="from 1 to 30"):
        keeping_settings.set(desk, years=0)


def test_copies_say_until_when_they_keep_it(
    desk: Desk, number: str, tmp_path: Path, clock: list[datetime]
) -> None:
    copies.make_copy(desk)
    clock[0] = datetime(2019, 8, 21, 10)
    copies.make_copy(desk)
    copies.copy_to(desk, tmp_path / "stick.postal-copy")
    newest, first = old_copies.own_copies(desk)
    assert newest.made_at > first.made_at
    assert first.goes_on > date(2019, 8, 30)
    assert [one.name for one in old_copies.copies_elsewhere(desk)] == ["stick.postal-copy"]
