"""The one mechanism for user texts: GNU gettext catalogs, message ids in English.

``resources/translations/<lang>/*.po`` are compiled into one catalog in the user's cache when they are newer than it;
no compiled catalog is stored in the project. English needs no catalog. Not for the domain and the store: they return
:class:`~postal_desk.domain.sentences.Sentence`.
"""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from postal_desk import paths

LANGUAGES = ("zh_CN", "en")
_catalogs: dict[str, dict[str, str]] = {"en": {}}
_language = "zh_CN"


class _Label(Protocol):
    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


def system_language() -> str:
    """``en`` where the system's language is English, Chinese otherwise: the product is Chinese first."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "en" if value.lower().startswith("en") else "zh_CN"
    import locale  # Windows has no such variables

    return "en" if (locale.getlocale()[0] or "").lower().startswith("en") else "zh_CN"


def use(language: str) -> None:
    """Switch the language of the whole program. Raises :class:`ValueError` for one that is not shipped."""
    global _language
    if language not in LANGUAGES:
        raise ValueError(f"language {language!r} is not one of {', '.join(LANGUAGES)}")
    _language = language


def language() -> str:
    """The language in use: ``zh_CN`` or ``en``."""
    return _language


def _(msgid: str) -> str:
    """Translate a literal message id into the language in use."""
    return translate(msgid)


def translate(msgid: str, lang: str | None = None) -> str:
    """Translate a message id that was collected elsewhere, into ``lang`` or the language in use."""
    return _catalog(lang or _language).get(msgid, msgid)


def label(name: _Label, lang: str | None = None) -> str:
    """The name of a code in the language in use."""
    return name.zh if (lang or _language) == "zh_CN" else name.en


def tell(sentence: object, lang: str | None = None) -> str:
    """A domain sentence as text; its parameters are translated too."""
    params = {name: _told(value, lang) for name, value in getattr(sentence, "params", {}).items()}
    return translate(sentence.msgid, lang).format(**params)  # type: ignore[attr-defined]  # Sentence, by shape


def enumerate_words(parts: Iterable[str], lang: str | None = None) -> str:
    """Join words by the language's enumeration comma."""
    return ("、" if (lang or _language) == "zh_CN" else ", ").join(parts)


def _told(value: object, lang: str | None) -> str:
    if hasattr(value, "msgid"):
        return tell(value, lang)
    if hasattr(value, "zh") and hasattr(value, "en"):
        return label(value, lang)
    if isinstance(value, tuple):
        return enumerate_words((_told(part, lang) for part in value), lang)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)


def _catalog(lang: str) -> dict[str, str]:
    if lang not in _catalogs:
        _catalogs[lang] = _load(paths.resources() / "translations" / lang, lang)
    return _catalogs[lang]


def _load(folder: Path, lang: str) -> dict[str, str]:
    sources = sorted(folder.glob("*.po"))
    compiled = folder / "messages.mo"  # a package carries it; a source tree does not
    if not compiled.is_file():
        # one file for each state of the sources, so that an older program's catalog is never taken for this one's
        stamp = sum(source.stat().st_mtime_ns ^ source.stat().st_size for source in sources) % 2**48
        compiled = paths.user_cache() / f"{lang}-{stamp:012x}.mo"
        if not compiled.is_file():
            return _keep(compile_catalog(sources), compiled)
    return _read(compiled.read_bytes())


def _keep(content: bytes, place: Path) -> dict[str, str]:
    with suppress(OSError):  # a cache that can't be written costs 0.1 s at the next start, nothing else
        place.parent.mkdir(parents=True, exist_ok=True)
        for old in place.parent.glob(place.name.split("-")[0] + "-*.mo"):
            old.unlink()
        partial = place.with_suffix(f".{os.getpid()}")
        partial.write_bytes(content)
        partial.replace(place)
    return _read(content)


def _read(content: bytes) -> dict[str, str]:
    """The messages of a compiled catalog as :func:`compile_catalog` writes it: little-endian, UTF-8, no plurals.

    The standard library's reader looks into each message, which takes as long as painting the window.
    """
    count, ids, texts = struct.unpack_from("<III", content, 8)

    def strings(table: int) -> list[str]:
        places = struct.unpack_from(f"<{2 * count}I", content, table)
        return [
            content[at : at + length].decode() for length, at in zip(places[::2], places[1::2], strict=True)
        ]

    found = dict(zip(strings(ids), strings(texts), strict=True))
    found[""] = ""  # what stands under it is about the catalog
    return found


def compile_catalog(sources: Iterable[Path]) -> bytes:
    """Merge the ``.po`` files into one compiled catalog (the packaging step uses it too)."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    merged = Catalog(locale="zh_CN", charset="utf-8")
    for source in sources:
        with source.open("rb") as stream:
            for message in read_po(stream, locale="zh_CN"):
                if message.id and message.string:
                    merged.add(message.id, message.string)
    content = io.BytesIO()
    write_mo(content, merged)
    return content.getvalue()
