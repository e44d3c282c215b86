"""This is the place for HR_UNUSUAL: a heart rate at rest above what is usual for this person at this hour.

It is for what limits for everybody miss: 96 is no alarm, unless this person's usual is 66. It names no cause.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from healthmon.advice.advise import Advise
from healthmon.advice.features import Features
from healthmon.advice.rest import Lack, Rest
from healthmon.advice.unusual import Stretch, Turn, Unusual
from healthmon.advice.unusual_terms import HR_UNUSUAL, OwnTerms, UnusualTerms
from healthmon.events import Context, Entry, Json, Listener, Remark, Thing
from healthmon.events.vocabulary import HR, USUAL_UNITS

NAME: Final = "unusual-rate"
MOST: Final = 64  # people who are followed, as by night; our choice
_THING: Final = Thing("ALARM", HR_UNUSUAL)
_SAYS: Final[Mapping[Turn, tuple[str, Context]]] = {
    Turn.RAISED: ("RAISES", {"why": "held"}),
    Turn.LOST: ("FLAGS", {"state": "unknown"}),
    Turn.KNOWN: ("FLAGS", {"state": "known", "phase": "active"}),
    Turn.RECOVERED: ("CLEARS", {"outcome": "recovered", "latched": False}),
    Turn.GIVEN_UP: ("CLEARS", {"outcome": "given-up", "latched": False}),
}
_LISTENED: Final = frozenset({("SETS", "ALARM"), ("STARTS", "RECORDER"), ("REPORTS", "GAP")})


class UnusualRate:
    """RAISES and CLEARS ALARM HR_UNUSUAL, low: seen, never heard, calling nobody. At whole minutes.

    Somebody rests (10 minutes without steps, of somebody whose steps are counted) in a worn device, readings
    are live and good, and for 10 minutes all of them lie above the limit: what is usual at rest at this hour,
    and above it the larger of three margins: 8 /min; what 95 % of the minutes stay within; what four in five
    days stay within for ten minutes. Silent until 14 days of this person are known (each with two hours of
    rest), for fewer cannot show what one day in five is like.

    What is usual, and the minutes, are the advice's: this hears no reading. It stands before it and before
    `Calls`, and is given the same object. A carer sets, within bounds, the margin (`value`), `delay_s` and
    `off`. The signal lost: FLAGS, state unknown, never over; given up after 3 hours.

    Context: value and unit (median of 5 minutes), reference (what is usual), limit, delay_s; also priority,
    episode `E:<person>:<since>`, since, worst, and why, outcome or state as in other alarms.
    """

    name = NAME

    def __init__(self, advise: Advise) -> None:
        self._advise = advise
        self._terms = OwnTerms()
        self._people: dict[str, Unusual] = {}
        self._judged: datetime | None = None  # the minute that was judged last
        self._gives_up: datetime | None = None

    def observe(self, entry: Entry) -> Iterable[Remark]:
        """What a carer sets, and that nobody recorded."""
        if (entry.verb, entry.object.type) not in _LISTENED:
            return ()
        said = tuple(self._set(entry) if entry.verb == "SETS" else self._resumed(entry))
        self._plan()
        return said

    def listener(self, verb: str, kind: str) -> Listener | None:
        """No readings: what a carer sets, and that nobody recorded."""
        return self.observe if (verb, kind) in _LISTENED else None

    def due(self) -> datetime | None:
        """The minute the advice is due at, or when something is given up."""
        minute, gives_up = self._next_minute(), self._gives_up
        if minute is None or gives_up is None:
            return minute or gives_up
        return min(minute, gives_up)

    def fire(self, at: datetime) -> Iterable[Remark]:  # noqa: ARG002  # the due time is what counts
        """Judge the minute that is due, whatever the time now is."""
        due = self.due()
        if due is None:
            return ()
        said: list[Remark] = []
        if due == self._next_minute():
            self._judged = due
            for who, features in self._advise.heard(due):
                said += self._minute(who, features, due)
        if said or self._gives_up is not None:
            said += self._given_up(due)
            self._plan()
        return said

    def forget(self, person: str) -> None:
        """Their bands, and what was set for them."""
        self._people.pop(person, None)
        self._terms.forget(person)
        self._plan()

    def _next_minute(self) -> datetime | None:
        """Each minute once: the advice begins anew at an earlier one when a slow clock comes back."""
        minute = self._advise.due()
        is_new = minute is not None and (self._judged is None or minute > self._judged)
        return minute if is_new else None

    def _minute(self, who: str, features: Features, at: datetime) -> Iterator[Remark]:
        one, found = self._people.get(who), features.rest(at)
        if isinstance(found, Lack):
            turn = one.lacks(at, found) if one is not None else None
            if one is not None and turn is not None and one.raised is not None:
                yield self._remark(who, one.raised, at, turn, {"why": found.value})
            return
        if one is None and len(self._people) < MOST:
            one = self._people[who] = Unusual()
        if one is not None:
            if found.day != one.day:
                one.turn_to(found.day, features.held_apart(at))
            yield from self._rest(who, one, found, at)

    def _rest(self, who: str, one: Unusual, found: Rest, at: datetime) -> Iterator[Remark]:
        terms = self._terms.of(who)
        for turn in one.rest(at, found, terms):
            if one.raised is None or terms.is_off:
                one.end()
                return
            yield self._remark(who, one.raised, at, turn)
            if turn is Turn.RECOVERED:
                one.end()

    def _given_up(self, at: datetime) -> Iterator[Remark]:
        for who, one in self._people.items():
            ends = one.given_up_at()
            if ends is not None and ends <= at and one.raised is not None:
                yield self._remark(who, one.raised, at, Turn.GIVEN_UP)
                one.end()

    def _set(self, entry: Entry) -> Iterator[Remark]:
        """A carer set terms: switched off, what is raised is over."""
        who = entry.person
        if not self._terms.follow(entry) or who is None or not self._terms.of(who).is_off:
            return
        one = self._people.get(who)
        if one is not None and one.raised is not None:
            off: Context = {"outcome": "switched-off"}
            yield self._remark(who, one.raised, entry.received, Turn.RECOVERED, off)
            one.end()

    def _resumed(self, entry: Entry) -> Iterator[Remark]:
        """Of the time that nobody recorded nothing is known."""
        if entry.subject.type != "MONITOR":
            return
        for who, one in self._people.items():
            turn = one.resume(entry.received)
            if turn is not None and one.raised is not None:
                yield self._remark(who, one.raised, entry.received, turn, {"why": "not-recorded"})

    def _plan(self) -> None:
        ends = (one.given_up_at() for one in self._people.values())
        self._gives_up = min((end for end in ends if end is not None), default=None)

    def _remark(
        self, who: str, raised: Stretch, at: datetime, turn: Turn, more: Context | None = None
    ) -> Remark:
        verb, said = _SAYS[turn]
        if turn is Turn.LOST:
            said = {**said, "unknown_since": raised.until.isoformat()}
        context = {**_context(who, raised, self._terms.of(who)), **said, **(more or {})}
        return Remark(NAME, verb, _THING, at, who, context)


def _context(who: str, raised: Stretch, terms: UnusualTerms) -> dict[str, Json]:
    since = raised.since.isoformat()
    return {
        "value": raised.rate,
        "unit": USUAL_UNITS[HR],
        "reference": round(raised.usual, 1),
        "limit": round(raised.usual + raised.margin, 1),
        "delay_s": terms.minutes * 60.0,
        "priority": "low",
        "episode": f"E:{who}:{since}",
        "since": since,
        "worst": raised.worst,
    }
