"""This is the place for the fold behind the screen: entries go in, one `Screen` per tick comes out."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from healthmon.events import Entry, Event
from healthmon.view.screen import Screen, Span


class Feed(Protocol):
    """Where entries come from. `app` satisfies it with the log's follower, tests with a list."""

    def poll(self) -> Sequence[Entry]:
        """Entries since the last call, in order, a few thousand at most, or none. Never blocks."""


class Desk(Protocol):
    """What the window asks, from its own thread, once per tick and after every click."""

    def tick(self, columns: int = 600) -> Screen:
        """Drain the feed, fold, and tell what to show; `columns` is how many pixels wide the plots are."""

    def select(self, person: str) -> None:
        """Look at this person from the next tick on."""

    def look(self, span: Span) -> None:
        """Show this stretch of time from the next tick on."""

    def said(self, event: Event) -> None:
        """A carer said this and it is on its way: show it as sending until it comes back through the feed."""


TICK = timedelta(milliseconds=100)
