"""This is the place for one alarm of one person by itself, for who replays it and leaves readings out.

No alarm depends on another but for the episode that it joins. So the machine can be asked which readings
change nothing, told what those would have left behind, and shown the rest.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from healthmon.alarms.book import AlarmBook
from healthmon.alarms.classes import FLOOR_DELAY, AlarmClass
from healthmon.alarms.limits import Terms
from healthmon.alarms.source import Source
from healthmon.alarms.states import AWAKE
from healthmon.alarms.vital import Taken
from healthmon.events import Remark


class Alone:
    """The alarm of this row, in a book from which all others are gone. The book is still shown everything
    that is heard; this only tells what need not be."""

    def __init__(self, book: AlarmBook, person: str, row: AlarmClass) -> None:
        book.keep_only((row.id,))
        self.row = row
        self._book = book
        self._vital = book.vital(person, row.quantity)
        (self._alarm,) = self._vital.alarms

    @property
    def band(self) -> tuple[float, float] | None:
        """Between which two values readings begin nothing and end nothing, until something else is heard.

        None: any may. Of those inside nothing is left but what `Source.recall` and `recall_samples` take.
        """
        vital = self._vital
        return (vital.lower, vital.upper) if vital.is_quiet else None

    @property
    def is_on(self) -> bool:
        """Whether it was raised and is not over."""
        return self._alarm.phase in AWAKE

    @property
    def terms(self) -> Terms | None:
        """What holds for the person now."""
        return self._alarm.terms

    @property
    def usual(self) -> float | None:
        """What is usual for the person."""
        return self._vital.days.usual

    def be_told(self, usual: float | None) -> None:
        """This is usual from now on: what is left out cannot be learnt from."""
        self._vital.days.be_told(usual)
        self._vital.tune()

    def source(self, device: str) -> Source | None:
        """What is known of a device that told this quantity."""
        return self._vital.sources.get(device)

    def silent_until(self, now: datetime, none_within: timedelta) -> datetime:
        """Before when no delay can be over, if readings go on as the one of `now` that was just heard.

        Timers further ahead than `none_within` may not be set yet.
        """
        rings = self._alarm.rings_at(now)
        shortest = self.terms.delay if self.terms is not None else FLOOR_DELAY
        begun_now = now + min(shortest, FLOOR_DELAY)
        return min(begun_now, rings if rings is not None and rings > now else now + none_within)

    def go_on(self, device: str, taken: Iterable[Taken]) -> tuple[int, list[Remark]]:
        """Readings of one device that go on like the one just heard: often, undoubted, at rest, all before
        `silent_until` and before anything is due. How many were heard until the alarm said something, and
        what. The next reading is to be observed: it sets the timers."""
        source = self.source(device)
        if source is None or self.is_on:
            return 0, []
        return self._book.go_on(self._vital, source, taken)
