"""``measure effect``, ``measure volume`` and ``measure volumes``: whether it helped, and what rates go by."""

from __future__ import annotations

from dataclasses import asdict
from math import isinf
from typing import Any

import click

from postal_desk import i18n
from postal_desk.cli.measures import measure
from postal_desk.cli.session import MONTH, Session, answer, json_option, pass_session
from postal_desk.cli.tables import tell_table
from postal_desk.domain.effects import EffectFigures, Side, effect_sentence
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import Refusal, say
from postal_desk.i18n import _
from postal_desk.services.effects import effect_of_measure
from postal_desk.services.measures import show_measure
from postal_desk.services.volumes import list_volumes, set_volume


@measure.command()
@click.argument("number")
@json_option
@pass_session
def effect(session: Session, number: str, as_json: bool) -> None:
    """Compare the months before and after a measure, by its category and outlets."""
    with session.desk() as desk:
        found = show_measure(desk, number).measure
        figures = effect_of_measure(desk, found)
    if figures is None:
        raise Refusal(
            say(
                "{number} has no figures to compare: it needs a category and a day from which it holds",
                number=found.number,
            )
        )
    if as_json:
        answer({"number": found.number, **figures_to_json(figures)})
        return
    click.echo(i18n.tell(effect_sentence(figures)))
    for note in figures.notes:
        click.echo(i18n.tell(note))


def figures_to_json(figures: EffectFigures) -> dict[str, Any]:
    """The figures as JSON; an interval without an upper end has ``null`` there."""
    compared = figures.compared
    return {
        "since": str(figures.since),
        "verdict": figures.verdict,
        "by_items": figures.by_items,
        "before": _side(figures.before),
        "usual": _side(figures.usual),
        "after": _side(figures.after),
        "ratio": compared.ratio if compared else None,
        "interval": [compared.low, None if isinf(compared.high) else compared.high] if compared else None,
        "p": compared.p if compared else None,
        "months": [{"month": str(m.month), "cases": m.cases, "items": m.items} for m in figures.months],
        "notes": [i18n.tell(note) for note in figures.notes],
    }


def _side(side: Side | None) -> dict[str, Any] | None:
    if side is None:
        return None
    return {**asdict(side), "first": str(side.first), "last": str(side.last)}


@measure.command()
@click.argument("month", type=MONTH)
@click.argument("items", type=click.IntRange(min=0), required=False)
@click.option("--outlet", default="", help="One outlet instead of the branch.")
@pass_session
def volume(session: Session, month: Month, items: int | None, outlet: str) -> None:
    """Write down how many ITEMS were carried in a month; without ITEMS the figure is taken away."""
    with session.desk() as desk:
        set_volume(desk, month, items, outlet)
        click.echo(str(month))


@measure.command()
@json_option
@pass_session
def volumes(session: Session, as_json: bool) -> None:
    """List the items carried, by month and outlet."""
    with session.desk() as desk:
        found = sorted(list_volumes(desk).items())
    if as_json:
        answer([{"month": str(m), "outlet": outlet or None, "items": items} for (m, outlet), items in found])
        return
    rows = [(str(month), f"{items:,}", outlet) for (month, outlet), items in found]
    tell_table((_("Month"), _("Items carried"), _("Outlet")), rows, right=(1,))
