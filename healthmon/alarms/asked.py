"""This is the place for what a carer asks of one alarm of one person: terms of their own, before bounds."""

from dataclasses import dataclass
from datetime import timedelta
from math import isfinite

from healthmon.alarms.classes import AlarmClass, Priority
from healthmon.events import Context, Json

LONGEST = 86_400.0  # seconds; a number that no timedelta takes must not get that far


@dataclass(frozen=True, slots=True)
class Asked:
    """A SETS ALARM as it was said; None is what was left out, or is no answer to the question.

    It replaces whatever was asked before: what it leaves out is the profile's again.
    """

    limit: float | None = None
    unit: str | None = None
    delay: timedelta | None = None
    hysteresis: float | None = None
    latches: bool | None = None
    priority: Priority | None = None
    is_off: bool = False

    def limit_of(self, row: AlarmClass) -> float | None:
        """The limit, as near to what was asked as the row allows; None if none was, or in another unit."""
        if self.limit is None or self.unit not in {None, row.unit}:
            return None
        return min(max(self.limit, row.least), row.most)

    def delay_of(self, row: AlarmClass) -> timedelta:
        """How long it waits: as asked, within what the row lets it be."""
        return row.delay if self.delay is None else min(max(self.delay, row.delays[0]), row.delays[1])

    def hysteresis_of(self, row: AlarmClass) -> float:
        """How far inside the limit it is over: as asked, within what the row lets it be."""
        if self.hysteresis is None:
            return row.hysteresis
        return min(max(self.hysteresis, row.bands[0]), row.bands[1])

    def latches_of(self, row: AlarmClass) -> bool:
        """Whether it stays until somebody has seen it."""
        return row.latches if self.latches is None else self.latches

    def priority_of(self, row: AlarmClass) -> Priority:
        """How urgent it is. A high one is medium at least, our choice: a low one never sounds."""
        if self.priority is None:
            return row.priority
        is_lost = row.priority is Priority.HIGH and self.priority is Priority.LOW
        return Priority.MEDIUM if is_lost else self.priority


NOTHING_ASKED = Asked()


def asked(context: Context) -> Asked:
    """What the context of a SETS ALARM asks for. A person's text: what makes no sense is left out."""
    unit, latches, priority = context.get("unit"), context.get("latches"), context.get("priority")
    delay = _number(context.get("delay_s"))
    return Asked(
        limit=_number(context.get("value")),
        unit=unit if isinstance(unit, str) else None,
        delay=timedelta(seconds=min(max(delay, 0.0), LONGEST)) if delay is not None else None,
        hysteresis=_number(context.get("hysteresis")),
        latches=latches if isinstance(latches, bool) else None,
        priority=Priority(priority) if isinstance(priority, str) and priority in set(Priority) else None,
        is_off=context.get("off") is True,
    )


def _number(said: Json) -> float | None:
    if isinstance(said, bool) or not isinstance(said, int | float):
        return None
    return float(said) if isfinite(said) else None
