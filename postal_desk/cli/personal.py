"""``scan``: what looks like personal data in the free texts that are about to leave, and what is starred besides."""

from __future__ import annotations

import click

from postal_desk import i18n
from postal_desk.cli.help import Group
from postal_desk.cli.session import MONTH, Session, answer, json_option, pass_session
from postal_desk.cli.tables import tell_table
from postal_desk.domain.masking import STAR
from postal_desk.domain.periods import Month
from postal_desk.domain.personal_scan import kind_words


@click.group(cls=Group)
def scan() -> None:
    """Free texts before an export: find personal data, star words everywhere."""


@scan.command("cases")
@click.argument("numbers", nargs=-1)
@click.option("--month", type=MONTH, help="The typical cases of this month's summary.")
@click.option("--left", is_flag=True, help="Only what no export stars yet.")
@json_option
@pass_session
def cases(session: Session, numbers: tuple[str, ...], month: Month | None, left: bool, as_json: bool) -> None:
    """List what looks like personal data in cases NUMBERS, with its place in code points; the text is starred here."""
    from postal_desk.services import personal_scan

    if bool(numbers) == (month is not None):
        raise click.UsageError(i18n._("give case numbers, or --month"))
    with session.desk() as desk:
        found = (
            personal_scan.scan_month(desk, month) if month else personal_scan.scan_cases(desk, list(numbers))
        )
    found = [one for one in found if not (left and one.finding.masked)]
    shown = [_starred(one.finding.text) for one in found]
    if as_json:
        answer([personal_scan.to_json(one, text) for one, text in zip(found, shown, strict=True)])
        return
    rows = []
    for one, text in zip(found, shown, strict=True):
        at = one.finding
        place, kind = f"{at.start}–{at.end}", i18n.tell(kind_words(at.kind))
        rows.append((one.number, i18n.tell(one.label), place, kind, text, "" if at.masked else "!"))
    heads = (i18n._("Number"), i18n._("Fields"), i18n._("Place"), i18n._("Type"), i18n._("Text"), "")
    tell_table(heads, rows)


@scan.command("mask")
@click.argument("words", nargs=-1, required=True)
@json_option
@pass_session
def mask(session: Session, words: tuple[str, ...], as_json: bool) -> None:
    """Star WORDS in every export from now on."""
    from postal_desk.services import personal_scan

    with session.desk() as desk:
        personal_scan.mask_also(desk, words)
        _tell(len(personal_scan.also_masked(desk)), as_json)


@scan.command("unmask")
@click.argument("words", nargs=-1, required=True)
@json_option
@pass_session
def unmask(session: Session, words: tuple[str, ...], as_json: bool) -> None:
    """Take WORDS from the list of those that are starred."""
    from postal_desk.services import personal_scan

    with session.desk() as desk:
        personal_scan.mask_no_more(desk, words)
        _tell(len(personal_scan.also_masked(desk)), as_json)


def _tell(count: int, as_json: bool) -> None:
    if as_json:
        answer({"words": count})
    else:
        click.echo(i18n._("{count} words are starred in every export").format(count=count))


def _starred(text: str) -> str:
    return text[:1] + STAR * (len(text) - 1)
