"""This is the place for the alarms that ring, rang or were seen to: RAISES, CLEARS, ACKNOWLEDGES, folded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from healthmon.alarms.classes import LONGEST_SNOOZE
from healthmon.alarms.classes import Priority as Urgency
from healthmon.events import Entry, Event
from healthmon.events.plain_text import made_plain
from healthmon.view import words
from healthmon.view.moments import end_of, moment_in
from healthmon.view.outgoing import Outgoing
from healthmon.view.person import Person
from healthmon.view.present import Present
from healthmon.view.priorities import NO_ALARM, Priorities
from healthmon.view.screen import AlarmLine, AlarmPhase, Delivery, Priority

# Half a step of urgency is taken off what is over, a step and a half off what somebody has taken: so a new
# medium alarm stands above a high one that is seen to, and a new low one (a battery, say) does not.
_URGENCY: Final = {Priority.HIGH: 0.0, Priority.MEDIUM: 2.0, Priority.LOW: 4.0}
_SEEN_TO: Final = {AlarmPhase.LATCHED: 1.0, AlarmPhase.ACKNOWLEDGED: 3.0}


@dataclass(slots=True)
class Episode:
    """One alarm from its first second until somebody has seen that it is over.

    `lost` is when its signal went and the last value, as the log tells it; None while there is a signal.
    """

    id: str
    person: str
    alarm: str
    priority: Priority
    since: datetime
    raised: Event
    is_over: bool = False
    by: str = ""
    acknowledged_here: bool = False
    snoozed_until: datetime | None = None
    lost: tuple[datetime, float] | None = None

    @property
    def quantity(self) -> str | None:
        """Which quantity of a body it is about, if any."""
        return words.alarms.quantity_of(self.alarm)

    def phase(self) -> AlarmPhase:
        """Where it is in its life, signal or no signal."""
        if self.is_over:
            return AlarmPhase.LATCHED
        return AlarmPhase.ACKNOWLEDGED if self.by else AlarmPhase.ACTIVE

    def is_snoozed(self, now: datetime) -> bool:
        """Whether somebody silenced it, and the time is not over."""
        return self.snoozed_until is not None and self.snoozed_until > now and not self.is_over

    def whose(self, person: Person | None) -> str:
        """Whom it is about, or which device when nobody was given that yet."""
        if person is not None:
            return person.name
        device = self.raised.context.get("device")
        return words.numbers.called(self.person) or (made_plain(device) if isinstance(device, str) else "")


class AlarmBook:
    """Every alarm that still wants somebody's eyes, worst first. One thread.

    An alarm that latches and ends unseen stays until it is acknowledged; another goes by itself.
    """

    def __init__(self, outgoing: Outgoing) -> None:
        self._open: dict[str, Episode] = {}
        self._outgoing = outgoing

    def fold(self, entry: Entry) -> None:
        """One entry about an ALARM."""
        match entry.verb:
            case "RAISES" | "ESCALATES":
                self._raise(entry)
            case "CLEARS":
                self._clear(entry)
            case "FLAGS":
                self._flag(entry)
            case "ACKNOWLEDGES":
                self._acknowledge(entry)
            case "SNOOZES":
                self._snooze(entry)

    def episodes(self) -> Iterable[Episode]:
        """Those that are open, in the order they began."""
        return self._open.values()

    def priorities(self, person: str) -> Priorities:
        """How urgent the alarms are that hold of this person now."""
        if not self._open:
            return NO_ALARM
        mine = [one for one in self._open.values() if one.person == person and not one.is_over]
        mine.sort(key=lambda one: _URGENCY[one.priority], reverse=True)
        by_quantity = {one.quantity: one.priority for one in mine if one.quantity}
        return Priorities(worst=mine[-1].priority if mine else None, by_quantity=by_quantity)

    def lines(self, people: Mapping[str, Person], present: Present) -> tuple[AlarmLine, ...]:
        """What the alarm bar shows."""
        if not self._open:
            return ()
        sent = self._sent(present)
        made = [(one, self._line(one, people.get(one.person), sent, present)) for one in self._open.values()]
        return tuple(line for _, line in sorted(made, key=lambda pair: _rank(*pair)))

    def _line(
        self,
        one: Episode,
        person: Person | None,
        sent: Mapping[str, tuple[Delivery, str]],
        present: Present,
    ) -> AlarmLine:
        phase, text = one.phase(), words.alarms.told(one.raised)
        lost = _lost(one, person, present)
        if lost is not None:
            phase = AlarmPhase.UNKNOWN if phase is AlarmPhase.ACTIVE else phase
            text = words.alarms.unknown(one.quantity or "", lost[1], present.told(lost[0]))
        delivery, by = sent.get(
            one.id, (Delivery.SETTLED if one.acknowledged_here else Delivery.NONE, one.by)
        )
        return AlarmLine(
            episode=one.id,
            person=one.person,
            person_name=one.whose(person),
            place=person.place if person else "",
            priority=one.priority,
            phase=phase,
            text=text,
            since=one.since,
            by=by,
            delivery=delivery,
            snoozed_until=one.snoozed_until if one.is_snoozed(present.now) else None,
        )

    def _sent(self, present: Present) -> dict[str, tuple[Delivery, str]]:
        """For each episode acknowledged here and not yet by the log: how far that got, and who said it."""
        return {
            one.id: (delivery, words.numbers.called(event.subject.id))
            for event, delivery in self._outgoing.pending(present.real)
            if event.verb == "ACKNOWLEDGES"
            for one in self._meant(event)
        }

    def _raise(self, entry: Entry) -> None:
        key = _episode_of(entry)
        known = self._open.get(key)
        if entry.verb == "ESCALATES" and known is not None:
            known.priority = min(known.priority, _priority(entry), key=_URGENCY.__getitem__)
            return
        self._forget_latched(entry)
        by = entry.context.get("acknowledged_by")
        self._open[key] = Episode(
            id=key,
            person=entry.person or "",
            alarm=entry.object.id,
            priority=_priority(entry),
            since=known.since if known is not None else moment_in(entry, "since") or entry.time,
            raised=entry,
            by=words.numbers.called(by) if isinstance(by, str) else "",
            acknowledged_here=known.acknowledged_here if known is not None and by else False,
            snoozed_until=moment_in(entry, "snoozed_until"),
        )

    def _forget_latched(self, entry: Entry) -> None:
        """It rings again: the line of the last time, over and unseen, would only stand beside it."""
        for one in [one for one in self._open.values() if one.is_over]:
            if one.person == (entry.person or "") and one.alarm == entry.object.id:
                del self._open[one.id]

    def _clear(self, entry: Entry) -> None:
        for one in self._meant(entry):
            if _latches(entry, one):
                one.is_over, one.lost = True, None
            else:
                del self._open[one.id]

    def _flag(self, entry: Entry) -> None:
        """The signal of an alarm that rings went, or came back."""
        for one in self._meant(entry):
            since = moment_in(entry, "unknown_since")
            is_unknown = entry.context.get("state") == "unknown" and since is not None
            one.lost = (since, entry.amount) if is_unknown and since and entry.amount is not None else None

    def _acknowledge(self, entry: Entry) -> None:
        for one in self._meant(entry):
            if one.is_over:
                del self._open[one.id]
            else:
                one.by = words.numbers.called(entry.subject.id)
                one.acknowledged_here = self._outgoing.was_said_here(entry.id)

    def _snooze(self, entry: Entry) -> None:
        until = end_of(entry)
        if until is None:
            return
        for one in self._meant(entry):
            one.snoozed_until = min(until, entry.time + LONGEST_SNOOZE[Urgency(one.priority.value)])

    def _meant(self, event: Event) -> list[Episode]:
        """Which open episodes this is about: the one it names, else this person's of that alarm."""
        named = event.context.get("episode")
        if isinstance(named, str) and named:
            return [self._open[named]] if named in self._open else []
        return [
            one
            for one in self._open.values()
            if one.person == (event.person or "") and one.alarm == event.object.id
        ]


def _lost(one: Episode, person: Person | None, present: Present) -> tuple[datetime, float] | None:
    """When the signal went: as the log says, or as can be seen while no recorder says anything."""
    if one.is_over or one.quantity is None:
        return None
    return one.lost or (person.lost(one.quantity, present) if person is not None else None)


def _latches(entry: Entry, one: Episode) -> bool:
    """Whether an alarm that is over waits to be seen: as the log says, else when it was urgent and unseen."""
    said = entry.context.get("latched")
    return said if isinstance(said, bool) else not one.by and one.priority is not Priority.LOW


def _rank(one: Episode, line: AlarmLine) -> tuple[float, bool, datetime, str]:
    """Worst first; a body before a machine, an older alarm before a newer one."""
    urgency = _URGENCY[line.priority] + _SEEN_TO.get(line.phase, 0.0)
    return urgency, one.quantity is None, line.since, line.episode


def _episode_of(event: Event) -> str:
    named = event.context.get("episode")
    return named if isinstance(named, str) and named else f"{event.person or ''}:{event.object.id}"


def _priority(event: Event) -> Priority:
    said = event.context.get("priority")
    return Priority(said) if isinstance(said, str) and said in set(Priority) else Priority.MEDIUM
