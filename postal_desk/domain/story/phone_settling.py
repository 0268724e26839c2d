"""Whose every telephone number of a story is: settled among all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.phone_people import Known, Owner
from postal_desk.domain.story.reading import Span, Whose
from postal_desk.domain.story.view import View

_ALONE = 30
_MERE = r"^[ (\[\"'—-]*(?:[\u4e00-\u9fff]{1,4} )?(?:"
_MERE_END = r")?[:是为 (.]{0,3}$"


def settle_owners(
    view: View, found: Sequence[tuple[Span, str, Owner | None]], known: Known, lexicon: Lexicon
) -> list[tuple[Span, str, Whose]]:
    """Give a number that nothing names to the customer, who leaves one as a rule, unless another is the customer's.

    In a story of fraud it has to stand alone besides. A number joined to the one before (“…或0432-62481234”) has the
    same owner. The sender is the customer unless the customer is the addressee or has a number of his own; the
    addressee only if the story says so.
    """
    own = any(owner == "customer" for _, _, owner in found)
    elsewhere = own or known.is_addressee or known.first_person
    at_end: dict[Owner, Whose] = {
        "sender": "other" if elsewhere and not known.is_sender else "customer",
        "addressee": "customer" if known.is_addressee else "other",
    }
    own = own or "customer" in {at_end.get(owner) for _, _, owner in found if owner}
    settled: list[tuple[Span, str, Whose]] = []
    for span, number, owner in found:
        whose = at_end.get(owner) or cast("Whose", owner) if owner else None
        if whose is None and settled and _joined(view.folded[settled[-1][0][1] : span[0]], lexicon):
            whose = settled[-1][2]
        if whose is None:
            doubted = known.fraud and (number.startswith("+") or not _stands_alone(view, span, lexicon))
            whose = "other" if own or doubted else "customer"
            own = own or whose == "customer"
        settled.append((span, number, whose))
    return settled


def _stands_alone(view: View, span: Span, lexicon: Lexicon) -> bool:
    """True if nothing but a label stands before the number in its clause, as customers leave their own."""
    words = re.split(r"\d ", view.words_before(span[0], _ALONE))[-1]
    return lexicon.pattern("phones", "mere_labels", before=_MERE, after=_MERE_END).match(words) is not None


def _joined(between: str, lexicon: Lexicon) -> bool:
    """True if only a label stands between two numbers: “…,座机…”; “…,律所前台…” says whose the second is."""
    joined = lexicon.pattern(
        "phones",
        "labels",
        "own_places",
        "joining",
        before=r"[ ,;/、]{0,2}(?:或者?|和|及|/|、|,|or|and)?[ ]?(?:",
        after=r"[的是为]?){0,3}:?[ ]?",
    )
    return joined.fullmatch(between) is not None
