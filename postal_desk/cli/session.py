"""What every command shares: options before the command, opening the desk, answering, refusing.

Exit codes: 0 done, 1 refused for its content, 2 the command line itself is wrong, 3 the environment.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from postal_desk import i18n, paths
from postal_desk.cli.json_faults import JsonFault, json_reason
from postal_desk.cli.secrets import credential
from postal_desk.domain import text_rule
from postal_desk.domain.changes import Changes
from postal_desk.domain.file_reasons import file_reason
from postal_desk.domain.month_ranges import Span
from postal_desk.domain.periods import Month
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import Refusal, Sentence, say
from postal_desk.domain.spans import parse_span
from postal_desk.domain.text_rule import excerpt

if TYPE_CHECKING:
    from postal_desk.services.access import Credential
    from postal_desk.services.desk import Desk
    from postal_desk.services.documents import Renderer

T = TypeVar("T")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True)
class Hooks:
    """What the composition root lends to the command line: everything that needs Qt."""

    renderer: Callable[[], Renderer]
    window: Callable[[Path | None, str], int]  #: desk; language that was asked for, or nothing
    selftest: Callable[[], list[dict[str, Any]]]
    picture: Callable[..., Path]


@dataclass
class Session:
    """One run of the command line."""

    hooks: Hooks
    desk_path: Path | None = None
    language: str = ""
    debug: bool = False
    password_file: Path | None = None
    user: str = ""
    recovery_file: Path | None = None
    branch_key_file: Path | None = None
    notes: list[Sentence] = field(default_factory=list)

    def tell_notes(self) -> None:
        """Say on stderr what was taken out of the texts that came in."""
        for note in self.notes:
            click.echo(i18n.tell(note), err=True)

    @property
    def path(self) -> Path:
        """The desk folder: the one named, else the one on this PC."""
        return self.desk_path or paths.usual_desk()

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The open desk; closed (and its log of writes folded in) when the command ends."""
        from postal_desk.services.desk import open_desk

        desk = open_desk(self.path, credential=self.credential(self.path), how="command line")
        for notice in desk.notices:
            click.echo(i18n.tell(notice), err=True)
        if (wrong := desk.clock_problem()) is not None:
            click.echo(i18n.tell(wrong), err=True)
        try:
            yield desk
        finally:
            desk.close()

    def credential(self, path: Path) -> Credential | None:
        """Who wants in: from the options and the environment; a terminal is asked if the desk has a password."""
        from postal_desk.services.access import has_password

        return credential(self, lambda: has_password(path))

    @contextmanager
    def named_desk(self) -> Iterator[Desk | None]:
        """The desk if one was named with ``--desk``, else ``None``: rules then come from ``seeds/``."""
        if self.desk_path is None:
            yield None
        else:
            with self.desk() as desk:
                yield desk

    @contextmanager
    def rules(self) -> Iterator[tuple[Rules, str]]:
        """The named desk's rules and division code, else the rules of ``seeds/`` and no division."""
        with self.named_desk() as desk:
            if desk is not None:
                yield desk.rules, desk.branch.code
            else:
                from postal_desk.services.shipped_rules import shipped_rules

                yield shipped_rules(), ""


pass_session = click.make_pass_decorator(Session)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")


class MonthType(click.ParamType):
    """A month as YYYY-MM; anything else is a wrong command line."""

    name = "YYYY-MM"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Month:
        if isinstance(value, Month):
            return value
        try:
            return Month.parse(value)
        except Refusal as refusal:
            self.fail(i18n.tell(refusal.sentence), param, ctx)


class SpanType(click.ParamType):
    """A month, a quarter, a half-year, a year or a run of months; anything else is a wrong command line."""

    name = "PERIOD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Span:
        if not isinstance(value, str):
            return cast(Span, value)
        try:
            return parse_span(value)
        except Refusal as refusal:
            self.fail(i18n.tell(refusal.sentence), param, ctx)


class DateType(click.ParamType):
    """A date as YYYY-MM-DD; anything else is a wrong command line."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            if _DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass  # there is no such day; said below
        said = i18n._("“{text}” is no date; write it as 2019-07-02")
        return self.fail(said.format(text=excerpt(value)), param, ctx)


#: how many records a list gives, and an id: beyond 64 bits the database has no numbers
LIMIT = click.IntRange(0, 2**31 - 1)
ID = click.IntRange(0, 2**63 - 1)
MONTH = MonthType()
SPAN = SpanType()
DATE = DateType()


def read_text(file: str) -> str:
    """The text of a file, or of standard input for ``-``. UTF-8, a leading byte-order mark allowed."""
    source = file if file != "-" else say("standard input")
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise Refusal(
            say(
                "{file}: the file can't be read ({reason}); check its name and place",
                file=source,
                reason=file_reason(error),
            )
        ) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(
            say(
                "{file}: not UTF-8 text at byte {at}; save it as UTF-8 and try again",
                file=source,
                at=error.start + 1,
            )
        ) from error


def read_records(file: str) -> list[Any]:
    """The records of a JSON file: one object, an array, or JSON lines."""
    text = read_text(file)
    try:
        content = _load(text)
    except ValueError as whole:
        lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
        if len(lines) < 2 or not lines[0][1].lstrip().startswith("{"):
            raise _bad_json(whole) from whole
        records = []
        for number, line in lines:
            try:
                records.append(_load(line))
            except ValueError as error:
                reason = json_reason(error, one_line=True)
                raise Refusal(
                    say(
                        "line {line}: not valid JSON ({reason}); correct that line",
                        line=number,
                        reason=reason,
                    )
                ) from error
        return _noted(records)
    return _noted(content if isinstance(content, list) else [content])


def read_object(file: str) -> dict[str, Any]:
    """The one JSON object of a file."""
    try:
        content = _load(read_text(file))
    except ValueError as error:
        raise _bad_json(error) from error
    if not isinstance(content, dict):
        raise Refusal(say("The file must hold one JSON object, in braces"))
    _noted([content])
    return content


def _noted(records: list[Any]) -> list[Any]:
    """The records; what the text rule takes out of their texts is told once the command has done its work."""
    context = click.get_current_context(silent=True)  # none where no command runs: nobody to tell
    session = context.find_object(Session) if context is not None else None
    if session is not None:
        for n, record in enumerate(records, 1):
            session.notes += text_rule.notes_of(record, f"[{n}]" if len(records) > 1 else "")
    return records


def _bad_json(error: ValueError) -> Refusal:
    return Refusal(say("Not valid JSON: {reason}; correct it and try again", reason=json_reason(error)))


def _load(text: str) -> Any:
    """Strict JSON: no duplicate keys, no NaN, and nesting too deep is a refusal, not a crash."""
    try:
        return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_unique)
    except RecursionError:
        raise JsonFault(say("it is nested too deeply")) from None


def _no_constant(name: str) -> Any:
    raise JsonFault(say("{name} is not a number of JSON", name=name))


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise JsonFault(say("the key “{key}” stands twice in one object", key=excerpt(key)))
        found[key] = value
    return found


def tell_place(desk: Desk) -> None:
    """Say on standard error that the desk stands where nothing is kept, if so."""
    from postal_desk.services.room import not_kept

    warning = not_kept(desk)
    if warning is not None:
        click.echo(i18n.tell(warning), err=True)


def tell_warnings(changes: Changes) -> None:
    """Say on standard error what somebody has to know of what was saved."""
    for warning in changes.warnings:
        click.echo(i18n.tell(warning), err=True)


def answer(document: Any) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, sort_keys=False))
