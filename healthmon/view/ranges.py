"""This is the place for the limits a number is shown with: the innermost of a person's alarms."""

from collections.abc import Sequence
from dataclasses import dataclass

from healthmon.alarms import BY_LIMIT, AlarmClass, Limits
from healthmon.alarms import Side as Beyond
from healthmon.view.screen import Side


@dataclass(frozen=True, slots=True)
class Range:
    """The first limit on the way down and on the way up; None where no alarm waits."""

    low: float | None = None
    high: float | None = None

    def beyond(self, value: float) -> Side | None:
        """Which limit a value is at or beyond."""
        if self.high is not None and value >= self.high:
            return Side.HIGH
        return Side.LOW if self.low is not None and value <= self.low else None


class Ranges:
    """What the alarms' own table and a fold of what carers set come to. One thread."""

    def __init__(self, limits: Limits, classes: Sequence[AlarmClass] = BY_LIMIT) -> None:
        self._classes = classes
        self._limits = limits
        self._made: dict[tuple[str, str], Range] = {}

    def forget(self) -> None:
        """A carer set something: look again."""
        self._made.clear()

    def of(self, person: str, quantity: str) -> Range:
        """Within what this quantity of this person rings no alarm."""
        key = (person, quantity)
        if key not in self._made:
            self._made[key] = self._innermost(person, quantity)
        return self._made[key]

    def _innermost(self, person: str, quantity: str) -> Range:
        rows = [row for row in self._classes if row.quantity == quantity]
        terms = [found for row in rows if (found := self._limits.terms(person, row)) is not None]
        return Range(
            low=max((one.limit for one in terms if one.side is Beyond.LOW), default=None),
            high=min((one.limit for one in terms if one.side is Beyond.HIGH), default=None),
        )
