"""This is the place for one spike after its mark: whether it lasts, and when it is over."""

from datetime import datetime, timedelta
from typing import NamedTuple

from healthmon.events import Context, Entry

# Our choices: docs/decisions/0027-spike-marks.md.
ABOVE = 15.0  # /min over what the rate was before the mark
LASTS = timedelta(seconds=60)
MAY_MISS = 10  # one reading in so many may be lower
OVER_AFTER = timedelta(seconds=30)
SILENT = timedelta(minutes=5)


class Said(NamedTuple):
    """A sentence about the alarm: its verb, when it holds, and what is special about it."""

    verb: str
    at: datetime
    context: Context


class Spell:
    """From the mark until it did not last, or until the alarm it became is over."""

    __slots__ = (
        "_count",
        "_is_raised",
        "_is_silent",
        "_low_since",
        "_lower",
        "_missed",
        "_newest",
        "device",
        "is_over",
        "limit",
        "since",
        "value",
        "worst",
    )

    def __init__(self, since: datetime, limit: float, above: float) -> None:
        self.since, self.limit = since, limit
        self._lower = limit - above / 2  # half the way back: a rate at the limit would come and go
        self._count = self._missed = 0
        self._newest, self._low_since = since, since
        self._is_raised = self._is_silent = self.is_over = False
        self.value = self.worst = 0.0
        self.device = ""

    def read(self, entry: Entry, value: float, *, is_at_rest: bool) -> list[Said]:
        """A live reading. One that is older than another is not judged."""
        if entry.time < self._newest:
            return []
        at, silence = entry.time, entry.time - self._newest
        self._newest, self.value, self.device = at, value, entry.subject.id
        self.worst = max(self.worst, value)
        if self._is_raised:
            return [*self._heard_again(at), *self._ended(at, value, silence)]
        if silence > SILENT:  # nobody saw it last: readings days apart are no minute of anything
            self.is_over = True
            return []
        return self._tried(at, value, is_at_rest=is_at_rest)

    def silent_at(self) -> datetime | None:
        """When nothing was heard of a raised alarm for too long, unless that was told."""
        return self._newest + SILENT if self._is_raised and not self._is_silent else None

    def fall_silent(self, at: datetime) -> Said:
        """Nothing was heard: nobody knows whether it lasts."""
        self._is_silent = True
        since = self._newest.isoformat()
        return Said("FLAGS", at, {"state": "unknown", "why": "silent", "unknown_since": since})

    def _tried(self, at: datetime, value: float, *, is_at_rest: bool) -> list[Said]:
        if at > self.since:
            self._count += 1
            self._missed += value < self.limit
        if at - self.since < LASTS:
            return []
        self._is_raised = self._missed <= (self._count - 1) // MAY_MISS and is_at_rest
        self.is_over = not self._is_raised
        self._low_since = at
        return [] if self.is_over else [Said("RAISES", at, {"why": "held"})]

    def _heard_again(self, at: datetime) -> list[Said]:
        if not self._is_silent:
            return []
        self._is_silent = False
        return [Said("FLAGS", at, {"state": "known", "phase": "active"})]

    def _ended(self, at: datetime, value: float, silence: timedelta) -> list[Said]:
        if value >= self._lower or silence > SILENT:
            self._low_since = at
            return []
        self.is_over = at - self._low_since >= OVER_AFTER
        return [Said("CLEARS", at, {"outcome": "recovered", "latched": False})] if self.is_over else []
