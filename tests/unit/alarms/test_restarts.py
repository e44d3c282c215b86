"""A recorder that starts again and again watches with gaps: that is an alarm of its own."""

import pytest

from healthmon.alarms import TechnicalAlarms
from healthmon.events import Entry, Event, Thing
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.monitor import monitor_says
from tests.unit.rules.stream import START, moment


def after(*starts: float, until: float = 0) -> tuple[Logic, list[str]]:
    """What is said when recorders start then, none of which was there before, and the last one goes on."""
    logic, said = Logic((TechnicalAlarms(),)), list[Entry]()
    for second in starts:
        said += logic.start(monitor_says("STARTS", Thing("RECORDER"), moment(second), {}), moment(second))
    said += logic.tick(moment(until))
    alarms = [entry for entry in said if entry.object.type == "ALARM"]
    return logic, [f"{(entry.time - START).total_seconds():.0f} {entry.verb}" for entry in alarms]


@pytest.mark.parametrize("starts", [(0,), (0, 10), (0, 300, 601), (0, 700, 1_400, 2_100)])
def test_a_recorder_that_starts_now_and_then_is_no_alarm(starts: tuple[float, ...]) -> None:
    assert after(*starts, until=5_000)[1] == []


def test_the_third_start_within_ten_minutes_is_told_once_and_over_ten_minutes_after_the_last() -> None:
    assert after(0, 150, 300, 450, 600, until=5_000)[1] == ["300 RAISES", "1200 CLEARS"]


def test_a_start_after_a_long_rest_ends_it() -> None:
    assert after(0, 10, 20, 3_600, until=3_600)[1] == ["20 RAISES", "3600 CLEARS"]


def test_it_is_medium_and_the_monitors_own() -> None:
    logic, _ = after(0, 10)

    *_, raised = logic.start(monitor_says("STARTS", Thing("RECORDER"), moment(20), {}), moment(20))

    assert raised.object == Thing("ALARM", "RESTARTS")
    assert {**raised.context} == {
        "technical": True,
        "priority": "medium",
        "episode": f"RESTARTS:-:{START.isoformat()}",
        "since": START.isoformat(),
        "latched": False,
        "value": "often",
        "why": "held",
    }


def test_nobody_else_starts_a_recorder() -> None:
    logic, made = Logic((TechnicalAlarms(),)), list[Entry]()

    for second in (0, 10, 20):
        said = Event(
            id=f"s{second}",
            time=moment(second),
            subject=Thing("WATCH", "watch-7"),
            verb="STARTS",
            object=Thing("RECORDER"),
            context={},
        )
        made += logic.take(said, moment(second))

    assert [entry.verb for entry in made] == ["STARTS"] * 3
