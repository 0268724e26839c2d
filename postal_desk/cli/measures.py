"""``measure``: add, show, list, edit, log progress, finish, re-check, withdraw. For the effect: ``measure_effects``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from postal_desk import i18n
from postal_desk.cli.help import Group
from postal_desk.cli.records import add_files, bin_commands
from postal_desk.cli.session import (
    LIMIT,
    Session,
    answer,
    json_option,
    pass_session,
    read_object,
    read_records,
)
from postal_desk.cli.tables import tell_table
from postal_desk.domain.measure_json import (
    measure_to_json,
    parse_measure,
    parse_measure_changes,
    parse_progress,
    parse_recheck,
)
from postal_desk.domain.measures import Due, Measure
from postal_desk.domain.sentences import FieldRefusal, Label, Sentence, say
from postal_desk.i18n import _
from postal_desk.services import measures as measure_service
from postal_desk.services.desk import Desk
from postal_desk.services.measures import MeasureView


@click.group(cls=Group)
def measure() -> None:
    """Measures: what answers a problem, and whether it helped."""


@measure.command()
@click.argument("files", nargs=-1, required=True)
@json_option
@pass_session
def add(session: Session, files: tuple[str, ...], as_json: bool) -> None:
    """Save the measures of FILE (- is standard input): one object, an array, or JSON lines; all of a file or none."""
    add_files(session, files, as_json, _parse, measure_service.add_measures, lambda changes: changes.measures)


def _parse(desk: Desk, record: Any, path: str) -> Measure:
    if not isinstance(record, dict):
        raise FieldRefusal(path or "[1]", say("a measure is one JSON object, in braces"))
    return parse_measure(record, desk.rules, path)


@measure.command()
@click.argument("number")
@json_option
@pass_session
def show(session: Session, number: str, as_json: bool) -> None:
    """Show one measure."""
    with session.desk() as desk:
        view = measure_service.show_measure(desk, number)
        if as_json:
            answer(_document(view))
            return
        for line in _lines(desk, view):
            click.echo(line)


@measure.command("list")
@click.option("--status", help="Only this status, a code of `rule list`.")
@click.option("--overdue", is_flag=True, help="Only those overdue.")
@click.option("--limit", type=LIMIT, default=100, show_default=True, help="0 = all")
@json_option
@pass_session
def list_(session: Session, status: str | None, overdue: bool, limit: int, as_json: bool) -> None:
    """List measures, newest first."""
    with session.desk() as desk:
        if status is not None:
            desk.rules.require("measure_statuses", status)
        views = measure_service.list_measures(desk, status or "", overdue, limit)
        if as_json:
            answer([_document(view) for view in views])
            return
        heads = (_("Number"), _("Found on"), _("Status"), _("Due"), _("Owner unit"), _("Measure"))
        tell_table(heads, [_row(desk, view) for view in views])


@measure.command()
@click.argument("number")
@click.argument("file")
@json_option
@pass_session
def edit(session: Session, number: str, file: str, as_json: bool) -> None:
    """Change the fields that FILE names; null clears a field, objects and lists are replaced whole."""
    with session.desk() as desk:
        changes = parse_measure_changes(read_object(file), desk.rules)
        measure_service.edit_measure(desk, number, changes)
        _say(desk, number, as_json)


@measure.command()
@click.argument("number")
@click.argument("file")
@json_option
@pass_session
def progress(session: Session, number: str, file: str, as_json: bool) -> None:
    """Add an entry, or an array of entries, to the log of a measure: {"on", "value", "text"}."""
    with session.desk() as desk:
        records = read_records(file)
        entries = [
            parse_progress(record, desk.rules, desk.today(), f"progress[{n}]" if len(records) > 1 else "")
            for n, record in enumerate(records, 1)
        ]
        measure_service.add_progress(desk, number, entries)
        _say(desk, number, as_json)


@measure.command()
@click.argument("number")
@click.argument("file")
@json_option
@pass_session
def finish(session: Session, number: str, file: str, as_json: bool) -> None:
    """Finish a measure with what FILE adds to it (evidence, effect, finished_on …)."""
    with session.desk() as desk:
        finishing = parse_measure_changes(read_object(file), desk.rules)
        measure_service.finish_measure(desk, number, finishing)
        _say(desk, number, as_json)


@measure.command()
@click.argument("number")
@click.argument("file")
@json_option
@pass_session
def recheck(session: Session, number: str, file: str, as_json: bool) -> None:
    """Write down what a re-check found: {"result", "done_on", "due"}; without "due", the earliest open one."""
    with session.desk() as desk:
        due, done_on, result = parse_recheck(read_object(file), desk.rules, desk.today())
        measure_service.recheck_measure(desk, number, done_on, result, due)
        _say(desk, number, as_json)


@measure.command()
@click.argument("number")
@click.option("--reason", default="", help="Goes into its log.")
@json_option
@pass_session
def withdraw(session: Session, number: str, reason: str, as_json: bool) -> None:
    """Give a measure up."""
    with session.desk() as desk:
        measure_service.withdraw_measure(desk, number, reason)
        _say(desk, number, as_json)


bin_commands(measure, measure_service.delete_measure, measure_service.restore_measure)


def _say(desk: Desk, number: str, as_json: bool) -> None:
    if as_json:
        answer(_document(measure_service.show_measure(desk, number)))
    else:
        click.echo(number)


def _document(view: MeasureView) -> dict[str, Any]:
    """The contract's measure as it goes out, with what today adds."""
    return {**measure_to_json(view.measure), "overdue": view.overdue}


def _head(desk: Desk, found: Measure) -> str:
    status = i18n.label(desk.rules.name("measure_statuses", found.status))
    return f"{found.number}  {found.begun_on}  {status}  {found.title}"


def _row(desk: Desk, view: MeasureView) -> tuple[object, ...]:
    found = view.measure
    status = i18n.label(desk.rules.name("measure_statuses", found.status))
    if view.overdue:
        status += " · " + _("overdue")
    due = found.due
    when = "" if due is None else str(due.on or due.event or i18n.tell(_due(due)))
    return found.number, found.begun_on, status, when, found.owner_unit, found.title


def _lines(desk: Desk, view: MeasureView) -> Iterator[str]:
    found, rules = view.measure, desk.rules
    yield _head(desk, found)
    problem = found.problem
    yield _line(
        _code(rules.name("problem_sources", problem.source), problem.source),
        _code(rules.name("problem_areas", problem.area), problem.area),
        problem.text,
        problem.cause,
    )
    yield _line(
        i18n.label(rules.name("measure_kinds", found.kind)),
        found.owner_unit,
        found.owner,
        *found.co_owners,
        i18n.tell(_due(found.due)) if found.due else "",
    )
    if found.baseline or found.target:
        yield _line(f"{found.baseline} → {found.target}", found.unit)
    for entry in found.progress:
        yield _line(entry.on.isoformat(), entry.value, entry.text)
    yield from found.evidence
    if found.effect.verdict:
        yield _line(found.effect.verdict, found.effect.text)
    for check in found.rechecks:
        done = check.done_on.isoformat() if check.done_on else ""
        yield _line(i18n.tell(say("Re-check {day}", day=check.due)), done, check.result)
    if found.cases:
        yield _line(*found.cases)
    if view.missing and found.status in ("planned", "running"):
        yield i18n.tell(say("To finish it, still missing: {missing}", missing=view.missing))


def _line(*parts: str) -> str:
    return "  ".join(part for part in parts if part)


def _code(name: Label, code: str) -> str:
    return i18n.label(name) if code else ""


def _due(due: Due) -> Sentence:
    if due.on is not None:
        return say("due on {day}", day=due.on)
    return say("due with: {event}", event=due.event) if due.event else say("at once")
