"""What is counted for effects and recurrences, and what joins problems, field visits and volumes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from postal_desk.domain.periods import Month
from postal_desk.domain.recurrences import Recurring, TakenMeasure
from postal_desk.store.case_tables import LIVING
from postal_desk.store.summary_queries import COUNTS_AS_PROBLEM
from postal_desk.store.work import Work


def visits_of_problems(work: Work) -> dict[str, str]:
    """The number of the living field visit that found each problem, by the problem's number."""
    sql = (
        "SELECT f.problem, v.number FROM visit_findings AS f JOIN visits AS v ON v.id = f.record_id "
        "WHERE f.problem <> '' AND v.deleted_at IS NULL"
    )
    rows = ((str(problem), str(visit)) for problem, visit in work.rows(sql))
    return dict(rows)


_LINKED = (
    "WITH named(id, number) AS (SELECT record_id, text FROM problem_cases"
    " UNION SELECT problem_id, c.number FROM measures JOIN measure_cases c ON c.measure_id = measures.id"
    " WHERE problem_id IS NOT NULL),"
    " linked(kind, id, number) AS (SELECT 'problem', id, number FROM named"
    " UNION SELECT 'error', record_id, text FROM error_cases"
    " UNION SELECT 'measure', measure_id, number FROM measure_cases"
    " UNION SELECT 'measure', m.id, named.number FROM measures m JOIN named ON named.id = problem_id"
    " UNION SELECT 'visit', record_id, named.number FROM visit_findings"
    " JOIN problems p ON p.number = problem JOIN named ON named.id = p.id) "
)


def linked_with_case(work: Work, number: str) -> list[tuple[str, int]]:
    """Kind and id of every record, deleted ones too, that names a case, or answers or found a problem that does."""
    return list(work.rows(_LINKED + "SELECT kind, id FROM linked WHERE number = ?", (number,)))


def linked_beyond(work: Work, numbers: Sequence[str]) -> set[tuple[str, int]]:
    """Kind and id of every record linked with a case, deleted ones too, that is none of these and not anonymous."""
    marks = ", ".join("?" * len(numbers))
    rows = work.rows(
        _LINKED + "SELECT l.kind, l.id FROM linked l JOIN cases c ON c.number = l.number"
        " LEFT JOIN case_keeping k ON k.case_id = c.id"
        f" WHERE k.anonymous_at IS NULL AND c.number NOT IN ({marks})",
        tuple(numbers),
    )
    return {(kind, record_id) for kind, record_id in rows}


def monthly_cases(
    work: Work, first: date, last: date, category: str, outlets: Sequence[str]
) -> dict[Month, int]:
    """Cases received in each month of the span, of a category with its children, at these outlets (none: all)."""
    column = "category" if "." in category else "category_top"
    where, values = (f" AND {column} = ?", (category,)) if category else ("", ())
    if outlets:
        marks = ", ".join("?" * len(outlets))
        where += f" AND outlet_id IN (SELECT id FROM outlets WHERE name IN ({marks}))"
        values = (*values, *outlets)
    sql = (
        f"SELECT substr(opened_on, 1, 7) AS month, count(*) FROM cases INDEXED BY ix_cases_received "
        f"WHERE {LIVING} AND opened_on BETWEEN ? AND ?{where} GROUP BY 1"
    )
    found = work.cursor(sql, (first.isoformat(), last.isoformat(), *values))
    return {Month.parse(month): count for month, count in found}


def first_case_on(work: Work) -> date | None:
    """The day of the oldest living case: before it the desk knows nothing."""
    found = work.rows(f"SELECT min(opened_on) FROM cases WHERE {LIVING}").scalar_one()
    return None if found is None else date.fromisoformat(found)


def recurring_cases(work: Work, first: date, last: date) -> list[Recurring]:
    """Categories that came up at least twice at one outlet in the span, in cases that count as problems."""
    sql = (
        "SELECT (SELECT name FROM outlets WHERE id = outlet_id), category, '', times, first, last FROM ("
        "SELECT outlet_id, category, count(*) AS times, min(opened_on) AS first, max(opened_on) AS last "
        f"FROM cases WHERE {LIVING} AND opened_on BETWEEN ? AND ? AND outlet_id IS NOT NULL "
        f"AND {COUNTS_AS_PROBLEM} GROUP BY 1, 2 HAVING times > 1)"
    )
    return _recurring(work, sql, first, last)


def recurring_clauses(work: Work, first: date, last: date) -> list[Recurring]:
    """Clauses of a standard that came up at least twice at one outlet in the span, in problems on record."""
    sql = (
        "SELECT o.name, '', p.clause, count(*) AS times, min(p.begun_on), max(p.begun_on) FROM problems AS p "
        "JOIN outlets AS o ON o.id = p.outlet_id WHERE p.deleted_at IS NULL AND p.clause <> '' "
        "AND p.begun_on BETWEEN ? AND ? GROUP BY 1, 3 HAVING times > 1"
    )
    return _recurring(work, sql, first, last)


def aimed_measures(work: Work) -> list[TakenMeasure]:
    """The living measures that name a category or a clause, newest first."""
    rows = work.rows(
        "SELECT number, title, status, category, clause, (SELECT group_concat(o.name, char(10)) "
        "FROM measure_outlets AS mo JOIN outlets AS o ON o.id = mo.outlet_id WHERE mo.measure_id = measures.id) "
        "FROM measures WHERE deleted_at IS NULL AND (category <> '' OR clause <> '') "
        "ORDER BY begun_on DESC, number DESC"
    )
    return [
        TakenMeasure(number, title, status, category, clause, tuple(names.split("\n")) if names else ())
        for number, title, status, category, clause, names in rows
    ]


def _recurring(work: Work, sql: str, first: date, last: date) -> list[Recurring]:
    return [
        Recurring(outlet, category, clause, times, date.fromisoformat(begun), date.fromisoformat(ended))
        for outlet, category, clause, times, begun, ended in work.cursor(
            sql, (first.isoformat(), last.isoformat())
        )
    ]


def volume_key(month: Month, outlet_id: int) -> str:
    """How a figure is named in the history."""
    return f"{month}/{outlet_id}"


def volume(work: Work, key: str) -> int | None:
    """The items behind a key, ``None`` if nobody wrote them down."""
    month, outlet = key.split("/")
    sql = "SELECT items FROM volumes WHERE month = ? AND outlet_id = ?"
    found: int | None = work.rows(sql, (month, int(outlet))).scalar_one_or_none()
    return found


def put_volume(work: Work, key: str, items: int | None) -> None:
    """Write a figure, or take it away."""
    month, outlet = key.split("/")
    if items is None:
        work.rows("DELETE FROM volumes WHERE month = ? AND outlet_id = ?", (month, int(outlet)))
    else:
        sql = "INSERT OR REPLACE INTO volumes (month, outlet_id, items) VALUES (?, ?, ?)"
        work.rows(sql, (month, int(outlet), items))


def volumes(work: Work) -> dict[tuple[Month, int], int]:
    """The items of each month, by outlet (0: the branch as a whole)."""
    rows = work.rows("SELECT month, outlet_id, items FROM volumes ORDER BY month, outlet_id")
    return {(Month.parse(month), outlet): items for month, outlet, items in rows}


def items_carried(work: Work, outlets: Sequence[str]) -> dict[Month, int]:
    """The items of each month at these outlets (all of them known in the month), or of the branch for none."""
    if not outlets:
        rows = work.cursor("SELECT month, items FROM volumes WHERE outlet_id = 0")
    else:
        marks = ", ".join("?" * len(outlets))
        rows = work.cursor(
            f"SELECT month, sum(items) FROM volumes WHERE outlet_id IN "
            f"(SELECT id FROM outlets WHERE name IN ({marks})) GROUP BY 1 HAVING count(*) = ?",
            (*outlets, len(outlets)),
        )
    return {Month.parse(month): items for month, items in rows}
