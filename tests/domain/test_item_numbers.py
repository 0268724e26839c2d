"""Item numbers: normal form, kind, check digit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postal_desk.domain.item_numbers import (
    ItemCheck,
    check,
    check_digit,
    is_international,
    make_number,
    normalise,
)
from postal_desk.domain.sentences import Refusal

SERIALS = st.integers(0, 10**8 - 1)


@pytest.mark.parametrize("number", ["RR473124829GB", "EE471108151FR", "EB000717618HK"])
def test_valid_numbers_of_the_union(number: str) -> None:
    assert check(number) == ItemCheck(number, "s10", "ok")


@pytest.mark.parametrize("number", ["RR473124828GB", "RA184717615HK"])
def test_a_wrong_check_digit_is_only_suspicious(number: str) -> None:
    assert check(number) == ItemCheck(number, "s10", "suspicious")


@pytest.mark.parametrize(("serial", "digit"), [("00000008", 0), ("00000015", 5), ("47312482", 9)])
def test_check_digits(serial: str, digit: int) -> None:
    assert check_digit(serial) == digit


@pytest.mark.parametrize(
    ("number", "form", "verdict"),
    [
        ("XA24435342142", "domestic", "ok"),
        ("XA24435342242", "domestic", "suspicious"),
        ("1234567890123", "digits13", "none"),
        ("123456789012", "unknown", "none"),
        ("RR47312482GB", "unknown", "none"),
        ("挂号信", "unknown", "none"),
        ("", "unknown", "none"),
    ],
)
def test_other_forms(number: str, form: str, verdict: str) -> None:
    assert check(number) == ItemCheck(number, form, verdict)


@pytest.mark.parametrize(
    "written",
    [
        "rr473124829gb",
        "RR 473 124 829 GB",
        "ＲＲ４７３１２４８２９ＧＢ",
        "RR-473124829-GB",
        "RR–473124829　GB\u200b",
        "\tRR473124829GB\n",
    ],
)
def test_a_number_has_one_normal_form(written: str) -> None:
    assert normalise(written) == "RR473124829GB"


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert check(text).number == normalise(text)


@given(SERIALS)
def test_a_made_number_passes_and_a_wrong_check_digit_does_not(serial: int) -> None:
    number = make_number("RR", serial, "CN")
    assert check(number) == ItemCheck(number, "s10", "ok")
    wrong = number[:10] + str((int(number[10]) + 1) % 10) + number[11:]
    assert check(wrong).check == "suspicious"


@given(SERIALS, st.integers(0, 99))
def test_domestic_numbers_are_made_the_same_way(serial: int, province: int) -> None:
    number = make_number("XA", serial, f"{province:02d}")
    assert check(number) == ItemCheck(number, "domestic", "ok")


@pytest.mark.parametrize(("prefix", "ending"), [("R", "CN"), ("RR", "CHN"), ("12", "CN"), ("RR", "")])
def test_no_number_is_made_of_wrong_parts(prefix: str, ending: str) -> None:
    with pytest.raises(Refusal, match="two letters"):
        make_number(prefix, 1, ending)


@pytest.mark.parametrize("serial", ["1234567", "123456789", "1234567a", "１２３４５６７８"])
def test_a_serial_has_eight_plain_digits(serial: str) -> None:
    with pytest.raises(ValueError, match="eight digits"):
        check_digit(serial)


@pytest.mark.parametrize(
    ("number", "abroad"),
    [
        ("RR473124829GB", True),
        ("rr 473124829 gb", True),
        ("RR473124829CN", False),
        ("XA24435342142", False),
        ("", False),
    ],
)
def test_which_numbers_come_from_abroad(number: str, abroad: bool) -> None:
    assert is_international(number) is abroad
