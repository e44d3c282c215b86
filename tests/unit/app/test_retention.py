"""Only the oldest segments leave the log, only when asked to, and only when nothing is lost by it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from healthmon.app.retention import NOTHING, Facts, Plan, Rule, planned
from healthmon.log import Sealed
from healthmon.settings import ArchiveSettings

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SIZE = 1000


@pytest.fixture
def segments(tmp_path: Path) -> list[Sealed]:
    """Ten of 1,000 bytes and 100 events; the newest event of each is 100, 90, ... 10 days old."""
    made = []
    for place in range(10):
        path = tmp_path / f"segment-{place * 100:012d}.jsonl"
        path.write_bytes(b"x" * SIZE)
        last = NOW - timedelta(days=100 - 10 * place)
        made.append(
            Sealed(
                path=path,
                first_offset=place * 100,
                next_offset=(place + 1) * 100,
                first_received=last - timedelta(days=10),
                last_received=last,
                digest="d",
                size=SIZE,
                is_compressed=False,
            )
        )
    return made


def _plan(
    segments: list[Sealed],
    rule: Rule,
    *,
    free: int = 0,
    unproven: Callable[[Sealed], str | None] = lambda _segment: None,
) -> Plan:
    return planned(segments, rule, Facts(NOW, free, unproven))


def _days(count: int) -> Rule:
    return Rule(keep=timedelta(days=count))


def test_what_is_older_goes(segments: list[Sealed]) -> None:
    plan = _plan(segments, _days(75))

    assert (plan.before, len(plan.segments), plan.frees, plan.why_not) == (300, 3, 3 * SIZE, "")


def test_nothing_goes_when_nothing_is_old(segments: list[Sealed]) -> None:
    assert _plan(segments, _days(365)) == Plan(0, (), 0, NOTHING)


def test_nothing_goes_unless_somebody_asked() -> None:
    assert not Rule.of(ArchiveSettings()).asks


def test_the_settings_say_how_long_and_how_much() -> None:
    assert Rule.of(ArchiveSettings(keep_days=2, keep_free_gib=0.5)) == Rule(timedelta(days=2), 1 << 29)


def test_as_much_goes_as_the_disk_needs(segments: list[Sealed]) -> None:
    assert _plan(segments, Rule(keep_free=10_000), free=7_500).before == 300


def test_either_reason_is_enough(segments: list[Sealed]) -> None:
    rule = Rule(keep=timedelta(days=85), keep_free=10_000)

    assert _plan(segments, rule, free=5_000).before == 500


def test_the_last_week_never_goes_for_want_of_space(segments: list[Sealed]) -> None:
    young = [segment for segment in segments if segment.last_received is not None]
    plan = planned(young, Rule(keep_free=10**9), Facts(NOW - timedelta(days=35), 0, lambda _: None))

    assert (plan.before, "younger than 7 days" in plan.why_not) == (600, True)


def test_what_is_not_proven_stays_and_so_does_what_came_after_it(segments: list[Sealed]) -> None:
    plan = _plan(
        segments, _days(55), unproven=lambda one: "it is not archived" if one.first_offset == 200 else None
    )

    assert (plan.before, plan.why_not) == (200, "segment-000000000200.jsonl stays: it is not archived")


def test_an_empty_log_has_nothing_to_lose() -> None:
    assert _plan([], _days(1)).segments == ()
