"""A device with a wrong clock is told of, low, by the same judgement that times its readings by receipt."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from healthmon.app.keeping import logic as keeping
from healthmon.events import Entry, Event, Thing
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.settings import RuleSettings
from tests.fakes.pipeline import START, at

Clock = Callable[[float], float]


def _reading(told: float, second: int) -> Event:
    return Event(
        id=f"o:{second}",
        time=at(told),
        subject=Thing("WATCH", "watch-1"),
        verb="MEASURES",
        object=Thing("HR"),
        context={"value": 70 + second % 3, "unit": "/min", "person": "maria"},
    )


def _worn(clock: Clock, until: int, *, logic: Logic | None = None, start: int = 0) -> list[Entry]:
    logic = logic or _house()
    made = [
        entry
        for second in range(start, until)
        for entry in logic.take(_reading(clock(second), second), at(second + 0.2))
    ]
    return [one for one in made if one.object.type == "ALARM"]


def _house() -> Logic:
    return Logic(house_rules(RuleSettings()).rules)


def _told(said: list[Entry]) -> list[tuple[str, str]]:
    return [(one.verb, one.object.id) for one in said]


@pytest.mark.parametrize("slow_by", [62, 600, 9 * 3600, -62, -600, -9 * 3600])
def test_a_wrong_clock_is_told_once_and_nothing_else(slow_by: float) -> None:
    said = _worn(lambda now: now - slow_by, 300)

    assert _told(said) == [("RAISES", "CLOCK")]
    assert said[0].context["value"] == slow_by
    assert (said[0].person, said[0].context["priority"]) == ("maria", "low")
    assert said[0].received - START < timedelta(seconds=90)


@pytest.mark.parametrize("slow_by", [58, -4, 0])
def test_a_clock_that_is_nearly_right_is_not_told(slow_by: float) -> None:
    assert _worn(lambda now: now - slow_by, 300) == []


@pytest.mark.parametrize("slow_by", [600, 9 * 3600, -600, -9 * 3600])
def test_a_clock_that_was_set_right_is_over_in_two_minutes(slow_by: float) -> None:
    said = _worn(lambda now: now - (slow_by if now < 200 else 0), 400)

    assert _told(said) == [("RAISES", "CLOCK"), ("CLEARS", "CLOCK")]
    assert said[-1].received - START < timedelta(seconds=200 + 120)


def test_a_burst_of_stored_readings_is_no_wrong_clock() -> None:
    logic, made = _house(), list[Entry]()
    for second in range(600):
        made += logic.take(_reading(second - 3600, second), at(second / 100))
    for second in range(600, 900):
        made += logic.take(_reading(second, second), at(second + 0.2))

    assert "CLOCK" not in {one.object.id for one in made}


def test_a_checkpoint_says_the_same() -> None:
    whole = _worn(lambda now: now - 600, 120)
    logic = _house()
    first = _worn(lambda now: now - 600, 40, logic=logic)
    kept = keeping.brought_back([keeping.kept(logic)])
    assert kept is not None

    assert first + _worn(lambda now: now - 600, 120, logic=kept, start=40) == whole
