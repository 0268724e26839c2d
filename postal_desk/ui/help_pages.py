"""The pages of the manual: which there are, in what order, and their text with what the program itself knows."""

from __future__ import annotations

from functools import lru_cache

from postal_desk import paths
from postal_desk.domain.summaries import DEFINITIONS
from postal_desk.i18n import tell, translate
from postal_desk.reports.template_values import names_in
from postal_desk.ui.actions import ACTIONS, BACK
from postal_desk.ui.pages import PAGES as WINDOW_PAGES

#: In the order of the contents.
PAGES = (
    *("first-day", "log-a-case", "follow-and-close", "today", "claims", "measures", "month-end", "periods"),
    *("past-totals", "forms", "papers", "attachments", "personal-data", "copies", "moving", "passwords"),
    *("import-ledger", "install", "trouble", "keyboard", "glossary"),
)


@lru_cache(maxsize=64)
def _source(name: str, lang: str) -> str:
    return (paths.resources() / "help" / lang / f"{name}.md").read_text("utf-8")


def page_text(name: str, lang: str) -> str:
    """A page as Markdown. Raises :class:`KeyError` for a page that is not in the contents."""
    if name not in PAGES:
        raise KeyError(name)
    text = _source(name, lang)
    for mark, made in (
        ("<!--keys-->", _keys),
        ("<!--placeholders-->", _placeholders),
        ("<!--definitions-->", _definitions),
    ):
        if mark in text:
            text = text.replace(mark, made(lang))
    return text


def title_of(name: str, lang: str) -> str:
    """What a page is called: its first heading."""
    return _source(name, lang).partition("\n")[0].lstrip("# ").strip()


def pages_with(words: str, lang: str) -> list[str]:
    """The pages that hold all of the words; those with one in their title first. No words: all pages."""
    wanted = words.lower().split()
    found = [name for name in PAGES if all(word in page_text(name, lang).lower() for word in wanted)]
    return sorted(found, key=lambda name: not any(word in title_of(name, lang).lower() for word in wanted))


def _keys(lang: str) -> str:
    rows = [(tell(action.title, lang), action.keys) for action in (*ACTIONS, BACK)]
    rows += [(tell(page.title, lang), page.shortcut) for page in WINDOW_PAGES if page.shortcut]
    return _table(("", translate("Keys", lang)), rows)


def _placeholders(lang: str) -> str:
    heads = (translate("Placeholder", lang), translate("Other language", lang))
    return _table(heads, [(f"`{{{{{name}}}}}`", f"`{{{{{other}}}}}`") for name, other in names_in(lang)])


def _definitions(lang: str) -> str:
    return "\n".join(f"- {tell(sentence, lang)}" for sentence in DEFINITIONS.values())


def _table(heads: tuple[str, str], rows: list[tuple[str, str]]) -> str:
    return "\n".join(
        [f"| {heads[0]} | {heads[1]} |", "|---|---|", *(f"| {left} | {right} |" for left, right in rows)]
    )
