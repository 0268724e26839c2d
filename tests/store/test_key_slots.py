"""The key wrapped by passwords and codes; opening a desk with them; wrong ones counted."""

from __future__ import annotations

import errno
import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from nacl.public import PrivateKey

from postal_desk.store import attempts, faults, key_ring_file, key_slots
from postal_desk.store.key_ring_file import Credential, Door
from postal_desk.store.key_slots import BRANCH, PASSWORD, RECOVERY, Holder, SpoiltRing
from postal_desk.store.keys import DeskKey, new_key

pytestmark = pytest.mark.usefixtures("quick_keys")
NOW = datetime(2026, 11, 26, 9)
WANG, LI = Holder("11" * 16, "王芳"), Holder("22" * 16, "李娜")


@pytest.fixture
def key() -> DeskKey:
    return new_key()


@pytest.fixture
def folder(tmp_path: Path, key: DeskKey) -> Path:
    """A folder whose key two users and a code open."""
    ring = key_ring_file.first_ring(key, WANG, "wang's password", CODE)
    key_ring_file.write_ring(tmp_path, ring.put(key_slots.wrap(key, PASSWORD, "li's password", LI)))
    return tmp_path


CODE = key_slots.new_code()


def entered(folder: Path, credential: Credential | None, now: datetime = NOW) -> Door:
    door = Door(folder, credential, now)
    door.load()
    return door


def test_each_password_gives_the_key_and_its_holder(folder: Path, key: DeskKey) -> None:
    for secret, holder in (("wang's password", WANG), ("li's password", LI)):
        door = entered(folder, Credential.password(secret))
        assert door.opened is not None
        assert (door.opened.key, door.opened.holder) == (key, holder)


def test_the_code_opens_however_it_is_typed(folder: Path) -> None:
    for typed in (CODE, CODE.lower().replace("-", " "), CODE.replace("0", "o").replace("1", "l")):
        assert entered(folder, Credential.recovery(typed)).opened is not None


def test_every_slip_of_one_character_in_the_code_is_noticed() -> None:
    plain = key_slots.normal_code(CODE)
    for at in range(len(plain)):
        wrong = "2" if plain[at] != "2" else "3"
        assert not key_slots.well_typed(plain[:at] + wrong + plain[at + 1 :])


def test_a_mistyped_code_is_no_attempt(folder: Path) -> None:
    with pytest.raises(faults.WrongKey, match="compare it with the sheet"):
        entered(folder, Credential.recovery("ABCDE"))
    assert attempts.read(folder) == []


def test_the_branch_opens_its_sealed_slot(folder: Path, key: DeskKey) -> None:
    private = PrivateKey.generate()
    ring = key_ring_file.ring_of(folder)
    assert ring is not None
    key_ring_file.write_ring(folder, ring.put(key_slots.seal(key, bytes(private.public_key), "吉林市分公司")))
    opened = entered(folder, Credential.branch(bytes(private))).opened
    assert opened is not None
    assert (opened.key, opened.kind) == (key, BRANCH)
    with pytest.raises(faults.WrongPassword):
        entered(folder, Credential.branch(bytes(PrivateKey.generate())))


def test_full_width_letters_are_the_same_password(folder: Path) -> None:
    assert entered(folder, Credential.password("ｗａｎｇ's password")).opened is not None


def test_a_slot_given_to_somebody_else_opens_for_nobody(folder: Path) -> None:
    ring = key_ring_file.ring_of(folder)
    assert ring is not None
    li = next(slot for slot in ring.slots if slot.name == "李娜")
    forged = replace(ring, slots=(replace(li, holder=WANG.uid, name="王芳"),))
    key_ring_file.write_ring(folder, forged)
    with pytest.raises(faults.WrongPassword):
        entered(folder, Credential.password("li's password", "王芳"))


def test_no_secret_stands_in_the_file(folder: Path, key: DeskKey) -> None:
    content = (folder / "key").read_bytes()
    for secret in (key.key.hex(), "wang's password", CODE, key_slots.normal_code(CODE)):
        assert secret.encode() not in content
    assert key.key not in content


def test_nobody_said_who_wants_in(folder: Path) -> None:
    with pytest.raises(faults.PasswordNeeded, match="--password-file"):
        entered(folder, None)


def test_an_unknown_user_is_told_who_is_known(folder: Path) -> None:
    with pytest.raises(faults.WrongPassword, match="王芳, 李娜"):
        entered(folder, Credential.password("wang's password", "张三"))


def test_the_sixth_wrong_password_has_to_wait_and_each_longer(folder: Path) -> None:
    wrong = Credential.password("not it at all", "王芳")
    now = NOW
    for _ in range(attempts.FREE):
        with pytest.raises(faults.WrongPassword, match="Wrong password for"):
            entered(folder, wrong, now)
    waits = []
    for _ in range(3):
        with pytest.raises(faults.TooManyTries) as found:
            entered(folder, wrong, now)
        waits.append(found.value.seconds)
        now += timedelta(seconds=found.value.seconds)
        with pytest.raises(faults.WrongPassword):
            entered(folder, wrong, now)
    assert waits == [15, 30, 60]
    assert entered(folder, Credential.password("li's password", "李娜"), now).opened is not None


def test_the_right_password_has_to_wait_too_but_not_for_ever(folder: Path) -> None:
    for _ in range(attempts.FREE):
        attempts.note(folder, WANG.uid, "王芳", NOW)
    right = Credential.password("wang's password", "王芳")
    with pytest.raises(faults.TooManyTries):
        entered(folder, right)
    with pytest.raises(faults.TooManyTries) as found:
        entered(folder, right, NOW - timedelta(days=400))  # the clock was put back
    assert found.value.seconds == 15
    assert entered(folder, right, NOW + timedelta(seconds=15)).opened is not None


def test_what_was_typed_for_a_name_is_not_kept(folder: Path) -> None:
    with pytest.raises(faults.WrongPassword):
        entered(folder, Credential.password("x", "my password in the wrong field"))
    assert "wrong field" not in (folder / attempts.FILE).read_text("utf-8")


@pytest.mark.parametrize("content", ["[]", "{}", "no json", '[{"door": 1}]', "[" * 100_000])
def test_a_spoilt_count_is_none(folder: Path, content: str) -> None:
    (folder / attempts.FILE).write_text(content, "utf-8")
    assert attempts.read(folder) == []


def test_every_flipped_bit_of_a_slot_is_refused(folder: Path) -> None:
    ring = key_ring_file.ring_of(folder)
    assert ring is not None
    slot = ring.slots[0]
    for at in range(0, len(slot.box), 37):
        box = slot.box[:at] + ("0" if slot.box[at] != "0" else "1") + slot.box[at + 1 :]
        assert key_slots.unwrap(replace(slot, box=box), "wang's password") is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("memory", 1 << 40), ("operations", 10**9), ("memory", 0), ("box", "zz"), ("salt", "00"), ("name", 3)],
)
def test_a_forged_slot_is_refused_before_it_is_tried(folder: Path, field: str, value: object) -> None:
    content = json.loads((folder / "key").read_text("utf-8"))
    content["slots"][0][field] = value
    (folder / "key").write_text(json.dumps(content), "utf-8")
    with pytest.raises(faults.WrongKey, match="missing or spoilt"):
        entered(folder, Credential.password("wang's password"))


@pytest.mark.parametrize("text", ["{", "{}", '{"format": "postal-desk-keys 2", "slots": [], "salt": ""}'])
def test_a_text_that_is_no_ring(text: str) -> None:
    with pytest.raises(SpoiltRing):
        key_slots.read_ring(text)


def test_the_recovery_slot_is_one(folder: Path, key: DeskKey) -> None:
    ring = key_ring_file.ring_of(folder)
    assert ring is not None
    again = ring.put(key_slots.wrap(key, RECOVERY, key_slots.new_code()))
    assert [slot.kind for slot in again.slots].count(RECOVERY) == 1


def test_where_no_count_can_be_written_it_holds_in_this_program(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_protected(*_args: object, **_more: object) -> None:
        raise OSError(errno.EROFS, "read-only file system")

    attempts.note(folder, "recovery", "", NOW)
    monkeypatch.setattr(attempts, "replace_file", write_protected)
    for _ in range(attempts.FREE):
        with pytest.raises(faults.WrongPassword):
            entered(folder, Credential.password("not it at all", "王芳"))
    with pytest.raises(faults.TooManyTries):
        entered(folder, Credential.password("wang's password", "王芳"))
    attempts.settle(folder, WANG.uid, NOW)  # what can't be written keeps nobody out
    assert [(one.door, one.told) for one in attempts.read(folder)] == [("recovery", 1)]
    monkeypatch.undo()
    attempts.note(folder, "recovery", "", NOW)
    assert attempts.FILE in {path.name for path in folder.iterdir()}
    assert [one.count for one in attempts.read(folder)] == [2]
