"""This is the place for low oxygen in old readings: flagged when it happened, never raised.

A live desaturation is the alarms' business. What comes late or from a file may not ring; it is told as
FLAGS DESATURATION, with the limits and delays of the alarms, at the time it happened.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median_high

from healthmon.events import Delivery, Entry, Listener, Remark, StreamListener, Thing
from healthmon.events.vocabulary import SPO2, USUAL_UNITS
from healthmon.events.wear import Wear
from healthmon.rules.levels import LEVELS, Level, PersonalLevels
from healthmon.rules.plausible import Reading, Who, reading, whom

NOTHING = timedelta()
HOLD = timedelta(seconds=15)  # our choice: so long may a signal be missing without breaking a spell
PERIODS = 3  # our choice: a silence longer than three usual intervals breaks a spell
UNKNOWN_PERIOD = timedelta(hours=1)  # our choice: allowed between the first two readings of a device
JOINS_WITHIN = timedelta(minutes=5)  # our choice: a shorter silence does not end an episode
REORDERED = timedelta(seconds=60)  # our choice: older than that it is another recording, not disorder

_OLD = frozenset({Delivery.LATE, Delivery.IMPORT})


class LowOxygen:
    """Flags saturations that stayed at or below a level for its delay, once for each episode.

    The delay counts valid readings: no signal holds it for up to 15 s and then breaks it, and so does a
    silence of more than three usual intervals of the device. With sparse readings two in a row are enough, if
    they are the delay apart. The next flag comes only after a reading 2 points above the limit.
    """

    name = "low-oxygen"

    def __init__(self, levels: tuple[Level, ...] = LEVELS) -> None:
        self._levels = levels
        self._personal = PersonalLevels()
        self._wear = Wear()
        self._courses: dict[tuple[Who, Delivery, str], _Course] = {}

    def observe(self, entry: Entry) -> Iterable[Remark]:
        """Judge one entry. A flag is stamped when the delay was over, or with the reading that told."""
        if entry.verb != "MEASURES":
            self._personal.follow(entry)
            self._wear.follow(entry)
            return ()
        if entry.object.type != SPO2 or "delivery" not in entry.context:
            return ()
        return list(self._judged(entry)) if entry.delivery in _OLD else ()

    def listener(self, verb: str, kind: str) -> Listener | None:
        """Everything but readings of other things than oxygen."""
        if verb != "MEASURES":
            return self.observe
        return self._measured if kind == SPO2 else None

    def _measured(self, entry: Entry) -> Iterable[Remark] | None:
        return self.observe(entry) if "delivery" in entry.context else None

    def stream(self, entry: Entry) -> StreamListener | None:  # noqa: ARG002 - the rules' common shape
        """Nothing: what is of now has alarms."""
        return None

    def due(self) -> datetime | None:
        """Never: what is old is judged when it comes."""
        return None

    def fire(self, at: datetime) -> Iterable[Remark]:  # noqa: ARG002 - the rules' common shape
        """Nothing: there are no timers here."""
        return ()

    def forget(self, person: str) -> None:
        """Their courses, and what a carer set for them."""
        self._personal.forget(person)
        self._courses = {key: course for key, course in self._courses.items() if key[0] != person}

    def _judged(self, entry: Entry) -> Iterator[Remark]:
        key = (whom(entry), entry.delivery, entry.subject.id)
        course = self._courses.get(key)
        if course is None:
            course = self._courses[key] = _Course()
        measured = None if self._wear.is_off(entry) else reading(entry)
        if measured is None:
            course.hold(entry.time)
        elif course.moves_to(measured.at):
            for level in self._levels:
                limit = self._personal.limit(measured.who, level)
                spell = course.judged(level, limit, measured)
                if spell is not None:
                    yield self._flagged(level, limit, spell, measured, entry.subject.id)

    def _flagged(self, level: Level, limit: float, spell: "_Spell", measured: Reading, device: str) -> Remark:
        return Remark(
            by=self.name,
            verb="FLAGS",
            object=Thing("DESATURATION", level.id),
            at=spell.due if measured.at - spell.due <= HOLD else measured.at,
            person=measured.person,
            context={
                "value": measured.value,
                "unit": USUAL_UNITS[SPO2],
                "limit": limit,
                "delay_s": level.delay.total_seconds(),
                "since": spell.since.isoformat(),
                "worst": spell.lowest,
                "device": device,
            },
        )


class _Spell:
    """Readings that stay at or below one level."""

    __slots__ = ("due", "lowest", "since")

    def __init__(self, since: datetime, delay: timedelta, lowest: float) -> None:
        self.since, self.due, self.lowest = since, since + delay, lowest


class _Course:
    """One device's saturations of one person in one stream, and the spells that are going on."""

    __slots__ = ("_held_from", "_spells", "_times", "_told")

    def __init__(self) -> None:
        self._times: deque[datetime] = deque(maxlen=9)
        self._held_from: datetime | None = None
        self._spells: dict[str, _Spell] = {}
        self._told: set[str] = set()  # levels that were flagged and are not over

    def hold(self, at: datetime) -> None:
        """No signal at `at`: the delay stands still."""
        if self._held_from is None and (not self._times or at >= self._times[-1]):
            self._held_from = at

    def moves_to(self, at: datetime) -> bool:
        """A reading comes at `at`. False when it is older than the newest: then it is not judged."""
        if self._times and at <= self._times[-1]:
            if self._times[-1] - at <= REORDERED:
                return False
            self._begin_anew()
        if self._times:
            self._wait_over(at)
        self._times.append(at)
        return True

    def judged(self, level: Level, limit: float, measured: Reading) -> _Spell | None:
        """The spell that has now lasted for the level's delay and was not told yet, if there is one."""
        if measured.value >= limit + level.hysteresis:
            self._told.discard(level.id)
        if measured.value > limit:
            self._spells.pop(level.id, None)
            return None
        spell = self._spells.get(level.id)
        if spell is None:
            self._spells[level.id] = _Spell(measured.at, level.delay, measured.value)
            return None
        spell.lowest = min(spell.lowest, measured.value)
        if level.id in self._told or measured.at < spell.due:
            return None
        self._told.add(level.id)
        return spell

    def _wait_over(self, at: datetime) -> None:
        """Judge the time between the newest reading and the one at `at`."""
        held = at - self._held_from if self._held_from is not None else NOTHING
        self._held_from = None
        silence = at - self._times[-1]
        if held > HOLD or silence - held > self._patience():
            self._spells.clear()
            if silence > JOINS_WITHIN:
                self._told.clear()
            return
        if held:
            for spell in self._spells.values():
                spell.due += held

    def _patience(self) -> timedelta:
        """How long this device may say nothing: three of its usual intervals, at least as long as a hold."""
        if len(self._times) < 2:
            return UNKNOWN_PERIOD
        usual = median_high(later - earlier for earlier, later in pairwise(self._times))
        return max(HOLD, PERIODS * usual)

    def _begin_anew(self) -> None:
        self._times.clear()
        self._spells.clear()
        self._told.clear()
        self._held_from = None
