"""This is the place for alarms that may begin: for each device how long its readings have been beyond."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from healthmon.alarms.doubt import Steadiness
from healthmon.alarms.reading import Reading
from healthmon.alarms.source import Source
from healthmon.alarms.spell import Spell
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

    def spell(self, device: str) -> Spell | None:
        """This device's, if its readings are beyond."""
        return self._spells.get(device)

    def take(self, reading: Reading, delay: timedelta, worse: Callable[[float, float], float]) -> None:
        """A reading that is beyond."""
        device, lag = reading.source.device, reading.source.lag
        spell = self._spells.get(device)
        if spell is None or not spell.goes_on(reading.at, reading.patience, lag):
            steadiness = self._steadiness
            spell = self._spells[device] = Spell(reading.at, reading.value, delay, lag, steadiness=steadiness)
        else:
            spell.weigh(reading.value)
            spell.worst = worse(spell.worst, reading.value)
        if reading.is_shaken:
            spell.shake()

    def drop(self, device: str) -> None:
        """A reading that is not, or none that would go on with what was."""
        self._spells.pop(device, None)

    def hold(self, device: str, at: datetime) -> None:
        """No signal at `at`."""
        spell = self._spells.get(device)
        if spell is not None and not spell.hold(at):
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
