"""This is the place for a home that lives now: it says what the clock has reached, and nothing twice."""

import itertools
import math
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from operator import itemgetter

from devices.mqtt.exchange import Outlet
from devices.things.household import Household
from devices.things.voice import Saying
from healthmon.clock import Clock, FastClock
from healthmon.events import wire

AT_ONCE = 200  # events in one message at most
_SHORTEST = 0.2  # s of real time between two looks at the clock
_LONGEST = 0.5  # s: how soon a request to stop is heard
_SLEPT = 3600.0  # s of the clock; a longer gap was a machine asleep, and is not told afterwards


def run(
    household: Household,
    outlet: Outlet,
    clock: Clock,
    *,
    start: float,
    stops: Callable[[], bool],
) -> int:
    """Publish what the home says from `start` (s since the epoch) until `stops`; how many events that were.

    Every event keeps its own time. A clock that steps back is waited for; what a suspended machine slept
    through beyond an hour is left out.
    """
    speed = clock.speed if isinstance(clock, FastClock) else 1.0
    reached, count = start, 0
    while not stops():
        now = clock.now().timestamp()
        reached = max(reached, now - _SLEPT)
        if now > reached:
            sayings = household.says(reached, now)
            for name, payload in messages(sayings):
                outlet.offer(name, payload)
            reached, count = now, count + len(sayings)
        outlet.wait(_pause(clock, speed, household.every))
    return count


def messages(sayings: Iterable[Saying]) -> Iterator[tuple[str, bytes]]:
    """What each device sends: its sayings in order, one event alone or some in an array."""
    by_device = sorted(sayings, key=itemgetter(1))  # stable: each device keeps its order
    for device, own in itertools.groupby(by_device, key=itemgetter(1)):
        said = [saying.said for saying in own]
        for begin in range(0, len(said), AT_ONCE):
            part = said[begin : begin + AT_ONCE]
            yield device, wire.write(part if len(part) > 1 else part[0])


def until(
    real_time: timedelta | None, asked: Callable[[], bool], monotonic: Callable[[], float] = time.monotonic
) -> Callable[[], bool]:
    """Whether it is time to stop: somebody asked, or so much real time has passed."""
    end = math.inf if real_time is None else monotonic() + real_time.total_seconds()
    return lambda: asked() or monotonic() >= end


def _pause(clock: Clock, speed: float, every: float) -> float:
    """Real seconds until the next reading is due: neither a busy loop nor deaf to a request to stop."""
    now = clock.now().timestamp()
    due = (math.floor(now / every) + 1) * every
    return min(_LONGEST, max(_SHORTEST if speed > 1 else 0.01, (due - now) / speed))
