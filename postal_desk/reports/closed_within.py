"""What is said of closed months inside a longer period: its figures are today's, those handed in stay as they were."""

from __future__ import annotations

from postal_desk import i18n
from postal_desk.domain.sentences import Sentence, say
from postal_desk.domain.summaries import Summary


def closed_sentences(summary: Summary) -> tuple[Sentence, ...]:
    """One sentence on all closed months, and one for each whose figures are no longer those handed in."""
    closed = summary.closed_months
    if not closed:
        return ()
    first = say(
        "Closed months in this period: {months}; the figures here are today's",
        months=tuple(one.month.label for one in closed),
    )
    return first, *(_differing(summary, at) for at, one in enumerate(closed) if one.differs)


def _differing(summary: Summary, at: int) -> Sentence:
    one = summary.closed_months[at]
    return say(
        "{month} was handed in with {received} received and {closed} closed ({number}, revision {revision}); "
        "today it has {received_now} received and {closed_now} closed",
        month=one.month.label,
        received=one.received,
        closed=one.closed,
        number=one.number,
        revision=one.revision,
        received_now=one.received_now,
        closed_now=one.closed_now,
    )


def closed_notes(summary: Summary, language: str) -> tuple[str, ...]:
    """The same as notes of a paper. Not by its words: those of a period say «period» for every month."""
    end = "。" if language.startswith("zh") else "."
    return tuple(i18n.tell(sentence, language) + end for sentence in closed_sentences(summary))
