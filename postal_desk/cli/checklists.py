"""``canned`` and ``checklist``: texts ready to be put in, and what is usually done in a case."""

from __future__ import annotations

from typing import Any

import click

from postal_desk import i18n
from postal_desk.cli.help import Group
from postal_desk.cli.session import Session, answer, json_option, pass_session
from postal_desk.cli.tables import tell_table
from postal_desk.domain.checklists import CheckLine
from postal_desk.services import canned_texts, checklists
from postal_desk.services.case_reading import show_case
from postal_desk.services.desk import Desk


@click.group(cls=Group)
def canned() -> None:
    """Canned texts, as :: offers them in the window."""


@canned.command("list")
@json_option
@pass_session
def list_(session: Session, as_json: bool) -> None:
    """All canned texts in their order."""
    with session.desk() as desk:
        rows = [
            {
                "key": text.key,
                "name": {"zh": text.name.zh, "en": text.name.en},
                "text": {"zh": text.text.zh, "en": text.text.en},
                "places": list(text.places or ("step",)),
                "channels": list(text.channels),
                "results": list(text.results),
                "dispositions": list(text.dispositions),
            }
            for text in desk.rules.canned
        ]
        lines = [(text.key, i18n.label(text.name), i18n.label(text.text)) for text in desk.rules.canned]
    if as_json:
        answer(rows)
    else:
        tell_table((i18n._("Code"), i18n._("Name"), i18n._("Text")), lines)


@canned.command()
@click.argument("key")
@click.argument("number")
@json_option
@pass_session
def fill(session: Session, key: str, number: str, as_json: bool) -> None:
    """The text KEY with its variables filled for the case NUMBER."""
    with session.desk() as desk:
        text = canned_texts.filled(desk, key, show_case(desk, number).case)
    if as_json:
        answer({"text": text})
    else:
        click.echo(text)


@click.group(cls=Group)
def checklist() -> None:
    """Checklists: what is usually done in such a case, and what is still open."""


@checklist.command()
@click.argument("number")
@json_option
@pass_session
def show(session: Session, number: str, as_json: bool) -> None:
    """The checklist of a case."""
    with session.desk() as desk:
        _say(desk, number, as_json)


@checklist.command()
@click.argument("number")
@click.argument("item")
@click.option("--undo", is_flag=True, help="Take the tick away.")
@json_option
@pass_session
def tick(session: Session, number: str, item: str, undo: bool, as_json: bool) -> None:
    """Tick the line ITEM of a case's checklist."""
    with session.desk() as desk:
        checklists.tick(desk, number, item, not undo)
        _say(desk, number, as_json)


def _say(desk: Desk, number: str, as_json: bool) -> None:
    lines = checklists.checklist(desk, number)
    if as_json:
        answer([_line(line) for line in lines])
        return
    for line in lines:
        click.echo(f"{'☑' if line.done else '☐'} {line.key}  {i18n.label(line.text)}")


def _line(line: CheckLine) -> dict[str, Any]:
    return {
        "item": line.key,
        "checklist": {"zh": line.checklist.zh, "en": line.checklist.en},
        "text": {"zh": line.text.zh, "en": line.text.en},
        "done": bool(line.done),
        "by": line.done or None,
        "at": line.at or None,
        "who": line.who or None,
    }
