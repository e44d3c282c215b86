"""This is the place for publishing a recording as devices: each record is a person with a watch of their own.

The last sample of every record happens now: at once all of it lies in the past, at a pace it ends at the
moment it is published. On a shared clock it begins now and takes its time by that clock.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import itemgetter

import numpy as np

from devices.live import AT_ONCE, messages
from devices.mqtt.exchange import Outlet
from devices.recording import Recording, Sample
from devices.things.voice import Saying, Voice, Words, told
from healthmon.clock import Clock
from healthmon.events import Thing
from healthmon.events.topics import is_name

_UNITS = {"HR": "/min", "SPO2": "%", "RR": "/min"}
_IN_FLIGHT = 60  # messages given to the outlet and not yet acknowledged
_LOOK = 0.2  # s of real time between two looks at the clock
_MOST_NAME = 64 - len("replay-")


@dataclass(frozen=True, slots=True)
class Pace:
    """How a recording becomes time: how many of its seconds pass in a real one, infinite for all at once.

    On a clock it passes as that clock does, and `speed` says nothing.
    """

    speed: float = math.inf
    on_clock: bool = False

    def shift(self, samples: list[Sample], now: float, span: float) -> float:
        """What to add to this record's times to make them moments."""
        if self.on_clock:
            return now - samples[0].at
        return now + span / self.speed - samples[-1].at

    def reached(self, now: float, start: float, span: float) -> float:
        """Up to which moment may be published, the clock showing `now` and the run begun at `start`."""
        if self.on_clock:
            return now
        if math.isinf(self.speed):
            return math.inf
        return start + span / self.speed - span + (now - start) * self.speed


@dataclass(slots=True)
class Told:
    """How many events were handed over of each quantity, and whether all of them were acknowledged."""

    counts: Counter[str]
    is_complete: bool = False


def device_of(record: str) -> str:
    """The id of a record's watch, fit for a topic; records with odd names keep apart."""
    if is_name(record) and len(record) <= _MOST_NAME:
        return f"replay-{record}"
    return "replay-" + hashlib.blake2b(record.encode(), digest_size=8).hexdigest()


def run(
    recording: Recording,
    outlet: Outlet,
    clock: Clock,
    pace: Pace,
    *,
    stops: Callable[[], bool],
) -> Told:
    """Publish the recording at this pace until its end or until `stops`, never far ahead of the broker."""
    start = math.floor(clock.now().timestamp())
    span = recording.span()
    remaining = iter(_sayings(recording, start, span, pace))
    told_so_far = Told(Counter())
    waiting = next(remaining, None)
    while waiting is not None and not stops():
        reached = pace.reached(clock.now().timestamp(), start, span)
        batch: list[Saying] = []
        while waiting is not None and waiting.at <= reached and len(batch) < AT_ONCE * 8:
            batch.append(waiting)
            waiting = next(remaining, None)
        told_so_far.counts.update(_quantity(saying) for saying in batch)
        _hand_over(batch, outlet, stops, is_early=len(batch) < AT_ONCE)
    told_so_far.is_complete = waiting is None
    return told_so_far


def _hand_over(batch: list[Saying], outlet: Outlet, stops: Callable[[], bool], *, is_early: bool) -> None:
    for device, payload in messages(batch):
        outlet.offer(device, payload)
    outlet.wait(_LOOK if is_early else 0.0)
    while outlet.unacknowledged() > _IN_FLIGHT and not stops():
        outlet.wait(0.01)


def _sayings(recording: Recording, start: float, span: float, pace: Pace) -> list[Saying]:
    """Every event of every record, in the order of their times."""
    boot = f"r{int(start * 1000):x}"
    sayings = [
        saying
        for record, samples in recording.samples.items()
        for saying in Voice(Thing("WATCH", device_of(record)), boot, claims={"person": record}).says(
            _words(samples, pace.shift(samples, start, span))
        )
    ]
    return sorted(sayings, key=itemgetter(0))


def _words(samples: list[Sample], shift: float) -> Iterator[Words]:
    moments = np.array([sample.at for sample in samples]) + shift
    for at, text, sample in zip(moments.tolist(), told(moments), samples, strict=True):
        for quantity, amount in sample.amounts:
            yield at, text, "MEASURES", Thing(quantity), {"value": amount, "unit": _UNITS[quantity]}


def _quantity(saying: Saying) -> str:
    thing = saying.said.object
    return thing.type if isinstance(thing, Thing) else thing
