"""Reading a story: every finder in turn, each taking its stretches of the text from the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from postal_desk.domain.story.ages import find_age
from postal_desk.domain.story.amounts import find_amounts
from postal_desk.domain.story.chat import Message, is_official, read_chat, stamp_lines, to_steps
from postal_desk.domain.story.customers import all_names, find_customer, is_bare_surname
from postal_desk.domain.story.dates import find_dates
from postal_desk.domain.story.days import Bases
from postal_desk.domain.story.evidence import NOTHING, weigh
from postal_desk.domain.story.items import find_items
from postal_desk.domain.story.lexicon import Lexicon
from postal_desk.domain.story.meaning import fraud_signs, read_child, read_meaning
from postal_desk.domain.story.names import Mention, is_full_name
from postal_desk.domain.story.organisation import asked_carrier, find_handler, find_outlet
from postal_desk.domain.story.phone_people import Known
from postal_desk.domain.story.phones import find_phones
from postal_desk.domain.story.posting import find_posting
from postal_desk.domain.story.reading import Found, PhoneFound, Reading
from postal_desk.domain.story.remedy import ALL_WAYS, PLAIN_WAYS, find_remedy
from postal_desk.domain.story.subject import find_subject
from postal_desk.domain.story.view import Taken, View, fold
from postal_desk.domain.story.vulnerability import find_vulnerable

#: Reading for meaning stops here; a longer text is a file pasted by mistake, and the window must not wait for it.
READ_AT_MOST = 20_000
#: The confidence of what only follows from another field: far from enough to fill anything in.
_OFFERED = 0.5

#: The category of questions and requests for information, which want nothing but an answer.
_QUESTIONS = "16"
#: How far from the end of a story its signature may stand.
_SIGNATURE = 30
_BODIES = re.compile(r"(?:我们?|本|咱们?)(村|校|司|厂|店|院|公司|社区)")
#: Fields that are dropped below their least confidence, after all is read.
_LEAST = ("customer.name", "items.posted_on", "remedy")
#: A wish of this confidence was said plainly; what it costs a softer one if nothing else supports it.
_PLAINLY, _UNSUPPORTED = 0.8, 0.1
_SAYS_OWN_NAME = re.compile(r"(?:我|俺|本人)(?:是|姓|叫|名)?$|(?:i am|i'm|this is|name is|signed)[ :]*$")
_QUOTED = re.compile(r"“[^”\n]{0,200}”")


@dataclass(frozen=True)
class Voices:
    """The text as a whole without chat headers, and the customer's own words."""

    whole: View
    own: View
    messages: tuple[Message, ...]


def read_story(
    text: str, on: date, lexicon: Lexicon, outlets: Sequence[str] = (), staff: Sequence[str] = ()
) -> Reading:
    """What can be told from a story entered on a day, for a desk with these outlets and staff.

    ``text`` has passed the text rule; positions count its code points. Nothing is guessed: what is not found is
    absent. The first :data:`READ_AT_MOST` code points are read.
    """
    read = text[:READ_AT_MOST]
    voices = hear(read, on, staff, lexicon)
    view, taken = voices.whole, Taken()
    items = find_items(view, lexicon, taken)
    chat_name = _chat_customer(voices.messages, staff, lexicon)
    names = all_names(view, lexicon, staff, outlets)
    customer = find_customer(view, lexicon, names, chat_name)
    fields = read_meaning(view, voices.own, items, lexicon, bool(voices.messages))
    known = Known(
        str(customer.value) if customer else "",
        "fraud" in fields or _sounds_like_fraud(view, lexicon),
        tuple(names),
        bool(voices.messages) or _speaks(voices.own, customer, lexicon),
        lexicon.pattern("phones", "is_addressee").search(view.folded) is not None,
        lexicon.pattern("phones", "is_sender").search(view.folded) is not None,
        frozenset(match[1][-1] for match in _BODIES.finditer(view.folded)),
        tuple(fold(name) for name in staff),
    )
    phones = find_phones(view, lexicon, taken, known)
    bases = Bases(on, [((message.header[0], message.body[1]), message.day) for message in voices.messages])
    dates = find_dates(view, bases, lexicon, taken)
    amounts = find_amounts(view, lexicon, taken)
    _put(fields, "outlet", find_outlet(view, outlets, lexicon))
    if "kind" not in fields or fields["kind"].value != "praise":
        _put(
            fields,
            "handler",
            find_handler(
                view,
                staff,
                lexicon,
                _writing_staff(voices.messages, staff),
                known.first_person and not voices.messages,
            ),
        )
    _put(fields, "channel", fields.get("channel") or asked_carrier(view, fields, lexicon))
    if customer is not None and not is_bare_surname(str(customer.value), lexicon):
        _put(fields, "customer.name", customer)
    _put(fields, "customer.phone", _own_phone(phones))
    age = find_age(view, on, customer, lexicon)
    _put(fields, "customer.age_band", age)
    _put(fields, "customer.vulnerable", find_vulnerable(view, customer, age, lexicon))
    if "business" not in fields or fields["business"].value != "remittance":
        _put(fields, "items.posted_on", find_posting(view, [one for one in dates if one.day <= on], lexicon))
    _put(
        fields,
        "remedy",
        _supported(find_remedy(voices.own, lexicon, _ways_of_asking(fields, lexicon)), fields),
    )
    _put(fields, "subject", find_subject(view, fields, lexicon))
    for name in [name for name in _LEAST if name in fields]:
        if fields[name].confidence < lexicon.number("thresholds", "least", name, 0.0):
            del fields[name]
    child = read_child(view, fields.get("category"), lexicon)
    return Reading(
        text,
        fields,
        items,
        phones,
        dates,
        amounts,
        to_steps(voices.messages),
        child,
        _suggestions(fields, lexicon),
        len(read),
        fraud_signs(view, lexicon) if "fraud" in fields else (),
        None if "kind" in fields else _usual_kind(fields.get("category"), lexicon),
    )


def _speaks(own: View, customer: Found | None, lexicon: Lexicon) -> bool:
    """True if the customer tells the story: 我 outside “…”, and nobody is called the customer.

    Nobody calls himself 韩先生 in the middle of his story: there “我” is whoever writes it down.
    """
    if customer and _is_titled(str(customer.value), lexicon):
        before, behind = own.words_before(customer.at[0], 12), len(own.text) - customer.at[1]
        if behind > _SIGNATURE and not _SAYS_OWN_NAME.search(before):
            return False
    told = _QUOTED.sub("", own.text)
    speaking = lexicon.pattern("phones", "speaking").search(told) is not None
    return speaking and lexicon.pattern("phones", "spoken_of").search(told) is None


def _is_titled(name: str, lexicon: Lexicon) -> bool:
    folded = fold(name)
    chinese = lexicon.pattern("people", "titles", "elder_titles", after="$").search(folded)
    return chinese is not None or folded.startswith(
        tuple(f"{fold(title)}{mark}" for title in lexicon.words("people", "english_titles") for mark in " .")
    )


def _sounds_like_fraud(view: View, lexicon: Lexicon) -> bool:
    """True if the words alone say so: whoever calls in such a story is doubted, whatever the case is filed as."""
    signs = weigh(view, lexicon.cues["fraud"], lexicon).get("fraud", NOTHING)
    return signs.score >= lexicon.number("thresholds", "score", "fraud", 4.0)


def _supported(remedy: Found | None, fields: dict[str, Found]) -> Found | None:
    """A wish asked for only softly is less sure where neither kind nor category says that anything is wrong."""
    if remedy is None or remedy.confidence >= _PLAINLY or "kind" in fields or "category" in fields:
        return remedy
    return Found(remedy.value, remedy.at, remedy.confidence - _UNSUPPORTED)


def _put(fields: dict[str, Found], name: str, found: Found | None) -> None:
    if found is not None:
        fields[name] = found


def hear(read: str, on: date, staff: Sequence[str], lexicon: Lexicon) -> Voices:
    plain = View(read)
    messages = read_chat(plain, on, lexicon)
    if not messages:
        return Voices(plain, plain, ())
    whole, own = list(plain.folded), list(plain.folded)
    for line in stamp_lines(plain):
        for place in range(*line):
            whole[place] = own[place] = "\n"
    for message in messages:
        for place in range(*message.header):
            whole[place] = own[place] = "\n"
        if is_official(message.actor, staff, lexicon):
            for place in range(*message.body):
                own[place] = "\n"
    return Voices(View(read, "".join(whole)), View(read, "".join(own)), messages)


def _chat_customer(messages: Sequence[Message], staff: Sequence[str], lexicon: Lexicon) -> Mention | None:
    """The customer's name from the headers of a chat, if it is a name and no nickname."""
    role_before = lexicon.pattern("people", "customer_roles", after=r"\s*")
    others: dict[str, Message] = {}
    for message in messages:
        if not is_official(message.actor, staff, lexicon):
            role = role_before.match(message.actor)
            others.setdefault(message.actor[role.end() :] if role else message.actor, message)
    if len(others) != 1:
        return None
    message = next(iter(others.values()))
    name = message.actor
    titled = lexicon.pattern("people", "titles", "elder_titles", after="$").search(fold(name))
    surname = name[:2] in lexicon.compound_surnames or name[:1] in lexicon.surnames
    role = lexicon.pattern("people", "customer_roles", after=r"\s*").match(name)
    if role:
        at = (message.name_at[0] + role.end(), message.name_at[1])
        name = name[role.end() :]
        return Mention(name, at, "titled") if titled and name else None
    real = surname and titled is not None and titled.start() in (1, 2, 3)
    latin = name.isascii() and len(name.split()) == 2 and name.istitle()
    whole = is_full_name(lexicon, name) and (len(name) == 3 or _called(name, messages, lexicon))
    if real or latin or whole:
        return Mention(name, message.name_at, "titled")
    return None


def _called(name: str, messages: Sequence[Message], lexicon: Lexicon) -> bool:
    """True if somebody in the chat calls one of this surname 先生 or the like: 田野 is 田先生."""
    title = lexicon.pattern("people", "titles", "elder_titles", before=re.escape(fold(name[0])))
    return any(title.search(fold(message.text)) for message in messages)


def _writing_staff(messages: Sequence[Message], staff: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Members of staff who write in the chat, with the place of their name."""
    found: dict[str, tuple[int, int]] = {}
    for message in messages:
        for name in staff:
            if name in message.actor:
                found.setdefault(name, message.name_at)
    return found


def _ways_of_asking(fields: dict[str, Found], lexicon: Lexicon) -> int:
    """How many ways of asking count: a question is no wish, and orders in a story of fraud are the swindler's."""
    if "kind" in fields and str(fields["kind"].value) in lexicon.words("remedy", "plain_words_only"):
        return PLAIN_WAYS
    if "kind" not in fields and "category" in fields and fields["category"].value == _QUESTIONS:
        return PLAIN_WAYS
    return PLAIN_WAYS + 1 if "fraud" in fields else ALL_WAYS


def _own_phone(phones: Sequence[PhoneFound]) -> Found | None:
    own = [phone for phone in phones if phone.whose == "customer"]
    if not own:
        return None
    mobile = next((phone for phone in own if phone.number[0] in "+1" and "-" not in phone.number), own[0])
    return Found(mobile.number, mobile.at, 0.9)


def _usual_kind(category: Found | None, lexicon: Lexicon) -> Found | None:
    if category is None:
        return None
    says = lexicon.numbers["thresholds"]["category_says_kind"]
    kinds = {pair: worth for pair, worth in says.items() if pair.startswith(f"{category.value}>")}
    if not kinds:
        return None
    kind = max(kinds, key=kinds.__getitem__).partition(">")[2]
    return Found(kind, category.at, min(category.confidence, _OFFERED))


def _suggestions(fields: dict[str, Found], lexicon: Lexicon) -> frozenset[str]:
    """Fields to be offered only: those of measured weakness, and whatever is below the confidence for filling in."""
    table = lexicon.numbers["thresholds"]["suggest"]
    return frozenset(
        name for name, found in fields.items() if found.confidence < table.get(name, table["below"])
    )
