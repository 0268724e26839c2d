"""Who a person beside a telephone number is, and whose the words behind the number say it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.names import Mention, is_full_name, may_be_one
from postal_desk.domain.story.reading import Whose
from postal_desk.domain.story.view import View, fold

#: An owner before it is known which end of the post the customer is at.
Owner: TypeAlias = Whose | Literal["sender", "addressee"]

_AT_THE_ENDS: tuple[tuple[Owner, str], ...] = (("sender", "sender_before"), ("addressee", "addressee_before"))

_ASIDE = re.compile(r" ?\((?P<who>[^()\d]{1,12}?)\)")
_IS = re.compile(r"[ ,)]{0,2}(?:就是|是|为|系|属于)(?P<who>[^,。!?;:()\d]{1,12})")
_OF = re.compile(r"的(?P<who>[^,。!?;:()\d手电号机座]{2,8})")
#: One character alone that means a relative: “138…(妻)”.
_KIN = frozenset("妻夫子女母父兄弟姐妹媳婿孙爸妈哥嫂")
_LABEL = re.compile(r"的?(?:电话|手机|座机|号码|手机号|固话|号)?(?:号|的)?(?:吧|吗)?$")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when phones are read.

    The customer's name, signs of fraud, every name in the text, and whether the customer tells the story: “he” is
    somebody else then. ``is_addressee``, ``is_sender``: the end of the post at which the story puts the customer.
    ``bodies``: what the customer speaks for, by its last character (我村, 我司). ``staff``: the desk's, whose own
    numbers are nobody's who asks.
    """

    customer: str = ""
    fraud: bool = False
    names: tuple[Mention, ...] = ()
    first_person: bool = False
    is_addressee: bool = False
    is_sender: bool = False
    bodies: frozenset[str] = frozenset()
    staff: tuple[str, ...] = ()


def person(words: str, lexicon: Lexicon, known: Known) -> Owner | None:
    """Who a few words mean that say nothing but whose the number is: 我, 收件人, 我爱人, 投递部."""
    who = _LABEL.sub("", words.strip(" ,:"))
    if not who:
        return None
    if lexicon.pattern("phones", "other_before", "kin", before="^[我他她其您]?(?:的)?", after="$").match(who):
        return "other"
    if lexicon.pattern("phones", "own_line_after", after="$").search(who):
        return "service"
    if who in _KIN:
        return "other"
    if known.first_person and who in "他她":
        return "other"
    if known.customer and (who == fold(known.customer) or who == f"{known.customer}本人"):
        return "customer"
    own = lexicon.pattern("phones", "customer_before", "own_places", before="^我?", after="(?:本人|自己)?$")
    if own.match(who):
        return "customer"
    for role, words_of in _AT_THE_ENDS:
        if lexicon.pattern("phones", words_of, before="^", after="$").match(who):
            return role
    if lexicon.pattern("phones", "other_before", "person_endings", after="$").search(who):
        return "other"
    return None


def said_behind(after: str, lexicon: Lexicon, known: Known) -> Owner | None:
    """Whose the words right after the number say it is."""
    if lexicon.pattern("phones", "other_after").match(after) or _of_relative(after, lexicon):
        return "other"
    if known.first_person and lexicon.pattern("phones", "called_after").match(after):
        return "other"
    if lexicon.pattern("phones", "customer_after").match(after):
        return "customer"
    for form in (_ASIDE, _IS, _OF):
        match = form.match(after)
        if match and (owner := person(match["who"], lexicon, known)):
            return owner
    return "service" if _in_brackets(after, lexicon) else None


def _of_relative(after: str, lexicon: Lexicon) -> bool:
    """“138…我弟弟的”, “138…(闺女)”: the words right after the number name a relative."""
    owner = lexicon.pattern(
        "people",
        "relatives",
        before=r"[ ,(]{0,2}(?:是|系|为)?(?:[我他她其](?:的)?)",
        after=r"(?:的(?![手电号座: \d])|[,。;) ]|$)",
    )
    aside = lexicon.pattern("people", "relatives", before=r" ?\(", after=r"[)的,]")
    return bool(owner.match(after) or aside.match(after))


def _in_brackets(after: str, lexicon: Lexicon) -> bool:
    """“(0432-…船营支局)”: the bracket that holds the number ends with the post."""
    office = lexicon.pattern(
        "phones", "own_line_after", before=r"[ ,]{0,2}[\u4e00-\u9fff]{0,6}?", after=r"\)"
    )
    return office.match(after) is not None


def same_person(view: View, mention: Mention, known: Known, lexicon: Lexicon) -> bool:
    """True if a name is the customer's, whole or as a surname with a title; a son has the surname too."""
    if mention.name == known.customer:
        return True
    if not known.customer or not may_be_one(mention.name, known.customer, lexicon):
        return False
    kin = lexicon.pattern("phones", "kin", after="[:是叫 ]{0,2}$").search(view.words_before(mention.at[0], 8))
    whole = is_full_name(lexicon, fold(known.customer)) and is_full_name(lexicon, fold(mention.name))
    return kin is None and not whole
