"""Attachments: what a file kept with a record is called, what it is, and which files may never be opened.

The content is somebody else's and can't be trusted: its name is made harmless here, its kind is told by its first bytes
and never by its name.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from postal_desk.domain.sentences import Sentence, say

#: What the records are called that files can be kept with. A draft's files wait for the case that it becomes.
CASE, MEASURE, CLAIM, DRAFT = "case", "measure", "claim", "draft"

LONGEST_NAME = 255
MEGABYTE = 1 << 20
#: Files up to this size stand in the database itself, larger ones beside it.
INSIDE = MEGABYTE


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file kept with a record: ``number`` names a case or measure, or is the key of a draft.

    ``part`` is the place (from 1) of the step it belongs to, 0 for the record itself; ``part_at`` that step's moment,
    by which it is found again when steps before it come or go.
    """

    id: int
    uid: str
    kind: str
    number: str
    name: str
    size: int
    sha256: str
    media: str
    part: int = 0
    part_at: str = ""
    added_at: str = ""
    deleted_at: str | None = None
    beside: bool = False


_SEPARATORS = re.compile(r"[\\/]")
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]')
#: Without width, or turning the direction of writing: «gpj.exe» must not read as «exe.jpg».
_INVISIBLE = re.compile(r"[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)


def harmless_name(given: str, unnamed: str = "file") -> str:
    """The last part of a file's name so that every system takes it: no folders, no control or invisible characters,
    nothing reserved, no blank or point at its ends, at most 255 characters (the ending is kept).
    """
    name = _SEPARATORS.split(given)[-1]
    name = unicodedata.normalize("NFC", _INVISIBLE.sub("", _FORBIDDEN.sub("_", name))).strip()
    name = name.rstrip(" .")
    if not name.strip(" ._"):
        name = unnamed
    elif name.startswith("."):
        name = unnamed + name
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    if len(name) > LONGEST_NAME:
        stem, point, ending = name.rpartition(".")
        ending = point + ending if stem and len(ending) <= 16 else ""
        name = name[: LONGEST_NAME - len(ending)].rstrip(" .") + ending
    return name


def ending_of(name: str) -> str:
    """The part behind the last point, in small letters; empty if there is none."""
    stem, _, ending = name.rpartition(".")
    return ending.lower() if stem else ""


#: The first bytes of what branches keep; the longest match counts.
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"BM", "image/bmp"),
    (8, b"WEBP", "image/webp"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"#!AMR", "audio/amr"),
    (8, b"WAVE", "audio/wav"),
    (0, b"MZ", "application/x-msdownload"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"{\\rtf", "application/rtf"),
)
_BRANDS = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"hevc": "image/heic",
    b"mif1": "image/heic",
    b"msf1": "image/heic",
    b"avif": "image/avif",
    b"M4A ": "audio/mp4",
}
_OFFICE = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_UNKNOWN = "application/octet-stream"
HEAD = 64  # bytes that :func:`media_of` wants to see

_PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/bmp", "image/webp", "image/tiff"})
PDF = "application/pdf"


def media_of(head: bytes, name: str) -> str:
    """The media type, by the first bytes; the name only tells Office files from other archives."""
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    for at, signature, media in _SIGNATURES:
        if head.startswith(signature, at):
            return _OFFICE.get(ending_of(name), media) if media == "application/zip" else media
    try:
        text = head.decode("utf-8", "ignore")
    except ValueError:
        return _UNKNOWN
    printable = head.isascii() or len(text.encode()) >= len(head) - 3
    controls = any(ord(char) < 32 and char not in "\t\r\n\f" for char in text)
    return "text/plain" if head and printable and not controls else _UNKNOWN


def can_be_shown(media: str) -> bool:
    """True for pictures and PDF: what a preview can be made of."""
    return media in _PICTURES or media == PDF


#: Endings that Windows (or a desktop) would run rather than show.
_RUN = frozenset(
    """
    ade adp app appimage application bat chm cmd com cpl desktop dll exe gadget hlp hta inf ins iso jar job js jse
    lib lnk mde msc msh msi msix msp mst ocx pif ps1 ps1xml ps2 psc1 py pyw reg scf scr sct settingcontent-ms sh
    shb shs sys url vb vbe vbs vhd vhdx vxd website ws wsc wsf wsh xll docm dotm xlsm xltm xlam pptm potm ppam
    svg html htm xhtml mht mhtml
    """.split()  # noqa: SIM905 a list of a hundred lines would be no easier to read
)


def may_be_opened(name: str, media: str) -> bool:
    """False for programs, scripts, shortcuts and macros: these can be saved, but are never handed to the system."""
    return ending_of(name) not in _RUN and media not in (
        "application/x-msdownload",
        "application/x-executable",
    )


def size_words(size: int) -> str:
    """``212 KB``, ``1.4 MB``: as lists show it."""
    if size < 1000:
        return f"{size} B"
    kilo = round(size / 1024)
    if kilo < 1000:
        return f"{max(1, kilo)} KB"
    mega = size / MEGABYTE
    return f"{mega:.1f} MB" if mega < 100 else f"{mega:.0f} MB"


def kind_words(media: str) -> Sentence:
    """What a file is, in words, for screen readers and for what can't be shown."""
    if media == "image/heic":
        return say("HEIC photo")
    if media.startswith("image/"):
        return say("Picture")
    if media == PDF:
        return say("PDF")
    if media.startswith("audio/"):
        return say("Sound recording")
    if media.startswith("video/"):
        return say("Video")
    if media in _OFFICE.values() or media in ("application/x-ole-storage", "application/rtf"):
        return say("Office document")
    if media in ("application/zip", "application/vnd.rar", "application/x-7z-compressed"):
        return say("Archive")
    if media == "text/plain":
        return say("Text")
    if media in ("application/x-msdownload", "application/x-executable"):
        return say("Program")
    return say("File")
