"""This is the place for count, sum, mean, least, most, first and last of everything that was ever said.

One pass, memory only for the rows. It knows nothing of health: an insurance log adds up the same way.
Readings marked no-signal are counted apart and added to nothing: a loose sensor is not a pulse of 0.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from healthmon.events import Event, Json


@dataclass(frozen=True, slots=True)
class Row:
    """All events of one person, verb, object and unit. Without numbers, sum to max are None."""

    person: str | None
    verb: str
    object: str
    unit: str | None
    count: int
    no_signal: int
    sum: float | None
    mean: float | None
    min: float | None
    max: float | None
    first: datetime
    last: datetime
    first_value: Json
    last_value: Json


@dataclass(slots=True)
class _Running:
    first: Event
    last: Event
    count: int = 0
    no_signal: int = 0
    numbers: int = 0
    total: float = 0.0
    least: float = float("inf")
    most: float = float("-inf")

    def add(self, event: Event) -> None:
        self.count += 1
        at, context = event.time, event.context
        if at >= self.last.time:
            self.last = event
        if at < self.first.time:
            self.first = event
        if "quality" in context and context["quality"] == "no-signal":
            self.no_signal += 1
            return
        value = context.get("value")
        if type(value) is int or type(value) is float:  # true and false are not numbers
            self._add_number(float(value))

    def _add_number(self, amount: float) -> None:
        self.numbers += 1
        self.total += amount
        if not self.least <= amount <= self.most:
            self.least, self.most = min(self.least, amount), max(self.most, amount)


def stats(entries: Iterable[Event]) -> list[Row]:
    """One row per person, verb, object type and unit, in the order in which they were first said."""
    running: dict[tuple[str | None, str, str, str | None], _Running] = {}
    for entry in entries:
        context = entry.context
        person, unit = context.get("person"), context.get("unit")
        key = (
            person if type(person) is str else None,
            entry.verb,
            entry.object.type,
            unit if type(unit) is str else None,
        )
        found = running.get(key)
        if found is None:
            found = running[key] = _Running(first=entry, last=entry)
        found.add(entry)
    return [_row(*key, found) for key, found in running.items()]


def _row(person: str | None, verb: str, thing: str, unit: str | None, found: _Running) -> Row:
    has = found.numbers > 0
    return Row(
        person=person,
        verb=verb,
        object=thing,
        unit=unit,
        count=found.count,
        no_signal=found.no_signal,
        sum=found.total if has else None,
        mean=found.total / found.numbers if has else None,
        min=found.least if has else None,
        max=found.most if has else None,
        first=found.first.time,
        last=found.last.time,
        first_value=found.first.value,
        last_value=found.last.value,
    )
