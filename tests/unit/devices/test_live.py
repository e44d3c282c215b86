"""A live home says what the clock has reached, each moment once, and never floods after a sleep."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from devices import live
from devices.people import at_home
from devices.things.voice import Saying
from healthmon.clock import FastClock, TurnedClock
from healthmon.events import wire
from tests.unit.devices.homes import START, Notebook, home, played

NOON = datetime.fromtimestamp(START, UTC)


@dataclass
class TurningNotebook(Notebook):
    """An outlet whose waits turn the clock by the next of these steps; then it is time to stop."""

    clock: TurnedClock = field(default_factory=lambda: TurnedClock(NOON))
    steps: list[timedelta] = field(default_factory=list)

    def wait(self, seconds: float) -> None:
        super().wait(seconds)
        if self.steps:
            self.clock.turn(self.steps.pop(0))

    def is_over(self) -> bool:
        return not self.steps


def lived(*steps: float) -> TurningNotebook:
    outlet = TurningNotebook(steps=[timedelta(seconds=step) for step in (*steps, 0)])
    still = played("after 0 s SCENARIO x SETS REST OF first", at_home(1))
    live.run(home(at_home(1), still), outlet, outlet.clock, start=START - 0.5, stops=outlet.is_over)
    return outlet


def rate_times(outlet: Notebook) -> list[float]:
    said = [one for one in outlet.said() if str(one.object) == "HR"]
    return [datetime.fromisoformat(str(one.time)).timestamp() - START for one in said]


def test_each_second_is_said_once() -> None:
    assert rate_times(lived(*[0.3] * 20)) == [float(second) for second in range(7)]


def test_a_fast_clock_sends_many_readings_in_one_message() -> None:
    outlet = lived(12, 12)
    to_watch = [payload for name, payload in outlet.taken if name == "watch-1"]

    assert [len(wire.read_said(payload)) for payload in to_watch] == [
        3,
        12,
        12,
    ]  # worn, steps and a rate; 12 rates
    assert rate_times(outlet) == [float(second) for second in range(25)]


def test_a_clock_that_steps_back_is_waited_for() -> None:
    assert rate_times(lived(3, -2, 1, 1, 2)) == [0, 1, 2, 3, 4, 5]


def test_what_a_suspended_machine_slept_through_is_left_out_beyond_an_hour() -> None:
    times = rate_times(lived(2, 10 * 3600))

    assert times[:3] == [0, 1, 2]
    assert times[3] == 9 * 3600 + 3
    assert len(times) == 3 + 3600


def test_a_message_holds_at_most_200_events_in_their_order() -> None:
    sayings = home(at_home(2)).says(START, START + 450)
    messages = list(live.messages(sayings))
    for device in ("watch-1", "oximeter-2"):
        parts = [wire.read_said(payload) for name, payload in messages if name == device]
        assert max(len(part) for part in parts) == 200
        assert [one.id for part in parts for one in part] == [
            one.said.id for one in sayings if one.device == device
        ]


def test_one_event_travels_alone() -> None:
    saying: Saying = home(at_home(1)).says(START, START + 1)[-1]

    assert next(live.messages([saying]))[1].startswith(b"{")


@pytest.mark.parametrize(("speed", "shortest", "longest"), [(1.0, 0.01, 0.5), (60.0, 0.2, 0.2)])
def test_waits_are_neither_busy_nor_deaf(speed: float, shortest: float, longest: float) -> None:
    outlet = Notebook()
    turns = iter([False] * 5 + [True])
    clock = FastClock(datetime.now(UTC), speed)

    live.run(home(at_home(1)), outlet, clock, start=clock.now().timestamp(), stops=lambda: next(turns))

    assert all(shortest <= wait <= longest for wait in outlet.waits)


def test_a_run_ends_after_its_time_or_when_asked() -> None:
    now = [100.0]
    by_time = live.until(timedelta(seconds=8), lambda: False, lambda: now[0])
    by_will = live.until(None, lambda: now[0] > 101, lambda: now[0])
    before = (by_time(), by_will())
    now[0] = 108.0

    assert before == (False, False)
    assert (by_time(), by_will()) == (True, True)
