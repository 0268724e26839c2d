"""The day of posting: the date that stands with the words for posting."""

from __future__ import annotations

import re
from collections.abc import Sequence

from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.reading import DateFound, Found
from postal_desk.domain.story.view import View

_TIME_OF_DAY = re.compile(
    r"(?:的|当天|那天|的时候)?(?:一?大?[早晚]上?|上午|下午|中午|傍晚|凌晨|晚间|夜里)?(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})[点时:]\d{0,2}分?半?许?)?(?:左右|前后|许|多)?"
)

#: How far behind the word for posting its date may stand in English.
_REACH = 100


def _is_english(clause: str) -> bool:
    """True for a clause with more Latin letters than Chinese characters: “sent last Thursday from 平遥”."""
    latin = sum(char.isascii() and char.isalpha() for char in clause)
    return latin > 2 * sum(not char.isascii() and char.isalpha() for char in clause)


def find_posting(view: View, dates: Sequence[DateFound], lexicon: Lexicon) -> Found | None:
    """The posting day; silent if two days are as good."""
    scored = [(score, found) for found in dates if (score := _score(view, found, lexicon)) > 0]
    if not scored:
        return None
    best = max(score for score, _ in scored)
    days = [found for score, found in scored if score > best - 0.15]
    if len({found.day for found in days}) > 1:
        days = [found for found in days if found.day == min(one.day for one in days)]
        best -= 0.2
    return Found(days[0].day, days[0].at, best) if best >= 0.5 else None


def _score(view: View, found: DateFound, lexicon: Lexicon) -> float:
    start, end = found.at
    clause_start, clause_end = view.clause(start)
    if view.folded.startswith(("生", "出生"), end):
        return 0.0
    if view.folded.startswith(("前", "之前", "以前", "之内", "以内", "内"), end):
        return 0.0
    if lexicon.pattern("posting", "not_posted").search(view.after(end, 70)):
        return 0.0
    before, after = view.folded[clause_start:start], view.folded[end : max(clause_end, end)]
    if lexicon.pattern("posting", "not_posting_before", after=r"[^,。]{0,4}$").search(before):
        return 0.0
    label = lexicon.pattern("posting", "posting_after", after=r"[:是为于在 ]*$").search(before[-12:])
    if label:
        return 0.95
    wrong = lexicon.pattern("posting", "not_posting").search(after)
    right = lexicon.pattern("posting", "posting").search(after)
    if right and (wrong is None or right.start() < wrong.start()):
        return 0.95 if right.start() <= 12 else 0.85 if right.start() <= 30 else 0.6
    english = _is_english(view.folded[clause_start:clause_end])
    if wrong is not None and not english:
        return 0.0
    if english:
        verbs = list(lexicon.pattern("posting", "posting").finditer(before))
        blocked = verbs and (
            ":" in before[verbs[-1].end() :]
            or lexicon.pattern("posting", "not_posting").search(before, verbs[-1].end())
        )
        if verbs and not blocked:
            return 0.9 if len(before) - verbs[-1].end() <= _REACH else 0.0
        return 0.0 if verbs else _english_head(view, found, lexicon)
    return _next_clause(view, found, lexicon)


def _english_head(view: View, found: DateFound, lexicon: Lexicon) -> float:
    """“On 2 June my assistant, Ms Gou (138…), posted six scripts”: the date at the head of its sentence."""
    start, end = view.sentence(found.at[0])
    if view.folded[start : found.at[0]].strip(" ,") not in ("", "on"):
        return 0.0
    told = view.folded[found.at[1] : min(end, found.at[1] + _REACH)]
    right, wrong = (lexicon.pattern("posting", name).search(told) for name in ("posting", "not_posting"))
    return 0.75 if right and (wrong is None or right.start() < wrong.start()) else 0.0


def _next_clause(view: View, found: DateFound, lexicon: Lexicon) -> float:
    """The date alone in its clause, the posting in the next: 7月2日上午,我在窗口寄了…; or just before it."""
    clause_start, clause_end = view.clause(found.at[0])
    if found.at[0] - clause_start > 4 and clause_end - found.at[1] > 6:
        return 0.0
    previous = view.folded[slice(*view.clause(clause_start - 1))] if clause_start else ""
    if found.at[0] - clause_start <= 1 and lexicon.pattern("posting", "posting", after="的?$").search(
        previous
    ):
        return 0.7
    if _TIME_OF_DAY.fullmatch(view.folded, found.at[1], clause_end):
        start, end = view.clause(clause_end + 1) if clause_end + 1 < len(view.folded) else (0, 0)
        following = view.folded[start:end]
        right, wrong = (
            lexicon.pattern("posting", name).search(following) for name in ("posting", "not_posting")
        )
        if right and (wrong is None or right.start() < wrong.start()):
            return 0.75
    return 0.0
