"""Masks for values and for free text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postal_desk.domain.masking import FIELDS, mask, mask_address, mask_free_text, mask_name, mask_phone
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import Refusal

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("欧阳娜娜", "欧阳**"),
        ("欧阳修", "欧阳*"),
        ("欧阳", "欧*"),
        ("刘先生", "刘**"),
        ("𬱖䶮", "𬱖*"),
        ("买买提·艾合买提", "买*******"),
        ("John Smith", "J*********"),
        ("張", "張"),
        ("", ""),
    ],
)
def test_names(seed_rules: Rules, name: str, masked: str) -> None:
    assert mask("name", name, seed_rules) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812345678", "138******78"),
        ("138 1234 5678", "138 **** **78"),
        ("138  1234  5678", "138  ****  **78"),
        ("+86 13812345678", "+86 138******78"),
        ("１３８１２３４５６７８", "１３８******７８"),
        ("0432-62012345", "0432-******45"),
        ("043262012345", "0432******45"),
        ("(010)62012345", "(010)******45"),
        ("0857-8222222", "0857-*****22"),
        ("62012345", "******45"),
        ("+44 7911 123456", "+44 7*** ****56"),
        ("13812345678/0432-62012345", "138******78/0432-******45"),
        ("11183", "11183"),
        ("114", "114"),
        ("张三丰", "***"),
        ("", ""),
    ],
)
def test_phones(seed_rules: Rules, phone: str, masked: str) -> None:
    assert mask("phone", phone, seed_rules) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("吉林省吉林市船营区北京路12号", "吉林省吉林市船营区***"),
        ("贵州省毕节市七星关区碧阳街道碧海花园3栋", "贵州省毕节市七星关区碧阳街道***"),
        ("大方县羊场镇新街村2组", "大方县羊场镇***"),
        ("吉林市船营区和平小区3栋", "吉林市船营区***"),
        ("船营区大东市场2号", "船营区***"),
        ("船营区永辉超市旁", "船营区***"),
        ("成都市武侯区都市花园", "成都市武侯区***"),
        ("荆州市沙市区北京路", "荆州市沙市区***"),
        ("北京市朝阳区建国门外大街1号", "北京市朝阳区***"),
        ("吉林省 吉林市 船营区 德胜街道9号", "吉林省 吉林市 船营区 德胜街道***"),
        ("黔西南布依族苗族自治州兴义市桔山街道", "黔西南布依族苗族自治州兴义市桔山街道"),
        ("北京路12号", "***"),
        ("12 High Street, London", "***"),
        ("", ""),
    ],
)
def test_addresses(seed_rules: Rules, address: str, masked: str) -> None:
    assert mask("address", address, seed_rules) == masked


@pytest.mark.parametrize(
    ("field", "value", "masked"),
    [
        ("id", "220204193905121234", "220**************4"),
        ("id", "22020419390512123X", "220**************X"),
        ("id", "1234", "****"),
        ("item", "XA24435342142", "XA*******2142"),
        ("item", "rr 473 124 829 gb", "RR*******29GB"),
        ("item", "12345", "*****"),
    ],
)
def test_identity_and_item_numbers(seed_rules: Rules, field: str, value: str, masked: str) -> None:
    assert mask(field, value, seed_rules) == masked


def test_an_unknown_field_is_refused(seed_rules: Rules) -> None:
    with pytest.raises(Refusal, match="no mask for “shoe”; use one of: name, phone, id, address, item"):
        mask("shoe", "42", seed_rules)


@given(st.sampled_from([field for field in FIELDS if field not in ("address", "item")]), st.text(max_size=30))
def test_stars_keep_the_length(seed_rules: Rules, field: str, value: str) -> None:
    assert len(mask(field, value, seed_rules)) == len(value.strip())


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_of_a_mobile_number_six_digits_are_hidden(phone: str) -> None:
    assert mask_phone(phone) == phone[:3] + "******" + phone[-2:]


@given(st.text(alphabet="0123456789 -()+/", max_size=30))
def test_of_seven_digits_and_more_at_least_five_are_hidden(phone: str) -> None:
    digits = sum(character.isdigit() for character in phone)
    assert mask_phone(phone).count("*") >= 5 or digits < 7


@given(HAN, HAN)
def test_an_address_shows_only_its_beginning(place: str, street: str) -> None:
    masked = mask_address(f"{place}{street}12号")
    assert masked.endswith("***")
    assert f"{place}{street}12号".startswith(masked[:-3])
    assert "12" not in masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("邮箱zhang.san_1@163.com，请回复", "邮箱z**********@163.com，请回复"),
        ("加微信号：wxid_abc99联系", "加微信号：w*********联系"),
        ("微信zhang1980说", "微信z********说"),
        ("他的QQ是12345，QQ 987654321", "他的QQ是1****，QQ 987*****1"),
        ("微信13812345678", "微信138******78"),
        ("VX123456785CN未到", "VX*******85CN未到"),
        (
            "在微信 letter里说，发微信给我；微信小程序、QQ群",
            "在微信 letter里说，发微信给我；微信小程序、QQ群",
        ),
    ],
)
def test_ways_to_reach_somebody_are_starred(text: str, masked: str) -> None:
    assert mask_free_text(text).text == masked


STORY = (
    "刘建国来电１３８１２３４５６７８,两封挂号信XA24435342142、RR 473 124 829 GB,身份证220204193905121234,"
    "座机0432-62012346或62012345,国外+44 20 7946 0958,银行卡6222 0212 3456 7890 123。刘建国2019-07-02 14:30再问。"
)


def test_what_is_personal_in_a_story_is_found_and_starred() -> None:
    masked = mask_free_text(STORY, ["刘建国"])
    assert masked.text == (
        "刘**来电１３８******７８,两封挂号信XA*******2142、RR *** *** *29 GB,身份证220**************4,"
        "座机0432-******46或******45,国外+44 2* **** **58,银行卡622* **** **** **** **3。刘**2019-07-02 14:30再问。"
    )
    assert [span.kind for span in masked.spans] == [
        "name",
        "phone",
        "item",
        "item",
        "id",
        "phone",
        "phone",
        "phone",
        "number",
        "name",
    ]
    assert [STORY[span.start : span.end] for span in masked.spans][2] == "XA24435342142"


@pytest.mark.parametrize(
    "text",
    [
        "2019年7月2日寄出，20190702登记，2019-07-02 14:30答复",
        "案例220204-2019-07-0044",
        "拨打11183、12305、114",
        "赔偿12345678元，¥1234567",
        "第49条，30天，邮编132011",
    ],
)
def test_dates_numbers_of_cases_and_sums_are_left_alone(text: str) -> None:
    assert mask_free_text(text).text == text


def test_the_longest_name_is_starred_whole() -> None:
    assert mask_free_text("欧阳娜娜和娜娜", ["娜娜", "欧阳娜娜"], {"欧阳"}).text == "欧阳**和娜*"


def test_a_latin_name_is_found_in_any_case() -> None:
    assert mask_free_text("Mr JOHN SMITH rang", ["John Smith"]).text == "Mr J********* rang"


def test_one_character_is_no_name_to_look_for() -> None:
    assert mask_free_text("王女士在王府路", ["王", ""]).text == "王女士在王府路"


@given(st.text(max_size=80), st.lists(st.text(max_size=4), max_size=2))
def test_places_in_the_text_stay_the_same(text: str, names: list[str]) -> None:
    masked = mask_free_text(text, names)
    assert len(masked.text) == len(text)
    kept = [True] * len(text)
    for span in masked.spans:
        kept[span.start : span.end] = [False] * (span.end - span.start)
    assert all(masked.text[at] == text[at] for at, same in enumerate(kept) if same)


@given(
    st.text(alphabet="寄信。，来电 ", max_size=10),
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.text(alphabet="寄信。，来电 ", max_size=10),
)
def test_no_mobile_number_survives(before: str, phone: str, after: str) -> None:
    masked = mask_free_text(before + phone + after).text
    assert phone not in masked
    assert not re.search(r"[0-9]{7}", masked)


def test_a_long_text_is_masked_in_one_go() -> None:
    text = "寄信 13812345678 " * 20_000
    assert mask_free_text(text).text == "寄信 138******78 " * 20_000


def test_names_without_a_list_of_compound_surnames_keep_one_character() -> None:
    assert mask_name("欧阳娜娜", ()) == "欧***"
