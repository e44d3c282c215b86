"""This is the place for open alarms as lines: one for each episode, its worst alarm in front, worst first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from healthmon.alarms import OpenCall
from healthmon.alarms.calls.answer_times import LONGEST_SNOOZE
from healthmon.alarms.classes import Priority as Urgency
from healthmon.alarms.states import Answer
from healthmon.view import words
from healthmon.view.alarm_book import URGENCY
from healthmon.view.answering import Standing
from healthmon.view.duty import DutyBook
from healthmon.view.open_alarm import AlarmKey, OpenAlarm
from healthmon.view.outgoing import Outgoing
from healthmon.view.person import Person
from healthmon.view.present import Present
from healthmon.view.screen import AlarmLine, AlarmPhase, Delivery, Offer, Priority

_MOST_CALLED: Final = 2  # of those who were called: the newest are named
_LENGTHS: Final = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 30, 60, 120))
_NOT_ANSWERED: Final = frozenset({AlarmPhase.ACTIVE, AlarmPhase.UNKNOWN})
# Half a step of urgency is taken off what is silenced or over, a step and a half off what somebody has taken:
# so a new medium alarm stands above a high one that is seen to, and a new low one (a battery, say) does not.
_SEEN_TO: Final = {AlarmPhase.LATCHED: 1.0, AlarmPhase.ACKNOWLEDGED: 3.0, AlarmPhase.TAKEN: 3.0}
_SNOOZED: Final = 1.0
_FLOOR: Final = -1.0
_PHASES: Final = {Answer.ACKNOWLEDGED: AlarmPhase.ACKNOWLEDGED, Answer.TAKEN: AlarmPhase.TAKEN}
_Sent = Mapping[tuple[str, str], Mapping[str, tuple[Delivery, str]]]


@dataclass(frozen=True, slots=True)
class _Seen:
    """One alarm as this screen sees it: `call` is what was answered, None when it is over."""

    one: OpenAlarm
    call: OpenCall | None
    phase: AlarmPhase
    is_snoozed: bool

    def rank(self) -> tuple[float, bool, datetime, AlarmKey]:
        """Worst first; a body before a machine, an older alarm before a newer one."""
        one = self.one
        urgency = URGENCY[one.priority] + _SEEN_TO.get(self.phase, 0.0)
        if self.phase is AlarmPhase.ACTIVE:
            urgency += _SNOOZED * self.is_snoozed + _FLOOR * one.is_floor
        return urgency, one.quantity is None, one.since, one.key


@dataclass(frozen=True, slots=True)
class _Told:
    """The words of one alarm, near and far; of one whose signal `is_lost` no number is of now."""

    text: str
    headline: str
    against: str
    is_lost: bool


class AlarmLines:
    """Makes the alarm bar's lines. One thread."""

    def __init__(self, outgoing: Outgoing, duty: DutyBook) -> None:
        self._outgoing = outgoing
        self._duty = duty

    def lines(
        self,
        alarms: Iterable[OpenAlarm],
        standing: Standing,
        people: Mapping[str, Person],
        present: Present,
    ) -> tuple[AlarmLine, ...]:
        """What the alarm bar shows."""
        episodes: dict[str, list[_Seen]] = {}
        for seen in sorted((_seen(one, standing.get(one.key)) for one in alarms), key=_Seen.rank):
            episodes.setdefault(seen.one.key.episode, []).append(seen)
        if not episodes:
            return ()
        sent = self._sent(present)
        made = (_line(mine, people.get(mine[0].one.person), sent, present) for mine in episodes.values())
        return tuple(one if one.calls else self._uncalled(one, present) for one in made)

    def _uncalled(self, line: AlarmLine, present: Present) -> AlarmLine:
        """One about which nobody was called. Where nobody will be, only whoever reads it knows."""
        is_vain = not present.is_recorded or not self._duty.order(line.person or None)
        return replace(line, calls=words.answers.NOBODY_CALLED) if is_vain and is_ringing(line) else line

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


def _line(alarms: list[_Seen], person: Person | None, sent: _Sent, present: Present) -> AlarmLine:
    """One episode; its alarms come worst first."""
    front, told = _looked_at(alarms[0], person, present)
    one, call = front.one, front.call
    said = sent.get(one.key, {})
    last = max(said.values(), key=lambda pair: pair[0] is Delivery.UNDELIVERED, default=None)
    is_seen = front.phase is AlarmPhase.ACKNOWLEDGED
    delivery = last[0] if last else Delivery.SETTLED if is_seen and one.is_seen_here else Delivery.NONE
    offers = _offers(front, said)
    return AlarmLine(
        episode=one.key.episode,
        alarm=one.alarm,
        person=one.person,
        person_name=one.whose(person),
        place=person.place if person else "",
        priority=one.priority,
        phase=front.phase,
        text=told.text,
        headline=told.headline,
        against=told.against,
        beside=_beside(front, person),
        task=_task(front, is_lost=told.is_lost, present=present),
        since=one.since,
        by=last[1] if last else _by(front),
        delivery=delivery,
        snoozed_until=call.until if call is not None and front.is_snoozed else None,
        state=_state(front, delivery, present),
        also=words.answers.also([_named(other.one) for other in alarms[1:]]),
        calls=_calls([seen.one for seen in alarms], present),
        offers=offers,
        snoozes=_snoozes(one.priority) if Offer.SNOOZE in offers else (),
        is_floor=one.is_floor,
    )


def _seen(one: OpenAlarm, call: OpenCall | None) -> _Seen:
    if one.is_over:
        return _Seen(one, None, AlarmPhase.LATCHED, is_snoozed=False)
    answer = call.answer if call is not None else Answer.UNANSWERED
    return _Seen(one, call, _PHASES.get(answer, AlarmPhase.ACTIVE), is_snoozed=answer is Answer.SNOOZED)


def _looked_at(seen: _Seen, person: Person | None, present: Present) -> tuple[_Seen, _Told]:
    """The alarm with what can be seen of its signal, and its words."""
    quantity, lost = seen.one.quantity or "", _lost(seen.one, person, present)
    if lost is None:
        return seen, _measured(seen.one, person, present)
    when, is_unknown = present.told(lost[0]), seen.phase is AlarmPhase.ACTIVE
    text, since = (say(quantity, lost[1], when) for say in (words.alarms.unknown, words.alarms.since))
    told = _Told(text, words.far.unknown(quantity), since, is_lost=True)
    return replace(seen, phase=AlarmPhase.UNKNOWN) if is_unknown else seen, told


def _measured(one: OpenAlarm, person: Person | None, present: Present) -> _Told:
    """Its words while its signal is there. What is measured now comes first: the number that rang is old."""
    raised, against = one.raised, words.alarms.against(one.raised)
    if one.is_over:
        far = words.far.over(raised)
        return _Told(
            f"{far}, {against}" if against else words.alarms.told(raised), far, against, is_lost=False
        )
    now = person.live(one.quantity, present) if person is not None and one.quantity is not None else None
    far, rang = words.far.headline(raised, now), words.far.rang_at(raised, now)
    if not rang:
        return _Told(words.alarms.told(raised), far, against, is_lost=False)
    against = f"{rang}, {against}" if against else rang
    return _Told(f"{far}, {against}", far, against, is_lost=False)


def _beside(seen: _Seen, person: Person | None) -> str:
    """Who sees to it, else whose alarm it is."""
    if seen.phase is AlarmPhase.TAKEN:
        return words.far.going(_by(seen))
    return words.far.seen(_by(seen)) if seen.phase is AlarmPhase.ACKNOWLEDGED else seen.one.whose(person)


def _task(seen: _Seen, *, is_lost: bool, present: Present) -> str:
    """What to do about it; nothing where somebody has seen it or is going."""
    one, call = seen.one, seen.call
    if seen.phase is AlarmPhase.LATCHED:
        return words.far.OVER
    if seen.phase not in _NOT_ANSWERED:
        return ""
    if seen.is_snoozed and call is not None and call.until is not None:
        return words.far.rings_again(present.told(call.until))
    if is_lost:
        return words.far.LOST if present.is_recorded else words.far.UNRECORDED
    return words.far.task(one.alarm, is_urgent=one.priority is Priority.HIGH)


def _by(seen: _Seen) -> str:
    is_answered = seen.phase in {AlarmPhase.ACKNOWLEDGED, AlarmPhase.TAKEN}
    return words.numbers.called(seen.call.answered_by) if seen.call is not None and is_answered else ""


def _lost(one: OpenAlarm, person: Person | None, present: Present) -> tuple[datetime, float] | None:
    """When the signal went: as the log says, or as can be seen while no recorder says anything."""
    if one.is_over or one.quantity is None:
        return None
    return one.lost or (person.lost(one.quantity, present) if person is not None else None)


def _offers(seen: _Seen, said: Mapping[str, tuple[Delivery, str]]) -> tuple[Offer, ...]:
    """What can be answered now. Low alarms neither sound nor call, so they want to be seen and no more."""
    if "ACKNOWLEDGES" in said or seen.phase is AlarmPhase.ACKNOWLEDGED:
        return ()
    one = seen.one
    if seen.phase not in _NOT_ANSWERED or one.priority is Priority.LOW or one.is_floor:
        return (Offer.ACKNOWLEDGE,)
    offers = [Offer.ACKNOWLEDGE]
    if "TAKES" not in said:
        offers.append(Offer.TAKE)
    if "SNOOZES" not in said:
        offers.append(Offer.WAKE if seen.is_snoozed else Offer.SNOOZE)
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
    one, call, by = seen.one, seen.call, _by(seen)
    left = call.until - present.now if call is not None and call.until is not None else timedelta()
    match seen.phase:
        case AlarmPhase.LATCHED:
            return words.answers.OVER
        case AlarmPhase.ACKNOWLEDGED:
            is_theirs = call is not None and call.answered_by == one.noted_by
            return words.answers.seen(by, one.note if is_theirs else "")
        case AlarmPhase.TAKEN:
            return words.answers.going(by, left)
    return words.numbers.joined(
        words.answers.LOST if seen.phase is AlarmPhase.UNKNOWN and present.is_recorded else "",
        words.answers.FLOOR if one.is_floor else "",
        words.answers.snoozed(left) if seen.is_snoozed else "",
    )


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
