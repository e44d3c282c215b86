"""This is the place for RHR_RISE: a heart rate that was above its usual for two nights, told in the morning.

NightSignal (Alavi 2022, Nature Medicine, 10.1038/s41591-021-01593-2): two nights running of 4 /min or more
over the median of earlier nights are its red alert, of 3 its yellow one. Ours differs in three things: a
night's rate is the median of its minutes of rest, what is usual is that of the last 28 nights, and nights
that stand out do not become usual (see `nights`). It names no cause.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from healthmon.advice.night_minutes import NightMinutes
from healthmon.advice.nights import RISEN
from healthmon.advice.sleeper import YELLOW, Rise, Sleeper, Turn
from healthmon.advice.stream import STEPS, WORN
from healthmon.events import Context, Delivery, Entry, Json, Listener, Remark, StreamListener, Thing
from healthmon.events.switches import Switches
from healthmon.events.vocabulary import HR, USUAL_UNITS
from healthmon.events.wear import Wear
from healthmon.events.zones import Zones

RHR_RISE: Final = "RHR_RISE"
NAME: Final = "night-rise"
_SAYS: Final[Mapping[Turn, tuple[str, Context]]] = {
    Turn.RAISED: ("RAISES", {"why": "held"}),
    Turn.LOST: ("FLAGS", {"state": "unknown", "why": "no-nights"}),
    Turn.KNOWN: ("FLAGS", {"state": "known", "phase": "active"}),
    Turn.RECOVERED: ("CLEARS", {"outcome": "recovered", "latched": False}),
    Turn.GIVEN_UP: ("CLEARS", {"outcome": "given-up", "latched": False}),
}
MOST: Final = 64  # people who are followed; our choice


class NightRise:
    """RAISES and CLEARS ALARM RHR_RISE, low: seen, never heard, calling nobody. At 07:00 where they live.

    Only a night of live readings is news; late and imported ones teach what is usual. Seven nights have to be
    known. Milder rises (3 /min) are told once: FLAGS NIGHTS RHR_RISE. Two mornings without a night: FLAGS
    ALARM, state unknown; after 14 it is given up. Nothing is said of a morning that was not recorded. A carer
    may switch it off (SETS ALARM RHR_RISE {off: true}).

    Context: value and unit of the last night, reference (what is usual), limit; of the alarm also priority,
    episode `E:<person>:<since>`, since (00:00 of the first of the two nights), worst, and why, outcome or
    state as in other alarms.
    """

    name = NAME

    def __init__(self) -> None:
        self._zones = Zones()
        self._wear = Wear()
        self._switches = Switches({RHR_RISE})
        self._sleepers: dict[str, Sleeper] = {}

    def observe(self, entry: Entry) -> Iterable[Remark]:
        """Judge one entry."""
        listen = self.listener(entry.verb, entry.object.type)
        return (listen(entry) or ()) if listen is not None else ()

    def listener(self, verb: str, kind: str) -> Listener | None:
        """Heart rates and steps by night, what is worn, what carers set, and starts of the recorder."""
        listeners: dict[tuple[str, str], Listener] = {
            ("MEASURES", HR): self._with_care,
            ("MEASURES", STEPS): self._stepped,
            ("REPORTS", WORN): self._worn,
            ("SETS", "ALARM"): self._set,
            ("SETS", "PERSON"): self._lives,
            ("REPORTS", "CONTACTS"): self._lives,
            ("STARTS", "RECORDER"): self._started,
            ("REPORTS", "GAP"): self._started,
        }
        return listeners.get((verb, kind))

    def stream(self, entry: Entry) -> StreamListener | None:
        """Heart rates. By day that is one comparison."""
        person, sleepers = str(entry.person), self._sleepers
        off, is_off = self._wear.off, self._wear.is_off

        def hear(entry: Entry, value: float) -> Iterable[Remark] | None:
            one, at = sleepers.get(person), entry.time
            if one is None:
                return self._with_care(entry)
            tonight = one.tonight
            if tonight.begins <= at < tonight.ends and not (off and is_off(entry)):
                tonight.read(at, value)
            return None

        return hear if entry.object.type == HR else None

    def due(self) -> datetime | None:
        """The next morning."""
        return min((one.tonight.ends for one in self._sleepers.values()), default=None)

    def fire(self, at: datetime) -> Iterable[Remark]:
        """Every night that is over by `at`."""
        said: list[Remark] = []
        for who, one in list(self._sleepers.items()):
            while one.tonight.ends <= at:
                said += self._morning(who, one)
            if one.is_gone:
                del self._sleepers[who]
        return said

    def forget(self, person: str) -> None:
        """Their nights, and where they live."""
        self._sleepers.pop(person, None)
        self._zones.forget(person)
        self._switches.forget(person)

    def _stepped(self, entry: Entry) -> Iterable[Remark] | None:
        night = self._night(entry) if entry.amount else None
        if night is not None:
            night.walk(entry.time)
        return None

    def _with_care(self, entry: Entry) -> Iterable[Remark] | None:
        """The first reading of somebody, one that came late or from a file, or one that is not ordinary."""
        person, is_new = entry.person, entry.person not in self._sleepers
        if not person or entry.delivery is Delivery.RETAINED or (is_new and len(self._sleepers) >= MOST):
            return None
        if is_new:
            self._sleepers[person] = Sleeper(self._zones.of(person), entry.received)
        night, value = self._night(entry), self._wear.trusted(entry)
        if night is not None and value is not None:
            night.read(entry.time, value)
        return () if is_new else None

    def _night(self, entry: Entry) -> NightMinutes | None:
        """The night that something was said of, if it was one: only live ones of this one are told live."""
        one = self._sleepers.get(entry.person or "")
        if one is None or entry.delivery is Delivery.RETAINED:
            return None
        if entry.delivery is not Delivery.LIVE:
            return one.past(entry.time)
        tonight = one.tonight
        return tonight if tonight.begins <= entry.time < tonight.ends else None

    def _worn(self, entry: Entry) -> Iterable[Remark] | None:
        self._wear.follow(entry)
        return None

    def _morning(self, who: str, one: Sleeper) -> Iterator[Remark]:
        at, told = one.tonight.ends, one.morning()
        if self._switches.is_off(RHR_RISE, who):
            one.end()
        elif told is not None:
            yield _remark(who, *told, at)

    def _set(self, entry: Entry) -> Iterable[Remark] | None:
        """A carer switched it off: what is raised is over."""
        who = entry.person
        if not self._switches.follow(entry) or who is None or not self._switches.is_off(RHR_RISE, who):
            return None
        one = self._sleepers.get(who)
        if one is None or one.raised is None:
            return None
        rise = one.raised
        one.end()
        return (_alarm(who, rise, entry.received, "CLEARS", {"outcome": "switched-off", "latched": False}),)

    def _lives(self, entry: Entry) -> Iterable[Remark] | None:
        """Somebody lives by another clock: their next morning is another."""
        if not self._zones.follow(entry):
            return None
        for who, one in self._sleepers.items():
            one.move(self._zones.of(who), entry.received)
        return ()

    def _started(self, entry: Entry) -> Iterable[Remark] | None:
        """Of a morning that nobody recorded nothing is said."""
        if entry.subject.type != "MONITOR":
            return None
        for one in self._sleepers.values():
            one.begin(entry.received)
        return ()


def _numbers(rise: Rise, over: float) -> dict[str, Json]:
    return {
        "value": rise.rate,
        "unit": USUAL_UNITS[HR],
        "reference": rise.usual,
        "limit": rise.usual + over,
    }


def _remark(who: str, turn: Turn, rise: Rise, at: datetime) -> Remark:
    if turn is Turn.MILDER:
        return Remark(NAME, "FLAGS", Thing("NIGHTS", RHR_RISE), at, who, _numbers(rise, YELLOW))
    verb, more = _SAYS[turn]
    if turn is Turn.LOST:
        more = {**more, "unknown_since": rise.until.isoformat()}
    return _alarm(who, rise, at, verb, more)


def _alarm(who: str, rise: Rise, at: datetime, verb: str, more: Context) -> Remark:
    context: dict[str, Json] = {
        **_numbers(rise, RISEN),
        "priority": "low",
        "episode": f"E:{who}:{rise.since.isoformat()}",
        "since": rise.since.isoformat(),
        "worst": rise.worst,
        **more,
    }
    return Remark(NAME, verb, Thing("ALARM", RHR_RISE), at, who, context)
