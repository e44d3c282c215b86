"""This is the place for turning diaries into rows: what was seen at a minute, and what was true.

The features come from `healthmon.advice.features.Features`, the very class that the recorder asks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from healthmon.advice.abstain import not_enough
from healthmon.advice.features import Features
from healthmon.advice.moment import Moment
from healthmon.advice.stream import HEARD
from healthmon.events import Entry
from healthmon.training.diary import TRUTH, is_taught

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Row:
    """One minute of one simulated person: the moment as it was seen, and the quality that was true."""

    person: str
    low_oxygen: bool
    moment: Moment
    quality: float  # 0..100
    expected_rate: float | None  # /min, as the simulator meant it


@dataclass(slots=True)
class Life:
    """What is known of one person while their diary is read."""

    features: Features
    low_oxygen: bool = False
    pending: tuple[datetime, Entry] | None = None


@dataclass(slots=True)
class Count:
    """How much was read, for the card."""

    minutes: int = 0
    abstained: int = 0
    last: datetime | None = None
    people: set[str] = field(default_factory=set)


def rows(diary: Iterable[Entry], home: str, count: Count) -> Iterator[Row]:
    """The rows of one diary. A truth belongs to its minute; the moment is taken when that is over."""
    lives: dict[str, Life] = {}
    for entry in diary:
        person = entry.person
        if person is None or not is_taught(entry):
            continue
        life = lives.get(person)
        if life is None:
            life = lives[person] = Life(Features())
        if life.pending and entry.time >= life.pending[0]:
            yield from _row(f"{home}/{person}", life, count)
        _live(life, entry)
        count.last = max(count.last or entry.time, entry.time)
    for person, life in lives.items():
        yield from _row(f"{home}/{person}", life, count)


def _live(life: Life, entry: Entry) -> None:
    kind = entry.object.type
    if kind in HEARD:
        life.features.hear(entry)
    elif kind == TRUTH:
        start = entry.time.astimezone(UTC).replace(second=0, microsecond=0)
        life.pending = (start + _MINUTE, entry)
    elif kind == "PERSON" and entry.verb == "SETS":
        life.low_oxygen = entry.context.get("profile") == "low-oxygen"
        if zone := _zone(entry.context.get("zone")):
            life.features.move(zone, entry.time)


def _row(person: str, life: Life, count: Count) -> Iterator[Row]:
    if life.pending is None:
        return
    at, truth = life.pending
    life.pending = None
    quality = truth.amount
    if quality is None:
        return
    count.minutes += 1
    count.people.add(person)
    moment = life.features.moment(at)
    if not_enough(moment) is not None:
        count.abstained += 1
        return
    expected = truth.context.get("hr_expected")
    yield Row(
        person,
        life.low_oxygen,
        moment,
        quality,
        float(expected) if isinstance(expected, int | float) else None,
    )


def _zone(name: object) -> tzinfo | None:
    if not isinstance(name, str):
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None
