"""The figures of a month, counted from a real desk: each definition of the contract with a case for and against."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from postal_desk.domain.cases import Case
from postal_desk.domain.periods import Month
from postal_desk.services import cases as use
from postal_desk.services.desk import Desk
from postal_desk.services.summaries import summary, summary_to_json

JULY = Month(2019, 7)
AUGUST = Month(2019, 8)
Make = Callable[..., Case]


def figures(desk: Desk, month: Month = JULY) -> dict[str, Any]:
    return summary_to_json(summary(desk, month), "en")


def closed_case(finished: dict[str, Any], **values: Any) -> dict[str, Any]:
    """What ``make_case`` needs for a closed case; ``values`` win."""
    return {**finished, **values}


def test_empty_month_divides_nothing_by_nothing(empty_desk: Desk) -> None:
    found = figures(empty_desk)
    for rate in ("closing_rate", "in_time_rate", "satisfaction_rate", "mean_days"):
        assert found[rate] is None
    assert found["closing_rate_of"] == [0, 0]
    assert found["compensation"] == {"cases": 0, "amount": "0.00"}
    assert found["measures"] == {"new": 0, "due": 0, "finished": 0, "overdue": 0}


def test_received_goes_by_the_opening_day(desk: Desk, make_case: Make) -> None:
    days = ("2019-06-30", "2019-07-01", "2019-07-31", "2019-08-01")
    use.add_cases(desk, [make_case(opened_on=day) for day in days])
    found = figures(desk)
    assert (found["received"], found["previous_month"]["received"]) == (2, 1)
    assert found["year_to_date"]["received"] == 3


def test_closed_goes_by_the_closing_day_and_mean_days_run_from_the_opening(
    desk: Desk, make_case: Make, finished: dict[str, Any]
) -> None:
    early = closed_case(finished, opened_on="2019-06-28", closed_on="2019-07-10")
    same_day = closed_case(finished, opened_on="2019-07-03", closed_on="2019-07-03")
    later = closed_case(finished, opened_on="2019-07-03", closed_on="2019-08-02")
    use.add_cases(desk, [make_case(**values) for values in (early, same_day, later)])
    found = figures(desk)
    assert found["closed"] == 2
    assert found["mean_days"] == 6.0
    assert found["mean_days_of"] == [12, 2]


def test_in_progress_and_overdue_are_as_at_the_end_of_the_month(
    desk: Desk, make_case: Make, finished: dict[str, Any]
) -> None:
    """A complaint of 1 July is due on 10 July; one closed in August was overdue in July all the same."""
    open_still = make_case(kind="complaint", category="01.misdelivery", opened_on="2019-07-01")
    closed_since = make_case(
        **closed_case(finished, kind="complaint", opened_on="2019-07-01", closed_on="2019-08-05")
    )
    fresh = make_case(kind="complaint", opened_on="2019-07-31")
    use.add_cases(desk, [open_still, closed_since, fresh])
    july, august = figures(desk), figures(desk, AUGUST)
    assert (july["in_progress"], july["overdue"]) == (3, 2)
    assert (august["in_progress"], august["overdue"]) == (2, 2)
    assert [case["days"] for case in july["overdue_cases"]] == [21, 21]


def test_running_month_is_judged_as_at_today(desk: Desk) -> None:
    assert figures(desk, AUGUST)["as_of"] == "2019-08-20"
    assert figures(desk, JULY)["as_of"] == "2019-07-31"


def test_answering_rates_are_over_the_cases_due_in_the_month(
    desk: Desk, make_case: Make, finished: dict[str, Any]
) -> None:
    """Complaints of 1 July fall due on 10 July, those of 31 July in August."""
    complaint = {"kind": "complaint", "opened_on": "2019-07-01"}
    in_time = make_case(**closed_case(finished, **complaint, closed_on="2019-07-09"))
    late = make_case(**closed_case(finished, **complaint, closed_on="2019-07-20"))
    answered_open = make_case(**complaint, answered_on="2019-07-08")
    next_month = make_case(kind="complaint", opened_on="2019-07-31")
    use.add_cases(desk, [in_time, late, answered_open, next_month])
    found = figures(desk)
    assert found["in_time_rate_of"] == [2, 3]
    assert found["closing_rate_of"] == [2, 3]
    assert found["in_time_rate"] == 2 / 3


def test_satisfaction_leaves_out_whoever_was_not_asked(
    desk: Desk, make_case: Make, finished: dict[str, Any]
) -> None:
    opinions = ("satisfied", "fairly_satisfied", "dissatisfied")
    cases = [make_case(**closed_case(finished, opinion=opinion)) for opinion in opinions]
    attempt = [{"on": "2019-07-09", "result": "no_answer"}]
    cases.append(make_case(**closed_case(finished, opinion="not_asked", opinion_attempts=attempt)))
    use.add_cases(desk, cases)
    found = figures(desk)
    assert found["satisfaction_rate_of"] == [2, 3]
    assert found["opinions"]["not_asked"] == 1


def test_compensation_goes_by_its_own_day_and_counts_a_case_once(
    desk: Desk, make_case: Make, finished: dict[str, Any]
) -> None:
    twice = [
        {"kind": "compensated", "amount": "12.60", "on": "2019-07-08"},
        {"kind": "compensated", "amount": "0.40", "on": "2019-07-09"},
    ]
    later = [{"kind": "compensated", "amount": "30.00", "on": "2019-08-01"}]
    use.add_cases(
        desk,
        [
            make_case(**closed_case(finished, dispositions=twice)),
            make_case(**closed_case(finished, dispositions=later)),
        ],
    )
    assert figures(desk)["compensation"] == {"cases": 1, "amount": "13.00"}
    assert figures(desk, AUGUST)["compensation"] == {"cases": 1, "amount": "30.00"}


def test_praise_counts_kind_and_words_once_a_case(desk: Desk, make_case: Make) -> None:
    both = make_case(kind="praise", category="18", praise="苏阳同志服务周到")
    words = make_case(praise="谢谢你们")
    use.add_cases(desk, [both, words, make_case()])
    assert figures(desk)["praise"] == 2


def test_reopened_case_counts_at_its_last_closing(
    desk: Desk, make_case: Make, finished: dict[str, Any]
) -> None:
    (number,) = use.add_cases(desk, [make_case(**finished)]).cases
    assert figures(desk)["closed"] == 1
    use.reopen_case(desk, number, date(2019, 8, 1), "客户来电，邮件仍未收到")
    assert figures(desk)["closed"] == 0
    use.close_case(desk, number, {"closed_on": date(2019, 8, 10)})
    assert figures(desk)["closed"] == 0
    august = figures(desk, AUGUST)
    assert august["closed"] == 1
    assert august["closed_first_time_rate_of"] == [0, 1]


def test_deleted_cases_count_nowhere(desk: Desk, make_case: Make) -> None:
    kept, gone = use.add_cases(desk, [make_case(), make_case(praise="谢谢")]).cases
    use.delete_cases(desk, [gone])
    found = figures(desk)
    assert (found["received"], found["praise"], found["in_progress"]) == (1, 0, 1)
    assert kept


def test_categories_stand_in_code_order_all_of_them(desk: Desk, make_case: Make) -> None:
    use.add_cases(desk, [make_case(category="01.misdelivery"), make_case(category="01")])
    rows = figures(desk)["by_category"]
    codes = [row["code"] for row in rows]
    assert codes == sorted(codes)
    assert codes == [top.code for top in desk.rules.top_categories()]
    assert rows[0]["received"] == 2


def test_breakdowns_add_up_to_the_whole_though_a_case_has_no_business(desk: Desk, make_case: Make) -> None:
    use.add_cases(desk, [make_case(business="parcel"), make_case()])
    found = figures(desk)
    for name in ("by_kind", "by_channel", "by_business", "by_category"):
        assert sum(row["received"] for row in found[name]) == found["received"]


def test_recurrence_counts_twelve_months_and_needs_one_in_this(
    desk: Desk, make_case: Make, finished: dict[str, Any]
) -> None:
    problem = {"kind": "complaint", "category": "01.misdelivery", "outlet": "船营投递部"}
    days = ("2018-07-31", "2018-08-01", "2019-03-05", "2019-07-02")
    cases = [make_case(**problem, opened_on=day) for day in days]
    blameless = closed_case(finished, **problem, responsibility="customer", opened_on="2019-07-03")
    cases.append(make_case(**blameless))
    use.add_cases(desk, cases)
    (row,) = figures(desk)["by_outlet"]
    assert [(again["category"], again["times"]) for again in row["recurrences"]] == [("01.misdelivery", 3)]
    assert row["trend"][-1] == 2
    assert figures(desk, AUGUST)["by_outlet"][0]["recurrences"] == []


def test_repeated_is_the_same_phone_and_top_category_or_a_link(desk: Desk, make_case: Make) -> None:
    phone = {"customer": {"name": "周某", "phone": "13800000078"}}
    first, *_ = use.add_cases(desk, [make_case(**phone, opened_on="2019-06-01")]).cases
    use.add_cases(
        desk,
        [
            make_case(**phone, category="07.international"),
            make_case(**phone, category="01"),
            make_case(related=[{"number": first, "kind": "follow_up"}]),
        ],
    )
    assert figures(desk)["repeated"] == 2


def test_typical_are_released_closed_cases_and_masked(
    desk: Desk, make_case: Make, finished: dict[str, Any]
) -> None:
    customer = {"name": "欧阳若水", "phone": "13812345678"}
    story = "欧阳若水来电13812345678，邮件RR473124829GB未收到"
    shown = make_case(**closed_case(finished, typical=True, customer=customer, narrative=story))
    hidden = make_case(**closed_case(finished, customer=customer, narrative=story))
    still_open = make_case(typical=True)
    number, *_ = use.add_cases(desk, [shown, hidden, still_open]).cases
    found = figures(desk)
    assert found["typical"] == [number]
    text = str(found)
    assert "欧阳**" in text
    for personal in ("若水", "13812345678", "RR473124829GB"):
        assert personal not in text


def test_every_figure_has_its_definition(empty_desk: Desk) -> None:
    found = figures(empty_desk)
    for name in ("received", "closed", "in_progress", "overdue", "closing_rate", "in_time_rate", "mean_days"):
        assert found["definitions"][name].endswith(".")


def test_trend_has_thirteen_months_and_ends_with_this_one(desk: Desk, make_case: Make) -> None:
    use.add_cases(desk, [make_case(opened_on="2018-07-15"), make_case(opened_on="2018-06-15")])
    trend = figures(desk)["trend"]
    assert [trend[0]["month"], trend[-1]["month"], len(trend)] == ["2018-07", "2019-07", 13]
    assert trend[0]["received"] == 1
    assert figures(desk)["same_month_last_year"]["received"] == 1


def test_due_next_month_leaves_out_what_is_answered(desk: Desk, make_case: Make) -> None:
    """An inquiry of 10 July is due on 9 August."""
    use.add_cases(
        desk,
        [make_case(opened_on="2019-07-10"), make_case(opened_on="2019-07-10", answered_on="2019-07-20")],
    )
    assert summary(desk, JULY).due_next == 1


def test_figures_do_not_move_with_the_clock(desk: Desk, make_case: Make) -> None:
    """A month that is over is the same whichever later day it is asked on."""
    use.add_cases(desk, [make_case(kind="complaint"), make_case()])
    before = figures(desk)
    desk.now = lambda: datetime(2020, 1, 5, 9, 0)
    desk.today = lambda: date(2020, 1, 5)
    assert figures(desk) == before
