"""This is the place for one alarm of one person: what it is told, where that takes it, when it wants waking.

Pure: it knows readings, answers and their times, and no clock. Each device's readings are timed apart, so a
watch that disagrees does not silence an oximeter: whichever holds first raises the alarm, and from then on
that device decides when it is over. If its signal goes, another device that is heard takes its place.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from healthmon.alarms.classes import CLEARS_AFTER, LONGEST_SNOOZE, URGENCY, AlarmClass, Priority
from healthmon.alarms.episode import Course, joins
from healthmon.alarms.limits import Terms
from healthmon.alarms.source import Source
from healthmon.alarms.spell import Spell
from healthmon.alarms.states import AWAKE, STEPS, Phase, Says, Signal


class Reading(NamedTuple):
    """A valid reading as an alarm takes it in. `patience` is how long its device may be silent before it."""

    source: Source
    at: datetime
    value: float
    patience: timedelta
    at_rest: bool


class Turn(NamedTuple):
    """A step that is told to the world, when it was, and a word for why."""

    says: Says
    at: datetime
    why: str


class Timer(NamedTuple):
    """A step that comes without a reading. `wake` is in the recorder's time, `due` in the readings'."""

    wake: datetime
    due: datetime
    signal: Signal
    device: str


class Alarm:
    """One row of the table for one person. Every method returns what is to be told, mostly nothing."""

    def __init__(
        self, row: AlarmClass, terms: Terms | None, sources: Mapping[str, Source], course: Course
    ) -> None:
        self.row, self.terms = row, terms
        self.phase = Phase.CALM
        self.timer: Timer | None = None
        self.source: Source | None = None  # the device that raised it, or that took over
        self.episode = ""
        self.since: datetime | None = None
        self.priority = row.priority
        self.worst = 0.0
        self.answered_by = ""
        self.snoozed_until: datetime | None = None
        self._sources, self._course = sources, course
        self._spells: dict[str, Spell] = {}
        self._over: Spell | None = None
        self._cleared_at: datetime | None = None

    @property
    def is_asleep(self) -> bool:
        """Whether a reading inside the limits cannot change anything."""
        return not self._spells and self.phase not in AWAKE

    def rings_at(self, now: datetime) -> datetime | None:
        """When it will be raised if nothing changes, or None."""
        running = (spell.due for spell in self._spells.values() if spell.is_running(now))
        return min(running, default=None) if self.phase not in AWAKE else None

    def read(self, reading: Reading) -> list[Turn]:
        """A valid reading of one of the devices."""
        if self.terms is None:
            return []
        zone = self.terms.judge(reading.value)
        if zone is not Signal.BEYOND and self.is_asleep:
            return []
        self._time_onset(reading, is_beyond=zone is Signal.BEYOND and reading.at_rest)
        turns = self._follow(reading, zone) if self.phase in AWAKE else self._begin(reading)
        return self._settled(turns)

    def hold(self, source: Source, at: datetime) -> list[Turn]:
        """The device told at `at` that it has no signal."""
        spell = self._spells.get(source.device)
        if spell is not None and not spell.hold(at):
            del self._spells[source.device]
        if source is self.source and self._over is not None and not self._over.hold(at):
            self._over = None
        return self._settled([])

    def lose(self, source: Source, at: datetime, why: str) -> list[Turn]:
        """The device was taken off or went offline."""
        turns = self._lost(at, why) if source is self.source and self.phase in AWAKE else []
        return self._settled(turns)

    def forget(self, source: Source) -> list[Turn]:
        """The device was taken off, or its clock set back: what it told before does not go on."""
        self._spells.pop(source.device, None)
        if source is self.source:
            self._over = None
        return self._settled([])

    def answers_for(self, other: "Alarm") -> bool:
        """Whether who has seen this one has seen that: the same episode, and not more urgent."""
        return self.episode == other.episode != "" and URGENCY[other.priority] <= URGENCY[self.priority]

    def answer(self, by: str) -> list[Turn]:
        """A carer acknowledged it, or one of its episode that is no less urgent."""
        self.answered_by = by
        self._step(Signal.SEEN, None, "")
        return self._settled([])

    def snooze(self, at: datetime, until: datetime) -> None:
        """A carer silenced it. Only the sound: everything is still told, and never for long."""
        self.snoozed_until = min(until, at + LONGEST_SNOOZE[self.priority])

    def retune(self, terms: Terms | None, at: datetime) -> list[Turn]:
        """Other limits hold from now on; None switches it off."""
        self.terms = terms
        if terms is not None:
            return []
        self._spells.clear()
        return self._settled(self._step(Signal.OFF, at, "switched-off"))

    def resume(self, at: datetime) -> list[Turn]:
        """The recorder is back after a pause. What fell due meanwhile waits for the next reading."""
        source, turns = self.source, []
        if self.phase in AWAKE and source is not None and source.lost_at() <= at:
            turns = self._settled(self._lost(at, "not-recorded"))
        if self.timer is not None and self.timer.wake <= at:
            self.timer = None
        return turns

    def fire(self) -> list[Turn]:
        """The timer's moment has come."""
        timer, self.timer = self.timer, None
        if timer is None:
            return []
        match timer.signal:
            case Signal.HELD:
                turns = self._raised(self._sources[timer.device], timer.due)
            case Signal.LASTED:
                turns = self._risen(timer.due)
            case Signal.OVER_SEEN:
                turns = self._ended(timer.due)
            case _:
                turns = self._lost(
                    timer.due, self.source.why if self.source and self.source.why else "silent"
                )
        return self._settled(turns)

    def _time_onset(self, reading: Reading, *, is_beyond: bool) -> None:
        device = reading.source.device
        spell = self._spells.get(device)
        if not is_beyond or self.terms is None:
            self._spells.pop(device, None)
        elif spell is None or not spell.goes_on(reading.at, reading.patience, reading.source.lag):
            self._spells[device] = Spell(
                reading.at,
                reading.value,
                self.terms.delay,
                reading.source.lag,
                believed_after=self.row.believed_after,
            )
        else:
            spell.weigh(reading.value)
            spell.worst = self.terms.worse(spell.worst, reading.value)

    def _begin(self, reading: Reading) -> list[Turn]:
        spell = self._spells.get(reading.source.device)
        if spell is None or not spell.has_lasted(reading.at):
            return []
        return self._raised(reading.source, spell.stamp(reading.at))

    def _follow(self, reading: Reading, zone: Signal) -> list[Turn]:
        if self.phase is Phase.UNKNOWN:
            self.source = reading.source
        if reading.source is not self.source or self.terms is None:
            return []
        self.worst = self.terms.worse(self.worst, reading.value)
        turns = self._step(zone, reading.at, "signal-back")
        if zone is not Signal.CLEAR:
            self._over = None
            return turns + (self._risen(reading.at) if self._rises_at(reading.at) else [])
        lag = reading.source.lag
        if self._over is None or not self._over.goes_on(reading.at, reading.patience, lag):
            self._over = Spell(reading.at, reading.value, CLEARS_AFTER, lag)
        elif self._over.has_lasted(reading.at):
            turns += self._ended(self._over.stamp(reading.at))
        return turns

    def _raised(self, source: Source, at: datetime) -> list[Turn]:
        spell, terms = self._spells[source.device], self.terms
        is_again = joins(spell.since, self._cleared_at)
        if not is_again:
            self.answered_by = ""
        self.episode = self._course.begins(self.row.id, spell.since)
        self.source, self.since, self.worst = source, spell.since, spell.worst
        self.priority = terms.priority if terms is not None else self.row.priority
        if self._rises_at(at):
            self.priority = Priority.HIGH
        return self._step(Signal.HELD, at, "again" if is_again else "held")

    def _rises_at(self, at: datetime) -> bool:
        due = self._rise_due()
        return due is not None and at >= due

    def _rise_due(self) -> datetime | None:
        if self.row.rises_after is None or self.since is None or self.priority is Priority.HIGH:
            return None
        return self.since + self.row.rises_after

    def _risen(self, at: datetime) -> list[Turn]:
        # What was answered or silenced was less urgent than this.
        self.priority, self.answered_by, self.snoozed_until = Priority.HIGH, "", None
        return self._step(Signal.LASTED, at, "lasting")

    def _ended(self, at: datetime) -> list[Turn]:
        needs_answer = self.terms is not None and self.terms.latches and not self.answered_by
        return self._step(Signal.OVER_UNSEEN if needs_answer else Signal.OVER_SEEN, at, "recovered")

    def _lost(self, at: datetime, why: str) -> list[Turn]:
        others = [one for one in self._sources.values() if one is not self.source and one.is_heard(at)]
        self._over = None
        if others:
            self.source = max(others, key=lambda one: one.newest)
            return []
        return self._step(Signal.LOST, at, why)

    def _step(self, signal: Signal, at: datetime | None, why: str) -> list[Turn]:
        row = STEPS.get((self.phase, signal))
        if row is None:
            return []
        self.phase = row.to
        if row.says is Says.CLEARS and at is not None:
            self._cleared_at, self._over = at, None
            self._course.ends(self.row.id, at)
        return [] if row.says is None or at is None else [Turn(row.says, at, why)]

    def _settled(self, turns: list[Turn]) -> list[Turn]:
        if self.phase in {Phase.CALM, Phase.PENDING}:
            self._step(Signal.BEYOND if self._spells else Signal.BROKEN, None, "")
        self.timer = self._first_timer()
        return turns

    def _first_timer(self) -> Timer | None:
        if self.phase is Phase.UNKNOWN:
            return None
        if self.phase in AWAKE and self.source is not None:
            return min(self._timers_awake(self.source))
        waking = [(spell.wake(), device) for device, spell in self._spells.items()]
        return min(
            (Timer(wake, self._spells[device].due, Signal.HELD, device) for wake, device in waking if wake),
            default=None,
        )

    def _timers_awake(self, source: Source) -> list[Timer]:
        lost, rise = source.lost_at(), self._rise_due()
        timers = [Timer(lost + source.lag, lost, Signal.LOST, source.device)]
        wake = self._over.wake() if self._over is not None else None
        if self._over is not None and wake is not None:
            timers.append(Timer(wake, self._over.due, Signal.OVER_SEEN, source.device))
        if rise is not None and self.phase is Phase.ACTIVE:
            timers.append(Timer(rise + source.lag, rise, Signal.LASTED, source.device))
        return timers
