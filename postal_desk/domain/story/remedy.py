"""What the customer wants: the words after 诉求, 要求, 希望, please, …, but not what others want of the customer."""

from __future__ import annotations

import re

from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.reading import Found, Span
from postal_desk.domain.story.view import View

_LONGEST, _LONGEST_ENGLISH = 32, 110
_TELLS = re.compile(
    r"[: ]{0,2}(?:\d|挂号|邮件|包裹|快递|ems|信件|特快"
    r"|客户|用户|市民|群众|村民|居民|来电人|来话人|诉求人|反映|投诉|我|其|该|本人|寄件)"
)
_TRIM = " ,.;:!?、。“”\"'()[]—-~"


#: How sure each way of asking is; the first of ``_LATEST`` is outbid by a later one of the same way.
_WAYS = (("label", 0.95), ("ask", 0.86), ("ask_to_do", 0.8), ("ask_softly", 0.78), ("imperative", 0.72))
_LATEST = ("ask", "imperative")


#: “想问…”, “问…” are wishes too seldom to be offered: right two times in six on sets that no rule had seen.
_VAGUE = 0.09


#: So many ways count in a story without wishes of its own, and in any other.
PLAIN_WAYS, ALL_WAYS = 2, len(_WAYS)


def find_remedy(view: View, lexicon: Lexicon, ways: int = ALL_WAYS) -> Found | None:
    """The clearest wish; among equals the last, for people end with what they want, but the first courtesy.

    ``ways``: how many of the ways of asking count, the plainest first.
    """
    best: tuple[float, int, Span] | None = None
    for name, weight in _WAYS[:ways]:
        for match in lexicon.pattern("remedy", name).finditer(view.folded):
            if name == "label":
                if (
                    _asked_of_customer(view, (match.end() - 2, match.end()), lexicon)
                    and view.folded[match.end() - 1] != ":"
                ):
                    continue
                if lexicon.pattern("remedy", "no_wish_before", after="$").search(
                    view.words_before(match.start(), 6)
                ):
                    continue
            elif _asked_of_customer(view, match.span(), lexicon):
                continue
            start, asked = match.span()
            if name == "label":
                start = asked = match.end()
                if _TELLS.match(view.folded, start):
                    found = _asked_after(view, start, lexicon)
                    if found is None:
                        continue  # the story itself stands behind the label
                    start, asked = found
            span = _wish(view, start, asked, lexicon)
            if span is None:
                continue
            vague = _VAGUE if name == "ask_softly" and view.folded[match.start()] in "想问" else 0.0
            rank = (weight - vague, span[0] if name in _LATEST else -span[0], span)
            if best is None or rank[:2] > best[:2]:
                best = rank
    return Found(view.text[slice(*best[2])], best[2], best[0]) if best else None


def _asked_after(view: View, start: int, lexicon: Lexicon) -> Span | None:
    """Where the wish is asked for if the label is followed by the story first: “诉求:12月3日寄的…。请重新投递”."""
    line = view.folded.find("\n", start)
    asks = lexicon.pattern("remedy", "ask").finditer(
        view.folded, start, line if line >= 0 else len(view.folded)
    )
    return next((match.span() for match in asks if not _asked_of_customer(view, match.span(), lexicon)), None)


def _asked_of_customer(view: View, span: Span, lexicon: Lexicon) -> bool:
    before, after = view.words_before(span[0], 14), view.after(span[0], 24)
    return bool(
        lexicon.pattern("remedy", "not_asking_before", after="$").search(before)
        or lexicon.pattern("remedy", "not_asking_after").match(after)
        or _told(view, span[0], lexicon)
    )


def _told(view: View, at: int, lexicon: Lexicon) -> bool:
    """True inside “…” that somebody says, shows or writes to the customer."""
    start = view.sentence(at)[0]
    opened = view.text.rfind("“", start, at)
    if opened < 0 or opened < view.text.rfind("”", start, at):
        return False
    return (
        lexicon.pattern("remedy", "told_before", after="[:, ]{0,2}$").search(
            view.folded[max(start, opened - 14) : opened]
        )
        is not None
    )


def _wish(view: View, start: int, asked: int, lexicon: Lexicon) -> Span | None:
    """From the asking word to the end of the clause; into the next one if little was said."""
    end = view.clause(min(asked, len(view.folded)))[1]
    if end - asked < 3 and end < len(view.folded) and view.folded[end] in ",":
        end = view.clause(end + 1)[1]
    english = view.folded[start:end].isascii()
    if not re.search(r"\w", view.folded[asked:end]) and view.folded[start:asked] == "please":
        start, asked = view.clause(start)[0], start  # “Can you push it please”
    end = _further(view, end, start + (_LONGEST_ENGLISH if english else _LONGEST), lexicon)
    end = min(end, start + (_LONGEST_ENGLISH if english else _LONGEST))
    stop = lexicon.pattern("remedy", "stop_at").search(view.folded, asked + 2, end)
    end = stop.start() if stop else end
    while start < end and view.folded[start] in _TRIM:
        start += 1
    while end > start and view.folded[end - 1] in _TRIM:
        end -= 1
    if view.folded[start:end] in lexicon.words("remedy", "not_alone"):
        return None  # “监控调取申请”: the word alone
    wanted = re.sub(r"[\W\d_]", "", view.folded[start:end])
    return (start, end) if len(wanted) >= 2 else None


def _further(view: View, end: int, limit: int, lexicon: Lexicon) -> int:
    """The end of the wish with the clauses in which it goes on: “请查是谁拍的,并书面保证不再发生”."""
    while end < len(view.folded) and view.folded[end] == ",":
        start, stop = view.clause(end + 1)
        if stop > limit or not lexicon.pattern("remedy", "goes_on").match(view.folded[start:stop].lstrip()):
            break
        end = stop
    return end
