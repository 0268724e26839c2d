"""``rule``: what the rules say, from the named desk or from ``seeds/``."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

import click

from postal_desk import i18n
from postal_desk.cli.session import DATE, Session, answer, json_option, pass_session, read_object
from postal_desk.domain.compensation import compensate, parse_claim
from postal_desk.domain.deadlines import due as due_date
from postal_desk.domain.item_numbers import check as check_item
from postal_desk.domain.masking import mask as mask_value
from postal_desk.domain.rules import CODE_LISTS, Rules

MASK_FIELDS = ("name", "phone", "id", "address", "item")


@click.group()
def rule() -> None:
    """Deadlines, compensation, item numbers, masks, codes."""


@rule.command()
@click.argument("clock")
@click.option("--from", "start", type=DATE, required=True, help="The day the clock starts from.")
@click.option("--international", is_flag=True)
@click.option("--remote", is_flag=True, help="Designated remote area.")
@json_option
@pass_session
def due(session: Session, clock: str, start: date, international: bool, remote: bool, as_json: bool) -> None:
    """When a clock runs out, and why."""
    if international and remote:
        raise click.UsageError("--international and --remote exclude each other")
    variant = "international" if international else "remote" if remote else ""
    if variant and clock not in ("inquiry_window", "inquiry_reply"):
        raise click.UsageError("--international and --remote apply to inquiry_window and inquiry_reply only")
    with session.rules() as (rules, division):
        found = due_date(rules, clock, start, variant=variant, division=division)
    why = [i18n.tell(sentence) for sentence in found.why]
    if as_json:
        answer(
            {
                "clock": clock,
                "from": start.isoformat(),
                "due": found.due.isoformat(),
                "working_days": found.working_days,
                "calendar_complete": found.calendar_complete,
                "why": why,
                "source": i18n.label(found.source),
            }
        )
        return
    click.echo(found.due.isoformat())
    for sentence in why:
        click.echo(f"  {sentence}")


@rule.command()
@click.argument("file")
@json_option
@pass_session
def compensation(session: Session, file: str, as_json: bool) -> None:
    """What the articles give for a loss, damage or delay described in FILE."""
    content = read_object(file)
    with session.rules() as (rules, _division):
        found = compensate(parse_claim(content, rules), rules, date.today())
    why = " ".join(i18n.tell(sentence) for sentence in found.why)
    amount = None if found.amount is None else f"{found.amount:.2f}"
    if as_json:
        answer({"amount": amount, "article": i18n.label(found.article), "why": why})
    else:
        click.echo(f"{amount or '—'}  {i18n.label(found.article)}\n{why}")


@rule.command()
@click.argument("number")
@json_option
def item(number: str, as_json: bool) -> None:
    """Form and check digit of an item number."""
    found = check_item(number)
    if as_json:
        answer({"number": found.number, "form": found.form, "check": found.check})
    else:
        click.echo(f"{found.number}  {found.form}  {found.check}")


@rule.command()
@click.argument("field", type=click.Choice(MASK_FIELDS))
@click.argument("value")
@json_option
@pass_session
def mask(session: Session, field: str, value: str, as_json: bool) -> None:
    """How a personal value stands in exports."""
    with session.rules() as (rules, _division):
        masked = mask_value(field, value, rules)
    if as_json:
        answer({"masked": masked})
    else:
        click.echo(masked)


@rule.command("list")
@json_option
@pass_session
def list_(session: Session, as_json: bool) -> None:
    """All codes with their names in both languages."""
    with session.rules() as (rules, _division):
        document = _all_codes(rules)
    if as_json:
        answer(document)
        return
    for name, entries in document.items():
        click.echo(f"{name}:")
        for entry in entries:
            click.echo(f"  {entry['code']}  {entry['zh']}  {entry['en']}")


def _all_codes(rules: Rules) -> dict[str, list[dict[str, Any]]]:
    lists: dict[str, list[dict[str, Any]]] = {
        name: [_entry(record) for record in rules.codes.get(name, {}).values()] for name in CODE_LISTS
    }
    lists["categories"] = [_entry(record) for _, record in sorted(rules.categories.items())]
    lists["clocks"] = [_entry(record, "clock") for record in rules.clocks]
    return lists


def _entry(record: Any, code: str = "code") -> dict[str, Any]:
    """A record as plain JSON: its code and names first, then what else it says."""
    document = {"code": getattr(record, code), "zh": record.name.zh, "en": record.name.en}
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name in (code, "name") or value in (None, "", ()):
            continue
        document[field.name] = _plain(value)
    return document


def _plain(value: Any) -> Any:
    if hasattr(value, "zh"):
        return {"zh": value.zh, "en": value.en}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value
