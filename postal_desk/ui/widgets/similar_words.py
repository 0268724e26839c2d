"""How a similar case is said in one line: what it was, what was done, whether that worked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postal_desk.domain.rules import Rules
from postal_desk.i18n import _, enumerate_words, label
from postal_desk.ui.widgets.badge import status_tone

if TYPE_CHECKING:
    from postal_desk.services.similar_cases import SimilarCase


def similar_text(case: SimilarCase) -> str:
    """«样刊诈骗 → 提醒止付»."""
    return f"{case.subject} → {case.done}" if case.done else case.subject


def similar_badge(case: SimilarCase, rules: Rules) -> tuple[str, str]:
    """Whether it worked, else how it ended, else how it stands; with its tone."""
    if case.verdict == "worked":
        return _("worked"), "good"
    if case.verdict == "failed":
        return _("did not help"), "bad"
    if case.outcome:
        names = (label(rules.name("dispositions", code)) for code in case.outcome[:2])
        return enumerate_words(names), "neutral"
    return label(rules.name("statuses", case.status)), status_tone(case.status)


def similar_spoken(case: SimilarCase, rules: Rules) -> str:
    """The whole of it for the ear."""
    outcome = enumerate_words(label(rules.name("dispositions", code)) for code in case.outcome)
    return " ".join(filter(None, (case.number, similar_text(case), outcome, similar_badge(case, rules)[0])))
