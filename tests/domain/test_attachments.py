"""Names are made harmless, contents are known by their first bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postal_desk.domain.attachments import (
    LONGEST_NAME,
    can_be_shown,
    harmless_name,
    may_be_opened,
    media_of,
    size_words,
)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("挂号收据.jpg", "挂号收据.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\王\\扫描.pdf", "扫描.pdf"),
        ("a\x00b\n.png", "a_b_.png"),
        ("CON.txt", "_CON.txt"),
        ("com1", "_com1"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("evil.exe. . .", "evil.exe"),
        ("  ", "file"),
        (".", "file"),
        (".jpg", "file.jpg"),
        ("a:b|c?.pdf", "a_b_c_.pdf"),
        ("half\udc80.jpg", "half_.jpg"),
    ],
)
def test_hostile_names_are_made_harmless(given: str, kept: str) -> None:
    assert harmless_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    kept = harmless_name("长" * 400 + ".jpg")
    assert len(kept) == LONGEST_NAME
    assert kept.endswith("长.jpg")


@given(st.text(max_size=400))
def test_any_name_becomes_one_that_stays_as_it_is(name: str) -> None:
    kept = harmless_name(name)
    assert kept
    assert harmless_name(kept) == kept
    assert not set(kept) & set('\\/:*?"<>|\n\0')
    assert len(kept) <= LONGEST_NAME


@pytest.mark.parametrize(
    ("head", "name", "media"),
    [
        (b"\xff\xd8\xff\xe0", "a.txt", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "", "image/png"),
        (b"\x00\x00\x00\x18ftypheic", "IMG.jpg", "image/heic"),
        (b"%PDF-1.7", "", "application/pdf"),
        (b"PK\x03\x04", "a.zip", "application/zip"),
        (b"MZ\x90", "receipt.jpg", "application/x-msdownload"),
        ("经过".encode(), "a.txt", "text/plain"),
        (b"\x00\x01\x02", "a.txt", "application/octet-stream"),
    ],
)
def test_what_a_file_is_is_told_by_its_beginning(head: bytes, name: str, media: str) -> None:
    assert media_of(head, name) == media


def test_pictures_and_pdf_are_shown_and_heic_is_not() -> None:
    assert can_be_shown("image/jpeg")
    assert can_be_shown("application/pdf")
    assert not can_be_shown("image/heic")


def test_programs_in_disguise_are_not_opened() -> None:
    assert not may_be_opened("账单.pdf.exe", "application/octet-stream")
    assert not may_be_opened("receipt.jpg", "application/x-msdownload")
    assert may_be_opened("收据.jpg", "image/jpeg")


def test_sizes_are_short() -> None:
    assert [size_words(size) for size in (5, 217_000, 1_500_000, 300_000_000)] == [
        "5 B",
        "212 KB",
        "1.4 MB",
        "286 MB",
    ]
