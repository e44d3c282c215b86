"""This is the place for what an alarm asks of people: who answered, what sounds, who is called next."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import partial
from typing import NamedTuple

from healthmon.alarms.calls import telling
from healthmon.alarms.calls.called_alarm import CalledAlarm, Condition
from healthmon.alarms.calls.duty import Duty
from healthmon.alarms.calls.escalation import UNSETTLED
from healthmon.alarms.calls.home import CallsHome, hears, is_start
from healthmon.alarms.calls.pending import Pending
from healthmon.alarms.calls.quiet_hours import QuietHours
from healthmon.alarms.calls.sounding import Sounding, as_heard, rank
from healthmon.alarms.classes import Priority
from healthmon.alarms.states import Answer, Word
from healthmon.events import Entry, Listener, Remark
from healthmon.events.remark import Cause


@dataclass(frozen=True, slots=True)
class OpenCall:
    """An alarm that is not over, as those see it who must answer. `next_at`: when somebody is called."""

    alarm: str
    person: str | None
    device: str | None
    episode: str
    priority: Priority
    is_floor: bool
    is_unknown: bool
    answer: Answer
    answered_by: str
    until: datetime | None
    next_at: datetime | None


class _Due(NamedTuple):
    """Something to be said of itself, and when. Of one moment the first `turn` is first, then the `name`.

    Only what is of the same episode can be due at another time once it was said.
    """

    at: datetime
    turn: int
    episode: str
    name: str
    say: Callable[[datetime, Cause], Iterable[Remark]]


class Calls:
    """The rule of answers and calls: the answer side of every alarm, whoever raised it.

    Hears RAISES, CLEARS and FLAGS ALARM of the rules before it, what carers answer, set and hand over, and
    what the recorder tells of contacts, of gaps and of messages that arrived; no readings. Times are the
    recorder's. `healthmon.alarms.states` has the table of answers, `escalation` the ladder of calls,
    `answer_times` every number, `telling` the exact contexts. Whoever asks it something does so between
    two entries, from the thread of the logic.
    """

    name = telling.NAME

    def __init__(self) -> None:
        self._home = CallsHome()
        self._due: datetime | None = None
        self._heard_at: datetime | None = None  # what falls due earlier than that is due now

    def observe(self, entry: Entry) -> Iterable[Remark]:
        """Judge one entry, and say what follows from it at once."""
        is_late = self._due is not None and self._due <= entry.received
        if not self._home.hear(entry):
            return ()
        if is_late and not is_start(entry):
            return ()  # nobody recorded when it was due, and that is said in a moment: a start, or a gap
        self._heard_at = entry.received
        return self._said(entry.received, entry.offset)

    def listener(self, verb: str, kind: str) -> Listener | None:
        """Only what it acts on."""
        return self.observe if hears(verb, kind) else None

    def due(self) -> datetime | None:
        """When the next call is to go out, or a silence is over."""
        return self._due

    def fire(self, at: datetime) -> Iterable[Remark]:
        """Everything due at or before `at`, in its order and stamped with its own due time."""
        return self._said(at, None)

    def forget(self, person: str) -> None:
        """Nobody is called about them any more, and nothing is left of who was to be."""
        self._home.forget(person)
        self._due = min((one.at for one in self._dues()), default=None)

    def sounding(self, now: datetime) -> Sounding | None:
        """What is to be heard now: the worst alarm that nobody answered, unless it is paused or quiet."""
        audible = [one for one in self._home.book.alarms.values() if self._is_audible(one, now)]
        return as_heard(max(audible, key=rank)) if audible else None

    @property
    def duty(self) -> Duty:
        """Who can be called, and in which order. To be read, not changed."""
        return self._home.duty

    @property
    def quiet(self) -> QuietHours:
        """Who sleeps when, and where. To be read, not changed."""
        return self._home.quiet

    @property
    def paused_until(self) -> datetime | None:
        """When a carer's pause of all sound ends; None without one. It may be over."""
        return self._home.paused_until

    @property
    def sound_tested_at(self) -> datetime | None:
        """When a carer last wanted to hear what an alarm sounds like."""
        return self._home.sound_tested_at

    def pending(self) -> tuple[Pending, ...]:
        """The messages that were decided on and are neither delivered nor given up, oldest first."""
        return self._home.pending.all()

    def open_calls(self, now: datetime) -> tuple[OpenCall, ...]:
        """Every alarm that is not over, the worst first."""
        alarms = sorted((one for one in self._home.book.alarms.values() if one.is_open), key=rank)
        due = dict(self._calls_due())
        return tuple(_open_call(one, due.get(one.episode), now) for one in reversed(alarms))

    def zone_of(self, person: str | None = None) -> tzinfo:
        """Where a person's nights are: their zone, else the recorder's, else UTC."""
        return self._home.quiet.zone_of(person)

    def on_duty(self, person: str | None = None) -> str | None:
        """Who is called first about this person; None when nobody can be called."""
        order = self._home.duty.order(person)
        return order[0] if order else None

    def _is_audible(self, alarm: CalledAlarm, now: datetime) -> bool:
        if not alarm.wants_somebody or alarm.is_floor:
            return alarm.wants_somebody
        if self._home.paused_until is not None and now < self._home.paused_until:
            return False
        return alarm.ends_quiet or self._home.quiet.end(alarm.person, now) is None

    def _said(self, now: datetime, offset: int | None) -> list[Remark]:
        """Whatever is due by now: stamped now after an entry, else with its own time."""
        made: list[Remark] = []
        for contact in self._home.asked:
            made += self._test_of([contact], "asked", now, offset if offset is not None else now)
        self._home.asked.clear()
        dues = list(self._dues())
        while (first := min(dues, key=_in_order, default=None)) and first.at <= now:
            at = now if offset is not None else first.at
            made += first.say(at, at if offset is None else offset)
            dues = [one for one in dues if one.episode != first.episode] + list(self._dues(first.episode))
        self._due = first.at if first else None
        return made

    def _dues(self, only: str | None = None) -> Iterator[_Due]:
        """Everything that is to be said, or only what is of one episode; a weekly test is of none."""
        for alarm in self._home.book.alarms.values():
            runs_out = alarm.due() if only is None or alarm.episode == only else None
            if runs_out is not None:
                yield _Due(runs_out, 0, alarm.episode, " ".join(alarm.key), partial(self._lapse, alarm))
        for episode, due in self._calls_due(only):
            yield _Due(due, 1, episode, "", partial(self._call, episode))
        if self._home.weekly.due is not None and not only:
            yield _Due(self._home.weekly.due, 2, "", "", self._test_everybody)

    def _calls_due(self, only: str | None = None) -> Iterator[tuple[str, datetime]]:
        """When somebody is called about which episode: a medium one waits until quiet hours are over."""
        worst = self._home.book.worst(only)
        for episode, call in self._home.book.calls_about(only):
            about = worst.get(episode) or call.named
            due = call.due(worst.get(episode), self._home.duty.order(about.person)) if about else None
            if due is None or about is None:
                continue
            if not about.ends_quiet:
                due = self._home.quiet.end(about.person, max(due, self._heard_at or due)) or due
            yield episode, due

    def _lapse(self, alarm: CalledAlarm, at: datetime, _: Cause) -> Iterator[Remark]:
        """An answer ran out while the condition lasts; or a reading shows that it lasted."""
        by, why = alarm.by, alarm.owes
        if why:
            alarm.owes, alarm.owed_at = "", None
        else:
            why = alarm.hear(Word.LAPSED) or ""
        if alarm.condition is Condition.UNKNOWN:
            alarm.owes = why
        else:
            yield telling.raises(alarm, why, by, at)
        if alarm.wants_somebody:
            self._home.book.calls[alarm.episode].ask(UNSETTLED, at)

    def _call(self, episode: str, at: datetime, cause: Cause) -> Iterator[Remark]:
        call, worst = self._home.book.calls[episode], self._home.book.worst(episode).get(episode)
        about = worst or call.named
        for one in call.calls(at, worst, self._home.duty.order(about.person if about is not None else None)):
            if one.contact not in self._home.duty.known:
                continue
            one.about.heard = at
            remark = telling.escalates(one, at)
            name = self._home.pending.id_of(remark, cause)
            self._home.pending.add(telling.pending_call(one, name, at))
            yield remark

    def _test_everybody(self, at: datetime, cause: Cause) -> Iterator[Remark]:
        self._home.weekly.sent(at, self._home.quiet.home)
        return self._test_of(self._home.duty.tested(), "weekly", at, cause)

    def _test_of(self, contacts: Iterable[str], why: str, at: datetime, cause: Cause) -> Iterator[Remark]:
        for contact in contacts:
            if self._home.pending.is_tested(contact) or contact not in self._home.duty.known:
                continue
            remark = telling.tests(contact, why, at)
            self._home.pending.add(Pending(self._home.pending.id_of(remark, cause), contact, why, at))
            yield remark


def _in_order(due: _Due) -> tuple[datetime, int, str, str]:
    return due[:4]


def _open_call(alarm: CalledAlarm, due: datetime | None, now: datetime) -> OpenCall:
    return OpenCall(
        alarm=alarm.alarm,
        person=alarm.person,
        device=alarm.device,
        episode=alarm.episode,
        priority=alarm.priority,
        is_floor=alarm.is_floor,
        is_unknown=alarm.condition is Condition.UNKNOWN,
        answer=alarm.answer,
        answered_by=alarm.by,
        until=alarm.until,
        next_at=max(due, now) if due is not None and alarm.wants_somebody else None,
    )
