"""This is the place for paused sound: until when, and what of it is still on its way."""

from datetime import datetime

from healthmon.alarms.answer_times import LONGEST_PAUSE
from healthmon.events import Entry
from healthmon.view import words
from healthmon.view.care import Hush
from healthmon.view.moments import end_of
from healthmon.view.outgoing import Outgoing
from healthmon.view.present import Present
from healthmon.view.screen import Delivery


class Pause:
    """Follows PAUSES SOUND; a length of nothing ends it. One thread."""

    def __init__(self) -> None:
        self.until: datetime | None = None

    def fold(self, entry: Entry) -> None:
        """A carer paused all sound, or ended a pause."""
        until = end_of(entry)
        if entry.counts_now and until is not None:
            self.until = min(until, entry.time + LONGEST_PAUSE)

    def holds_until(self, now: datetime) -> datetime | None:
        """When the pause ends; None while there is none."""
        return self.until if self.until is not None and self.until > now else None

    def hush(self, outgoing: Outgoing, present: Present) -> Hush | None:
        """What the window shows of it; also of one that nobody else knows about yet."""
        until = self.holds_until(present.now)
        said = words.answers.paused(until - present.now) if until is not None else ""
        for event, delivery in outgoing.pending(present.real):
            if event.verb == "PAUSES":
                is_late = delivery is Delivery.UNDELIVERED
                state = words.answers.UNDELIVERED if is_late else words.answers.SENDING
                said, until = words.answers.pausing(state), until or present.now
        return Hush(until, said) if until is not None else None
