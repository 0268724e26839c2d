"""A subject line proposed from the story: the mail it is about and the clause that names the trouble."""

from __future__ import annotations

import re
from collections.abc import Mapping

from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.reading import Found, Span
from postal_desk.domain.story.view import View

_LONGEST = 30
_LONGEST_ENGLISH = 80
#: A day, an amount, an item number: never cut through.
_WHOLE = re.compile(r"[\da-z][\da-z.:年月日号/-]*")
_EDGES = " ,.;:!?、。“”\"'()[]—-~|"


def find_subject(view: View, fields: Mapping[str, Found], lexicon: Lexicon) -> Found | None:
    """The clause with the cue of the category, else of the kind, after the noun of the mail if it lacks one."""
    for name in ("category", "kind", "business"):
        if name in fields:
            clause = _clause(view, fields[name].at, lexicon)
            if clause is not None:
                text = view.text[slice(*clause)]
                return Found(_with_noun(view, text, clause, lexicon), clause, 0.6)
    return None


def _clause(view: View, cue: Span, lexicon: Lexicon) -> Span | None:
    start, end = view.clause(cue[0])
    end = max(end, min(cue[1], view.sentence(cue[0])[1]))
    english = view.folded[start:end].isascii()
    longest = _LONGEST_ENGLISH if english else _LONGEST
    if end - start > longest:
        start = max(start, cue[0] - longest // 3)
        end = min(end, start + longest)
        if english:
            start = view.folded.rfind(" ", 0, start + 1) + 1
            end = max(view.folded.rfind(" ", start, end + 1), start)
        else:
            start, end = _off_numbers(view.folded, start, end)
    dropped = lexicon.pattern("subject", "issue_stops").match(view.folded[start:end].lstrip(_EDGES))
    while start < end and view.folded[start] in _EDGES:
        start += 1
    if dropped:
        start += dropped.end()
    while end > start and view.folded[end - 1] in _EDGES:
        end -= 1
    return (start, end) if end - start >= 3 else None


def _off_numbers(text: str, start: int, end: int) -> Span:
    """The part without what its ends would cut through."""
    for match in _WHOLE.finditer(text):
        if match.start() < start < match.end():
            start = match.end()
        if match.start() < end < match.end():
            end = match.start()
    return (start, end)


def _with_noun(view: View, text: str, clause: Span, lexicon: Lexicon) -> str:
    nouns = lexicon.pattern("subject", "nouns")
    text = re.sub(r"\s+", " ", text)
    if nouns.search(view.folded, *clause) or text.isascii():
        return text
    found = nouns.search(view.folded)
    return f"{found[0]}{text}" if found else text
