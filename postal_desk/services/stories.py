"""Reading a story for a desk: its own outlets, staff and rules, nothing saved."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from postal_desk import paths
from postal_desk.domain.fields import field
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import Refusal, say
from postal_desk.domain.story import Lexicon, Reading
from postal_desk.domain.story import read_story as read
from postal_desk.domain.story.names import find_names
from postal_desk.domain.story.reader import READ_AT_MOST
from postal_desk.domain.story.view import View
from postal_desk.domain.text_rule import clean
from postal_desk.services.desk import Desk
from postal_desk.services.organisation import list_outlets, list_staff
from postal_desk.store.seeding import load_rules

_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


class _Prepared:
    """The lexicon made last, kept as long as the codes and word lists it was made from: one takes half a second."""

    def __init__(self) -> None:
        self._last: tuple[Mapping[str, object], tuple[Collection[str], ...], Lexicon] | None = None
        self._seeds: Rules | None = None

    def of(self, rules: Rules | None) -> Lexicon:
        """The lexicon of a desk's rules, or of ``seeds/`` without a desk."""
        if rules is None:
            rules = self._seeds = self._seeds or load_rules(paths.seeds())
        tables, codes, last = rules.reader, Lexicon.codes_of(rules), self._last
        if last is None or last[0] is not tables or last[1] != codes:
            last = self._last = tables, codes, Lexicon.from_seeds(tables, rules)
        return last[2]


_PREPARED = _Prepared()


@dataclass(frozen=True, slots=True)
class Known:
    """What a desk knows on a day and a story is read with: its rules, the names of its outlets and of its staff."""

    rules: Rules | None = None
    outlets: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()


def known_on(desk: Desk, on: date) -> Known:
    """What a story entered on a day is read with. On the desk's thread; :func:`read_with` may follow on any."""
    outlets = tuple(outlet.name for outlet in list_outlets(desk, on))
    return Known(desk.rules, outlets, tuple(member.name for member in list_staff(desk, on)))


def read_with(known: Known, text: str, on: date) -> Reading:
    """What the story reader finds in a narrative entered on a day; positions count code points of ``Reading.text``.

    Raises :class:`FieldRefusal` for a text that the text rule refuses, :class:`LexiconFault` for a broken word list.
    """
    cleaned = clean(text, field("narrative").max_length, "narrative").text
    return read(cleaned, on, _PREPARED.of(known.rules), known.outlets, known.staff)


def read_story(desk: Desk | None, text: str, on: date) -> Reading:
    """The same with what a desk knows; without one no outlet and no member of staff is known.

    Refuses a day of entry from which 昨天 and 明年 may lead out of the calendar.
    """
    if not _FIRST_DAY <= on <= _LAST_DAY:
        raise Refusal(
            say(
                "{day} can't be the day of entry; use a day from {first} to {last}",
                day=on,
                first=_FIRST_DAY,
                last=_LAST_DAY,
            )
        )
    return read_with(known_on(desk, on) if desk else Known(), text, on)


def names_in_text(desk: Desk, text: str) -> list[tuple[str, int, int]]:
    """What the reader takes for full names of people in any text of a case, with their places in code points.

    A surname with a title (周先生) is none: masking leaves surnames as they are.
    """
    lexicon = _PREPARED.of(desk.rules)
    view = View(text[:READ_AT_MOST])
    mentions = find_names(view, lexicon)
    return [(mention.name, *mention.at) for mention in mentions if mention.how != "titled"]
