"""This is the place for alarms that may begin: how long each device's readings have been beyond."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from healthmon.alarms.classes import FLOOR_BELIEVED_AFTER, FLOOR_DELAY
from healthmon.alarms.doubt import Steadiness
from healthmon.alarms.limits import Terms
from healthmon.alarms.reading import Reading
from healthmon.alarms.source import Source
from healthmon.alarms.spell import NOTHING, Spell
from healthmon.alarms.states import Signal


class Timer(NamedTuple):
    """A step that comes without a reading. `wake` is in the recorder's time, `due` in the readings'."""

    wake: datetime
    due: datetime
    signal: Signal
    device: str


class Onset:
    """A spell for each device whose readings are beyond. When one has lasted, that is `signal`.

    What does not keep the `steadiness`, if one is given, has to last for longer.
    """

    __slots__ = ("_signal", "_spells", "_steadiness")

    def __init__(self, signal: Signal, steadiness: Steadiness | None) -> None:
        self._signal, self._steadiness = signal, steadiness
        self._spells: dict[str, Spell] = {}

    def __bool__(self) -> bool:
        return bool(self._spells)

    @property
    def devices(self) -> Iterable[str]:
        """Whose readings are beyond."""
        return self._spells.keys()

    def spell(self, device: str) -> Spell | None:
        """This device's, if its readings are beyond."""
        return self._spells.get(device)

    def take(self, reading: Reading, delay: timedelta, worse: Callable[[float, float], float]) -> Spell:
        """A reading that is beyond: what it begins, or goes on with."""
        device, lag = reading.source.device, reading.source.lag
        spell = self._spells.get(device)
        if spell is None or not spell.goes_on(reading.at, reading.patience, lag):
            steadiness = self._steadiness
            spell = self._spells[device] = Spell(reading.at, reading.value, delay, lag, steadiness=steadiness)
            if reading.source.has_leapt and steadiness is not None:
                spell.wait_until(reading.at + steadiness.after_leap)
        else:
            spell.weigh(reading.value)
            spell.worst = worse(spell.worst, reading.value)
        if reading.is_shaken:
            spell.shake()
        return spell

    def leave(self, reading: Reading) -> None:
        """A reading that is not beyond."""
        source, steadiness = reading.source, self._steadiness
        spell = self._spells.get(source.device)
        has_leapt = source.has_leapt and steadiness is not None and steadiness.after_leap > NOTHING
        if spell is not None and not spell.leave(reading.at, reading.patience, has_leapt=has_leapt):
            del self._spells[source.device]

    def drop(self, device: str) -> None:
        """None that would go on with what was."""
        self._spells.pop(device, None)

    def hold(self, device: str, at: datetime, patience: timedelta, *, is_beyond: bool) -> None:
        """No signal at `at`; or one that is beyond, and doubted by the device itself."""
        spell = self._spells.get(device)
        if spell is not None and not spell.hold(at, patience, is_beyond=is_beyond):
            del self._spells[device]

    def retime(self, more: timedelta, still_holds: Callable[[str], bool]) -> None:
        """Other terms: the delay is so much longer, and some readings may not be beyond any more."""
        self._spells = {device: one for device, one in self._spells.items() if still_holds(device)}
        for spell in self._spells.values():
            spell.retime(more)

    def clear(self) -> None:
        """Nothing is beyond any more."""
        self._spells.clear()

    def has_lasted(self, source: Source, at: datetime) -> bool:
        """Whether this device's reading at `at` completes its spell."""
        spell = self._spells.get(source.device)
        return spell is not None and spell.has_lasted(at)

    def rings_at(self, now: datetime) -> datetime | None:
        """When the first is over, of those that run."""
        return min((one.due for one in self._spells.values() if one.is_running(now)), default=None)

    def timer(self) -> Timer | None:
        """The first that can be over without another reading."""
        waking = [(spell.wake(), device) for device, spell in self._spells.items()]
        return min(
            (Timer(wake, self._spells[device].due, self._signal, device) for wake, device in waking if wake),
            default=None,
        )


class Onsets:
    """The two ways in which an alarm begins: beyond its limit, and beyond the critical floor."""

    __slots__ = ("floor", "limit")

    def __init__(self, steadiness: Steadiness | None) -> None:
        sooner = replace(steadiness, believed_after=FLOOR_BELIEVED_AFTER) if steadiness is not None else None
        self.limit = Onset(Signal.HELD, steadiness)
        self.floor = Onset(Signal.FLOOR, sooner)

    def __bool__(self) -> bool:
        return bool(self.limit)

    def take(self, reading: Reading, terms: Terms) -> None:
        """A reading that is beyond the limit."""
        spell = self.limit.take(reading, terms.delay, terms.worse)
        if terms.is_critical(reading.value):
            self.floor.take(reading, FLOOR_DELAY, terms.worse).wait_until(spell.not_before)
        else:
            self.floor.drop(reading.source.device)

    def leave(self, reading: Reading) -> None:
        """A reading that is not beyond the limit."""
        self.limit.leave(reading)
        self.floor.leave(reading)

    def drop(self, device: str) -> None:
        """What this device told before does not go on."""
        self.limit.drop(device)
        self.floor.drop(device)

    def hold(self, source: Source, at: datetime, *, is_beyond: bool) -> None:
        """This device has no signal at `at`; or one beyond the limit that it doubts, which speaks for nothing
        and against nothing: not against being beyond the floor either."""
        for onset in (self.limit, self.floor):
            onset.hold(source.device, at, source.patience(), is_beyond=is_beyond)

    def retime(
        self, more: timedelta, still_holds: Callable[[str], bool], sinks: Callable[[str], bool]
    ) -> None:
        """Other terms: the delay is so much longer; not every reading may be beyond any more."""
        self.limit.retime(more, still_holds)
        self.floor.retime(NOTHING, sinks)

    def clear(self) -> None:
        """Nothing is beyond any more."""
        self.limit.clear()
        self.floor.clear()

    def lasted(self, reading: Reading) -> datetime | None:
        """When what this reading completes was complete, if it completes one of the two."""
        spells = (onset.spell(reading.source.device) for onset in (self.limit, self.floor))
        stamps = (spell.stamp(reading.at) for spell in spells if spell and spell.has_lasted(reading.at))
        return min(stamps, default=None)

    def rings_at(self, now: datetime) -> datetime | None:
        """When the first is over, of those that run."""
        running = (onset.rings_at(now) for onset in (self.limit, self.floor))
        return min((due for due in running if due is not None), default=None)

    def timers(self, sources: Mapping[str, Source]) -> list[Timer]:
        """What can be over without another reading; and when a device that says no more is given up."""
        timers = [timer for timer in (self.limit.timer(), self.floor.timer()) if timer is not None]
        for source in map(sources.__getitem__, self.limit.devices):
            # As long again: some of the silence may have been held.
            given_up = source.newest + 2 * source.patience()
            timers.append(Timer(given_up + source.lag, given_up, Signal.LOST, source.device))
        return timers
