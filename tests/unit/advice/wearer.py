"""This is the place for somebody made up who wears a watch and an oximeter, small enough for a test.

Calm nights, livelier days, a walk at ten; whatever else happens is asked for.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random

from healthmon.events import Context, Entry, Event, Json, Remark, Rule, Thing

START = datetime(2026, 11, 2, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)

_offsets = count()

Shift = Callable[[datetime], float]


@dataclass(frozen=True, slots=True)
class Wearer:
    """One person: what the watch and the oximeter would say."""

    person: str = "maria"
    night: float = 58.0
    oxygen: float = 97.0
    noise: float = 1.5
    seed: int = 1

    def days(self, number: int, start: datetime = START, delivery: str | None = "import") -> list[Entry]:
        """Whole days at one reading a minute, imported unless said otherwise."""
        return self.minutes(number * 1440, start, delivery=delivery)

    def minutes(
        self,
        number: int,
        start: datetime,
        *,
        delivery: str | None = None,
        every: float = 60.0,
        rate: Shift = lambda _: 0.0,
        oxygen: Shift = lambda _: 0.0,
    ) -> list[Entry]:
        """So many minutes, live unless said otherwise; `rate` and `oxygen` shift what is measured."""
        chance = Random(f"{self.seed} {self.person} {start}")
        made: list[Entry] = []
        for place in range(round(number * 60 / every)):
            at = start + timedelta(seconds=place * every)
            if at.second == 0:
                made.append(self._said("STEPS", walked(at), at, delivery))
            wave = self.night + _day(at) + 0.25 * walked(at) + chance.gauss(0, self.noise)
            made.append(self._said("HR", round(wave + rate(at)), at, delivery))
            air = self.oxygen + oxygen(at) + chance.gauss(0, 0.3)
            made.append(self._said("SPO2", min(100, round(air)), at, delivery))
        return made

    def _said(self, what: str, value: Json, at: datetime, delivery: str | None) -> Entry:
        return said(self.person, what, value, at, delivery=delivery)


def said(
    person: str,
    what: str,
    value: Json,
    at: datetime,
    *,
    device: str = "watch-1",
    delivery: str | None = None,
    quality: Json = None,
) -> Entry:
    """One reading, or WORN, as it stands in the log. Imports are received at the end of the story."""
    context: dict[str, Json] = {"person": person, "value": value, "delivery": delivery, "quality": quality}
    verb = "REPORTS" if what == "WORN" else "MEASURES"
    context = {key: held for key, held in context.items() if held is not None}
    return entry(Thing("WATCH", device), verb, Thing(what), at, context)


def entry(subject: Thing, verb: str, thing: Thing, at: datetime, context: Context) -> Entry:
    """An entry that was received when it happened."""
    offset = next(_offsets)
    event = Event(id=f"e{offset}", time=at, subject=subject, verb=verb, object=thing, context=context)
    return Entry.of(event, offset=offset, received=at)


def lives_in(person: str, zone: str, at: datetime, profile: str = "adult") -> Entry:
    """A carer tells where somebody lives, and as what."""
    context: Context = {"person": person, "zone": zone, "profile": profile}
    return entry(Thing("CAREGIVER", "anna"), "SETS", Thing("PERSON", person), at, context)


def alarm(verb: str, person: str, at: datetime, name: str = "SPO2_CRIT", priority: str = "high") -> Entry:
    """The monitor raises or clears an alarm."""
    context: Context = {"person": person, "priority": priority, "episode": "e1"}
    return entry(Thing("MONITOR"), verb, Thing("ALARM", name), at, context)


def walked(at: datetime) -> int:
    """Steps of this minute: a walk from ten to twenty past."""
    return 90 if at.hour == 10 and at.minute < 20 else 0


def played(rule: Rule, entries: Iterable[Entry], *, tick: timedelta | None = None) -> list[Remark]:
    """What a rule says to these entries, woken as the recorder does it, and each `tick` as well."""
    return list(_played(rule, entries, tick))


def _played(rule: Rule, entries: Iterable[Entry], tick: timedelta | None) -> Iterator[Remark]:
    now: datetime | None = None
    for one in entries:
        while tick and now and now + tick < one.received:
            now += tick
            yield from _woken(rule, now)
        now = one.received
        yield from _woken(rule, now)
        yield from rule.observe(one)


def _woken(rule: Rule, now: datetime) -> Iterator[Remark]:
    while (due := rule.due()) is not None and due <= now:
        yield from rule.fire(now)


def merged(*stories: Sequence[Entry]) -> list[Entry]:
    """Several stories told at once, in the order of time."""
    return sorted((one for story in stories for one in story), key=lambda one: one.time)


def _day(at: datetime) -> float:
    return 12.0 if 7 <= at.hour < 23 else 0.0
