"""The reader's word lists, checked and made ready; they come from ``seeds/reader``, one table a file.

Three kinds of table: *cues* (code → strong, clear, hint, against → patterns), *lists* (name → words or patterns)
and *numbers* (word → number). A list is an array, or one text with its words parted by 、 or a line end.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import Refusal, Sentence, say
from postal_desk.domain.story.learnt import FELLOWS, FIELDS, PARTS, UNTOLD, Learnt
from postal_desk.domain.story.patterns import Cue, CueTable, PatternFault, make_cue, translate

#: What one cue of each group says for (or against) its code.
WEIGHTS = {"strong": 4.0, "clear": 2.0, "hint": 1.0, "against": -3.0}

#: Cue files and the code list or rule table their codes come from.
CUE_FILES = {
    "kind": "kinds",
    "business": "business",
    "channel": "channels",
    "category": "",
    "fraud": "",
    "child": "",
}

#: List files and the lists each must have.
LIST_FILES: Mapping[str, tuple[str, ...]] = {
    "classes": ("negation", "supposed"),
    "people": (
        "titles", "elder_titles", "elder_words", "disabled_words", "minor_words", "relatives", "staff_roles",
        "customer_roles", "young_roles", "other_roles", "after_name", "before_name", "not_names", "customer_acts",
        "english_titles",
        "sign_offs", "introductions", "given_name_stops", "not_self", "self", "staff_people", "no_surnames",
        "sure_titles", "addressees", "turns_to_post", "other_customer", "adult_titles",
        "english_names_stops", "ordinary_words", "rare_surnames", "turns_later", "sure_introductions",
        "no_name", "verb_surnames", "tibetan", "children", "record_places",
    ),
    "ages": (
        "approximate_up", "approximate_down", "general_before", "general_after", "pronouns", "anyone",
        "one_person_before", "one_person_after", "told_by_another",
    ),
    "phones": (
        "service_numbers", "service_prefixes", "labels", "customer_labels", "customer_before", "other_before",
        "own_line_before", "own_line_after", "kin", "own_places", "used_before", "incoming_before", "called_after",
        "sender_before", "addressee_before", "is_addressee", "unreachable_after", "person_endings",
        "is_sender", "my_own", "mere_labels", "tells", "written_before", "calls", "speaking", "spoken_of",
        "suspect_before", "suspect_after", "other_after", "customer_after", "dialling",
        "not_phone_before", "not_phone_after", "possessed", "possessor_office", "possessor_self", "customer_sure",
        "joining", "no_owner_between", "firm_contact",
    ),
    "heads": (
        "hotline_11183", "hotline_12345", "appeal_12305", "suggestion_book", "letter", "web", "telephone", "counter",
        "carrier", "superior", "media",
    ),
    "items": ("item_before", "other_number_before", "carriers", "not_prefixes", "ems_words"),
    "amounts": (
        "money_before", "not_money_after", "piece_stops", "foreign", "vague_after", "paid_before", "sum_ends",
        "money_context", "fees_after", "patch_before",
    ),
    "dates": (
        "not_day_after", "day_after", "not_day_before", "deadline_after", "deadline_before", "duration_after",
        "sure_day_after",
        "last_year", "this_year", "next_year", "year_before_last", "last_month", "this_month", "next_month",
        "vague_ago_before",
        "month_day_before", "any_week",
    ),
    "posting": ("posting", "posting_after", "not_posting", "not_posting_before", "not_posted"),
    "places": (
        "outlet_endings", "prefixes_dropped", "not_here_after", "not_here_before", "here_before", "here_after",
        "handler_before", "handler_after", "handler_formally", "not_handler_before", "not_handler_after", "title_after",
        "asked", "delivery_outlets",
    ),
    "remedy": (
        "ask", "ask_softly", "ask_to_do", "label", "imperative", "not_asking_before", "not_asking_after", "stop_at",
        "plain_words_only", "not_alone", "no_wish_before", "told_before", "goes_on",
    ),
    "chat": ("official_words", "no_message", "not_header", "meridiem_late", "meridiem_early"),
    "subject": ("nouns", "issue_stops"),
}  # fmt: skip

#: Tables of word → number.
NUMBER_FILES: Mapping[str, tuple[str, ...]] = {
    "day_words": ("days", "weekdays", "weeks", "months", "festivals", "counts", "age_words"),
    "thresholds": (
        "score",
        "margin",
        "decisive",
        "kind_means",
        "category_yields",
        "least",
        "fraud_says",
        "kind_bars_category",
        "suggest",
        "category_says_kind",
        "kind_says_category",
        "item_says_business",
        "business_bars_category",
        "propose",
    ),
}

#: The file of learnt words.
LEARNT_FILE = "learnt"

Words = tuple[str, ...]


class LexiconFault(Refusal):
    """A word list that can't be used: which file and key, and why."""

    def __init__(self, file: str, key: str, reason: Sentence) -> None:
        where = f"seeds/reader/{file}.toml"
        super().__init__(
            say(
                "{file}, {key}: {reason}. Correct it there, then start again.",
                file=where,
                key=key,
                reason=reason,
            )
        )
        self.file, self.key, self.reason = file, key, reason


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Everything the reader knows about words. Make it once with :meth:`from_seeds`, use it for every story."""

    cues: Mapping[str, CueTable]
    lists: Mapping[str, Mapping[str, Words]]
    numbers: Mapping[str, Mapping[str, Mapping[str, float]]]
    surnames: frozenset[str]
    compound_surnames: frozenset[str]
    learnt: Learnt
    child_categories: frozenset[str] = frozenset()
    _patterns: dict[tuple[str, ...], re.Pattern[str]] = field(default_factory=dict, repr=False, compare=False)
    _expressions: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_seeds(cls, tables: Mapping[str, object], rules: Rules) -> Lexicon:
        """Check and prepare the parsed files; :class:`LexiconFault` names the file and the key of a mistake."""
        lists = {file: _lists(file, _table(tables, file), names) for file, names in LIST_FILES.items()}
        classes = lists["classes"]
        for file, entries in lists.items():
            if file != "classes":
                _check_patterns(file, entries, classes)
        cues = {
            file: _cues(file, _table(tables, file), classes, _codes(rules, file, codes))
            for file, codes in CUE_FILES.items()
        }
        numbers = {file: _numbers(file, _table(tables, file), names) for file, names in NUMBER_FILES.items()}
        learnt = _learnt(_table(tables, LEARNT_FILE), rules)
        return cls(
            cues,
            lists,
            numbers,
            rules.surnames,
            rules.compound_surnames,
            learnt,
            frozenset(rules.categories),
        )

    @staticmethod
    def codes_of(rules: Rules) -> tuple[Collection[str], ...]:
        """What a lexicon takes from the rules besides their tables: as long as this is the same, so is the lexicon."""
        codes = (_codes(rules, file, code_list) for file, code_list in CUE_FILES.items())
        return rules.surnames, rules.compound_surnames, *codes

    def words(self, file: str, name: str) -> Words:
        """A list of words as it stands in its file."""
        return self.lists[file][name]

    def number(self, file: str, table: str, key: str, default: float) -> float:
        """A number of a table, or the default if the file gives none."""
        return self.numbers[file][table].get(key, default)

    def pattern(self, file: str, *names: str, before: str = "", after: str = "") -> re.Pattern[str]:
        """Any pattern of these lists, between two raw expressions; compiled once."""
        key = (file, *names, "/", before, after)
        if key not in self._patterns:
            sources = (source for name in names for source in self.lists[file][name])
            choices = map(self._expression, sorted(sources, key=len, reverse=True))  # the longer first
            self._patterns[key] = re.compile(f"{before}(?:{'|'.join(choices)}){after}")
        return self._patterns[key]

    def _expression(self, source: str) -> str:
        """One pattern translated; once, as many expressions hold the same list between other ends."""
        if source not in self._expressions:
            self._expressions[source] = translate(source, self.lists["classes"])
        return self._expressions[source]

    def compiled(self, key: str, expression: str) -> re.Pattern[str]:
        """An expression built from lists by a finder; compiled once for its key."""
        if (key,) not in self._patterns:
            self._patterns[(key,)] = re.compile(expression)
        return self._patterns[(key,)]

    def has_compiled(self, key: str) -> re.Pattern[str] | None:
        """The expression compiled for a key, if there is one yet."""
        return self._patterns.get((key,))


def _table(tables: Mapping[str, object], file: str) -> Mapping[str, object]:
    table = tables.get(file)
    if not isinstance(table, Mapping):
        raise LexiconFault(file, file, say("the file is missing or no table"))
    return table


def _string_list(file: str, key: str, value: object) -> Words:
    if isinstance(value, str):
        value = [word.strip() for word in re.split("[、\n]", value) if word.strip()]
    if not isinstance(value, Sequence) or not all(isinstance(word, str) and word.strip() for word in value):
        raise LexiconFault(file, key, say("a list of words is needed, none of them empty"))
    return tuple(str(word) for word in value)


def _lists(file: str, table: Mapping[str, object], names: Sequence[str]) -> dict[str, Words]:
    for name in names:
        if name not in table:
            raise LexiconFault(file, name, say("the list is missing"))
    if file != "classes":
        _no_strangers(file, table, names)
    return {name: _string_list(file, name, words) for name, words in table.items()}


def _no_strangers(file: str, table: Mapping[str, object], known: Collection[str], where: str = "") -> None:
    for name in table:
        if name not in known:
            raise LexiconFault(
                file,
                where + name,
                say("the reader knows no such entry; it knows: {known}", known=tuple(sorted(known))),
            )


def _check_patterns(file: str, lists: Mapping[str, Words], classes: Mapping[str, Words]) -> None:
    for name, words in lists.items():
        for index, word in enumerate(words):
            try:
                translate(word, classes)
            except PatternFault as fault:
                raise LexiconFault(
                    file, f"{name}[{index}]", say("“{pattern}”: {why}", pattern=word, why=str(fault))
                ) from fault


def _codes(rules: Rules, file: str, code_list: str) -> Collection[str]:
    if code_list:
        return frozenset(rules.codes.get(code_list, {}))
    return frozenset(rules.categories) if file in ("category", "child") else frozenset({"fraud"})


def _cues(
    file: str, table: Mapping[str, object], classes: Mapping[str, Words], codes: Collection[str]
) -> CueTable:
    _no_strangers(file, table, codes)
    made: dict[str, tuple[Cue, ...]] = {}
    for code, groups in table.items():
        if not isinstance(groups, Mapping):
            raise LexiconFault(
                file, code, say("a table with the lists strong, clear, hint, against is needed")
            )
        _no_strangers(file, groups, WEIGHTS, f"{code}.")
        cues: list[Cue] = []
        for group, sources in groups.items():
            for index, source in enumerate(_string_list(file, f"{code}.{group}", sources)):
                cues.append(_cue(file, f"{code}.{group}[{index}]", source, WEIGHTS[group], classes))
        made[code] = tuple(cues)
    return CueTable(made)


def _cue(file: str, key: str, source: str, weight: float, classes: Mapping[str, Words]) -> Cue:
    try:
        return make_cue(source, weight, classes)
    except PatternFault as fault:
        raise LexiconFault(file, key, say("“{pattern}”: {why}", pattern=source, why=str(fault))) from fault


def _numbers(file: str, table: Mapping[str, object], names: Sequence[str]) -> dict[str, dict[str, float]]:
    _no_strangers(file, table, names)
    return {name: _number_table(file, name, table.get(name)) for name in names}


def _number_table(file: str, name: str, entries: object) -> dict[str, float]:
    if not isinstance(entries, Mapping):
        raise LexiconFault(file, name, say("a table of numbers is needed"))
    return {key: _a_number(file, f"{name}.{key}", value) for key, value in entries.items()}


def _a_number(file: str, key: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise LexiconFault(file, key, say("a number is needed"))
    return float(value)


def _learnt(table: Mapping[str, object], rules: Rules) -> Learnt:
    """The learnt words: ``rarity``, ``trust.<field>`` and ``<field>.<code>``, words listed under their number."""
    file = LEARNT_FILE
    _no_strangers(file, table, ("rarity", "trust", "together", *FIELDS))
    trust_tables = _inner(file, "trust", table)
    trust = {name: _number_table(file, f"trust.{name}", trust_tables.get(name)) for name in FIELDS}
    for name, numbers in trust.items():
        for part in ("start", *PARTS):
            if part not in numbers:
                raise LexiconFault(file, f"trust.{name}.{part}", say("a number is needed"))
    start: dict[str, dict[str, float]] = {}
    says: dict[str, dict[str, list[tuple[str, float]]]] = {}
    for name in FIELDS:
        codes = _inner(file, name, table)
        _no_strangers(file, codes, {*_codes(rules, name, CUE_FILES[name]), UNTOLD}, f"{name}.")
        start[name], says[name] = {}, {}
        for code in codes:
            words = _inner(file, f"{name}.{code}", {f"{name}.{code}": codes[code]})
            start[name][code] = _a_number(file, f"{name}.{code}.start", words.get("start"))
            for word, number in _numbered(file, f"{name}.{code}", words):
                says[name].setdefault(word, []).append((code, number))
    return Learnt(
        dict(_numbered(file, "rarity", _inner(file, "rarity", table))),
        start,
        {name: {word: tuple(said) for word, said in own.items()} for name, own in says.items()},
        trust,
        {name: _together(file, name, table, rules) for name in FIELDS},
    )


def _together(file: str, name: str, table: Mapping[str, object], rules: Rules) -> dict[str, dict[str, float]]:
    """How often the codes of a field go with those of its fellow."""
    tables, fellow = _inner(file, name, _inner(file, "together", table)), FELLOWS[name]
    _no_strangers(file, tables, {*_codes(rules, fellow, CUE_FILES[fellow]), UNTOLD}, f"together.{name}.")
    return {code: _number_table(file, f"together.{name}.{code}", shares) for code, shares in tables.items()}


def _inner(file: str, key: str, table: Mapping[str, object]) -> Mapping[str, object]:
    inner = table.get(key)
    if not isinstance(inner, Mapping):
        raise LexiconFault(file, key, say("the file is missing or no table"))
    return inner


def _numbered(file: str, key: str, table: Mapping[str, object]) -> Iterator[tuple[str, float]]:
    """The words of a table whose keys are numbers, each with its number."""
    for written, words in table.items():
        if written == "start":
            continue
        try:
            number = float(written)
        except ValueError as fault:
            raise LexiconFault(file, f"{key}.{written}", say("a number is needed")) from fault
        for word in _string_list(file, f"{key}.{written}", words):
            yield word, number
