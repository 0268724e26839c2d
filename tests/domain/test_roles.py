"""Who may do what, and what a password has to be."""

from __future__ import annotations

from datetime import date

import pytest

from postal_desk.domain import roles
from postal_desk.domain.passwords import check_password
from postal_desk.domain.sentences import FieldRefusal

FIRST, LAST = date(2026, 11, 2), date(2026, 11, 20)


@pytest.mark.parametrize(
    ("action", "allowed", "own"),
    [
        ("case.add", "clerk handler manager", ""),
        ("case.step", "handler manager", "clerk"),
        ("case.delete", "manager", "clerk handler"),
        ("measure.progress", "handler manager", ""),
        ("something.new", "handler manager", ""),
        ("rule.calendar", "manager", ""),
        ("user.add", "manager", ""),
        ("summary.export", "clerk handler manager auditor", ""),
        ("export.unmasked", "manager", ""),
        ("audit.read", "manager auditor", ""),
    ],
)
def test_rights(action: str, allowed: str, own: str) -> None:
    right = roles.right_of(action)
    assert right.roles == set(allowed.split())
    assert right.own == set(own.split())


def test_taking_back_is_an_edit_of_the_kind() -> None:
    assert roles.right_of("undo", "rule") == roles.right_of("rule.edit")
    assert roles.CLERK in roles.right_of("undo", "case").own


@pytest.mark.parametrize(
    ("day", "role"),
    [
        (date(2026, 11, 1), "handler"),
        (FIRST, "manager"),
        (LAST, "manager"),
        (date(2026, 11, 21), "handler"),
    ],
)
def test_an_acting_manager_acts_between_two_days(day: date, role: str) -> None:
    assert roles.role_on("handler", FIRST, LAST, day) == role


def test_an_open_end_holds_on() -> None:
    assert roles.role_on("clerk", FIRST, None, date(2030, 1, 1)) == "manager"
    assert roles.role_on("clerk", None, None, FIRST) == "clerk"


@pytest.mark.parametrize(
    "password", ["short7!", "12345678", "aaaaaaaa", "PASSWORD", "qwertyui", "a\nb456789", "x" * 201]
)
def test_bad_passwords(password: str) -> None:
    with pytest.raises(FieldRefusal):
        check_password(password)


def test_the_own_name_is_no_password() -> None:
    with pytest.raises(FieldRefusal):
        check_password("wangfang88", "WangFang88")


@pytest.mark.parametrize("password", ["correct horse", "挂号信今天到了没有", "s3cret-pass"])
def test_good_passwords(password: str) -> None:
    check_password(password, "王芳")
