"""This is the place for open alarms as lines: one for each episode, its worst alarm in front, worst first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from healthmon.alarms.classes import LONGEST_SNOOZE
from healthmon.alarms.classes import Priority as Urgency
from healthmon.view import words
from healthmon.view.open_alarm import OpenAlarm
from healthmon.view.outgoing import Outgoing
from healthmon.view.person import Person
from healthmon.view.present import Present
from healthmon.view.screen import AlarmLine, AlarmPhase, Delivery, Offer, Priority

_MOST_CALLED: Final = 2  # of those who were called: the newest are named
_LENGTHS: Final = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 30, 60, 120))
_NOT_ANSWERED: Final = frozenset({AlarmPhase.ACTIVE, AlarmPhase.UNKNOWN})
_Sent = Mapping[tuple[str, str], Mapping[str, tuple[Delivery, str]]]


@dataclass(frozen=True, slots=True)
class _Seen:
    """One alarm as this screen sees it."""

    one: OpenAlarm
    phase: AlarmPhase
    text: str


class AlarmLines:
    """Makes the alarm bar's lines. One thread."""

    def __init__(self, outgoing: Outgoing) -> None:
        self._outgoing = outgoing

    def lines(
        self, alarms: Iterable[OpenAlarm], people: Mapping[str, Person], present: Present
    ) -> tuple[AlarmLine, ...]:
        """What the alarm bar shows."""
        episodes: dict[str, list[OpenAlarm]] = {}
        for one in sorted(alarms, key=lambda one: one.rank(present.now)):
            episodes.setdefault(one.key.episode, []).append(one)
        if not episodes:
            return ()
        sent = self._sent(present)
        return tuple(_line(mine, people.get(mine[0].person), sent, present) for mine in episodes.values())

    def _sent(self, present: Present) -> _Sent:
        """For each alarm, by episode and name, what was answered here and the log has not: how far it got."""
        found: dict[tuple[str, str], dict[str, tuple[Delivery, str]]] = {}
        for event, delivery in self._outgoing.pending(present.real):
            episode = event.context.get("episode")
            if event.object.type == "ALARM" and isinstance(episode, str):
                said = found.setdefault((episode, event.object.id), {})
                said[event.verb] = (delivery, words.numbers.called(event.subject.id))
        return found


def is_ringing(line: AlarmLine) -> bool:
    """Whether it asks for somebody: going on, and nobody has answered. A low one asks for nobody."""
    return line.phase in _NOT_ANSWERED and line.priority is not Priority.LOW


def _line(alarms: list[OpenAlarm], person: Person | None, sent: _Sent, present: Present) -> AlarmLine:
    """One episode; its alarms come worst first."""
    front = _seen(alarms[0], person, present)
    one = front.one
    said = sent.get((one.key.episode, one.alarm), {})
    last = max(said.values(), key=lambda pair: pair[0] is Delivery.UNDELIVERED, default=None)
    settled = Delivery.SETTLED if one.answers.seen_here else Delivery.NONE
    by = one.answers.seen_by or (one.answers.taken_by if one.is_taken(present.now) else "")
    is_snoozed = one.is_snoozed(present.now)
    offers = _offers(front, said, is_snoozed=is_snoozed)
    return AlarmLine(
        episode=one.key.episode,
        alarm=one.alarm,
        person=one.person,
        person_name=one.whose(person),
        place=person.place if person else "",
        priority=one.priority,
        phase=front.phase,
        text=front.text,
        since=one.since,
        by=last[1] if last else by,
        delivery=last[0] if last else settled,
        snoozed_until=one.answers.snoozed_until if is_snoozed else None,
        state=_state(front, last[0] if last else settled, present),
        also=words.answers.also([_named(other) for other in alarms[1:]]),
        calls=_calls(alarms, present),
        offers=offers,
        snoozes=_snoozes(one.priority) if Offer.SNOOZE in offers else (),
        is_floor=one.is_floor,
    )


def _seen(one: OpenAlarm, person: Person | None, present: Present) -> _Seen:
    phase, text = one.phase(present.now), words.alarms.told(one.raised)
    lost = _lost(one, person, present)
    if lost is not None:
        phase = AlarmPhase.UNKNOWN if phase is AlarmPhase.ACTIVE else phase
        text = words.alarms.unknown(one.quantity or "", lost[1], present.told(lost[0]))
    return _Seen(one, phase, text)


def _lost(one: OpenAlarm, person: Person | None, present: Present) -> tuple[datetime, float] | None:
    """When the signal went: as the log says, or as can be seen while no recorder says anything."""
    if one.is_over or one.quantity is None:
        return None
    return one.lost or (person.lost(one.quantity, present) if person is not None else None)


def _offers(seen: _Seen, said: Mapping[str, tuple[Delivery, str]], *, is_snoozed: bool) -> tuple[Offer, ...]:
    """What can be answered now. Low alarms neither sound nor call, so they want to be seen and no more."""
    if "ACKNOWLEDGES" in said or seen.phase is AlarmPhase.ACKNOWLEDGED:
        return ()
    if seen.phase not in _NOT_ANSWERED or seen.one.priority is Priority.LOW:
        return (Offer.ACKNOWLEDGE,)
    offers = [Offer.ACKNOWLEDGE]
    if "TAKES" not in said:
        offers.append(Offer.TAKE)
    if "SNOOZES" not in said and not is_snoozed and not seen.one.is_floor:
        offers.append(Offer.SNOOZE)
    return tuple(offers)


def _snoozes(priority: Priority) -> tuple[timedelta, ...]:
    """For how long its sound may be put off."""
    longest = LONGEST_SNOOZE[Urgency(priority.value)]
    return tuple(length for length in _LENGTHS if length <= longest) or (longest,)


def _state(seen: _Seen, delivery: Delivery, present: Present) -> str:
    if delivery is Delivery.SENDING:
        return words.answers.SENDING
    if delivery is Delivery.UNDELIVERED:
        return words.answers.UNDELIVERED
    one, said = seen.one, seen.one.answers
    match seen.phase:
        case AlarmPhase.ACKNOWLEDGED:
            return words.answers.seen(said.seen_by, said.note)
        case AlarmPhase.LATCHED:
            return words.answers.OVER
    told = [words.answers.LOST] if seen.phase is AlarmPhase.UNKNOWN else []
    if one.is_floor:
        told.append(words.answers.FLOOR)
    if said.taken_until is not None and one.is_taken(present.now):
        told.append(words.answers.going(said.taken_by, said.taken_until - present.now))
    elif said.snoozed_until is not None and one.is_snoozed(present.now):
        told.append(words.answers.snoozed(said.snoozed_until - present.now))
    return words.numbers.joined(*told)


def _named(one: OpenAlarm) -> str:
    name = words.alarms.title(one.alarm).lower()
    return words.answers.over(name) if one.is_over else name


def _calls(alarms: list[OpenAlarm], present: Present) -> str:
    """Who was called about any of them, the newest last; each contact once."""
    newest = {call.contact: call for call in sorted((c for a in alarms for c in a.calls), key=lambda c: c.at)}
    told = sorted(newest.values(), key=lambda call: call.at)[-_MOST_CALLED:]
    return words.numbers.joined(
        *(words.answers.called(call.contact, present.told(call.at), call.outcome) for call in told)
    )
