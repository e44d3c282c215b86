"""This is the place for what a carer did and nobody has confirmed yet: on disk before anything else."""

import contextlib
import hashlib
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from healthmon.clock import Clock, SystemClock
from healthmon.errors import cure_of
from healthmon.events import Event, wire
from healthmon.mqtt.errors import MqttError, MqttReason

AGAIN = timedelta(seconds=60)
"""After so long, what was sent and did not come back is sent again; the log drops repetitions."""

_SUFFIX = ".json"


@dataclass(frozen=True, slots=True)
class Parcel:
    """Something a carer did that has not come back through the log; `since` and `sent` are real time."""

    event: Event
    since: datetime
    sent: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Kept:
    event: Event
    since: datetime


class Outbox:
    """What was put in is published, again and again with the same id, until the log has it.

    `publish` is asked to send an event and answers whether it could be handed over; it must not block. One
    folder may serve several windows: each sends what it finds at its start. Any thread may call. A file that
    makes no sense is set aside in `damaged/`, never deleted and never fatal.
    """

    def __init__(self, folder: Path, publish: Callable[[Event], bool], *, clock: Clock | None = None) -> None:
        self._folder = folder
        self._publish = publish
        self._clock = clock or SystemClock()
        self._turn = threading.RLock()
        self._parcels: dict[str, Parcel] = {}
        self._files: dict[str, Path] = {}
        self._number = 0
        self.damaged: tuple[Path, ...] = ()
        """Files that were set aside when the outbox was opened."""
        self._open()

    def put(self, event: Event) -> Parcel:
        """Keep this and send it. When it returns, a power cut cannot undo it.

        Raises MqttError (NOT_KEPT) when it could not be written; then nothing was sent either.
        """
        with self._turn:
            known = self._parcels.get(event.id)
            if known is not None:
                return known
            parcel = Parcel(event, self._clock.now())
            path = self._folder / f"{self._number + 1:08d}-{_mark(event.id)}{_SUFFIX}"
            try:
                _write(path, wire.write(_Kept(event, parcel.since)))
            except OSError as error:
                raise MqttError(
                    MqttReason.NOT_KEPT,
                    f"what you did could not be kept and nobody was told; {cure_of(error)}, then do it again",
                ) from error
            self._number += 1
            self._files[event.id] = path
            return self._send(parcel)

    def resend(self, *, everything: bool = False) -> int:
        """Send what could not be handed over yet, and what was sent a minute ago; how many that were.

        Call it as often as you like; with `everything` after a restart of the recorder or the broker.
        """
        with self._turn:
            now = self._clock.now()
            due = [
                one
                for one in self._parcels.values()
                if everything or one.sent is None or now - one.sent >= AGAIN
            ]
            for parcel in due:
                self._send(parcel)
            return len(due)

    def settle(self, event_id: str) -> bool:
        """It came back through the log: forget it. False when it was none of ours."""
        with self._turn:
            path = self._files.pop(event_id, None)
            self._parcels.pop(event_id, None)
            if path is None:
                return False
            with contextlib.suppress(OSError):  # still there after a crash: sent once more, and settled again
                path.unlink(missing_ok=True)
            return True

    def pending(self) -> tuple[Parcel, ...]:
        """What nobody has confirmed, oldest first."""
        with self._turn:
            return tuple(self._parcels.values())

    def _send(self, parcel: Parcel) -> Parcel:
        if self._publish(parcel.event):
            parcel = replace(parcel, sent=self._clock.now())
        self._parcels[parcel.event.id] = parcel
        return parcel

    def _open(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for path in sorted(self._folder.glob(f"*{_SUFFIX}")):
            kept = self._read(path)
            if kept is not None:
                self._parcels[kept.event.id] = Parcel(kept.event, kept.since)
                self._files[kept.event.id] = path
                self._number = max(self._number, int(path.name.partition("-")[0]))

    def _read(self, path: Path) -> _Kept | None:
        try:
            kept = wire.read(path.read_bytes(), _Kept)
            if path.name.partition("-")[0].isdecimal() and kept.since.tzinfo and kept.event.time.tzinfo:
                return kept
        except FileNotFoundError:
            return None  # another window settled it just now
        except (OSError, wire.WireError):
            pass
        self._set_aside(path)
        return None

    def _set_aside(self, path: Path) -> None:
        aside = self._folder / "damaged" / path.name
        with contextlib.suppress(OSError):
            aside.parent.mkdir(exist_ok=True, mode=0o700)
            path.replace(aside)
            self.damaged += (aside,)


def _mark(event_id: str) -> str:
    """Ids may hold any letter; names of files may not."""
    return hashlib.sha256(event_id.encode()).hexdigest()[:16]


def _write(path: Path, content: bytes) -> None:
    """The whole file or none, only its owner's, durable when it returns."""
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
