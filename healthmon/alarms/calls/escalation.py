"""This is the place for who is called when, about one episode: from who is on duty, round and round.

at once      who is on duty: raised, lasting, floor; unsettled goes to whoever is next
unanswered   2 min (high) or 10 min (medium) after the last call: the next contact
a new round  10 min after everybody was called; six of them once the signal is lost
gap          whoever is next, or who is on duty when nobody was called for longer than between two rounds
recovered    when the episode is over: everybody who was called
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from healthmon.alarms.calls.answer_times import BETWEEN_ROUNDS, CALLS_APART, MOST_BLIND_ROUNDS, UNANSWERED
from healthmon.alarms.calls.called_alarm import CalledAlarm, Condition
from healthmon.alarms.classes import Priority

RAISED: Final = "raised"
UNANSWERED_YET: Final = "unanswered"
UNSETTLED: Final = "unsettled"
LASTING: Final = "lasting"
FLOOR: Final = "floor"
GAP: Final = "gap"
RECOVERED: Final = "recovered"

# With the next contact; the others with who is on duty.
_GOES_ON: Final = frozenset({UNSETTLED, UNANSWERED_YET, GAP})


class Call(NamedTuple):
    """One message to one contact, before it is said."""

    contact: str
    about: CalledAlarm
    why: str
    step: int


class _Told(NamedTuple):
    at: datetime
    urgency: int


class Escalation:
    """The calls about one episode. It knows no clock, no quiet hours, and nobody it is not told."""

    def __init__(self) -> None:
        self.asks = ""  # why somebody is to be called at once; empty: nobody is
        self.last: datetime | None = None  # when anybody was called
        self._asked_at: datetime | None = None
        self._round: tuple[str, ...] = ()  # called in this round
        self._called: tuple[str, ...] = ()  # since it began, and not told that it is over
        self._told: dict[str, _Told] = {}  # by contact: the last call
        self._named: CalledAlarm | None = None  # what they were called about
        self._urgency = -1
        self._step = 0
        self._blind_rounds = 0  # since the signal of what is called about was lost
        self._has_waited = False  # what fell due in a gap may wait anew, once

    @property
    def named(self) -> CalledAlarm | None:
        """The alarm that was named last."""
        return self._named

    def ask(self, why: str, at: datetime) -> None:
        """Somebody is to be called at once."""
        self.asks, self._asked_at = why, at

    def begin(self, alarm: CalledAlarm, why: str, at: datetime) -> None:
        """This alarm began, or became worse. What is no worse than what was called about goes with it."""
        if alarm.urgency > self._urgency:
            self.ask(why, at)

    def resume(self, alarm: CalledAlarm, at: datetime) -> None:
        """It is there again, unanswered: the ladder goes on where it was."""
        if self.asks == RECOVERED:
            self.asks = ""
        if self.last is None:
            self.begin(alarm, RAISED, at)
        elif alarm.is_technical and not self._called:
            self.last = (
                at  # a radio that comes and goes: all know that it was over, and what lasts is called about
            )

    def keep_up(self, worst: CalledAlarm | None) -> None:
        """This is the worst that wants somebody now. None: everything is answered, or its signal lost."""
        self._urgency = min(self._urgency, worst.urgency) if worst is not None else -1
        if worst is None and self.asks != RECOVERED:
            self.asks = ""

    def end(self, at: datetime, *, is_well: bool) -> None:
        """Nothing of it that calls is open any more. Where all is not well nobody is told that it is."""
        self.keep_up(None)
        if self._called and is_well:
            self.ask(RECOVERED, at)

    def wake(self, worst: CalledAlarm, at: datetime) -> None:
        """Nobody recorded for a while. A high alarm calls at once, if nobody was called just now.

        A milder one whose next call fell due meanwhile waits anew, but only once: a recorder that starts
        again and again would never call.
        """
        if self.last is not None and self.last + UNANSWERED[worst.priority] > at:
            return
        if worst.priority is Priority.HIGH:
            self._round = self._round if self.last is not None and self.last + BETWEEN_ROUNDS >= at else ()
            self.ask(GAP, at)
        elif self.last is not None and not self._has_waited:
            self.last, self._has_waited = at, True

    def renew(self, order: Sequence[str], at: datetime) -> None:
        """Other people are to be called: who is on duty now and was not called in this round is, at once."""
        if order and order[0] not in self._round and not self.asks:
            self.ask(UNANSWERED_YET, at)

    def hurry(self, contact: str, order: Sequence[str], at: datetime) -> None:
        """A message did not arrive. If it was the last one and others were not called, they are, at once."""
        is_last = bool(self._round) and self._round[-1] == contact
        if is_last and not self.asks and self._fresh(order):
            self.ask(UNANSWERED_YET, at)

    def due(self, worst: CalledAlarm | None, order: Sequence[str]) -> datetime | None:
        """When somebody is to be called, quiet hours apart; None while nobody is or nobody can be."""
        if self.asks == RECOVERED:
            return self._asked_at
        if worst is None or not order:
            return None
        if self.asks or self.last is None:
            return self._asked_at and max(self._asked_at, self._soonest(worst, order))
        if self._fresh(order):
            return self.last + UNANSWERED[worst.priority]
        is_blind = worst.condition is Condition.UNKNOWN
        return None if is_blind and self._blind_rounds >= MOST_BLIND_ROUNDS else self.last + BETWEEN_ROUNDS

    def calls(self, at: datetime, worst: CalledAlarm | None, order: Sequence[str]) -> list[Call]:
        """Whom to call now that it is due, about what and why."""
        why, self.asks = self.asks or UNANSWERED_YET, ""
        self.last, self._step, self._has_waited = at, self._step + 1, False
        about = self._named if why == RECOVERED else worst
        if about is None:
            return []
        if why == RECOVERED:
            contacts, self._called, self._round = self._called, (), ()
            return [Call(contact, about, why, self._step) for contact in contacts]
        return [self._next(at, about, why, order)]

    def _next(self, at: datetime, about: CalledAlarm, why: str, order: Sequence[str]) -> Call:
        contact, begins = self._whom(why, order), self._begins_round(why, order)
        self._round = (contact,) if begins else (*self._round, contact)
        self._blind_rounds = self._blind_rounds + begins if about.condition is Condition.UNKNOWN else 0
        self._called = tuple(dict.fromkeys([*self._called, contact]))
        self._named, self._urgency = about, about.urgency
        self._told[contact] = _Told(at, about.urgency)
        return Call(contact, about, why, self._step)

    def _whom(self, why: str, order: Sequence[str]) -> str:
        return order[0] if self._begins_round(why, order) else self._fresh(order)[0]

    def _begins_round(self, why: str, order: Sequence[str]) -> bool:
        return why not in _GOES_ON or not self._fresh(order)

    def _soonest(self, worst: CalledAlarm, order: Sequence[str]) -> datetime:
        """Before that whoever is next would be called twice in a minute, and about nothing worse."""
        told = self._told.get(self._whom(self.asks, order))
        return told.at + CALLS_APART if told is not None and told.urgency >= worst.urgency else worst.raised

    def _fresh(self, order: Sequence[str]) -> list[str]:
        return [name for name in order if name not in self._round]
