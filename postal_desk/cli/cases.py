"""``case``: add, show, list, step, edit, close, reopen, and read a story without saving it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import click

from postal_desk import i18n
from postal_desk.cli.help import Group
from postal_desk.cli.records import add_files
from postal_desk.cli.session import (
    DATE,
    LIMIT,
    MONTH,
    Session,
    answer,
    json_option,
    pass_session,
    read_object,
    read_records,
    read_text,
)
from postal_desk.cli.tables import tell_table
from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.case_json import case_to_json, parse_case, parse_changes, parse_step
from postal_desk.domain.deadlines import Deadline, deadline_to_json
from postal_desk.domain.fields import PART_FIELDS, Field
from postal_desk.domain.json_values import Reader
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import FieldRefusal, Refusal, say
from postal_desk.services import cases as case_service
from postal_desk.services.desk import Desk
from postal_desk.services.unmasking import masked, note_read

_STEP_TEXT = next(field for field in PART_FIELDS["steps"] if field.key == "text")
_REOPENED_ON = Field("on", say("On"), "date")


@click.group(cls=Group)
def case() -> None:
    """Customer-service cases."""


@case.command()
@click.argument("files", nargs=-1, required=True)
@json_option
@pass_session
def add(session: Session, files: tuple[str, ...], as_json: bool) -> None:
    """Save the cases of FILE (- is standard input): one object, an array, or JSON lines; all of a file or none."""
    add_files(session, files, as_json, _parse, case_service.add_cases, lambda changes: changes.cases)


def _parse(desk: Desk, record: Any, path: str) -> Any:
    if not isinstance(record, dict):
        raise FieldRefusal(path or "[1]", say("a case is one JSON object, in braces"))
    return parse_case(record, desk.rules, path)


def _shown(desk: Desk, number: str) -> dict[str, Any]:
    view = case_service.show_case(desk, number)
    return case_with_deadlines(view)


def case_with_deadlines(view: case_service.CaseView) -> dict[str, Any]:
    """The contract's case as it goes out."""
    document = case_to_json(view.case)
    document["deadlines"] = [deadline_to_json(deadline, i18n.tell, i18n.label) for deadline in view.deadlines]
    document["overdue"] = view.overdue
    document["elapsed_days"] = view.elapsed_days
    if view.origin is not None:
        document["imported"] = {"sheet": view.origin.sheet, "row": view.origin.row, "at": view.origin.at}
    return document


def _say(session: Session, desk: Desk, changes: Any, number: str, as_json: bool) -> None:
    if as_json:
        answer(_shown(desk, number))
    else:
        click.echo(number)
    for warning in changes.warnings:
        click.echo(i18n.tell(warning), err=True)


@case.command()
@click.argument("number")
@json_option
@pass_session
def show(session: Session, number: str, as_json: bool) -> None:
    """Show one case: its personal data masked, in clear with --json, which the audit notes."""
    with session.desk() as desk:
        view = case_service.show_case(desk, number)
        if as_json:
            note_read(desk, [view.case.number])
            answer(case_with_deadlines(view))
            return
        for line in _lines(desk, view):
            click.echo(line)


@case.command()
@click.argument("number")
@click.argument("file")
@json_option
@pass_session
def step(session: Session, number: str, file: str, as_json: bool) -> None:
    """Add a step, or an array of steps, to a case."""
    with session.desk() as desk:
        records = read_records(file)
        steps = [
            parse_step(record, desk.rules, desk.now(), _index("steps", n, records))
            for n, record in enumerate(records, 1)
        ]
        _say(session, desk, case_service.add_steps(desk, number, steps), number, as_json)


def _index(name: str, n: int, records: list[Any]) -> str:
    return f"{name}[{n}]" if len(records) > 1 else ""


@case.command()
@click.argument("number")
@click.argument("file")
@json_option
@pass_session
def edit(session: Session, number: str, file: str, as_json: bool) -> None:
    """Change the fields that FILE names; null clears a field, lists are replaced whole."""
    with session.desk() as desk:
        changes = parse_changes(read_object(file), desk.rules)
        _say(session, desk, case_service.edit_case(desk, number, changes), number, as_json)


@case.command()
@click.argument("number")
@click.argument("file")
@json_option
@pass_session
def close(session: Session, number: str, file: str, as_json: bool) -> None:
    """Close a case with what FILE adds to it (dispositions, responsibility, opinion, closed_on …)."""
    with session.desk() as desk:
        closing = parse_changes(read_object(file), desk.rules)
        _say(session, desk, case_service.close_case(desk, number, closing), number, as_json)


@case.command()
@click.argument("number")
@click.argument("file")
@json_option
@pass_session
def reopen(session: Session, number: str, file: str, as_json: bool) -> None:
    """Reopen a closed case; FILE says why: {"on": DATE, "text": REASON}."""
    with session.desk() as desk:
        content = read_object(file)
        if unknown := set(content) - {"on", "text"}:
            raise FieldRefusal(min(unknown), say("unknown key; reopening takes: on, text"))
        reader = Reader(desk.rules)
        on = reader.read(_REOPENED_ON, content.get("on"), "on") or desk.today()
        reason = reader.read(_STEP_TEXT, content.get("text"), "text")
        if reason is None:
            raise FieldRefusal("text", say("say in a few words why the case is reopened"))
        changes = case_service.reopen_case(desk, number, on, reason)
        _say(session, desk, changes, number, as_json)


@case.command("list")
@click.option("--month", type=MONTH, help="Only those logged in this month.")
@click.option("--status", help="Only this status, a code of `rule list`.")
@click.option("--category", help="Only this category with those below it, a code of `rule list`.")
@click.option("--outlet", help="Only this outlet.")
@click.option("--handler", help="Only those this person handles.")
@click.option("--overdue", is_flag=True, help="Only those overdue.")
@click.option("--text", help="Only those in which the search finds these words.")
@click.option("--limit", type=LIMIT, default=100, show_default=True, help="0 = all")
@json_option
@pass_session
def list_(
    session: Session,
    month: Month | None,
    status: str | None,
    category: str | None,
    outlet: str | None,
    handler: str | None,
    overdue: bool,
    text: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """List cases, newest first; --json gives the whole cases in clear, which the audit notes."""
    with session.desk() as desk:
        if status is not None:
            desk.rules.require("statuses", status)
        if category is not None and category not in desk.rules.categories:
            raise Refusal(
                say(
                    "Category {code} is unknown; `postal-desk rule list` shows all of them",
                    code=repr(category),
                )
            )
        wanted = CaseFilter(
            opened_from=month.first if month else None,
            opened_to=month.last if month else None,
            statuses=(status,) if status else (),
            category=category or "",
            outlet=outlet or "",
            handler=handler or "",
            overdue=overdue,
            text=text or "",
        )
        if as_json:
            cases = [case_with_deadlines(view) for view in case_service.read_views(desk, wanted, limit)]
            note_read(desk, [one["number"] for one in cases])
            answer(cases)
            return
        _tell_cases(desk, case_service.read_views(desk, wanted, limit))


def _tell_cases(desk: Desk, views: Iterable[case_service.CaseView]) -> None:
    """One line a case, as the window's list has it."""
    rows = []
    for view in views:
        found = masked(desk, view.case)
        status = i18n.label(desk.rules.name("statuses", found.status))
        late = i18n._("overdue") if view.overdue else ""
        due = min((one.due for one in view.deadlines if one.rule.reply and found.is_open), default=None)
        rows.append(
            (found.number, found.opened_on, status, due, late, found.outlet, found.handler, found.subject)
        )
    heads = (
        i18n._("Number"),
        i18n._("Opened on"),
        i18n._("Status"),
        i18n._("Reply due"),
        "",
        i18n._("Outlet"),
        i18n._("Handler"),
        i18n._("Subject"),
    )
    tell_table(heads, rows)


@case.command()
@click.argument("file")
@click.option("--on", type=DATE, help="The entry date that 昨天, last Tuesday … refer to (default: today).")
@json_option
@pass_session
def read(session: Session, file: str, on: date | None, as_json: bool) -> None:
    """Show what the story reader finds in a narrative; nothing is saved."""
    from postal_desk.domain.story import reading_to_json
    from postal_desk.services.shipped_rules import shipped_rules
    from postal_desk.services.stories import read_story

    with session.named_desk() as desk:
        rules = desk.rules if desk is not None else shipped_rules()
        document: dict[str, Any] = reading_to_json(read_story(desk, read_text(file), on or date.today()))
    if as_json:
        answer(document)
        return
    from postal_desk.cli.reading_words import reading_lines

    for line in reading_lines(document, rules):
        click.echo(line)


def _lines(desk: Desk, view: case_service.CaseView) -> list[str]:
    found, rules = masked(desk, view.case), desk.rules
    lines = [
        f"{found.number}  {i18n.label(rules.name('statuses', found.status))}  {found.subject}",
        "  ".join(
            (
                i18n.label(rules.name("kinds", found.kind)),
                i18n.label(rules.category_name(found.category)),
                i18n.label(rules.name("channels", found.channel)),
                found.opened_on.isoformat(),
            )
        ),
        "  ".join(part for part in (found.outlet, found.handler) if part),
        found.narrative,
    ]
    for done in found.steps:
        words = (
            done.at,
            done.actor,
            done.counterpart,
            i18n.label(rules.name("step_results", done.result)),
            done.text,
        )
        lines.append("  ".join(word for word in words if word))
    lines += [f"{i18n.label(d.rule.name)}: {d.due.isoformat()}  {_state(d)}" for d in view.deadlines]
    return [line for line in lines if line]


def _state(deadline: Deadline) -> str:
    words = {
        "running": i18n._("running"),
        "due_soon": i18n._("due soon"),
        "overdue": i18n._("overdue"),
        "met": i18n._("in time"),
        "late": i18n._("late reply"),
        "ended": i18n._("ended"),
    }
    return words[deadline.state]
