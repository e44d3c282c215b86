"""This is the place for what belongs together: the alarms of one body that overlap, or follow at once."""

from datetime import datetime, timedelta
from typing import Final, TypeAlias

from healthmon.events import Thing

# Whom a reading is about: the person, or the device itself while nobody is assigned to it.
Who: TypeAlias = str | Thing

JOINS_WITHIN: Final = timedelta(minutes=5)  # our choice: what begins so soon after the last end goes on
_LONGEST: Final = timedelta(hours=1)  # no delay is longer: what began earlier is of a clock that was set back
_HOLDS: Final = timedelta(hours=1)  # our choice: of whom nothing is known for longer, that is another story
_NOTHING: Final = timedelta()


class Course:
    """The episodes of one body, one after the other: which is going on, and what rings in it.

    An alarm joins while another one rings, or when its readings began to be beyond within `JOINS_WITHIN` of
    the end of the last. A lost signal ends nothing, but after `_HOLDS` nobody joins for its sake any more.
    """

    __slots__ = ("_ended_at", "_ringing", "id", "who")

    def __init__(self, who: Who) -> None:
        self.who = who
        self._ringing: dict[str, datetime | None] = {}  # and since when its signal is lost
        self._ended_at: datetime | None = None
        self.id = ""

    def begins(self, alarm: str, since: datetime) -> str:
        """This alarm is raised, its readings were beyond since then. The id of the episode it belongs to."""
        if not self._rings(since) and not _goes_on(since, self._ended_at):
            self.id = f"E:{self.who}:{since.isoformat()}"
        self._ringing[alarm] = None
        return self.id

    def loses(self, alarm: str, at: datetime | None) -> None:
        """The signal of this alarm is lost since then; None: it is not."""
        if alarm in self._ringing:
            self._ringing[alarm] = at

    def ends(self, alarm: str, at: datetime) -> None:
        """This alarm is over."""
        self._ringing.pop(alarm, None)
        self._ended_at = max(at, self._ended_at or at)

    def _rings(self, at: datetime) -> bool:
        return any(lost is None or at - lost <= _HOLDS for lost in self._ringing.values())


def is_again(since: datetime, ended_at: datetime | None) -> bool:
    """Whether an alarm that begins then is the one that ended at that time, come back.

    Never one that began before: that is another device, or one whose clock was set back. It rings anew.
    """
    return ended_at is not None and _NOTHING <= since - ended_at <= JOINS_WITHIN


def _goes_on(since: datetime, ended_at: datetime | None) -> bool:
    return ended_at is not None and -_LONGEST <= since - ended_at <= JOINS_WITHIN
