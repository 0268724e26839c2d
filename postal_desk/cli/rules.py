"""``rule``: what the rules say, from the named desk or from ``seeds/``."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

import click

from postal_desk import i18n
from postal_desk.cli.help import Group
from postal_desk.cli.session import DATE, Session, answer, json_option, pass_session, read_object
from postal_desk.domain.columns import aligned
from postal_desk.domain.compensation import compensate, parse_claim
from postal_desk.domain.deadlines import due as due_date
from postal_desk.domain.fields import CASE_FIELDS, PART_FIELDS
from postal_desk.domain.item_numbers import check as check_item
from postal_desk.domain.masking import mask as mask_value
from postal_desk.domain.measure_fields import MEASURE_FIELDS
from postal_desk.domain.rules import CODE_LISTS, Rules
from postal_desk.domain.sentences import say

#: kinds of rules whose values can be changed from a day on
CHANGEABLE = ("clock", "error_exemption", "recurrence")
#: lists of codes that no field of a case or measure takes, by what the window calls them
_LISTS = {
    "events": say("Event"),
    "outlet_kinds": say("Outlet"),
    "positions": say("Position"),
    "roles": say("Role"),
    "exemptions": say("Exemption"),
    "problem_sources": say("Source"),
    "problem_areas": say("Area"),
    "claim_statuses": say("Claims"),
    "error_causes": say("Cause"),
    "error_decisions": say("Decision"),
    "clocks": say("Deadlines"),
    "categories": say("Categories"),
    "error_exemptions": say("Exemption"),
    "recurrence": say("Problems that came back"),
}
MASK_FIELDS = ("name", "phone", "id", "address", "item")


@click.group(cls=Group)
def rule() -> None:
    """Deadlines, compensation, item numbers, masks, codes."""


@rule.command()
@click.argument("clock")
@click.option("--from", "start", type=DATE, required=True, help="The day the clock starts from.")
@click.option("--international", is_flag=True, help="International mail.")
@click.option("--remote", is_flag=True, help="Designated remote area.")
@json_option
@pass_session
def due(session: Session, clock: str, start: date, international: bool, remote: bool, as_json: bool) -> None:
    """When a clock runs out, and why."""
    if international and remote:
        raise click.UsageError(i18n._("--international and --remote exclude each other"))
    variant = "international" if international else "remote" if remote else ""
    if variant and clock not in ("inquiry_window", "inquiry_reply"):
        raise click.UsageError(
            i18n._("--international and --remote apply to inquiry_window and inquiry_reply only")
        )
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
    between = "" if i18n.language() == "zh_CN" else " "
    why = between.join(i18n.tell(sentence) for sentence in found.why)
    amount = None if found.amount is None else f"{found.amount:.2f}"
    if as_json:
        answer({"amount": amount, "article": i18n.label(found.article), "why": why})
    else:
        click.echo(f"{amount or '—'}  {i18n.label(found.article)}\n{why}")


@rule.command()
@click.argument("number", metavar="ITEM_NUMBER")
@json_option
def item(number: str, as_json: bool) -> None:
    """Form and check digit of an item number."""
    found = check_item(number)
    if as_json:
        answer({"number": found.number, "form": found.form, "check": found.check})
    else:
        from postal_desk.cli.reading_words import check_words

        form = {"s10": "S10"}.get(found.form, "")
        click.echo("  ".join(filter(None, (found.number, form, check_words(found.check)))))


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
        click.echo(f"{_list_words(name)}  {name}".strip())
        for line in aligned([(entry["code"], entry["zh"], entry["en"]) for entry in entries] or [("",)]):
            click.echo(f"  {line}")


@rule.command()
@click.argument("kind", type=click.Choice(CHANGEABLE))
@json_option
@pass_session
def show(session: Session, kind: str, as_json: bool) -> None:
    """The rules of one kind as the desk holds them: values, validity, whether they were changed here."""
    from postal_desk.services.rule_book import list_rules
    from postal_desk.services.rule_words import facts, rule_rows

    with session.desk() as desk:
        entries, rules = list_rules(desk, kind), desk.rules
        rows = rule_rows(rules, entries, desk.today(), desk.branch.code)
    if as_json:
        answer([{"key": e.key, **e.payload, "changed_here": e.edited or e.added} for e in entries])
        return
    for row in rows:
        changed = "*" if row.entry.edited or row.entry.added else " "
        click.echo(f"{changed} {row.key}  {row.title}")
        for line in aligned(facts(row, rules)):
            click.echo(f"    {line}")


@rule.command()
@click.argument("kind", type=click.Choice(CHANGEABLE))
@click.argument("key")
@click.argument("file", required=False)
@click.option("--from", "since", type=DATE, help="The first day of the new values.")
@click.option("--source", default="", help="Where the new values are written.")
@click.option("--until", type=DATE, help="End the rule with this day; no FILE then.")
@pass_session
def change(
    session: Session,
    kind: str,
    key: str,
    file: str | None,
    since: date | None,
    source: str,
    until: date | None,
) -> None:
    """Give a rule the values of FILE (- is standard input) from a day on; what lies before keeps the old ones."""
    from postal_desk.services.rule_edits import change_from, end_rule

    if (file is None) == (until is None) or (file is not None and since is None):
        raise click.UsageError(i18n._("give FILE with --from and --source, or --until alone"))
    with session.desk() as desk:
        if until is not None:
            changes = end_rule(desk, kind, key, until)
        else:
            assert file is not None
            assert since is not None
            changes = change_from(desk, kind, key, read_object(file), since, source)
        if changes.said:
            click.echo(i18n.tell(changes.said))


@rule.command()
@click.argument("kind", type=click.Choice(CHANGEABLE))
@click.argument("key")
@pass_session
def reset(session: Session, kind: str, key: str) -> None:
    """Take the shipped form of a rule again, and drop what was made of it here."""
    from postal_desk.services.rule_edits import back_to_shipped

    with session.desk() as desk:
        changes = back_to_shipped(desk, kind, key)
        if changes.said:
            click.echo(i18n.tell(changes.said))


def _list_words(name: str) -> str:
    """What the codes of a list are for, by the field that takes them; nothing if no field does."""
    fields_of = (*CASE_FIELDS, *(one for part in PART_FIELDS.values() for one in part), *MEASURE_FIELDS)
    known = next((i18n.tell(one.label) for one in fields_of if one.codes == name), "")
    return known or (i18n.tell(_LISTS[name]) if name in _LISTS else "")


def _all_codes(rules: Rules) -> dict[str, list[dict[str, Any]]]:
    lists: dict[str, list[dict[str, Any]]] = {
        name: [_entry(record) for record in rules.codes.get(name, {}).values()] for name in CODE_LISTS
    }
    lists["categories"] = [_entry(record) for _, record in sorted(rules.categories.items())]
    lists["clocks"] = [_entry(record, "clock") for record in rules.clocks]
    lists["error_exemptions"] = [_entry(record, "key") for record in rules.error_exemptions]
    lists["recurrence"] = [_entry(record, "key") for record in rules.recurrence]
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
