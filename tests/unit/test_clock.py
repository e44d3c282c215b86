"""Three clocks, one face."""

from datetime import UTC, datetime, timedelta

import pytest

from healthmon.clock import ClockError, FastClock, SystemClock, TurnedClock, clock_from


def test_two_fast_clocks_of_one_text_agree() -> None:
    spec = FastClock(datetime.now(UTC) - timedelta(hours=1), 60).spec()
    one, other = FastClock.parse(spec), FastClock.parse(spec)

    told = [one.now(), other.now(), one.now()]

    assert told == sorted(told)  # what the other tells lies between, however long the machine looked away


def test_a_fast_clock_runs_its_speed_after_its_origin() -> None:
    origin = datetime.now(UTC) - timedelta(hours=1)

    ahead = FastClock(origin, 60).now() - origin

    assert timedelta(hours=60) <= ahead < timedelta(hours=61)


@pytest.mark.parametrize(
    "spec", ["noon", "2026-11-22T04:00:00Z", "2026-11-22T04:00:00@60", "2026-11-22T04:00:00Z@0", "@2"]
)
def test_a_text_that_is_no_clock_is_refused_with_an_example(spec: str) -> None:
    with pytest.raises(ClockError, match="ORIGIN@SPEED"):
        clock_from(spec)


def test_the_word_system_is_the_machines_clock() -> None:
    assert isinstance(clock_from("system"), SystemClock)


def test_a_turned_clock_stands_still() -> None:
    clock = TurnedClock(datetime(2026, 1, 1, tzinfo=UTC))

    clock.turn(timedelta(seconds=5))

    assert clock.now() == clock.now() == datetime(2026, 1, 1, 0, 0, 5, tzinfo=UTC)
