"""This is the place for what is said of a time in which nothing was recorded: `MONITOR REPORTS GAP`.

value, unit     how long, in seconds of the home's clock
why             "not-recorded"; absent where the machine slept or its clock was set forward
since, until    of receive time: nothing that came between was judged before `until`
reason          why the log could not be written ("disk-full"), or "hangs": it took so long
waiting         how many messages were heard meanwhile and follow, late
lost            how many are known to be lost: 0. Absent when nobody can know: what a device sent without
                asking for an acknowledgement (QoS 0) while there was no room, or no connection, is kept
                by nobody; what was sent at QoS 1 waits with the broker and follows
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from healthmon.events.event import Event, Json
from healthmon.events.moments import moment_of

WHY: Final = "not-recorded"
HANGS: Final = "hangs"


class Backlog(NamedTuple):
    """What came while nothing was recorded, as far as anybody knows. See `waiting` and `lost` above."""

    waiting: int = 0
    lost: int | None = None


@dataclass(frozen=True, slots=True)
class NotRecorded:
    """One such time."""

    since: datetime
    until: datetime
    reason: str
    backlog: Backlog

    def context(self) -> dict[str, Json]:
        """As GAP says it."""
        said: dict[str, Json] = {
            "value": round((self.until - self.since).total_seconds(), 1),
            "unit": "s",
            "why": WHY,
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "reason": self.reason,
            "waiting": self.backlog.waiting,
        }
        return said if self.backlog.lost is None else said | {"lost": self.backlog.lost}

    @classmethod
    def told_by(cls, event: Event) -> "NotRecorded | None":
        """What this sentence says of it; None when it is another, or not as the monitor says it."""
        context = event.context
        if event.subject.type != "MONITOR" or event.object.type != "GAP" or context.get("why") != WHY:
            return None
        since, until = moment_of(context.get("since")), moment_of(context.get("until"))
        if since is None or until is None:
            return None
        reason, lost = context.get("reason"), _count(context, "lost")
        backlog = Backlog(_count(context, "waiting") or 0, lost)
        return cls(since, until, reason if isinstance(reason, str) else "", backlog)


def _count(context: Mapping[str, Json], key: str) -> int | None:
    said = context.get(key)
    return said if isinstance(said, int) and not isinstance(said, bool) and said >= 0 else None
