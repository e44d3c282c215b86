"""This is the place for a sink in a process of its own, as a recorder is: wire to durable log, at what cost.

`python -m tests.bench.wire_sink FOLDER COUNT [bare]`, the broker's URL in BENCH_BROKER, with a session.
With `bare` the logic has no rules. Prints one JSON object: seconds from the first message to the last durable
entry, seconds of processor, and how long each event took from being said to being durable.
"""

import gc
import os
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from healthmon import log
from healthmon.clock import SystemClock
from healthmon.dialects.native import Native
from healthmon.events import Entry, wire
from healthmon.mqtt import BrokerUrl, Listener, Session
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.parser import Parser
from healthmon.pipeline.runner import Runner, Stages
from healthmon.pipeline.writer import Writer
from healthmon.settings import RuleSettings

SESSION = "bench-sink"


class Timed:
    """A journal that looks at the clock when entries have become durable."""

    def __init__(self, journal: log.EventLog) -> None:
        self._journal = journal
        self.commits: list[tuple[int, Sequence[Entry]]] = []

    def append(self, entries: Sequence[Entry]) -> None:
        """As the log does."""
        self._journal.append(entries)
        self.commits.append((time.monotonic_ns(), entries))

    def lags(self) -> list[float]:
        """Milliseconds from being said to being durable, of each event that says when it was said."""
        return [
            (durable - sent) / 1e6
            for durable, entries in self.commits
            for entry in entries
            if isinstance(sent := entry.context.get("sent"), int)
        ]


class NoJobs:
    """Nothing but readings."""

    is_busy = False

    def step(self, *_: object) -> None:
        """None."""

    def committed(self) -> None:
        """None."""


def main(folder: Path, count: int, *, bare: bool) -> None:
    """Take so many events in."""
    journal = log.EventLog.open(folder, clock=SystemClock())
    timed = Timed(journal)
    logic = Logic(() if bare else house_rules(RuleSettings()).rules, next_offset=journal.next_offset)
    listener = Listener(BrokerUrl.parse(os.environ["BENCH_BROKER"]), Session(SESSION, ["healthmon/home/#"]))
    writer = Writer(timed, log.DeadLetters(folder), listener)
    runner = Runner(Stages(listener, Parser([Native()]), logic, writer), SystemClock())
    gc.freeze()
    stop, began, worked = threading.Event(), 0.0, 0.0
    listener.start()
    _tell(b"ready")
    while runner.events_seen < count:
        before = time.perf_counter(), time.process_time()
        runner.turn(stop, NoJobs(), patience=1.0)
        if not began and runner.events_seen:
            began, worked = before
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    _tell(wire.write({"seconds": seconds, "processor": processor, "lags": timed.lags()}))
    listener.stop()
    journal.close()


def _tell(line: bytes) -> None:
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), bare="bare" in sys.argv[3:])
