"""This is the place for one alarm of one person: what it is told, where that takes it, when it wants waking.

Pure: it knows readings, answers and their times, and no clock. Each device's readings are timed apart, so a
watch that disagrees does not silence an oximeter: whichever holds first raises the alarm, and from then on
that device decides when it is over. If its signal goes, another device that is heard takes its place.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from healthmon.alarms.body import Body
from healthmon.alarms.classes import CLEARS_AFTER, URGENCY, AlarmClass, Priority
from healthmon.alarms.conditions import condition
from healthmon.alarms.episode import is_again
from healthmon.alarms.limits import Terms
from healthmon.alarms.onset import Onsets, Timer
from healthmon.alarms.reading import Reading
from healthmon.alarms.source import Source
from healthmon.alarms.spell import Spell
from healthmon.alarms.states import AWAKE, STEPS, Phase, Says, Signal

_BEYOND = Signal.BEYOND  # reading a member off an enum class is slow, and this is asked for every reading


class Turn(NamedTuple):
    """A step that is told to the world, when it was, and a word for why."""

    says: Says
    at: datetime
    why: str


class Alarm:
    """One row of the table for one person. Every method returns what is to be told, mostly nothing."""

    def __init__(
        self, row: AlarmClass, terms: Terms | None, sources: Mapping[str, Source], body: Body
    ) -> None:
        self.row, self.terms = row, terms
        self.condition = condition(row.kind, body.days(row.quantity))
        self.phase = Phase.CALM
        self.timer: Timer | None = None
        self.source: Source | None = None  # the device that raised it, or that took over
        self.episode = ""
        self.since: datetime | None = None
        self.priority = row.priority
        self.worst = 0.0
        self.reference: float | None = None  # what the readings were compared with, if not with the limit
        self.is_floor = False  # they went beyond the critical floor since it was raised
        self.answered_by = ""
        self._sources, self._body = sources, body
        self._onsets = Onsets(row.steadiness)
        self._over: Spell | None = None
        self._cleared_at: datetime | None = None
        self._resumed_at: datetime | None = None  # no reading came since: what fell due before waits for one

    @property
    def is_asleep(self) -> bool:
        """Whether a reading inside the limits cannot change anything."""
        return not self._onsets and self.phase not in AWAKE

    def rings_at(self, now: datetime) -> datetime | None:
        """When it will be raised if nothing changes, or None."""
        return None if self.phase in AWAKE else self._onsets.rings_at(now)

    def read(self, reading: Reading) -> list[Turn]:
        """A valid reading of one of the devices."""
        terms = self.terms
        if terms is None:
            return []
        zone = self.condition.zone(reading.source, reading.value, terms)
        if zone is not _BEYOND and self.is_asleep:
            return []
        self._resumed_at = None
        self._time_onset(reading, zone, terms)
        turns = self._follow(reading, zone) if self.phase in AWAKE else self._begin(reading)
        return self._settled(turns)

    def may_prove(self, reading: Reading) -> bool:
        """Whether a reading taken while walking may begin it: one that is beyond, and has to last long."""
        if self.row.steadiness is None or self.terms is None or self.phase in AWAKE:
            return False
        return self.condition.zone(reading.source, reading.value, self.terms) is _BEYOND

    def hold(self, source: Source, at: datetime, *, is_felt: bool = False) -> list[Turn]:
        """The device told at `at` that it has no signal; or felt something, and doubts it."""
        terms = self.terms if is_felt and self._onsets else None
        is_beyond = terms is not None and self.condition.still_holds(source, terms)
        self._onsets.hold(source, at, is_beyond=is_beyond)
        if source is self.source and self._over is not None and not self._over.hold(at, source.patience()):
            self._over = None
        return self._settled([])

    def lose(self, source: Source, at: datetime, why: str) -> list[Turn]:
        """The device was taken off or went offline."""
        turns = self._lost(at, why) if source is self.source and self.phase in AWAKE else []
        return self._settled(turns)

    def forget(self, source: Source) -> list[Turn]:
        """The device was taken off, or its clock set back: what it told before does not go on."""
        self._onsets.drop(source.device)
        self.condition.forget(source.device)
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

    def retune(self, terms: Terms | None, at: datetime) -> list[Turn]:
        """Other terms hold from now on; None switches it off. A delay that runs is as long as they say."""
        before, self.terms = self.terms, terms
        if terms == before:
            return []
        if terms is None:
            self._onsets.clear()
        elif before is not None:
            self._retime(before, terms)
        is_over = terms is None or (terms.is_off and not self.is_floor)
        return self._settled(self._step(Signal.OFF, at, "switched-off") if is_over else [])

    def resume(self, at: datetime) -> list[Turn]:
        """The recorder is back after a pause. What fell due meanwhile waits for the next reading."""
        source, turns = self.source, []
        if self.phase in AWAKE and source is not None and source.lost_at() <= at:
            turns = self._lost(at, "not-recorded")
        self._resumed_at = at
        return self._settled(turns)

    def fire(self) -> list[Turn]:
        """The timer's moment has come."""
        timer, self.timer = self.timer, None
        if timer is None:
            return []
        match timer.signal:
            case Signal.HELD | Signal.FLOOR:
                turns = self._proven(self._sources[timer.device], timer.due)
            case Signal.LASTED:
                turns = self._risen(timer.due)
            case Signal.OVER_SEEN:
                turns = self._ended(timer.due)
            case _ if self.phase not in AWAKE:
                self._onsets.drop(timer.device)
                turns = []
            case _:
                why = self.source.why if self.source is not None else ""
                turns = self._lost(timer.due, why or "silent")
        return self._settled(turns)

    def _time_onset(self, reading: Reading, zone: Signal, terms: Terms) -> None:
        is_critical = terms.is_critical(reading.value)
        if zone is not _BEYOND:
            self._onsets.leave(reading)
        elif self._body.lets_begin(self.row, reading.at, is_critical=is_critical):
            self._onsets.take(reading, terms)
        else:
            self._onsets.drop(reading.source.device)

    def _retime(self, before: Terms, terms: Terms) -> None:
        sources, still_holds = self._sources, self.condition.still_holds
        self._onsets.retime(
            terms.delay - before.delay,
            lambda device: still_holds(sources[device], terms),
            lambda device: terms.is_critical(sources[device].value),
        )

    def _begin(self, reading: Reading) -> list[Turn]:
        lasted = self._onsets.lasted(reading)
        return self._raised(reading.source, lasted) if lasted is not None else []

    def _follow(self, reading: Reading, zone: Signal) -> list[Turn]:
        critical = self._onsets.floor.spell(reading.source.device) if not self.is_floor else None
        reaches_floor = critical is not None and critical.has_lasted(reading.at)
        if reaches_floor or self.phase is Phase.UNKNOWN:
            self.source = reading.source
        if reading.source is not self.source or self.terms is None:
            return []
        self.worst = self.terms.worse(self.worst, reading.value)
        turns = self._step(zone, reading.at, "signal-back")
        if zone is Signal.CLEAR:
            return turns + self._recovers(reading)
        self._over = None
        if critical is not None and reaches_floor:
            return turns + self._sunk(critical.stamp(reading.at))
        return turns + (self._risen(reading.at) if self._rises_at(reading.at) else [])

    def _recovers(self, reading: Reading) -> list[Turn]:
        lag = reading.source.lag
        if self._over is None or not self._over.goes_on(reading.at, reading.patience, lag):
            self._over = Spell(reading.at, reading.value, CLEARS_AFTER, lag)
        elif self._over.has_lasted(reading.at):
            return self._ended(self._over.stamp(reading.at))
        return []

    def _proven(self, source: Source, at: datetime) -> list[Turn]:
        """A device's readings were beyond the limit, or the floor, for as long as it takes."""
        if self.phase not in AWAKE:
            return self._raised(source, at)
        self.source, self._over = source, None
        return self._sunk(at)

    def _raised(self, source: Source, at: datetime) -> list[Turn]:
        spell, terms = self._onsets.limit.spell(source.device), self.terms
        if spell is None or terms is None:
            return []
        self.is_floor = self._onsets.floor.has_lasted(source, at)
        comes_back = is_again(spell.since, self._cleared_at)
        if self.is_floor or not comes_back:
            self.answered_by = ""
        self.episode = self._body.course.begins(self.row.id, spell.since)
        self.source, self.since, self.worst = source, spell.since, spell.worst
        self.reference = self.condition.reference(source)
        self.priority = terms.priority  # before: what it was when it last rang tells nothing of this
        if self._rises_at(at):
            self.priority = Priority.HIGH
        why = "again" if comes_back else "held"
        if self.is_floor:
            return self._step(Signal.FLOOR, at, "floor" if comes_back else why)
        return self._step(Signal.HELD, at, why)

    def _sunk(self, at: datetime) -> list[Turn]:
        # What was answered was less than this.
        self.is_floor, self.answered_by = True, ""
        return self._step(Signal.FLOOR, at, "floor")

    def _rises_at(self, at: datetime) -> bool:
        due = self._rise_due()
        return due is not None and at >= due

    def _rise_due(self) -> datetime | None:
        if self.row.rises_after is None or self.since is None or self.priority is Priority.HIGH:
            return None
        return self.since + self.row.rises_after

    def _risen(self, at: datetime) -> list[Turn]:
        # What was answered was less urgent than this.
        self.priority, self.answered_by = Priority.HIGH, ""
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
        self._body.course.loses(self.row.id, at if row.to is Phase.UNKNOWN else None)
        self.phase = row.to
        if row.says is Says.CLEARS and at is not None:
            self._cleared_at, self._over = at, None
            self._onsets.clear()  # what another device told before, and no more, is over with it
            self._body.course.ends(self.row.id, at)
        return [] if row.says is None or at is None else [Turn(row.says, at, why)]

    def _settled(self, turns: list[Turn]) -> list[Turn]:
        if self.phase in {Phase.CALM, Phase.PENDING}:
            self._step(_BEYOND if self._onsets else Signal.BROKEN, None, "")
        self.timer = self._first_timer()
        return turns

    def _first_timer(self) -> Timer | None:
        if self.phase is Phase.UNKNOWN:
            return None
        source = self.source if self.phase in AWAKE else None
        timers = self._timers_awake(source) if source is not None else self._onsets.timers(self._sources)
        resumed = self._resumed_at
        return min((one for one in timers if resumed is None or one.wake > resumed), default=None)

    def _timers_awake(self, source: Source) -> list[Timer]:
        lost, rise = source.lost_at(), self._rise_due()
        timers = [Timer(lost + source.lag, lost, Signal.LOST, source.device)]
        sinks = self._onsets.floor.timer() if not self.is_floor else None
        if sinks is not None:
            timers.append(sinks)
        wake = self._over.wake() if self._over is not None else None
        if self._over is not None and wake is not None:
            timers.append(Timer(wake, self._over.due, Signal.OVER_SEEN, source.device))
        if rise is not None and self.phase is Phase.ACTIVE:
            timers.append(Timer(rise + source.lag, rise, Signal.LASTED, source.device))
        return timers
