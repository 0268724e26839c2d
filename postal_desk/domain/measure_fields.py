"""Each field of a measure, declared once, as ``fields`` does for a case."""

from __future__ import annotations

from collections.abc import Mapping

from postal_desk.domain.fields import Field
from postal_desk.domain.sentences import say

_PROBLEM = (
    Field("problem.text", say("Problem"), "lines", max_length=10_000, required=True),
    Field("problem.source", say("Source"), "code", codes="problem_sources"),
    Field("problem.area", say("Area"), "code", codes="problem_areas"),
    Field("problem.cause", say("Cause"), "lines", max_length=10_000),
    Field("problem.found_on", say("Found on"), "date"),
    Field("problem.unit", say("Found at"), "text", max_length=100),
)
_DUE = (
    Field("due.on", say("Due on"), "date"),
    Field("due.event", say("Due with the event"), "text", max_length=200),
    Field("due.at_once", say("At once"), "bool"),
)
_EFFECT = (
    Field("effect.verdict", say("Verdict"), "text", max_length=60),
    Field("effect.text", say("Effect"), "lines", max_length=10_000),
)
_PROGRESS = (
    Field("progress.on", say("On"), "date", required=True),
    Field("progress.value", say("Value"), "text", max_length=100),
    Field("progress.text", say("What happened"), "lines", max_length=10_000),
)
_RECHECK = (
    Field("rechecks.due", say("Re-check due"), "date", required=True),
    Field("rechecks.done_on", say("Done on"), "date"),
    Field("rechecks.result", say("Result"), "lines", max_length=10_000),
)

#: The fields of the measure itself, in the order of the contract; those in ``MEASURE_OBJECTS`` stand in their place.
MEASURE_FIELDS: tuple[Field, ...] = (
    Field("title", say("Measure"), "text", max_length=200, required=True),
    Field("kind", say("Kind"), "code", codes="measure_kinds", required=True),
    Field("owner_unit", say("Owner unit"), "text", max_length=100),
    Field("owner", say("Owner"), "text", max_length=60),
    Field("co_owners", say("Co-owners"), "list"),
    Field("baseline", say("Baseline"), "text", max_length=100),
    Field("target", say("Target"), "text", max_length=100),
    Field("unit", say("Unit"), "text", max_length=60),
    Field("term", say("Term"), "text", max_length=200),
    Field("progress", say("Progress"), "list"),
    Field("evidence", say("Evidence"), "list"),
    Field("rechecks", say("Re-checks"), "list"),
    Field("cases", say("Cases"), "list"),
    Field("category", say("Category"), "category"),
    Field("outlets", say("Outlets"), "list"),
    Field("clause", say("Clause of the standard"), "text", max_length=200),
    Field("status", say("Status"), "code", codes="measure_statuses"),
    Field("finished_on", say("Finished on"), "date"),
    Field("problem_number", say("Number of the problem"), "text", max_length=40),
    Field("in_force_on", say("In force since"), "date"),
)
#: The fields of the single objects within, by the object's key.
MEASURE_OBJECTS: Mapping[str, tuple[Field, ...]] = {"problem": _PROBLEM, "due": _DUE, "effect": _EFFECT}
#: The fields of the records in each list.
MEASURE_PARTS: Mapping[str, tuple[Field, ...]] = {"progress": _PROGRESS, "rechecks": _RECHECK}
#: The lists of bare texts: what each entry is.
MEASURE_TEXTS: Mapping[str, Field] = {
    "co_owners": Field("co_owners", say("Co-owners"), "text", max_length=100),
    "evidence": Field("evidence", say("Evidence"), "lines", max_length=10_000),
    "cases": Field("cases", say("Cases"), "text", max_length=40),
    "outlets": Field("outlets", say("Outlets"), "outlet", max_length=60),
}
#: The keys of a measure in JSON, in the contract's order.
MEASURE_KEYS: tuple[str, ...] = (
    *(
        "title",
        "problem",
        "kind",
        "owner_unit",
        "owner",
        "co_owners",
        "baseline",
        "target",
        "unit",
        "due",
        "term",
    ),
    *("progress", "evidence", "effect", "rechecks", "cases", "category", "outlets", "clause", "status"),
    "finished_on",
    "problem_number",
    "in_force_on",
)
