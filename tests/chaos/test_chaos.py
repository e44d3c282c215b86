"""A few kills in every run of the tests; `python3 dev.py chaos` does as many as one has patience for."""

from pathlib import Path

from tests.chaos.house import Chaos, run


def test_whatever_is_killed_what_was_acknowledged_is_in_the_log_in_order_and_once(tmp_path: Path) -> None:
    outcome = run(tmp_path, Chaos(kills=6, seed=7, devices=3))

    assert outcome.verdict.violation == ""
    assert outcome.verdict.acknowledged > 100
