"""This is the place for importing a file: by the recorder if one holds the log, else here and now."""

import os
import time
from collections.abc import Callable

from healthmon import log
from healthmon.app.jobs import ImportAsked, progress
from healthmon.app.places import Places
from healthmon.app.processes import ProcessError, ProcessReason
from healthmon.app.recorder import open_log
from healthmon.clock import Clock, clock_from
from healthmon.events import wire
from healthmon.pipeline.backfill import Backfill, Tally
from healthmon.pipeline.writer import Batch, Writer
from healthmon.settings import Settings

Progress = Callable[[Tally], None]
LOOK_EVERY = 0.1  # seconds of real time between looks at the recorder's answer


def clock_of(places: Places, spec: str | None) -> Clock:
    """The clock that was asked for, else the one the log remembers, else the machine's."""
    return clock_from(spec or log.recorded_clock(places.data) or "system")


def import_file(settings: Settings, asked: ImportAsked, clock: Clock, told: Progress) -> Tally:
    """Import a file into the log of these settings; how it went. `told` hears of the progress.

    Deduplicated, flagged in event time, never raised, notified or sounded. Blocks until it is durable.
    """
    places = Places(settings.data_folder).prepared()
    if not log.is_locked(places.data):
        return _here(settings, places, asked, clock, told)
    return _by_the_recorder(places, asked, told)


def _here(settings: Settings, places: Places, asked: ImportAsked, clock: Clock, told: Progress) -> Tally:
    kept = open_log(places, settings, clock)
    writer = Writer(kept.journal, log.DeadLetters(places.data))
    with kept.journal:
        writer.commit(Batch(entries=list(kept.owed)))
        work = Backfill(asked.lines(), log.read(places.data, on_damage=lambda _: None))
        while not work.tally.done:
            batch = Batch()
            work.step(kept.logic, clock.now(), batch)
            writer.commit(batch)
            work.committed()
            told(work.tally)
    return work.tally


def _by_the_recorder(places: Places, asked: ImportAsked, told: Progress) -> Tally:
    name = f"import-{time.time_ns()}-{os.getpid()}"
    ask, answer = places.jobs / f"{name}.ask", places.jobs / f"{name}.told"
    whole = places.jobs / f"{name}.new"
    whole.write_bytes(wire.write(asked))
    whole.replace(ask)
    try:
        while True:
            tally = progress(answer)
            if tally is not None:
                told(tally)
                if tally.done:
                    return tally
            if not log.is_locked(places.data):
                raise ProcessError(
                    ProcessReason.DID_NOT_STOP,
                    "the recorder ended while it imported; run this again: nothing is stored twice",
                )
            time.sleep(LOOK_EVERY)
    finally:
        ask.unlink(missing_ok=True)
        answer.unlink(missing_ok=True)
