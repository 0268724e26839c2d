"""Rules are built again when their rows or the seeds are others, and only then."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from postal_desk import paths
from postal_desk.services.desk import Desk
from postal_desk.store import rule_store
from postal_desk.store.kept_rules import KeptRules
from postal_desk.store.rule_records import RuleRecord


def test_the_same_rows_are_the_same_rules(desk: Desk) -> None:
    kept = KeptRules()
    with desk.work() as work:
        rules = kept.of(work, paths.seeds())
    with desk.work() as work:
        assert kept.of(work, paths.seeds()) is rules
    assert replace(rules, also_masked=desk.rules.also_masked) == desk.rules


def test_an_edited_rule_is_seen_at_once(desk: Desk) -> None:
    kept = KeptRules()
    with desk.work(write=True) as work:
        before = kept.of(work, paths.seeds())
        record = next(one for one in rule_store.load(work) if (one.kind, one.key) == ("category", "07"))
        name = {"zh": "查件", "en": "Tracing"}
        rule_store.put(
            work, RuleRecord("category", "07", {**record.payload, "name": name}), edited=True, seed_hash=""
        )
        assert kept.of(work, paths.seeds()).categories["07"].name.zh == "查件"
        assert before.categories["07"].name.zh != "查件"


def test_other_seeds_bring_their_word_lists(desk: Desk, tmp_path: Path) -> None:
    kept = KeptRules()
    (tmp_path / "reader").mkdir()
    (tmp_path / "reader" / "signs.toml").write_text('words = ["保健品"]', "utf-8")
    with desk.work() as work:
        assert "learnt" in kept.of(work, paths.seeds()).reader
        assert list(kept.of(work, tmp_path).reader) == ["signs"]
