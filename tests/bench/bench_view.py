"""This is the place for how fast the view folds, ticks and draws, and how much it keeps in memory."""

import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from statistics import median
from time import process_time

from healthmon.clock import TurnedClock
from healthmon.events import Entry, Thing, wire
from healthmon.view.desk import DeskOptions, LogDesk
from healthmon.view.screen import Span
from healthmon.view.trend import TrendRing

START = datetime(2026, 11, 22, 8, tzinfo=UTC)
SECOND = timedelta(seconds=1)
PEER = "our own target"


class ListFeed:
    """A feed of entries that are there already, a few thousand at a time."""

    def __init__(self) -> None:
        self.waiting: list[Entry] = []

    def poll(self) -> Sequence[Entry]:
        taken, self.waiting = self.waiting[:5000], self.waiting[5000:]
        return taken


def readings(people: int, count: int, step: timedelta, *, until: datetime = START) -> Iterator[Entry]:
    """`count` entries that end at `until`: the heart rate and oxygen of so many people, `step` apart."""
    kinds = [(f"p{one}", what) for one in range(people) for what in (("HR", "/min", 70), ("SPO2", "%", 96))]
    rounds = count // len(kinds)
    for number in range(rounds * len(kinds)):
        round_, place = divmod(number, len(kinds))
        person, (quantity, unit, value) = kinds[place]
        at = until - step * (rounds - 1 - round_)
        yield Entry(
            id=f"{person}:{number}",
            time=at,
            subject=Thing("WATCH", f"watch-{person}"),
            verb="MEASURES",
            object=Thing(quantity),
            context={"value": value + round_ % 4, "unit": unit, "person": person},
            offset=number,
            received=at,
        )


def desk(feed: ListFeed, clock: TurnedClock) -> LogDesk:
    """A desk that reads as much as there is in one tick."""
    return LogDesk(feed, clock, heartbeat=lambda: None, options=DeskOptions(zone=UTC, bite=10**9))


def timed(act: Callable[[], object], times: int) -> float:
    """The median CPU time of so many runs, in ms: the machine is shared, and the view has one thread."""
    spent = []
    for _ in range(times):
        begun = process_time()
        act()
        spent.append((process_time() - begun) * 1000)
    return median(spent)


def measure() -> list[dict[str, object]]:
    """Every figure, each beside what the brief asks for."""
    return [*_folding(), *_ticking(), *_drawing(), _memory()]


def _folding() -> Iterator[dict[str, object]]:
    # From JSON, as the log's follower makes them: strings and things are not shared between entries.
    lines = [wire.write(entry) for entry in readings(3, 120_000, timedelta(minutes=1))]
    entries = [wire.read_entry(line) for line in lines]
    spent = []
    for _ in range(3):
        feed = ListFeed()
        feed.waiting = entries
        made = desk(feed, TurnedClock(START))
        begun = process_time()
        made.tick()
        spent.append(process_time() - begun)
    best = median(spent)
    yield _row("view: fold of plain readings", len(entries) / best, "entries/s", 150_000)
    yield _row("view: first tick over 14 days of 3 people at 1/min", best * 1000, "ms", 1000)


def _ticking() -> Iterator[dict[str, object]]:
    feed, clock = ListFeed(), TurnedClock(START)
    feed.waiting = list(readings(8, 16 * 3600, SECOND))
    made = desk(feed, clock)
    made.look(Span(timedelta(hours=1)))
    made.tick()
    yield _row("view: tick with nothing new, 8 people, 1 h at 1 Hz", timed(made.tick, 300), "ms", 0.3)

    def one_second() -> None:
        now = clock.turn(SECOND)
        feed.waiting = list(readings(8, 16, SECOND, until=now))
        made.tick()

    yield _row("view: tick with 16 new readings, 8 people", timed(one_second, 200), "ms", None)


def _drawing() -> Iterator[dict[str, object]]:
    ring = TrendRing()
    for second in range(86_400):
        ring.take(START.timestamp() + second, 60 + second % 30)
    end = START + timedelta(days=1)
    for name, length in (("24 h", timedelta(hours=24)), ("1 h", timedelta(hours=1))):
        shift = iter(range(1, 10_000))
        spent = timed(lambda: _moved_window(ring, end, length, next(shift)), 50)  # noqa: B023 - run at once
        yield _row(f"view: curve of {name} at 1 Hz in 600 columns", spent, "ms", 2.0)


def _moved_window(ring: TrendRing, end: datetime, length: timedelta, steps: int) -> None:
    """A window nobody asked for before, so that nothing is remembered."""
    moved = end - steps * length / 600
    ring.window(moved - length, moved, 600)


def _memory() -> dict[str, object]:
    tracemalloc.start()
    rings = [TrendRing() for _ in range(16)]
    for ring in rings:
        for second in range(100_000):
            ring.take(float(second), 70.0)
        _ = ring.version
    kept = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    return _row("view: 8 people x 24 h x 2 quantities at 1 Hz", kept, "MB", 25)


def _row(name: str, value: float, unit: str, wanted: float | None) -> dict[str, object]:
    ratio = None if wanted is None else value / wanted
    peer = None if wanted is None else PEER
    return {"name": name, "value": value, "unit": unit, "peer": peer, "peer_value": wanted, "ratio": ratio}
