"""Reading ``seeds/``: the rules a desk starts with and the sample stories, as people edit them in TOML.

Everything is checked on load; a mistake is a :class:`SeedError` that names the file and the key.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from postal_desk.domain.rules import CODE_LISTS, Rules
from postal_desk.domain.sentences import Refusal, Sentence, say
from postal_desk.store.lazy_tables import LazyTables
from postal_desk.store.rule_checks import check_rules
from postal_desk.store.rule_records import RuleFault, RuleRecord, build_rules
from postal_desk.store.rule_values import WrongValue, plain, read_day

#: file → section of the file → kind of rule record; the tables of a section are named by the rule's key
SECTIONS: Mapping[str, Mapping[str, str]] = {
    "accountability.toml": {"error_exemption": "error_exemption", "recurrence": "recurrence"},
    "categories.toml": {"category": "category"},
    "clocks.toml": {"clock": "clock", "counting": "counting"},
    "compensation.toml": {"rule": "compensation", "exemption": "exemption", "cap_loss": "cap_loss"},
    "divisions.toml": {"division": "division"},
    "canned.toml": {"canned": "canned"},
    "checklists.toml": {"check": "check_item"},
    "indicators.toml": {"indicator": "indicator"},
}
#: kinds of rules that have no name of their own
UNNAMED = ("counting", "compensation", "exemption", "cap_loss")
#: values for every rule of a file that doesn't give its own
DEFAULTS = "defaults"


class SeedError(Refusal):
    """A seed file that can't be used: which file, which key in it, and why."""

    def __init__(self, file: str, key: str, reason: Sentence) -> None:
        if key:
            text = say(
                "seeds/{file}, {key}: {reason}. Correct it there, then start again.",
                file=file,
                key=key,
                reason=reason,
            )
        else:
            text = say(
                "seeds/{file}: {reason}. Correct it there, then start again.", file=file, reason=reason
            )
        super().__init__(text)
        self.file = file
        self.key = key
        self.reason = reason


def load_rules(root: Path) -> Rules:
    """All rules of the seeds folder ``root``, checked; the reader's word lists are parsed when first used."""
    try:
        rules = build_rules(seed_records(root), LazyTables(root, "reader"))
        check_rules(rules)
    except RuleFault as fault:
        raise SeedError(*_place(fault), fault.reason) from None
    return rules


def seed_records(root: Path) -> Iterator[RuleRecord]:
    """The rules of the seeds folder as records; :class:`SeedError` on a file whose form is wrong."""
    yield from _code_records(root)
    for file, sections in SECTIONS.items():
        tables = read_toml(root, file)
        defaults = _table(file, DEFAULTS, tables.pop(DEFAULTS, {}))
        for section, content in tables.items():
            if section not in sections:
                raise SeedError(
                    file, section, say("this key is not known; known are: {keys}", keys=tuple(sections))
                )
            for key, entry in _table(file, section, content).items():
                yield from _records(file, section, sections[section], key, entry, defaults)
    for path in sorted((root / "calendars").glob("*.toml")):
        yield _calendar_record(root, f"calendars/{path.name}", path.stem)
    yield from _surname_records(root)


def load_story(root: Path, name: str) -> dict[str, object]:
    """A sample story by file name without ending, as JSON values: dates and amounts are text."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise SeedError("stories", name, say("a story's name is one lower-case English word, joined by _"))
    return {key: _json(value) for key, value in read_toml(root, f"stories/{name}.toml").items()}


def read_toml(root: Path, file: str) -> dict[str, object]:
    """One file as tables; decimals stay exact. :class:`SeedError` if it is missing, not UTF-8 or not TOML."""
    try:
        text = (root / file).read_text(encoding="utf-8-sig")  # Windows editors like to add the mark
        return tomllib.loads(text, parse_float=Decimal)
    except FileNotFoundError:
        raise SeedError(file, "", say("the file is missing")) from None
    except UnicodeDecodeError:
        raise SeedError(file, "", say("the file is not saved as UTF-8")) from None
    except (ValueError, RecursionError) as error:  # not TOML, a number of 5,000 digits, 1,000 brackets
        raise SeedError(
            file, "", say("the file is not readable as TOML, {detail}", detail=str(error))
        ) from None


def _code_records(root: Path) -> Iterator[RuleRecord]:
    file = "codes.toml"
    tables = read_toml(root, file)
    for list_name, content in tables.items():
        if list_name not in CODE_LISTS:
            raise SeedError(file, list_name, say("the code lists are: {lists}", lists=CODE_LISTS))
        for code, entry in _table(file, list_name, content).items():
            key = f"{list_name}.{code}"
            yield RuleRecord("code", key, _named(file, key, _table(file, key, entry)))


def _records(
    file: str, section: str, kind: str, key: str, content: object, defaults: Mapping[str, object]
) -> Iterator[RuleRecord]:
    """The records of one table: a category brings its children, a division may be a list of periods."""
    path = f"{section}.{key}"
    if kind == "division":
        periods = content if isinstance(content, list) else [content]
        named = [_named(file, path, {**defaults, **_table(file, path, period)}) for period in periods]
        yield RuleRecord(kind, key, {"periods": named})
        return
    entry = {**defaults, **_table(file, path, content)}
    if kind != "category":
        yield RuleRecord(kind, key, entry if kind in UNNAMED else _named(file, path, entry))
        return
    children = _table(file, f"{path}.children", entry.pop("children", {}))
    yield RuleRecord(kind, key, _named(file, path, entry))
    for child, child_entry in children.items():
        child_path = f"{path}.children.{child}"
        values = {**defaults, **_table(file, child_path, child_entry), "parent": key}
        yield RuleRecord(kind, f"{key}.{child}", _named(file, child_path, values))


def _calendar_record(root: Path, file: str, stem: str) -> RuleRecord:
    """A year's notice: each holiday from its first to its last day, with the working days made up for it."""
    tables = read_toml(root, file)
    known = ("year", "source", "holiday")
    for key in tables:
        if key not in known:
            raise SeedError(file, key, say("this key is not known; known are: {keys}", keys=known))
    if str(tables.get("year")) != stem:
        raise SeedError(file, "year", say("the year must be {year}, as in the file's name", year=stem))
    spans = tables.get("holiday", [])
    if not isinstance(spans, list):
        raise SeedError(file, "holiday", say("expected a list of tables"))
    holidays: dict[str, object] = {}
    working: list[str] = []
    for at, span in enumerate(spans, start=1):
        path = f"holiday[{at}]"
        entry = _named(file, path, _table(file, path, span))
        name = entry.pop("name")
        for day in _span(file, path, entry):
            if holidays.setdefault(day.isoformat(), name) is not name:
                raise SeedError(file, path, say("{day} belongs to two holidays", day=day))
        working += _working_days(file, f"{path}.working_days", entry.pop("working_days", []))
        for key in entry:
            raise SeedError(file, f"{path}.{key}", say("this key is not known"))
    payload: dict[str, object] = {"holidays": holidays, "working_days": sorted(working)}
    if "source" in tables:
        payload["source"] = tables["source"]
    return RuleRecord("calendar", stem, payload)


def _span(file: str, path: str, entry: dict[str, object]) -> list[date]:
    """The days from ``from`` to ``to`` (both inclusive; ``to`` may be absent), at most a month."""
    ends: list[date] = []
    for key in ("from", "to"):
        value = entry.pop(key, ends[0] if ends else None)
        try:
            ends.append(read_day(value))
        except WrongValue as wrong:
            raise SeedError(file, f"{path}.{key}", wrong.sentence) from None
    length = (ends[1] - ends[0]).days
    if not 0 <= length <= 31:
        raise SeedError(file, f"{path}.to", say("a holiday ends on or after its first day, within a month"))
    return [ends[0] + timedelta(days=count) for count in range(length + 1)]


def _working_days(file: str, path: str, value: object) -> list[str]:
    if not isinstance(value, list):
        raise SeedError(file, path, say("expected a list of dates"))
    try:
        return [read_day(day).isoformat() for day in value]
    except WrongValue as wrong:
        raise SeedError(file, path, wrong.sentence) from None


def _surname_records(root: Path) -> Iterator[RuleRecord]:
    """Two texts of names with blanks between them: ``compound`` and ``single``."""
    file = "surnames.toml"
    for key, text in read_toml(root, file).items():
        if not isinstance(text, str):
            raise SeedError(file, key, say("expected names with blanks between them"))
        yield RuleRecord("surnames", key, {"names": text.split()})


def _named(file: str, path: str, entry: Mapping[str, object]) -> dict[str, object]:
    """Join ``zh`` and ``en`` of a table to the rule's ``name``."""
    values = dict(entry)
    for language in ("zh", "en"):
        if language not in values:
            raise SeedError(file, f"{path}.{language}", say("the value is missing"))
    return {"name": {"zh": values.pop("zh"), "en": values.pop("en")}, **values}


def _table(file: str, path: str, value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise SeedError(file, path, say("expected a table, found {found}", found=str(value)))
    return value


def _place(fault: RuleFault) -> tuple[str, str]:
    """The file and the key in it that a fault speaks of."""
    if fault.kind == "calendar":
        return f"calendars/{fault.key}.toml", fault.path.removeprefix(fault.key).lstrip(".")
    if fault.kind == "category":
        return "categories.toml", "category." + fault.path.replace(".", ".children.", "." in fault.key)
    for file, sections in SECTIONS.items():
        for section, kind in sections.items():
            if kind == fault.kind:
                return file, f"{section}.{fault.path}"
    return ("surnames.toml" if fault.kind == "surnames" else "codes.toml"), fault.path


def _json(value: object) -> object:
    if isinstance(value, list):
        return [_json(part) for part in value]
    if isinstance(value, dict):
        return {key: _json(part) for key, part in value.items()}
    return plain(value)
