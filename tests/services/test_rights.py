"""The roles, enforced where every write passes."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from postal_desk.domain import roles
from postal_desk.domain.case_json import parse_case
from postal_desk.domain.cases import Case, Step
from postal_desk.domain.measure_json import parse_measure
from postal_desk.domain.sentences import Refusal
from postal_desk.services import attachments, rights, users
from postal_desk.services.access import Credential
from postal_desk.services.branch_settings import set as set_branch
from postal_desk.services.cases import add_cases, add_step, delete_cases, edit_case
from postal_desk.services.checklists import checklist, tick
from postal_desk.services.desk import Desk, create_desk, open_desk
from postal_desk.services.desk_clock import believe_clock
from postal_desk.services.documents import export_case_sheet
from postal_desk.services.measures import add_measures
from postal_desk.services.organisation import add_outlet, add_staff
from postal_desk.services.retention import hold
from postal_desk.services.undo import undo

pytestmark = pytest.mark.usefixtures("quick_keys")
NOW = datetime(2026, 11, 26, 9)
OURS, THEIRS = "220204-2026-11-0001", "220204-2026-11-0002"
RECORDING = {
    "record",
    "_record",
    "_change",
    "_change_many",
    "_move",
    "_audit",
    "_audit_export",
    "change_rules",
}
ACTION = re.compile(r"[a-z]+\.[a-z_]+")
MEASURE = {"title": "按址投递", "kind": "corrective", "problem": {"text": "错投"}}
STEP = Step("2026-11-25T10:00", text="已电话联系")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A case that the clerk logged, another of the manager's."""
    owner = users.checked_owner("王芳", "wang's password")
    with create_desk(tmp_path / "d", "", "220204", owner=owner, now=lambda: NOW) as desk:
        add_staff(desk, "苏阳")
        for name, role in (("李娜", "clerk"), ("赵敏", "handler"), ("周审", "auditor")):
            users.add_user(desk, name, role, f"{role}'s password")
        users.edit_user(desk, "李娜", {"staff": "苏阳"})
    with as_role(tmp_path / "d", "clerk") as desk:
        add_cases(desk, [case(desk)])
    with as_role(tmp_path / "d", "manager") as desk:
        add_cases(desk, [case(desk)])
    return tmp_path / "d"


def case(desk: Desk, **more: Any) -> Case:
    plain = {
        "kind": "inquiry",
        "category": "07",
        "channel": "counter",
        "opened_on": "2026-11-20",
        "subject": "未到",
    }
    return parse_case({**plain, **more}, desk.rules)


def as_role(path: Path, role: str, today: date | None = None) -> Desk:
    password = "wang's password" if role == "manager" else f"{role}'s password"
    clock = (lambda: today) if today else None
    return open_desk(path, credential=Credential.password(password), now=lambda: NOW, today=clock)


@pytest.fixture
def enter(path: Path) -> Iterator[Callable[..., Desk]]:
    """Opens the desk as somebody of a role, instead of whoever was there before."""
    now: list[Desk] = []

    def open_as(role: str, today: date | None = None) -> Desk:
        while now:
            now.pop().close()
        now.append(as_role(path, role, today))
        return now[0]

    yield open_as
    while now:
        now.pop().close()


def test_a_clerk_changes_own_cases_only(enter: Callable[..., Desk]) -> None:
    desk = enter("clerk")
    add_step(desk, OURS, STEP)
    delete_cases(desk, [OURS])
    with pytest.raises(Refusal, match=f"{THEIRS} was logged by 王芳"):
        add_step(desk, THEIRS, STEP)
    with pytest.raises(Refusal, match="own cases only"):
        delete_cases(desk, [THEIRS])


def test_what_a_clerk_handles_is_own(enter: Callable[..., Desk]) -> None:
    edit_case(enter("manager"), THEIRS, {"handler": "苏阳"})
    add_step(enter("clerk"), THEIRS, STEP)


def test_a_clerk_can_not_take_a_case_over(enter: Callable[..., Desk]) -> None:
    with pytest.raises(Refusal, match="own cases only"):
        edit_case(enter("clerk"), THEIRS, {"handler": "苏阳"})


def test_a_handler_works_on_all_and_deletes_own(enter: Callable[..., Desk]) -> None:
    desk = enter("handler")
    add_step(desk, OURS, STEP)
    with pytest.raises(Refusal, match="own cases only"):
        delete_cases(desk, [OURS])


@pytest.mark.parametrize(
    "write",
    [
        lambda desk: add_cases(desk, [case(desk)]),
        lambda desk: add_step(desk, OURS, STEP),
        lambda desk: add_outlet(desk, "丰满支局"),
        lambda desk: set_branch(desk, unit="x"),
        lambda desk: users.edit_user(desk, "周审", {"role": "manager"}),
    ],
)
def test_an_auditor_changes_nothing(enter: Callable[..., Desk], write: Callable[[Desk], object]) -> None:
    with pytest.raises(Refusal, match="The role of 周审"):
        write(enter("auditor"))


@pytest.mark.parametrize("role", ["clerk", "handler"])
def test_what_holds_for_the_branch_is_the_managers(enter: Callable[..., Desk], role: str) -> None:
    desk = enter(role)
    for write in (
        lambda: add_outlet(desk, "丰满支局"),
        lambda: users.add_user(desk, "新人", "manager", "long enough"),
        lambda: users.set_password(desk, "王芳", "long enough"),
    ):
        with pytest.raises(Refusal, match="ask a manager"):
            write()


def test_the_clear_export_is_the_managers(enter: Callable[..., Desk], tmp_path: Path) -> None:
    def export(desk: Desk) -> Path:
        return export_case_sheet(desk, OURS, "docx", tmp_path, lang="zh_CN", unmasked_reason="抽查")

    for role in ("clerk", "handler", "auditor"):
        with pytest.raises(Refusal, match="does not allow"):
            export(enter(role))
    assert list(tmp_path.glob("*.docx")) == []
    assert export(enter("manager")).exists()


def test_taking_back_needs_the_right_to_the_change(enter: Callable[..., Desk]) -> None:
    changes = add_outlet(enter("manager"), "丰满支局")
    with pytest.raises(Refusal, match="ask a manager"):
        undo(enter("clerk"), changes.undo or 0)


def test_who_may_not_do_it_may_not_take_it_back(enter: Callable[..., Desk]) -> None:
    desk = enter("manager")
    again = [
        undo(desk, made.undo or 0) for made in (hold(desk, [OURS], "来函"), delete_cases(desk, [THEIRS]))
    ]
    held = hold(desk, [THEIRS], "市分公司来函")
    desk = enter("handler")
    for changes in (held, *again):
        with pytest.raises(Refusal, match="ask a manager"):
            undo(desk, changes.undo or 0)


def test_files_and_ticks_follow_their_case(enter: Callable[..., Desk], tmp_path: Path) -> None:
    def attach(desk: Desk, number: str, kind: str = "case") -> None:
        (tmp_path / "a.txt").write_text(desk.actor, "utf-8")
        staged = attachments.begin_intake(desk).take_file(tmp_path / "a.txt")
        attachments.add_attachments(desk, kind, number, [staged])

    desk = enter("manager")
    attach(desk, THEIRS)
    (file,) = attachments.list_attachments(desk, "case", THEIRS)
    (measure,) = add_measures(desk, [parse_measure(MEASURE, desk.rules)]).measures
    desk = enter("clerk")
    attach(desk, OURS)
    (own,) = attachments.list_attachments(desk, "case", OURS)
    removed = attachments.remove_attachments(desk, [own.id])
    undo(desk, removed.undo or 0)
    line = checklist(desk, OURS)[0].key
    undo(desk, tick(desk, OURS, line).undo or 0)
    for write in (
        lambda: attach(desk, THEIRS),
        lambda: attachments.rename_attachment(desk, file.id, "b.txt"),
        lambda: attachments.remove_attachments(desk, [own.id, file.id]),
        lambda: tick(desk, THEIRS, line),
    ):
        with pytest.raises(Refusal, match=f"{THEIRS} was logged by 王芳"):
            write()
    with pytest.raises(Refusal, match="ask a manager"):
        attach(desk, measure, "measure")


def test_an_acting_manager_acts_for_a_time(enter: Callable[..., Desk]) -> None:
    days = {"acting_from": date(2026, 12, 1), "acting_to": date(2026, 12, 7)}
    users.edit_user(enter("manager"), "赵敏", days)
    add_outlet(enter("handler", date(2026, 12, 7)), "丰满支局")
    with pytest.raises(Refusal):
        add_outlet(enter("handler", date(2026, 12, 8)), "蛟河支局")


def test_a_clock_that_is_put_back_lets_nobody_act_again(path: Path) -> None:
    days = {"acting_from": date(2026, 12, 1), "acting_to": date(2026, 12, 7)}

    def at(role: str, day: int) -> Desk:
        password = "wang's password" if role == "manager" else f"{role}'s password"
        return open_desk(
            path, credential=Credential.password(password), now=lambda: datetime(2026, 12, day, 9)
        )

    with at("manager", 20) as desk:
        users.edit_user(desk, "赵敏", days)
    for _ in range(2):  # the login itself carries the wrong time
        with at("handler", 5) as desk:
            assert "2026-12-20" in str(desk.clock_problem())
            with pytest.raises(Refusal, match="ask a manager"):
                believe_clock(desk)
    with at("manager", 5) as desk:
        believe_clock(desk)
        assert desk.clock_problem() is None
    with at("handler", 6) as desk:
        assert desk.clock_problem() is None
        add_outlet(desk, "丰满支局")


def test_a_refused_write_leaves_nothing(enter: Callable[..., Desk]) -> None:
    desk = enter("clerk")
    with desk.work() as work:
        before = work.rows("SELECT count(*) FROM audit").scalar_one()
    with pytest.raises(Refusal):
        add_outlet(desk, "丰满支局")
    with desk.work() as work:
        assert work.rows("SELECT count(*) FROM outlets").scalar_one() == 0
        assert work.rows("SELECT count(*) FROM audit").scalar_one() == before


def test_a_desk_without_users_has_no_roles(tmp_path: Path) -> None:
    with create_desk(tmp_path / "open", "", "220204") as desk:
        assert desk.role == "manager"
        add_outlet(desk, "丰满支局")


def test_every_action_of_the_services_has_a_rule() -> None:
    """A new kind of record is decided on, not left to whatever holds for the rest."""
    found = set()
    for file in Path(rights.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in RECORDING:
                found |= {
                    part.value
                    for part in (*node.args, *(keyword.value for keyword in node.keywords))
                    if isinstance(part, ast.Constant)
                    and isinstance(part.value, str)
                    and ACTION.fullmatch(part.value)
                }
    assert len(found) > 40
    areas = {action.partition(".")[0] for action in found}
    assert areas - {area.partition(".")[0] for area in roles.RIGHTS} == set()
