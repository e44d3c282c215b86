"""This is the place for everybody's alarms: people by quantity, which devices are worn, who moved when."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from healthmon.alarms.classes import CLASSES, MOST_STEPS, REST, AlarmClass
from healthmon.alarms.doubt import SHAKEN_FOR, WALKING, is_doubted
from healthmon.alarms.episode import Course, Who
from healthmon.alarms.limits import Limits
from healthmon.alarms.machine import Alarm, Reading, Timer, Turn
from healthmon.alarms.source import Source
from healthmon.alarms.states import AWAKE
from healthmon.alarms.telling import remark
from healthmon.alarms.vital import Vital, device_of, whom
from healthmon.events import Delivery, Entry, Remark
from healthmon.events.plausible import GATES

STEPS = "STEPS"

_NOTHING: Sequence[Remark] = ()
_LIVE = Delivery.LIVE  # reading a member off an enum class is slow, and this is asked for every reading


class AlarmBook:
    """Alarms by person and quantity, and the timers they have set. What it returns is what is to be said.

    Only live entries reach an alarm: nothing old ever raises, clears or changes one.
    """

    def __init__(self, table: Sequence[AlarmClass] = CLASSES) -> None:
        self.limits = Limits()
        self._rows: dict[str, list[AlarmClass]] = {}
        for row in table:
            self._rows.setdefault(row.quantity, []).append(row)
        self._vitals: dict[tuple[Who, str], Vital] = {}
        self._courses: dict[Who, Course] = {}
        self._told_by: dict[str, list[Vital]] = {}  # by device
        self._off: set[str] = set()  # devices that are not worn
        self._moved: dict[Who, datetime] = {}
        self._walked: dict[Who, datetime] = {}
        self._waiting: dict[Alarm, tuple[Timer, Vital]] = {}
        self.due: datetime | None = None  # when the first timer wants to be fired

    def measured(self, entry: Entry) -> Iterable[Remark] | None:
        """A device measured something. None: nothing is to be said, and no timer was set or taken off."""
        context = entry.context
        value, person, subject = context.get("value"), context.get("person"), entry.subject
        who = person if type(person) is str and person else subject
        vital = self._vitals.get((who, entry.object.type))
        if (
            vital is not None
            and vital.is_quiet
            and (type(value) is float or type(value) is int)
            and vital.lower < value < vital.upper
            and "delivery" not in context
        ):
            source = vital.sources.get(subject.id or subject.type)
            if source is not None and source.newest < entry.time:
                source.newest, source.value = entry.time, value
                source.times.append(entry.time)
                return None
        return self._measured_with_care(entry)

    def quiet_band(self, who: Who, quantity: str) -> tuple[float, float] | None:
        """Between which two values the next reading begins nothing and ends nothing; None: any may."""
        vital = self._vitals.get((who, quantity))
        return (vital.lower, vital.upper) if vital is not None and vital.is_quiet else None

    def is_pending(self, who: Who, quantity: str) -> bool:
        """Whether a delay runs: then every reading may count."""
        vital = self._vitals.get((who, quantity))
        alarms = vital.alarms if vital is not None else ()
        return any(not one.is_asleep and one.phase not in AWAKE for one in alarms)

    def follows(self, quantity: str) -> bool:
        """Whether what is measured of this can matter to any alarm."""
        return quantity in self._rows or quantity == STEPS

    def put_on_or_off(self, entry: Entry) -> Iterable[Remark]:
        """A device says whether it is worn. What one measures that is not is no reading."""
        device, is_off = device_of(entry), entry.value is False
        if entry.delivery is not _LIVE or not isinstance(entry.value, bool):
            return
        (self._off.add if is_off else self._off.discard)(device)
        for vital in self._told_by.get(device, ()):
            source = vital.sources[device]
            source.is_off = is_off
            for alarm in vital.alarms if is_off else ():
                alarm.forget(source)
                yield from self._said(vital, alarm, alarm.lose(source, entry.time, "taken-off"))
            vital.settle()

    def came_or_went(self, entry: Entry) -> Iterable[Remark]:
        """A device's presence. One that is offline tells nothing; what it told may still be completed."""
        if entry.delivery is not _LIVE or entry.value != "OFFLINE":
            return
        for vital in self._told_by.get(device_of(entry), ()):
            source = vital.sources[device_of(entry)]
            for alarm in vital.alarms:
                yield from self._said(vital, alarm, alarm.lose(source, entry.time, "offline"))

    def set(self, entry: Entry) -> Iterable[Remark]:
        """A carer set a profile or a limit."""
        changed = self.limits.follow(entry)
        for vital in list(self._vitals.values()) if changed is not None else ():
            if vital.who != changed:
                continue
            for alarm in vital.alarms:
                terms = self.limits.terms(changed, alarm.row)
                yield from self._said(vital, alarm, alarm.retune(terms, entry.time))
            vital.tune()
            vital.settle()

    def resume(self, at: datetime) -> Iterable[Remark]:
        """The recorder starts again: everything measured before is old."""
        for vital in self._vitals.values():
            for alarm in vital.alarms if not vital.is_quiet else ():
                yield from self._said(vital, alarm, alarm.resume(at))

    def answered(self, entry: Entry) -> Iterable[Remark]:
        """A carer acknowledged an alarm, and with it those of its episode that are not more urgent."""
        meant = [(vital.course, alarm) for vital, alarm in self._meant(entry)]
        for vital, alarm in self.alarms():
            if any(course is vital.course and one.answers_for(alarm) for course, one in meant):
                yield from self._said(vital, alarm, alarm.answer(entry.subject.id))
                vital.settle()

    def snoozed(self, entry: Entry, until: datetime) -> None:
        """A carer silenced an alarm until then."""
        for _, alarm in self._meant(entry):
            alarm.snooze(entry.time, until)

    def fire(self, at: datetime) -> Iterator[Remark]:
        """Fire every timer due at or before `at`, in their order."""
        while self.due is not None and self.due <= at:
            alarm = min(self._waiting, key=lambda one: self._waiting[one][0])
            vital = self._waiting[alarm][1]
            yield from self._said(vital, alarm, alarm.fire())
            vital.settle()

    def alarms(self) -> Iterator[tuple[Vital, Alarm]]:
        """Every alarm of everybody who was ever measured."""
        for vital in self._vitals.values():
            for alarm in vital.alarms:
                yield vital, alarm

    def forget(self, person: str) -> None:
        """Everything of this person's goes, with the timers it has set."""
        self.limits.forget(person)
        self._moved.pop(person, None)
        self._walked.pop(person, None)
        self._courses.pop(person, None)
        self._vitals = {key: vital for key, vital in self._vitals.items() if key[0] != person}
        for device, vitals in list(self._told_by.items()):
            self._told_by[device] = [vital for vital in vitals if vital.who != person]
        self._waiting = {alarm: one for alarm, one in self._waiting.items() if one[1].who != person}
        self.due = min((timer.wake for timer, _ in self._waiting.values()), default=None)

    def _measured_with_care(self, entry: Entry) -> Sequence[Remark]:
        quantity = entry.object.type
        if (quantity not in self._rows and quantity != STEPS) or entry.delivery is not _LIVE:
            return ()
        if quantity == STEPS:
            self._note_steps(entry)
            return ()
        vital = self._vital(whom(entry), quantity)
        source = self._source(vital, device_of(entry), entry.time)
        if source.is_disordered(entry.time):
            return ()
        value, gate = entry.amount, GATES[quantity]
        if value is None or source.is_off or not gate[0] <= value <= gate[1]:
            remarks = self._felt_nothing(vital, source, entry.time)
        else:
            remarks = self._read(vital, source, entry, value)
        vital.settle()
        return remarks

    def _felt_nothing(self, vital: Vital, source: Source, at: datetime) -> list[Remark]:
        source.why = "no-pulse"
        return [told for alarm in vital.alarms for told in self._said(vital, alarm, alarm.hold(source, at))]

    def _read(self, vital: Vital, source: Source, entry: Entry, value: float) -> list[Remark]:
        at = entry.time
        remarks: list[Remark] = []
        if source.is_set_back(at):
            source.forget()
            for alarm in vital.alarms:
                remarks += self._said(vital, alarm, alarm.forget(source))
        patience = source.patience()
        source.take(at, value, entry.received)
        is_doubtful, is_shaken = is_doubted(entry.context), self._is_shaken(vital.who, at)
        for alarm in vital.alarms:
            if is_doubtful or (is_shaken and alarm.row.needs_stillness):
                turns = alarm.hold(source, at)
            else:
                at_rest = not alarm.row.needs_rest or self._is_at_rest(vital.who, at)
                turns = alarm.read(Reading(source, at, value, patience, at_rest))
            remarks += self._said(vital, alarm, turns)
        return remarks

    def _said(self, vital: Vital, alarm: Alarm, turns: Sequence[Turn]) -> Sequence[Remark]:
        """What the alarm's steps come to; its timer is noted or taken off."""
        timer, known = alarm.timer, self._waiting.get(alarm)
        if timer is not None:
            self._waiting[alarm] = (timer, vital)
            if self.due is None or timer.wake < self.due:
                self.due = timer.wake
        elif known is not None:
            del self._waiting[alarm]
        if known is not None and known[0].wake == self.due:
            self.due = min((waiting.wake for waiting, _ in self._waiting.values()), default=None)
        return [remark(alarm, turn, vital.person) for turn in turns] if turns else _NOTHING

    def _vital(self, who: Who, quantity: str) -> Vital:
        known = self._vitals.get((who, quantity))
        if known is None:
            course = self._courses.setdefault(who, Course(who))
            known = self._vitals[who, quantity] = Vital(course, quantity, self._rows[quantity], self.limits)
        return known

    def _source(self, vital: Vital, device: str, at: datetime) -> Source:
        known = vital.sources.get(device)
        if known is None:
            known = vital.sources[device] = Source(device, at)
            known.is_off = device in self._off
            self._told_by.setdefault(device, []).append(vital)
        return known

    def _note_steps(self, entry: Entry) -> None:
        steps, who = entry.amount, whom(entry)
        if steps is not None and 0 < steps <= MOST_STEPS:
            self._moved[who] = max(entry.time, self._moved.get(who, entry.time))
            if steps >= WALKING:
                self._walked[who] = self._moved[who]

    def _is_at_rest(self, who: Who, at: datetime) -> bool:
        moved = self._moved.get(who)
        return moved is None or at - moved >= REST

    def _is_shaken(self, who: Who, at: datetime) -> bool:
        walked = self._walked.get(who)
        return walked is not None and at - walked <= SHAKEN_FOR

    def _meant(self, entry: Entry) -> Iterator[tuple[Vital, Alarm]]:
        """The alarms a carer means: the episode they name, else the person's alarm that was on by then."""
        episode = entry.context.get("episode")
        for vital, alarm in self.alarms():
            if alarm.row.id != entry.object.id or alarm.since is None:
                continue
            if isinstance(episode, str):
                is_meant = alarm.episode == episode
            else:
                is_meant = vital.who == entry.person and alarm.since <= entry.time
            if is_meant:
                yield vital, alarm
