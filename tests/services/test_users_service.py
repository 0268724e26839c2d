"""Users: made, changed, shut out; passwords changed and reset; cut off between the key file and the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import FieldRefusal, Refusal
from postal_desk.services import copies, drafts, month_checks, recovery, today, users
from postal_desk.services.access import Credential, has_password, names
from postal_desk.services.audit_log import read_audit, verify_audit
from postal_desk.services.desk import Desk, create_desk, open_desk
from postal_desk.services.organisation import add_staff
from postal_desk.services.undo import undo
from postal_desk.store import attempts, faults, key_ring_file
from postal_desk.store.work import Work

pytestmark = pytest.mark.usefixtures("quick_keys")
NOW = datetime(2026, 11, 26, 9)
WANG, LI = "wang's password", "li's password"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    owner = users.checked_owner("王芳", WANG)
    create_desk(tmp_path / "d", "船营区分公司", "220204", owner=owner, now=lambda: NOW).close()
    (tmp_path / "code").write_text(owner.recovery_code)
    return tmp_path / "d"


@pytest.fixture
def code(path: Path) -> str:
    return path.with_name("code").read_text()


@pytest.fixture
def desk(path: Path) -> Iterator[Desk]:
    """A desk of 王芳, a manager, who is logged in, and 李娜, a clerk."""
    with opened(path, WANG) as made:
        users.add_user(made, "李娜", "clerk", LI)
        yield made


def opened(path: Path, password: str, user: str = "") -> Desk:
    return open_desk(path, credential=Credential.password(password, user), now=lambda: NOW)


def actions(desk: Desk) -> list[str]:
    return [row.action for row in reversed(read_audit(desk, limit=0))]


def test_the_owner_is_a_manager_and_the_key_is_never_bare(path: Path) -> None:
    assert has_password(path)
    assert names(path) == ("王芳",)
    with opened(path, WANG) as desk:
        assert (desk.actor, desk.role) == ("王芳", "manager")
        assert actions(desk)[:2] == ["access.login", "user.add"]


def test_everybody_enters_with_their_own_password(desk: Desk, path: Path) -> None:
    desk.close()
    with opened(path, LI) as other:
        assert (other.actor, other.role) == ("李娜", "clerk")
    with pytest.raises(faults.WrongPassword):
        opened(path, LI, "王芳")


def test_wrong_attempts_and_logins_are_audited(desk: Desk, path: Path) -> None:
    desk.close()
    for _ in range(3):
        with pytest.raises(faults.WrongPassword):
            opened(path, "not it", "李娜")
    with opened(path, WANG) as again:
        row = next(row for row in read_audit(again) if row.action == "access.failed")
        assert (row.record, row.count) == ("李娜", 3)
        assert verify_audit(again).ok
    with opened(path, WANG) as again:
        assert actions(again).count("access.failed") == 1


def test_changing_the_own_password_asks_for_the_old_one(desk: Desk, path: Path) -> None:
    with pytest.raises(FieldRefusal, match="not your password"):
        users.change_password(desk, "wrong", "another one")
    users.change_password(desk, WANG, "another one")
    desk.close()
    with pytest.raises(faults.WrongPassword):
        opened(path, WANG)
    opened(path, "another one").close()


def test_guessing_the_old_password_has_to_wait_and_is_told(desk: Desk, path: Path) -> None:
    for _ in range(attempts.FREE):
        with pytest.raises(FieldRefusal, match="not your password"):
            users.change_password(desk, "wrong", "another one")
    with pytest.raises(FieldRefusal, match="wait 15 seconds"):
        users.change_password(desk, WANG, "another one")
    desk.close()
    with pytest.raises(faults.TooManyTries):
        opened(path, WANG, "王芳")
    opened(path, LI, "李娜").close()
    later = NOW + timedelta(seconds=15)
    with open_desk(path, credential=Credential.password(WANG, "王芳"), now=lambda: later) as again:
        assert "access.failed" in actions(again)


def test_guessing_at_a_copy_has_to_wait(desk: Desk, tmp_path: Path) -> None:
    copy = copies.make_copy(desk).path
    for number in range(attempts.FREE):
        with pytest.raises(faults.WrongPassword, match="Wrong password for"):
            copies.restore_copy(copy, tmp_path / f"n{number}", credential=Credential.password("no", "王芳"))
    with pytest.raises(faults.TooManyTries):
        copies.restore_copy(copy, tmp_path / "r", credential=Credential.password(WANG, "王芳"))
    copies.restore_copy(copy, tmp_path / "r", credential=Credential.password(LI, "李娜"))


def test_a_manager_resets_a_password(desk: Desk, path: Path) -> None:
    users.set_password(desk, "李娜", "given by wang", must_change=True)
    desk.close()
    with opened(path, "given by wang") as other:
        assert other.user is not None
        assert other.user.must_change
        users.change_password(other, "given by wang", "chosen by li")
        assert not other.user.must_change


def test_the_recovery_code_makes_a_new_password(path: Path, code: str) -> None:
    with open_desk(path, credential=Credential.recovery(code)) as desk:
        users.set_password(desk, "王芳", "remembered now")
        assert "user.password" in actions(desk)
    opened(path, "remembered now").close()


def test_the_code_is_asked_back(desk: Desk, code: str) -> None:
    assert not recovery.confirmed(desk)
    with pytest.raises(FieldRefusal):
        recovery.confirm_code(desk, "ABC")
    recovery.confirm_code(desk, code)
    assert recovery.confirmed(desk)


def test_a_code_that_made_a_new_password_counts_as_typed_back(path: Path, code: str) -> None:
    with open_desk(path, credential=Credential.recovery(code)) as desk:
        assert recovery.copies_wait(desk)
        users.set_password(desk, "王芳", "remembered now")
        assert not recovery.copies_wait(desk)
    with opened(path, "remembered now") as desk:
        assert recovery.confirmed(desk)
    open_desk(path, credential=Credential.recovery(code)).close()


def test_a_password_given_by_a_manager_or_after_another_code_confirms_nothing(
    desk: Desk, path: Path, code: str
) -> None:
    users.set_password(desk, "李娜", "given by wang")
    assert not recovery.confirmed(desk)
    desk.close()
    with open_desk(path, credential=Credential.recovery(code)) as again:
        recovery.new_code(again)
        users.set_password(again, "王芳", "remembered now")
        assert not recovery.confirmed(again), "the code that opened the desk is not this one"


def test_everybody_sees_their_own_drafts_and_the_manager_that_there_are_others(
    desk: Desk, path: Path
) -> None:
    desk.close()
    with opened(path, LI) as other:
        drafts.save_draft(other, "a", "case", {"text": "李娜 typed this"})
        drafts.save_draft(other, drafts.step_key(other, "1"), "step", {"number": "1", "text": "x"})
        assert {"text": "李娜 typed this"} in [draft.payload for draft in drafts.list_drafts(other)]
        with pytest.raises(Refusal):
            drafts.open_drafts(other)
    with opened(path, WANG) as manager:
        assert drafts.list_drafts(manager) == []
        assert today.today(manager).counts["drafts"] == 0
        assert {name: left.count for name, left in drafts.open_drafts(manager).items()} == {"李娜": 2}
        assert drafts.step_key(manager, "1") != "step:1"
        found = month_checks.check_month(manager, Month(2026, 11))
        assert [one.kind for one in found if one.code == "draft_left"] == [""]
        users.edit_user(manager, "李娜", {"active": False})
        assert len(drafts.list_drafts(manager)) == 2, "nobody else could end them"


def test_another_code_takes_the_old_ones_place(desk: Desk, path: Path, code: str) -> None:
    _changes, again = recovery.new_code(desk)
    assert not recovery.confirmed(desk)
    desk.close()
    with pytest.raises(faults.WrongPassword):
        open_desk(path, credential=Credential.recovery(code))
    open_desk(path, credential=Credential.recovery(again)).close()


def test_who_is_shut_out_has_no_password_any_more(desk: Desk, path: Path) -> None:
    before = (path / "key").read_text("utf-8")
    users.edit_user(desk, "李娜", {"active": False})
    assert names(path) == ("王芳",)
    desk.close()
    (path / "key").write_text(before, "utf-8")  # an old file put back
    with pytest.raises(faults.WrongPassword, match="no longer a user"):
        opened(path, LI)


def test_there_is_always_a_manager(desk: Desk) -> None:
    for values in ({"role": "clerk"}, {"active": False}):
        with pytest.raises(Refusal, match="last manager"):
            users.edit_user(desk, "王芳", values)


def test_an_edit_is_taken_back_and_holds_at_once(desk: Desk) -> None:
    users.edit_user(desk, "李娜", {"role": "manager"})
    changes = users.edit_user(desk, "王芳", {"role": "auditor"})
    assert desk.role == "auditor"
    with pytest.raises(Refusal, match="does not allow"):
        undo(desk, changes.undo or 0)


def test_taking_back_never_leaves_the_desk_without_a_manager(desk: Desk) -> None:
    changes = users.edit_user(desk, "李娜", {"role": "manager"})
    undo(desk, changes.undo or 0)
    assert [user.role for user in users.list_users(desk)] == ["manager", "clerk"]
    changes = users.edit_user(desk, "李娜", {"active": False})
    with pytest.raises(Refusal):
        undo(desk, changes.undo or 0)


def test_a_user_is_one_person(desk: Desk) -> None:
    add_staff(desk, "苏阳")
    users.edit_user(desk, "李娜", {"staff": "苏阳"})
    with pytest.raises(FieldRefusal, match="李娜 is this person already"):
        users.edit_user(desk, "王芳", {"staff": "苏阳"})
    with pytest.raises(FieldRefusal, match="not in the list"):
        users.edit_user(desk, "王芳", {"staff": "无此人"})


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"role": "king"}, "role"),
        ({"password": "x"}, "password"),
        ({"acting_from": date(2026, 2, 2), "acting_to": date(2026, 2, 1)}, "acting_to"),
    ],
)
def test_bad_values(desk: Desk, values: dict[str, object], field: str) -> None:
    with pytest.raises(FieldRefusal) as found:
        users.edit_user(desk, "李娜", values)
    assert found.value.path == field


def test_a_desk_without_password_gets_its_first_user(tmp_path: Path) -> None:
    with create_desk(tmp_path / "open", "", "220204", now=lambda: NOW) as desk:
        with pytest.raises(Refusal, match="first user"):
            users.add_user(desk, "李娜", "clerk", LI)
        _changes, code = users.protect(desk, "王芳", WANG)
        assert desk.actor == "王芳"
        users.add_user(desk, "李娜", "clerk", LI)
    with pytest.raises(faults.PasswordNeeded):
        open_desk(tmp_path / "open")
    open_desk(tmp_path / "open", credential=Credential.recovery(code)).close()


def test_a_practice_desk_stays_open(tmp_path: Path) -> None:
    practice = create_desk(tmp_path / "p", "", "220204", practice=True)
    with practice as desk, pytest.raises(Refusal, match="practice desk"):
        users.protect(desk, "王芳", WANG)


def test_a_bare_key_put_in_the_place_of_the_slots_opens_nothing(desk: Desk, path: Path) -> None:
    key = desk.copies.key
    desk.close()
    (path / "key").write_text(f"{key.key.hex()} {key.salt.hex()}\n")
    with pytest.raises(faults.WrongKey, match="has users"):
        open_desk(path)


@pytest.fixture
def no_commit(monkeypatch: pytest.MonkeyPatch) -> Callable[[type[BaseException]], None]:
    """From now on every commit fails."""

    def fail_with(error: type[BaseException]) -> None:
        def fail(_work: Work) -> None:
            raise error

        monkeypatch.setattr(Work, "commit", fail)

    return fail_with


def test_a_failing_disk_leaves_the_old_password(
    desk: Desk, path: Path, no_commit: Callable[[type[BaseException]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    no_commit(OSError)
    with pytest.raises(OSError):
        users.change_password(desk, WANG, "another one")
    monkeypatch.undo()
    desk.close()
    opened(path, WANG).close()


def test_cut_off_between_file_and_database_the_new_password_holds(
    desk: Desk, path: Path, monkeypatch: pytest.MonkeyPatch, no_commit: Callable[[type[BaseException]], None]
) -> None:
    """As after a kill: the file is new, the database knows nothing of it."""
    kept = key_ring_file.write_ring

    def write_once(folder: Path, ring: key_ring_file.KeyRing) -> None:
        kept(folder, ring)
        monkeypatch.setattr(key_ring_file, "write_ring", lambda *_: None)  # no way back: it was killed

    monkeypatch.setattr(key_ring_file, "write_ring", write_once)
    no_commit(KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        users.change_password(desk, WANG, "another one")
    monkeypatch.undo()
    desk.close()
    with opened(path, "another one") as again:
        assert actions(again)[-1] == "access.password_unrecorded"
    with opened(path, "another one") as again:
        assert actions(again).count("access.password_unrecorded") == 1


def test_a_copy_opens_with_a_password_or_the_code_of_then(desk: Desk, tmp_path: Path, code: str) -> None:
    copy = copies.copy_to(desk, tmp_path / "a.copy").path
    users.change_password(desk, WANG, "another one")
    desk.close()
    assert desk.copies.key.key.hex().encode() not in copy.read_bytes()
    with pytest.raises(faults.PasswordNeeded):
        copies.restore_copy(copy, tmp_path / "r")
    with pytest.raises(faults.WrongPassword):
        copies.restore_copy(copy, tmp_path / "r", credential=Credential.password("another one"))
    assert not (tmp_path / "r").exists()
    for place, credential in (("r", Credential.password(LI)), ("s", Credential.recovery(code))):
        copies.restore_copy(copy, tmp_path / place, credential=credential)
        opened(tmp_path / place, WANG).close()


def test_logging_in_alone_makes_no_copy_and_a_new_password_does(desk: Desk, path: Path) -> None:
    copies.make_copy(desk)
    desk.close()
    with opened(path, WANG) as again:
        assert copies.copy_if_changed(again) is None
        users.change_password(again, WANG, "another one")
        assert copies.copy_if_changed(again) is not None


def test_a_field_for_anybodys_password_takes_the_recovery_code(desk: Desk, path: Path, code: str) -> None:
    desk.close()
    with open_desk(path, credential=Credential.password(code.lower())) as again:
        assert again.actor == "recovery code"
    with pytest.raises(faults.WrongPassword):
        opened(path, code, "王芳")


def test_logging_in_does_not_wipe_out_what_was_tried_at_another_door(desk: Desk, path: Path) -> None:
    desk.close()
    for _ in range(5):
        with pytest.raises(faults.WrongPassword):
            opened(path, "not it at all", "王芳")
        opened(path, LI, "李娜").close()
    with pytest.raises(faults.TooManyTries):
        opened(path, WANG, "王芳")
    later = NOW + timedelta(minutes=1)
    with open_desk(path, credential=Credential.password(WANG, "王芳"), now=lambda: later) as again:
        rows = [row for row in read_audit(again, limit=0) if row.action == "access.failed"]
        assert sum(row.count for row in rows) == 5
    opened(path, WANG, "王芳").close()
