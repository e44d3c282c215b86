"""This is the place for what studies say of coffee: much in a day, much at once, and late.

For information only: nothing of it sounds, calls or waits for an answer, and nothing says that coffee raises
a heart rate, for trials do not find it (Han 2023, 10.1093/nutrit/nuad110).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from healthmon.events import Delivery, Entry, Json, Listener, Remark, Thing
from healthmon.events.switches import Switches
from healthmon.events.vocabulary import COFFEE
from healthmon.rules.bed_time import BedTimes
from healthmon.rules.pots import DAY, Pots

NAME: Final = "coffee"
COFFEE_DAY, COFFEE_SINGLE, COFFEE_LATE = "COFFEE_DAY", "COFFEE_SINGLE", "COFFEE_LATE"
MOST_A_DAY: Final = 400.0  # mg: no concern for healthy adults, EFSA 2015 (efsa.europa.eu 4102)
MOST_AT_ONCE: Final = 200.0  # mg: the same
AT_ONCE: Final = timedelta(hours=1)  # our choice: what is drunk within it adds up; caffeine peaks by then
LATE: Final = timedelta(hours=8, minutes=48)  # before bed: Gardiner 2023, pubmed 36870101
MOST: Final = 64  # drinkers that are followed; our choice
_Who: TypeAlias = str | None  # None: the household
_HEARD: Final = frozenset(
    {("PERCOLATES", COFFEE), ("SETS", "QUIET_HOURS"), ("SETS", "PERSON"), ("REPORTS", "CONTACTS")}
    | {("SETS", "ALARM")}
)


class Coffee:
    """FLAGS COFFEE COFFEE_DAY, COFFEE_SINGLE or COFFEE_LATE, once for each day, hour and evening.

    A cup that names nobody is the household's: it counts for no person's day, and of it only COFFEE_LATE is
    said, with `household`. Late and imported cups count and say nothing. COFFEE_LATE needs a bed time: see
    `BedTimes`. A carer may switch each off (SETS ALARM COFFEE_LATE {off: true}).

    Context: value, unit and limit (mg within the time; h before bed); `wall`, the time of the cup on the
    clock of who drank it; of COFFEE_LATE `bed`, their usual bed time; household.
    """

    name = NAME

    def __init__(self) -> None:
        self._beds = BedTimes()
        self._switches = Switches({COFFEE_DAY, COFFEE_SINGLE, COFFEE_LATE})
        self._pots: dict[_Who, Pots] = {}
        self._said: dict[tuple[_Who, str], datetime] = {}  # until when it need not be said again

    def observe(self, entry: Entry) -> Iterable[Remark]:
        """Judge one entry."""
        if (entry.verb, entry.object.type) not in _HEARD:
            return ()
        if entry.verb == "PERCOLATES":
            return list(self._made(entry))
        if not self._switches.follow(entry):
            self._beds.follow(entry)
        return ()

    def listener(self, verb: str, kind: str) -> Listener | None:
        """Coffee, and what carers set."""
        return self.observe if (verb, kind) in _HEARD else None

    def due(self) -> datetime | None:
        """Never: coffee is told when it is made."""
        return None

    def fire(self, at: datetime) -> Iterable[Remark]:  # noqa: ARG002 - the rules' common shape
        """Nothing: there are no timers here."""
        return ()

    def forget(self, person: str) -> None:
        """What they drank, and when they sleep."""
        self._beds.forget(person)
        self._switches.forget(person)
        self._pots.pop(person, None)
        self._said = {key: until for key, until in self._said.items() if key[0] != person}

    def _made(self, entry: Entry) -> Iterator[Remark]:
        if entry.delivery is Delivery.RETAINED or entry.subject.type in {"MONITOR", "CAREGIVER"}:
            return
        who = entry.person
        if who not in self._pots and len(self._pots) >= MOST:
            return
        pots = self._pots.setdefault(who, Pots())
        pots.add(entry.subject.name, entry.time, _millilitres(entry), entry.received)
        if entry.delivery is not Delivery.LIVE:
            return
        yield from self._late(entry)
        if who is not None:
            yield from self._much(entry, COFFEE_SINGLE, (AT_ONCE, MOST_AT_ONCE))
            yield from self._much(entry, COFFEE_DAY, (DAY, MOST_A_DAY))

    def _much(self, entry: Entry, row: str, within: tuple[timedelta, float]) -> Iterator[Remark]:
        span, most = within
        drunk = round(self._pots[entry.person].caffeine(entry.time, span))
        if drunk > most:
            context: dict[str, Json] = {"value": drunk, "unit": "mg", "limit": most}
            yield from self._flagged(entry, row, entry.time + span, context)

    def _late(self, entry: Entry) -> Iterator[Remark]:
        bed = self._beds.bed(entry.person, entry.time)
        if bed is None or bed.at - entry.time >= LATE:
            return
        before = max(bed.at - entry.time, timedelta())
        context: dict[str, Json] = {
            "value": round(before / timedelta(hours=1), 1),
            "unit": "h",
            "limit": LATE / timedelta(hours=1),
            "bed": bed.wall,
        }
        yield from self._flagged(entry, COFFEE_LATE, bed.at + LATE, context)

    def _flagged(self, entry: Entry, row: str, until: datetime, context: dict[str, Json]) -> Iterator[Remark]:
        key = (entry.person, row)
        if self._switches.is_off(row, entry.person) or entry.time < self._said.get(key, entry.time):
            return
        self._said[key] = until
        context["wall"] = f"{entry.time.astimezone(self._beds.zones.of(entry.person)):%H:%M}"
        if entry.person is None:
            context["household"] = True
        yield Remark(NAME, "FLAGS", Thing(COFFEE, row), entry.time, entry.person, context)


def _millilitres(entry: Entry) -> float:
    """How much was made; nothing where the kettle does not say it in a unit that we know."""
    amount = entry.amount or 0.0
    return {None: amount, "mL": amount, "L": 1000 * amount}.get(entry.unit, 0.0)
