"""Each figure that differs has a name that people know, in both languages."""

from __future__ import annotations

from dataclasses import replace

from postal_desk import i18n
from postal_desk.domain.sentences import Label
from postal_desk.domain.summaries import Part, Summary
from postal_desk.reports.month_differences import differences
from tests.reports.sample_summary import full


def names(before: Summary, after: Summary, lang: str) -> list[str]:
    return [i18n.tell(one.name, lang) for one in differences(before, after)]


def test_an_opinion_is_called_by_its_name() -> None:
    before = full()
    fewer = replace(before.opinions[1], cases=before.opinions[1].cases - 1)
    after = replace(before, opinions=(before.opinions[0], fewer, *before.opinions[2:]))
    assert names(before, after, "zh_CN") == ["客户评价：基本满意"]
    assert names(before, after, "en") == ["Opinions: Fairly satisfied"]


def test_a_channel_and_a_business_of_one_code_keep_their_names() -> None:
    letter = Part("letter", Label("信函", "Letter"), 1, 1, 0, 0, 0, 0)
    mail = Part("letter", Label("函件", "Letter mail"), 1, 1, 0, 0, 0, 0)
    before = replace(full(), by_channel=(letter,), by_business=(mail,))
    after = replace(before, by_channel=(replace(letter, received=2),))
    assert names(before, after, "zh_CN") == ["信函：受理"]


def test_figures_of_measures_are_called_in_words() -> None:
    before = full()
    after = replace(before, measures=replace(before.measures, new=before.measures.new + 1))
    assert names(before, after, "zh_CN") == ["措施：新增"]
