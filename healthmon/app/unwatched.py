"""This is the place for whether somebody records a home, as a shell can tell: by the lock and the pulse."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from healthmon import log
from healthmon.app.heartbeat import last_beat, real_now
from healthmon.app.places import Places
from healthmon.view.recording import OLDEST_PULSE


class Why(StrEnum):
    """Why nothing is recorded."""

    NO_RECORDER = "no-recorder"
    STANDS_STILL = "stands-still"  # it holds the log and gives no sign of life
    STARTING = "starting"


@dataclass(frozen=True, slots=True)
class Unwatched:
    """Nobody records, and nobody is watched, `since` then; None where nothing was ever recorded."""

    why: Why
    since: datetime | None


def unwatched(data: Path) -> Unwatched | None:
    """Why no alarm of this home can come now; None while a recorder records. Raises LogError."""
    beat, holder = last_beat(Places(data).heartbeat), log.holder(data)
    if beat is not None and beat.pid == holder and abs(real_now() - beat.written) <= OLDEST_PULSE:
        return None
    if beat is not None and beat.pid == holder:
        return Unwatched(Why.STANDS_STILL, beat.written)
    since = beat.written if beat is not None else _last_received(data)
    return Unwatched(Why.STARTING if log.is_locked(data) else Why.NO_RECORDER, since)


def _last_received(data: Path) -> datetime | None:
    """One that was stopped takes its pulse away: what it wrote last is the last that is known."""
    return next((entry.received for entry in log.tail(data, 1, on_damage=lambda _: None)), None)
