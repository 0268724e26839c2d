"""Every row accounted for: what came in is the sum of what became of it, for each sheet and for all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from postal_desk.i18n import _

if TYPE_CHECKING:
    from postal_desk.services.ledger_sheets import SheetsRead


def control_total(counts: Mapping[str, int]) -> str:
    """Rows in = new + changed + same + refused."""
    return _("{rows} rows = {new} new + {changed} changed + {same} the same + {refused} refused").format(
        **{name: f"{count:,}" for name, count in counts.items()}
    )


def sheet_lines(read: SheetsRead) -> list[str]:
    """The same for each sheet, where there are several."""
    from postal_desk.services.ledger_json import totals

    if len(read.parts) < 2:
        return []
    return [
        _("{sheet}: {total}").format(sheet=part.plan.sheet, total=control_total(totals(part.run)))
        for part in read.parts
    ]
