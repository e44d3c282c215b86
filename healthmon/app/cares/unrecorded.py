"""This is the place for the alarm that no log can hold: nothing is recorded any more, so nothing is judged.

Every other alarm is an entry of the log first. While the log refuses to be written there can be none, however
somebody's oxygen falls; then this one is heard, and whoever is on duty is told once, without the log.
"""

from datetime import datetime, timedelta
from typing import Final

from healthmon.alarms import Pending, Sounding, Tune
from healthmon.alarms.classes import Priority
from healthmon.notify.notice import RECOVERED

ALARM: Final = "NOT_RECORDING"
AFTER: Final = 30.0  # seconds of real time; our choice: a disk that is busy or checked is mostly back by then
OVER_TOLD_FOR: Final = timedelta(hours=1)  # as long as any message is tried


class Unrecorded:
    """Asked in every turn, and every second while the log refuses. One thread. It survives no crash.

    Medium, as a log that cannot be written is: what rang before goes on ringing beside it.
    """

    def __init__(self) -> None:
        self._episode = ""  # empty while the log is written
        self._messages: tuple[Pending, ...] = ()
        self._over_at: datetime | None = None

    def look(self, refused_for: float, on_duty: str | None, now: datetime) -> None:
        """The log has refused for so many seconds of real time; nothing when it is written."""
        if refused_for >= AFTER and not self._episode:
            self._begin(on_duty, now)
        elif not refused_for and self._episode:
            self._end(now)
        elif self._over_at is not None and now - self._over_at > OVER_TOLD_FOR:
            self._messages, self._over_at = (), None

    def sounding(self, paused_until: datetime | None, now: datetime) -> Sounding | None:
        """What is to be heard where nothing else is; nothing while a carer has paused the sound."""
        if not self._episode or (paused_until is not None and now < paused_until):
            return None
        return Sounding(Priority.MEDIUM, Tune.GENERAL, ALARM, None, self._episode, is_floor=False)

    def pending(self) -> tuple[Pending, ...]:
        """What is to be told, beside what the log says is."""
        return self._messages

    def _begin(self, on_duty: str | None, now: datetime) -> None:
        self._episode, self._over_at = f"{ALARM}:-:{now.isoformat()}", None
        self._messages = (_message(on_duty, self._episode, "raised", now),) if on_duty else ()

    def _end(self, now: datetime) -> None:
        over = tuple(_message(one.contact, self._episode, RECOVERED, now) for one in self._messages)
        self._episode, self._over_at, self._messages = "", now, (*self._messages, *over)


def _message(contact: str, episode: str, why: str, at: datetime) -> Pending:
    return Pending(
        id=f"{episode}:{why}",
        contact=contact,
        why=why,
        at=at,
        alarm=ALARM,
        episode=episode,
        priority=Priority.MEDIUM,
    )
