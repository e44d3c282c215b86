"""This is the place for the fold behind the screen: entries go in, one `Screen` per tick comes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta, tzinfo
from typing import Final, Protocol

from healthmon.advice.catalogue import Catalogue
from healthmon.clock import Clock, SystemClock
from healthmon.events import Entry, Event
from healthmon.view.fold import Fold
from healthmon.view.limits_card import LimitsCard, limits_card
from healthmon.view.present import Present, forgiven_by
from healthmon.view.recording import Heartbeat, Pulse, RecordingWatch
from healthmon.view.screen import Screen, Span
from healthmon.view.showing import Showing


class Feed(Protocol):
    """Where entries come from. `app` satisfies it with the log's follower, tests with a list."""

    def poll(self) -> Sequence[Entry]:
        """Entries since the last call, in order, a few thousand at most; often empty. Never blocks long."""


class Desk(Protocol):
    """What the window asks, from its own thread, once per tick and after every click."""

    def tick(self, columns: int = 600) -> Screen:
        """Drain the feed, fold, and tell what to show; `columns` is how many pixels wide the plots are."""

    def select(self, person: str) -> None:
        """Look at this person from the next tick on."""

    def look(self, span: Span) -> None:
        """Show this stretch of time from the next tick on."""

    def limits(self, person: str) -> LimitsCard | None:
        """What can be set of this person's alarms, as it is now; None for somebody unknown."""

    def said(self, event: Event) -> None:
        """A carer said this and it is on its way: show it as sending until it comes back through the feed."""


TICK = timedelta(milliseconds=100)

# Entries folded in one tick at most: about a quarter of a second with their reading, so that no log freezes
# the window for longer.
BITE: Final = 20_000


@dataclass(frozen=True, slots=True)
class DeskOptions:
    """How a desk differs from the usual one.

    `zone` is where the reader lives (None: this machine's). `real` is the clock for what is real time always:
    heartbeats and deliveries. Without a `catalogue` the advice has fewer words. `starts_recorder` is off
    where the window sees to no recorder: one that has ended stays so. `begun` is a fold that was kept: the
    feed goes on after its last entry.
    """

    zone: tzinfo | None = None
    real: Clock = SystemClock()  # noqa: RUF009 - it has no state
    catalogue: Catalogue | None = None
    is_replay: bool = False
    starts_recorder: bool = True
    bite: int = BITE
    begun: Fold | None = None


class LogDesk:
    """The desk over a log: whatever it shows was said there. One thread: the window's.

    A tick never takes long: a log of weeks is read in bites, and until its end was reached once no alarm is
    shown, because it may be long over. Nothing survives a crash, and nothing needs to: the log does.

    >>> from datetime import UTC, datetime
    >>> from healthmon.clock import TurnedClock
    >>> from healthmon.view.desk import LogDesk
    >>> class Empty:
    ...     def poll(self):
    ...         return ()
    >>> desk = LogDesk(Empty(), TurnedClock(datetime(2026, 11, 22, tzinfo=UTC)), heartbeat=lambda: None)
    >>> desk.tick().people
    ()
    """

    def __init__(
        self, feed: Feed, clock: Clock, *, heartbeat: Heartbeat, options: DeskOptions | None = None
    ) -> None:
        self._options = options or DeskOptions()
        self._feed = feed
        self._clock = clock
        self._heartbeat = heartbeat
        self._forgiven = forgiven_by(clock)
        self._fold = self._options.begun or Fold()
        self._fold.advice.catalogue = self._options.catalogue
        self._outgoing = self._fold.outgoing
        begun, starts = self._options.real.now(), self._options.starts_recorder
        watch = RecordingWatch(begun, is_replay=self._options.is_replay, is_starting=starts)
        self._showing = Showing(self._fold, watch)
        self._has_read = False

    def tick(self, columns: int = 600) -> Screen:
        """Drain the feed, fold, and tell what to show. Blocks for one bite of the log at most."""
        present = self._present()
        self._has_read = self._drained() or self._has_read
        pulse = self._heartbeat()
        share = None if self._has_read else self._share_read(pulse)
        return self._showing.screen(pulse, present, columns=columns, share_read=share)

    def select(self, person: str) -> None:
        """Look at this person from the next tick on; somebody unknown is nobody."""
        self._showing.selected = person

    def look(self, span: Span) -> None:
        """Show this stretch of time from the next tick on."""
        self._showing.span = span

    def limits(self, person: str) -> LimitsCard | None:
        """What can be set of this person's alarms, as it is now; None for somebody unknown."""
        known = self._fold.people.get(person)
        return None if known is None else limits_card(person, known.name, self._fold.countdown.limits)

    def said(self, event: Event) -> None:
        """A carer said this here, or said it before a restart and it was sent again."""
        self._outgoing.said(event, self._options.real.now())

    def _present(self) -> Present:
        return Present(self._clock.now(), self._options.real.now(), self._options.zone, self._forgiven)

    def _drained(self) -> bool:
        """Fold what the feed has, one bite at most; tells whether that was all."""
        left = self._options.bite
        while entries := self._feed.poll():
            self._fold.take(entries)
            left -= len(entries)
            if left <= 0:
                return False
        return True

    def _share_read(self, pulse: Pulse | None) -> float:
        """How much of the log was read, 0 to 1; 0 while nobody tells how long it is."""
        if pulse is None or pulse.offset < 0:
            return 0.0
        return min(1.0, (self._fold.offset + 1) / (pulse.offset + 1))
