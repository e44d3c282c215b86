"""What devices send that is no reading: recordings as messages, and artefacts put densely among them."""

import csv
import gzip
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from healthmon.alarms.episode import JOINS_WITHIN
from healthmon.events import Entry, Event, Json, Thing
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.settings import RuleSettings

START = datetime(2026, 11, 22, 4, tzinfo=UTC)
_UNITS = {"HR": "/min", "SPO2": "%"}
_CODES = {"HR": (0, 255, -1, 65535), "SPO2": (0, 127, 255, -1)}
_COLUMNS = (("hr_bpm", "HR"), ("spo2_pct", "SPO2"), ("bpm", "HR"), ("average_spo2_value", "SPO2"))
OFF_EVERY, OFF_FOR = 600.0, 90.0  # s
_MOSTLY = 0.7


@dataclass(frozen=True, slots=True)
class Message:
    """What a device says, at second `at` of the recording; it arrives at second `heard`."""

    at: float
    heard: float
    id: str
    what: str
    value: Json

    def event(self, device: str) -> Event:
        """As the parser would hand it on."""
        verb = "REPORTS" if self.what == "WORN" else "MEASURES"
        context: dict[str, Json] = {"value": self.value}
        if self.what in _UNITS:
            context["unit"] = _UNITS[self.what]
        return Event(
            id=self.id,
            time=START + timedelta(seconds=self.at),
            subject=Thing("WATCH", device),
            verb=verb,
            object=Thing(self.what),
            context=context,
        )


def messages(path: Path) -> dict[str, list[Message]]:
    """Every record of a recording, as its watch would have sent it."""
    found: dict[str, list[Message]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, row in enumerate(csv.DictReader(lines)):
            record = row.get("record_id") or row["user_code"]
            at = float(row["time_s"]) if "time_s" in row else _second(row["measurement_datetime"])
            for column, quantity in _COLUMNS:
                if row.get(column):
                    said = Message(at, at, f"{number}-{quantity}", quantity, float(row[column]))
                    found.setdefault(record, []).append(said)
    for record in found.values():
        record.sort(key=lambda one: (one.at, one.what))
    return found


def _second(told: str) -> float:
    first = datetime(2020, 1, 1, tzinfo=UTC)
    return (datetime.fromisoformat(told).replace(tzinfo=UTC) - first).total_seconds()


def lone_samples(said: Sequence[Message], chance: Random) -> Iterator[Message]:
    """After every twentieth reading one that is 25 to 90 /min off, or an oxygen of 40 to 80 %; or 127."""
    for number, one in enumerate(said):
        yield one
        if number % 20 == 0 and isinstance(one.value, float):
            off = chance.choice([-1, 1]) * chance.uniform(25, 90)
            wild = min(max(one.value + off, 25), 230) if one.what == "HR" else chance.uniform(40, 80)
            yield _beside(one, "wild", round(wild) if chance.random() < _MOSTLY else 127)


def codes(said: Sequence[Message], chance: Random) -> Iterator[Message]:
    """After every third reading a code for "nothing felt": 0, 255, -1, and 127 or 65535."""
    for number, one in enumerate(said):
        yield one
        if number % 3 == 0:
            yield _beside(one, "code", chance.choice(_CODES[one.what]))


def taken_off_unsaid(said: Sequence[Message], chance: Random) -> Iterator[Message]:
    """A minute and a half in ten it lies aside and sends zeros, and nobody is told."""
    shift = chance.uniform(0, OFF_EVERY)
    for one in said:
        yield replace(one, value=0) if (one.at + shift) % OFF_EVERY < OFF_FOR else one


def taken_off(said: Sequence[Message], chance: Random) -> Iterator[Message]:
    """The same, and the watch says that it is not worn."""
    was_off = False
    shift = chance.uniform(0, OFF_EVERY)
    for one in said:
        is_off = (one.at + shift) % OFF_EVERY < OFF_FOR
        if is_off != was_off:
            yield Message(one.at, one.heard, f"{one.id}-worn-{one.at}", "WORN", not is_off)
            was_off = is_off
        yield replace(one, value=0) if is_off else one


def twice(said: Sequence[Message], chance: Random) -> Iterator[Message]:
    """Everything is sent twice or three times, one right after the other."""
    for one in said:
        yield from [one] * chance.choice([2, 3])


def again_later(said: Sequence[Message], chance: Random) -> Iterator[Message]:
    """Everything is sent again up to half a minute later, amid what came since."""
    later = [replace(one, heard=one.heard + chance.uniform(0.5, 30)) for one in said]
    yield from sorted([*said, *later], key=lambda one: one.heard)


def again_unnamed(said: Sequence[Message], chance: Random) -> Iterator[Message]:
    """The same under another id: nothing but its time tells that it is old."""
    later = [replace(one, id=f"{one.id}-x", heard=one.heard + chance.uniform(0.5, 30)) for one in said]
    yield from sorted([*said, *later], key=lambda one: one.heard)


def _beside(one: Message, what: str, value: Json) -> Message:
    return replace(one, at=one.at + 0.4, heard=one.heard + 0.4, id=f"{one.id}-{what}", value=value)


Kind = Callable[[Sequence[Message], Random], Iterator[Message]]
REPEATED: tuple[Kind, ...] = (twice, again_later)
AMID: tuple[Kind, ...] = (lone_samples, codes)
INSTEAD: tuple[Kind, ...] = (taken_off_unsaid, taken_off)


def alarms(said: Sequence[Message], person: str) -> list[Entry]:
    """What the whole logic, with the rules of the house, says of this body: RAISES, CLEARS, FLAGS ALARM."""
    logic = Logic(house_rules(RuleSettings()).rules)
    device = f"watch-{person}"
    assigns = Event(
        id="assigns",
        time=START - timedelta(hours=1),
        subject=Thing("CAREGIVER", "anna"),
        verb="ASSIGNS",
        object=Thing("WATCH", device),
        context={"person": person},
    )
    made = logic.take(assigns, assigns.time)
    for one in said:
        made += logic.take(one.event(device), START + timedelta(seconds=one.heard))
    made += logic.tick(START + timedelta(seconds=said[-1].heard + 3_600)) if said else []
    bodies = ("m:alarms:", "m:lasting-spike:")
    return [one for one in made if one.id.startswith(bodies) and one.object.type == "ALARM"]


@dataclass(frozen=True, slots=True)
class Lasted:
    """One alarm from the reading it began with until it may begin anew."""

    alarm: str
    since: datetime
    until: datetime


def lives(told: Sequence[Entry]) -> list[Lasted]:
    """The alarms in these entries; one that never ended lasts for ever."""
    found: list[Lasted] = []
    for one in told:
        since = one.context.get("since")
        if one.verb == "RAISES" and isinstance(since, str):
            found.append(
                Lasted(one.object.id, datetime.fromisoformat(since), datetime.max.replace(tzinfo=UTC))
            )
        elif one.verb == "CLEARS":
            open_ones = [place for place, life in enumerate(found) if life.alarm == one.object.id]
            if open_ones:
                found[open_ones[-1]] = replace(found[open_ones[-1]], until=one.time + JOINS_WITHIN)
    return found


def unaccounted(told: Sequence[Entry], untouched: Sequence[Entry]) -> list[str]:
    """The alarms that are raised while the untouched recording has none of that row."""
    known = lives(untouched)
    return [
        f"{one.object.id} at {one.time.isoformat()} {dict(one.context)}"
        for one in told
        if one.verb == "RAISES"
        and not any(life.alarm == one.object.id and life.since <= one.time <= life.until for life in known)
    ]
