"""What the customer wants: the words after 诉求, 要求, 希望, please, …, but not what others want of the customer."""

from __future__ import annotations

import re

from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.reading import Found, Span
from postal_desk.domain.story.view import View

_LONGEST, _LONGEST_ENGLISH = 32, 110
_TRIM = " ,.;:!?、。“”\"'()[]—-~"


#: How sure each way of asking is; the first of ``_LATEST`` is outbid by a later one of the same way.
_WAYS = (("label", 0.95), ("ask", 0.86), ("ask_softly", 0.78), ("imperative", 0.72))
_LATEST = ("ask", "imperative")


#: So many ways count in a story without wishes of its own, and in any other.
PLAIN_WAYS, ALL_WAYS = 2, len(_WAYS)


def find_remedy(view: View, lexicon: Lexicon, ways: int = ALL_WAYS) -> Found | None:
    """The clearest wish; among equals the last, for people end with what they want, but the first courtesy.

    ``ways``: how many of the ways of asking count, the plainest first.
    """
    best: tuple[float, int, Span] | None = None
    for name, weight in _WAYS[:ways]:
        for match in lexicon.pattern("remedy", name).finditer(view.folded):
            if name != "label" and _asked_of_customer(view, match.span(), lexicon):
                continue
            span = _wish(view, match.start() if name != "label" else match.end(), match.end(), lexicon)
            if span is None:
                continue
            rank = (weight, span[0] if name in _LATEST else -span[0], span)
            if best is None or rank[:2] > best[:2]:
                best = rank
    return Found(view.text[slice(*best[2])], best[2], best[0]) if best else None


def _asked_of_customer(view: View, span: Span, lexicon: Lexicon) -> bool:
    before, after = view.words_before(span[0], 14), view.after(span[0], 24)
    return bool(
        lexicon.pattern("remedy", "not_asking_before", after="$").search(before)
        or lexicon.pattern("remedy", "not_asking_after").match(after)
    )


def _wish(view: View, start: int, asked: int, lexicon: Lexicon) -> Span | None:
    """From the asking word to the end of the clause; into the next one if little was said."""
    end = view.clause(min(asked, len(view.folded)))[1]
    if end - asked < 3 and end < len(view.folded) and view.folded[end] in ",":
        end = view.clause(end + 1)[1]
    english = view.folded[start:end].isascii()
    end = min(end, start + (_LONGEST_ENGLISH if english else _LONGEST))
    stop = lexicon.pattern("remedy", "stop_at").search(view.folded, asked + 2, end)
    end = stop.start() if stop else end
    while start < end and view.folded[start] in _TRIM:
        start += 1
    while end > start and view.folded[end - 1] in _TRIM:
        end -= 1
    wanted = re.sub(r"[\W\d_]", "", view.folded[start:end])
    return (start, end) if len(wanted) >= 2 else None
