"""This is the place where view and log meet: the log's follower, asked once per tick, as the view's feed."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from healthmon import log
from healthmon.events import Entry

AT_ONCE = 20_000  # entries in one poll: a tick stays short while a long log is read


class LogFeed:
    """Entries of a data folder from an offset on. One thread: the window's. Never blocks for long."""

    def __init__(
        self, data: Path, on_damage: log.OnDamage, *, start: int = 0, at_once: int = AT_ONCE
    ) -> None:
        self._follower = log.Follower(data, start, on_damage=on_damage)
        self._at_once = at_once

    def poll(self) -> Sequence[Entry]:
        """What is new since the last call, in order. Damage is stepped over and told.

        Raises LogError (REPLACED) when the log was cut or exchanged: then everything has to be folded anew.
        """
        return self._follower.poll(self._at_once)


class CaringFeed:
    """A feed that also looks after something every second of real time: the recorder, the outbox."""

    def __init__(self, feed: LogFeed, look_after: Callable[[Sequence[Entry]], None]) -> None:
        self._feed = feed
        self._look_after = look_after
        self._looked = time.monotonic()
        self._seen: list[Entry] = []

    def poll(self) -> Sequence[Entry]:
        """What is new; `look_after` is given everything new since it was last called."""
        entries = self._feed.poll()
        self._seen += (
            entry for entry in entries if entry.verb == "STARTS" or entry.subject.type == "CAREGIVER"
        )
        if self._seen or time.monotonic() - self._looked >= 1.0:
            self._looked = time.monotonic()
            seen, self._seen = self._seen, []
            self._look_after(seen)
        return entries
