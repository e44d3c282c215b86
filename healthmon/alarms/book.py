"""This is the place for everybody's alarms: people by quantity, which devices are worn, who moved when."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from healthmon.alarms.classes import MOST_STEPS, AlarmClass, Kind
from healthmon.alarms.doubt import is_doubted
from healthmon.alarms.episode import Who
from healthmon.alarms.followed import Followed
from healthmon.alarms.limits import Limits
from healthmon.alarms.machine import Alarm, Turn
from healthmon.alarms.onset import Timer
from healthmon.alarms.reading import Reading
from healthmon.alarms.source import Source
from healthmon.alarms.table import CLASSES
from healthmon.alarms.telling import remark
from healthmon.alarms.vital import Vital, whom
from healthmon.alarms.worn import Worn
from healthmon.events import Delivery, Entry, Remark, StreamListener
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
        self._learned = {row.quantity for row in table if row.kind is Kind.USUAL}
        self._followed = Followed(self._rows, self.limits)
        self._vitals = self._followed.vitals  # asked for with every reading
        self._worn = Worn()
        self._waiting: dict[Alarm, tuple[Timer, Vital]] = {}
        self.due: datetime | None = None  # when the first timer wants to be fired

    def measured(self, entry: Entry) -> Iterable[Remark] | None:
        """A device measured something. None: nothing is to be said, and no timer was set or taken off.

        Most readings come through `stream`. Those of nobody, and those of evaluation and what-if, come here:
        all looked at with care, they take four to nineteen times as long (bench rules).
        """
        context = entry.context
        value, person, subject = context.get("value"), context.get("person"), entry.subject
        who = person if type(person) is str and person else subject
        vital = self._vitals.get((who, entry.object.type))
        if (
            vital is not None
            and (type(value) is float or type(value) is int)
            and "delivery" not in context
            and ("quality" not in context or not is_doubted(context))
            and vital.goes_on(vital.sources.get(subject.name), entry, float(value))
        ):
            return None
        return self._measured_with_care(entry)

    def stream(self, entry: Entry) -> StreamListener:
        """The same for the ordinary readings of one stream, of a person: nobody who is followed goes unless
        they are forgotten, and then streams do too."""
        whose, device = (whom(entry), entry.object.type), entry.subject.name
        vital: Vital | None = None
        source: Source | None = None

        def hear(entry: Entry, value: float) -> Iterable[Remark] | None:
            nonlocal vital, source
            if source is None and (vital := self._vitals.get(whose)) is not None:
                source = vital.sources.get(device)
            if vital is not None and vital.goes_on(source, entry, value):
                return None
            return self._measured_with_care(entry)

        return hear

    def vital(self, who: Who, quantity: str) -> Vital:
        """A quantity of somebody's, followed from now on."""
        return self._followed.vital(who, quantity)

    def keep_only(self, kept: AlarmClass) -> None:
        """Leave out every other alarm; nothing more is said of them."""
        for quantity, rows in self._rows.items():
            self._rows[quantity] = [row for row in rows if row.id == kept.id]
        for vital in self._vitals.values():
            vital.keep_only(kept)
        self._waiting = {alarm: one for alarm, one in self._waiting.items() if alarm.row.id == kept.id}
        self.due = min((timer.wake for timer, _ in self._waiting.values()), default=None)

    def follows(self, quantity: str) -> bool:
        """Whether what is measured of this can matter to any alarm."""
        return quantity in self._rows or quantity == STEPS

    def put_on_or_off(self, entry: Entry) -> Iterable[Remark]:
        """A device says whether it is worn. What one measures that is not is no reading."""
        device, told_by = entry.subject.name, self._followed.told_by.get(entry.subject.name, ())
        felt_at = max((vital.sources[device].newest for vital in told_by), default=None)
        if not self._worn.holds(entry, device, felt_at):
            return
        is_off, at = self._worn.is_off(device), entry.time if entry.delivery is _LIVE else entry.received
        for vital in told_by:
            source = vital.sources[device]
            source.is_off = is_off
            source.lose_sight()
            for alarm in vital.alarms if is_off else ():
                alarm.forget(source)
                yield from self._said(vital, alarm, alarm.lose(source, at, "taken-off"))
            vital.settle()

    def came_or_went(self, entry: Entry) -> Iterable[Remark]:
        """A device's presence. One that is offline tells nothing; what it told may still be completed."""
        if entry.delivery is not _LIVE or entry.value != "OFFLINE":
            return
        for vital in self._followed.told_by.get(entry.subject.name, ()):
            source = vital.sources[entry.subject.name]
            for alarm in vital.alarms:
                yield from self._said(vital, alarm, alarm.lose(source, entry.time, "offline"))

    def assigned(self, entry: Entry) -> Iterable[Remark]:
        """A device was given to somebody: what it raised while it was nobody's is over, and begins anew."""
        for vital, alarm in self.alarms() if entry.counts_now and entry.person else ():
            if vital.body.who == entry.object:
                terms, turns = alarm.terms, alarm.retune(None, entry.received)
                alarm.retune(terms, entry.received)
                yield from self._said(vital, alarm, [turn._replace(why="assigned") for turn in turns])

    def set(self, entry: Entry) -> Iterable[Remark]:
        """A carer set a profile or a limit."""
        changed = self.limits.follow(entry)
        for vital in list(self._vitals.values()) if changed is not None else ():
            if vital.body.who != changed:
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
        meant = [(vital.body, alarm) for vital, alarm in self._meant(entry)]
        for vital, alarm in self.alarms():
            if any(body is vital.body and one.answers_for(alarm) for body, one in meant):
                yield from self._said(vital, alarm, alarm.answer(entry.subject.id))
                vital.settle()

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
        self._followed.forget(person)
        self._waiting = {alarm: one for alarm, one in self._waiting.items() if one[1].body.who != person}
        self.due = min((timer.wake for timer, _ in self._waiting.values()), default=None)

    def _measured_with_care(self, entry: Entry) -> Sequence[Remark]:
        quantity = entry.object.type
        if (quantity not in self._rows and quantity != STEPS) or not self._followed.has_room(whom(entry)):
            return ()
        if entry.delivery is not _LIVE:
            self._learn_old(entry)
            return ()
        if quantity == STEPS:
            self._note_steps(entry)
            return ()
        vital = self._followed.vital(whom(entry), quantity)
        source = self._source(vital, entry.subject.name, entry.time)
        if source.is_disordered(entry.time):
            return ()
        value, gate = entry.amount, GATES[quantity]
        is_felt = value is not None and gate[0] <= value <= gate[1]
        if source.is_off:
            self._may_be_worn(source, entry, is_felt=is_felt)
        if value is None or source.is_off or not is_felt:
            remarks = self._felt_nothing(vital, source, entry.time)
        else:
            remarks = self._read(vital, source, entry, value)
        vital.settle()
        return remarks

    def _may_be_worn(self, source: Source, entry: Entry, *, is_felt: bool) -> None:
        """A device that said it was taken off measures something, or nothing."""
        device, quantity = source.device, entry.object.type
        if not is_felt or is_doubted(entry.context):
            self._worn.feels_nothing(device, quantity)
        elif self._worn.shows(device, quantity, entry.received, source.patience()):
            for vital in self._followed.told_by[device]:
                vital.sources[device].is_off = False

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
        is_doubtful, is_shaken = is_doubted(entry.context), vital.body.is_shaken(at)
        if at >= source.sample_at and not is_doubtful and not is_shaken:
            vital.sample(source, at, value)
        reading = Reading(source, at, value, patience, is_shaken)
        for alarm in vital.alarms:
            is_no_sign = is_doubtful or (
                is_shaken and alarm.row.needs_stillness and not alarm.may_prove(reading)
            )
            turns = alarm.hold(source, at, is_felt=is_doubtful) if is_no_sign else alarm.read(reading)
            remarks += self._said(vital, alarm, turns)
        return remarks

    def _learn_old(self, entry: Entry) -> None:
        """A reading from a file, or a late one: it rings nothing, and tells what is usual."""
        quantity, value = entry.object.type, entry.amount
        if quantity not in self._learned or value is None or entry.delivery is Delivery.RETAINED:
            return
        low, high = GATES[quantity]
        if low <= value <= high:
            self._followed.body(whom(entry)).days(quantity).learn_old(entry.time, value, entry.received)

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

    def _source(self, vital: Vital, device: str, at: datetime) -> Source:
        known = vital.sources.get(device)
        if known is None:
            known = self._followed.source(vital, device, at)
            known.is_off = self._worn.is_off(device)
        return known

    def _note_steps(self, entry: Entry) -> None:
        steps, who = entry.amount, whom(entry)
        if steps is not None and 0 < steps <= MOST_STEPS:
            self._followed.body(who).moved(entry.time, steps)

    def _meant(self, entry: Entry) -> Iterator[tuple[Vital, Alarm]]:
        """The alarms a carer means: the episode they name, else the person's alarm that was on by then."""
        episode = entry.context.get("episode")
        for vital, alarm in self.alarms():
            if alarm.row.id != entry.object.id or alarm.since is None:
                continue
            if isinstance(episode, str):
                is_meant = alarm.episode == episode
            else:
                is_meant = vital.body.who == entry.person and alarm.since <= entry.time
            if is_meant:
                yield vital, alarm
