"""The pages of the window, each declared once. A page stands in the sidebar if it is listed here and not
``under`` one.

Factories are imported when the page is first shown: what a page needs costs nothing at start-up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from postal_desk.domain.sentences import Sentence, say
from postal_desk.ui.context import Context
from postal_desk.ui.page import Page


@dataclass(frozen=True, slots=True)
class PageEntry:
    """``factory`` is ``module:Class``; ``under`` names the page whose sidebar entry stays lit; ``place`` top
    or bottom.
    """

    name: str
    title: Sentence
    icon: str
    shortcut: str
    factory: str
    under: str = ""
    place: str = "top"

    def make(self, ctx: Context) -> Page:
        """A new page."""
        module, name = self.factory.split(":")
        made: Callable[[Context], Page] = getattr(import_module(module), name)
        return made(ctx)


#: ``place`` of a page that no entry of the sidebar leads to
NOWHERE = "nowhere"

PAGES = (
    PageEntry("today", say("Today"), "list-checks", "Ctrl+1", "postal_desk.ui.today.today_page:TodayPage"),
    PageEntry("cases", say("Cases"), "inbox", "Ctrl+2", "postal_desk.ui.cases.cases_page:CasesPage"),
    PageEntry(
        "entry", say("Log a case"), "notebook-pen", "", "postal_desk.ui.entry.entry_page:EntryPage", "cases"
    ),
    PageEntry(
        "measures",
        say("Measures"),
        "lightbulb",
        "Ctrl+3",
        "postal_desk.ui.measures.measures_page:MeasuresPage",
    ),
    PageEntry(
        "summary",
        say("Monthly summary"),
        "chart-column",
        "Ctrl+8",
        "postal_desk.ui.summaries.summary_page:SummaryPage",
    ),
    PageEntry(
        "exchange",
        say("Exchange"),
        "download",
        "Ctrl+9",
        "postal_desk.ui.exchange.exchange_page:ExchangePage",
        place="bottom",
    ),
    PageEntry(
        "settings",
        say("Settings"),
        "settings",
        "Ctrl+,",
        "postal_desk.ui.settings.settings_page:SettingsPage",
        place="bottom",
    ),
    PageEntry(
        "first_run",
        say("A new desk"),
        "folder-open",
        "",
        "postal_desk.ui.first_run.first_run_page:FirstRunPage",
        place=NOWHERE,
    ),
    PageEntry(
        "login",
        say("Log in"),
        "lock",
        "",
        "postal_desk.ui.login.login_page:LoginPage",
        place=NOWHERE,
    ),
    PageEntry(
        "rescue",
        say("The desk does not open"),
        "archive-restore",
        "",
        "postal_desk.ui.rescue.rescue_page:RescuePage",
        place=NOWHERE,
    ),
)


def entry(name: str) -> PageEntry:
    """The page of that name. Raises :class:`KeyError`."""
    return {page.name: page for page in PAGES}[name]


def known(name: str) -> bool:
    """True if there is such a page."""
    return any(page.name == name for page in PAGES)


def sidebar(place: str) -> list[PageEntry]:
    """The pages with an entry of their own in that part of the sidebar, in order."""
    return [page for page in PAGES if page.place == place and not page.under]
