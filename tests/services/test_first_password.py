"""A desk that anybody could open gets its first password: another key for everything, all of it or nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from postal_desk.domain.sentences import Refusal
from postal_desk.services import attachments, copies, copy_trials, plain_copies, recovery, users
from postal_desk.services.access import Credential, names
from postal_desk.services.attachment_check import check_attachments
from postal_desk.services.audit_log import read_audit, verify_audit
from postal_desk.services.checking import check_desk
from postal_desk.services.desk import Desk, create_desk, open_desk
from postal_desk.services.ledgers import ledger_words
from postal_desk.services.organisation import add_staff
from postal_desk.store import audit, engine, faults, high_water, rekeying
from postal_desk.store.copy_source import nothing_told
from postal_desk.store.high_water import Mark
from postal_desk.store.work import AuditEnd, Work

pytestmark = pytest.mark.usefixtures("quick_keys")
NOW = datetime(2026, 11, 26, 9)
WANG = "wang's password"
LARGE = os.urandom(1_500_000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "open"


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    """A desk without a password, with a draft that has a large file, and a copy of it all."""
    with create_desk(folder, "", "220204", actor="王芳", now=lambda: NOW) as made:
        staged = attachments.begin_intake(made).take_bytes(LARGE, "a.bin")
        attachments.add_attachments(made, "draft", "k", [staged])
        copies.make_copy(made)
        yield made


def again(folder: Path) -> Desk:
    return open_desk(folder, credential=Credential.password(WANG, "王芳"), now=lambda: NOW)


def test_the_key_of_before_opens_nothing_any_more(desk: Desk, folder: Path) -> None:
    (before,) = (folder / "files").rglob("*.bin")
    old = desk.copies.key
    users.protect(desk, "王芳", WANG)
    (after,) = (folder / "files").rglob("*.bin")
    assert desk.copies.key.key != old.key
    assert after.name != before.name
    copies.make_copy(desk)
    assert copy_trials.begin_drill(desk)(nothing_told).whole
    desk.close()
    with pytest.raises(faults.EnvironmentFault):
        engine.connect(folder / "desk.db", old)
    with again(folder) as reopened:
        assert attachments.content_of(reopened, 1)() == LARGE
        assert check_attachments(reopened).unused == 0
        assert not check_desk(reopened)
        assert reopened.notices == ()


def test_cut_off_while_the_first_user_is_made_nothing_has_changed(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_work: Work) -> None:
        raise KeyboardInterrupt

    files = sorted((folder / "files").rglob("*.bin"))
    monkeypatch.setattr(Work, "commit", fail)
    with pytest.raises(KeyboardInterrupt):
        users.protect(desk, "王芳", WANG)
    monkeypatch.undo()
    add_staff(desk, "苏阳")
    desk.close()
    assert not list(folder.glob("*.next*"))
    assert sorted((folder / "files").rglob("*.bin")) == files
    with open_desk(folder) as reopened:
        assert users.list_users(reopened) == []
        assert attachments.content_of(reopened, 1)() == LARGE


def test_cut_off_between_database_and_key_file_the_password_holds(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(_folder: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(rekeying, "settle", cut)
    with pytest.raises(KeyboardInterrupt):
        users.protect(desk, "王芳", WANG)
    monkeypatch.undo()
    add_staff(desk, "苏阳")  # with the secrets of the desk that stands there now
    desk.close()
    assert (folder / "key.next").exists()
    assert names(folder) == ("王芳",)
    with again(folder) as reopened:
        assert (reopened.actor, reopened.role) == ("王芳", "manager")
        assert [user.name for user in users.list_users(reopened)] == ["王芳"]
        assert verify_audit(reopened).ok
        assert reopened.notices == ()
    assert not list(folder.glob("*.next*"))


def test_what_comes_after_is_keyed_with_a_secret_that_no_older_copy_tells(desk: Desk, folder: Path) -> None:
    add_staff(desk, "苏阳")
    old = desk.audit_secret
    users.protect(desk, "王芳", WANG)
    assert desk.audit_secret != old
    assert high_water.read(folder, desk.audit_secret) is not None
    with pytest.raises(high_water.SpoiltMark):
        high_water.read(folder, old)
    add_staff(desk, "赵敏")
    assert verify_audit(desk).ok, "rows of before and after hold alike"
    with desk.work() as work:
        last = audit.end(work).number
        (digest,) = work.rows("SELECT digest FROM audit WHERE id = ?", (last,)).one()
        assert digest == audit.digest_of(desk.audit_secret, audit.changes_of(work, last))
    desk.close()
    with again(folder) as reopened:
        assert reopened.notices == ()
        assert verify_audit(reopened).ok
        assert not check_desk(reopened)


def test_a_mark_forged_with_the_secret_of_before_is_told(desk: Desk, folder: Path) -> None:
    old = desk.audit_secret
    users.protect(desk, "王芳", WANG)
    add_staff(desk, "苏阳")
    desk.close()
    older = (folder / "desk.db").read_bytes()
    with again(folder) as later:
        add_staff(later, "赵敏")
        end, desk_id = later._end, later.id
    (folder / "desk.db").write_bytes(older)
    lower = AuditEnd(end.number - 2, b"", "")
    high_water.write(folder, old, Mark(desk_id, lower))
    with again(folder) as reopened:
        assert [loss.kind for loss in reopened.losses] == ["spoilt"]


def test_killed_before_the_mark_was_written_anew_nothing_is_told_missing(desk: Desk, folder: Path) -> None:
    add_staff(desk, "苏阳")
    mark = (folder / "high-water").read_bytes()
    users.protect(desk, "王芳", WANG)
    desk.close()
    (folder / "high-water").write_bytes(mark)
    with again(folder) as reopened:
        assert reopened.notices == ()
    (folder / "high-water").write_bytes(mark)
    with again(folder) as reopened:
        assert [loss.kind for loss in reopened.losses] == ["spoilt"], "work has gone on since"


def test_a_ledger_is_known_again_after_the_first_password(desk: Desk) -> None:
    before = ledger_words(desk).secret
    users.protect(desk, "王芳", WANG)
    assert ledger_words(desk).secret == before


def test_copies_of_before_are_named_and_go_once_the_code_is_on_paper(
    desk: Desk, folder: Path, tmp_path: Path
) -> None:
    older = copies.copy_to(desk, tmp_path / "away.postal-copy").path
    assert plain_copies.find(desk, None).count == 0, "a desk without a password has no others"
    _changes, code = users.protect(desk, "王芳", WANG)
    found = plain_copies.find(desk, None)
    assert [copy.path.parent for copy in found.own] == [folder / "copies"]
    assert [one.name for one in found.elsewhere] == [older.name]
    with pytest.raises(Refusal, match="recovery code"):
        plain_copies.begin_removing(desk, None)
    recovery.confirm_code(desk, code)
    removed = plain_copies.begin_removing(desk, None)(nothing_told)
    plain_copies.note_removed(desk, removed)
    assert [copy.locked for copy in copies.list_copies(desk)] == [True]
    assert plain_copies.find(desk, None).own == ()
    assert next(iter(read_audit(desk))).action == "copy.remove"


def test_no_copy_makes_itself_before_the_code_was_typed_back(desk: Desk) -> None:
    assert not recovery.copies_wait(desk), "without a password there is no code"
    _changes, code = users.protect(desk, "王芳", WANG)
    assert recovery.copies_wait(desk)
    recovery.confirm_code(desk, code)
    assert not recovery.copies_wait(desk)


def test_once_there_is_a_copy_with_a_password_others_follow(desk: Desk) -> None:
    users.protect(desk, "王芳", WANG)
    copies.make_copy(desk)
    assert not recovery.copies_wait(desk)
