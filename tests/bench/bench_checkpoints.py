"""This is the place for what checkpoints cost and save: starting a recorder, any moment, their size.

HEALTHMON_LONG_HOME names a folder that `python -m tests.bench.long_home` made; a day of eight people is made
without it. Checkpoints that are missing there are made first, and that is measured too.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from healthmon import log
from healthmon.app.keeping.fold import fold_shelf, keep_folds, newest_fold
from healthmon.app.keeping.logic import keep_logic, logic_shelf, newest_logic
from healthmon.app.moment import desk_at
from healthmon.app.opening import open_log
from healthmon.app.places import Places
from healthmon.clock import SystemClock
from healthmon.log.checkpoints import Shelf
from healthmon.settings import PathSettings, Settings
from tests.bench.long_home import Home, write

PEER = "our own target"
MOMENTS = 50
FOLDED = 200_000  # entries: what a full fold costs is reckoned from so many


def measure() -> list[dict[str, object]]:
    """Every figure, each beside what the issue asks for where it asks for one."""
    with _home() as data:
        settings = Settings(paths=PathSettings(data=str(data)))
        return [
            *_upkeep(data, settings),
            *_starting(data, settings),
            *_moments(data),
            *_sizes(data, settings),
        ]


@contextmanager
def _home() -> Iterator[Path]:
    given = os.environ.get("HEALTHMON_LONG_HOME")
    if given:
        yield Path(given)
        return
    with TemporaryDirectory() as name:
        write(Path(name), Home(days=1.0))
        yield Path(name)


def _upkeep(data: Path, settings: Settings) -> Iterator[dict[str, object]]:
    ends = log.next_offset(data)
    for name, begun, keep in (
        ("logic", newest_logic(data, settings)[1], lambda: keep_logic(data, settings)),
        ("view", newest_fold(data)[1], lambda: keep_folds(data)),
    ):
        seconds = _cpu(keep)
        if ends - begun > FOLDED:
            yield _row(f"upkeep: {name} of a log without checkpoints", (ends - begun) / seconds, "events/s")
        yield _row(f"upkeep: {name}, nothing new, CPU", _cpu(keep) * 1000, "ms")


def _starting(data: Path, settings: Settings) -> Iterator[dict[str, object]]:
    def opened() -> None:
        open_log(Places(data), settings, SystemClock()).journal.close()

    ends = log.next_offset(data)
    opened()  # the first one may begin a segment of its own clock
    yield _row(f"recorder: log of {ends:,} entries open, logic ready", _wall(opened), "s", 3.0)
    logic, begun = newest_logic(data, settings, at_most=0)
    some = [entry for _, entry in zip(range(FOLDED), log.read(data, begun), strict=False)]
    rate = len(some) / _cpu(lambda: logic.learn(some))
    yield _row("logic: entries learnt", rate, "events/s")
    yield _row("recorder: the same without checkpoints, reckoned", ends / rate, "s")


def _moments(data: Path) -> Iterator[dict[str, object]]:
    first = next(iter(log.read(data))).received
    last = log.tail(data, 1)[0].received
    chance, spent = Random(1), []
    for _ in range(MOMENTS):
        moment = first + timedelta(seconds=chance.random() * (last - first).total_seconds())
        spent.append(_wall(lambda: desk_at(data, moment).tick()) * 1000)  # noqa: B023 - run at once
    yield _row("any moment: fold and screen, median", median(spent), "ms", 500)
    yield _row(f"any moment: fold and screen, slowest of {MOMENTS}", max(spent), "ms", 500)


def _sizes(data: Path, settings: Settings) -> Iterator[dict[str, object]]:
    ends = log.next_offset(data)
    for name, shelf in (("view", fold_shelf(data)), ("logic", logic_shelf(data, settings))):
        yield _row(f"{name} checkpoints", _bytes(shelf) / 1e6, "MB")
        yield _row(f"{name} checkpoints for each event", _bytes(shelf) / ends, "bytes")
    kept = sum(path.stat().st_size for path in (data / "log").glob("segment-*"))
    yield _row("the log itself, as it is", kept / 1e6, "MB")


def _bytes(shelf: Shelf) -> int:
    return sum(path.stat().st_size for path in shelf.stretches())


def _cpu(act: Callable[[], object]) -> float:
    begun = process_time()
    act()
    return process_time() - begun


def _wall(act: Callable[[], object]) -> float:
    begun = perf_counter()
    act()
    return perf_counter() - begun


def _row(name: str, value: float, unit: str, wanted: float | None = None) -> dict[str, object]:
    peer = None if wanted is None else PEER
    return {"name": name, "value": value, "unit": unit, "peer": peer, "peer_value": wanted}
