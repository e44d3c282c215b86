"""This is the place for one quantity of one person: what each of their devices last said of it."""

from datetime import datetime, timedelta
from enum import StrEnum
from math import inf
from typing import Final

from healthmon.events.plausible import GATES
from healthmon.view.devices import Device
from healthmon.view.present import Present
from healthmon.view.quantities import Quantity
from healthmon.view.trend import PERIODS_IN_A_GAP, TrendRing

# Nonin oximeters keep the last value for 10 s of bad signal, then show dashes: one lost beat is no news.
HELD: Final = 10.0  # seconds
# Masimo shows the last valid value for 5 min at most; after that an old number is only a risk.
BELIEVED: Final = timedelta(minutes=5)
_COMPARED: Final = timedelta(minutes=5)
_AROUND: Final = 30.0  # seconds on both sides of "five minutes ago"


class Trust(StrEnum):
    """What can be said of a device's newest reading."""

    LIVE = "live"
    OLD = "old"
    NO_PULSE = "no-pulse"
    NOT_WORN = "not-worn"


class Stream:
    """One device measuring one quantity of one person. `take` is the hottest line of the view."""

    __slots__ = (
        "_grey_after",
        "at",
        "claimed",
        "device",
        "is_live",
        "least",
        "most",
        "person",
        "quiet_at",
        "ring",
        "value",
        "vital",
    )

    def __init__(self, device: Device, person: str, vital: "Vital") -> None:
        self.device = device
        self.person = person
        self.claimed: str | None = None  # the person its readings name
        self.vital = vital
        self.ring = vital.ring
        self.least, self.most = GATES[vital.quantity.code]
        self._grey_after = vital.quantity.grey_after.total_seconds()
        self.at = -inf  # seconds since the epoch of the newest valid reading
        self.value = 0.0
        self.is_live = False
        self.quiet_at = -inf  # of the newest reading without a pulse

    def take(self, at: float, value: float, *, is_live: bool) -> None:
        """A reading. 0, and whatever no body can have, says that the device feels no pulse.

        What a device measures after it was taken off is of a table, and counts for nothing.
        """
        if at >= self.device.off_at:
            return
        if self.least <= value <= self.most:
            if at >= self.at:
                self.at, self.value, self.is_live = at, value, is_live
            self.ring.take(at, value)
        elif at > self.quiet_at:
            self.quiet_at = at

    def last_word(self) -> float:
        """When it last said anything of this quantity, or that it was taken off."""
        return max(self.at, self.quiet_at, self.off_at())

    def off_at(self) -> float:
        """When its wearer took it off; minus infinity while it is worn, be it by somebody else."""
        return self.device.off_at if self.device.off_at < inf and self.device.person == self.person else -inf

    def trust(self, present: Present) -> Trust:
        """How far its newest reading can be believed now."""
        if self.off_at() > -inf:
            return Trust.NOT_WORN
        age = present.seconds - self.at - present.forgiven_seconds
        if self.quiet_at > self.at and age > HELD:
            return Trust.NO_PULSE
        is_now = self.is_live and present.is_recorded and age <= self._grey_after
        return Trust.LIVE if is_now else Trust.OLD


class Vital:
    """One quantity of one person: the trend of all their devices together, and each device's newest word."""

    def __init__(self, quantity: Quantity) -> None:
        self.quantity = quantity
        self.ring = TrendRing()
        self.streams: list[Stream] = []
        self._change: tuple[int, float | None] = (-1, None)

    def connect(self, device: Device, person: str) -> Stream:
        """This device's stream; made when it never measured this before."""
        for stream in self.streams:
            if stream.device is device:
                return stream
        stream = Stream(device, person, self)
        self.streams.append(stream)
        return stream

    def best(self, present: Present) -> tuple[Stream, Trust] | None:
        """The stream to show: the newest live one, else whichever spoke last. None before the first word."""
        if len(self.streams) < 2:
            return (self.streams[0], self.streams[0].trust(present)) if self.streams else None
        judged = [(one, one.trust(present)) for one in self.streams]
        live = [pair for pair in judged if pair[1] is Trust.LIVE]
        if live:
            return max(live, key=lambda pair: pair[0].at)
        return max(judged, key=lambda pair: pair[0].last_word())

    def newest(self) -> float:
        """Seconds since the epoch of the newest valid reading of any device; minus infinity before it."""
        return max((stream.at for stream in self.streams), default=-inf)

    def believed_for(self) -> timedelta:
        """How long an old number stays: 5 min, or three periods of a device that measures seldom."""
        return max(BELIEVED, self.usual_silence())

    def usual_silence(self) -> timedelta:
        """Three of its learned periods: no longer silence is usual."""
        return timedelta(seconds=PERIODS_IN_A_GAP * (self.ring.period() or 0.0))

    def change(self) -> float | None:
        """The newest reading against the mean of the minute around five minutes before it."""
        version = self.ring.version
        if self._change[0] != version:
            self._change = (version, self._compared())
        return self._change[1]

    def _compared(self) -> float | None:
        newest = max(self.streams, key=lambda stream: stream.at)
        then = newest.at - _COMPARED.total_seconds()
        before = self.ring.mean(then - _AROUND, then + _AROUND)
        return None if before is None else newest.value - before


def moment(seconds: float, present: Present) -> datetime:
    """Seconds since the epoch as an aware time."""
    return datetime.fromtimestamp(seconds, present.now.tzinfo)
