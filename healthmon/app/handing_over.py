"""This is the place for handing work to whoever may write the log: the recorder that holds it, else us."""

import time
from collections.abc import Callable

from healthmon import log
from healthmon.app.heartbeat import last_beat
from healthmon.app.jobs.asked import Asked
from healthmon.app.jobs.asked_folder import Question
from healthmon.app.jobs.start import work_for
from healthmon.app.jobs.work import LOOK_AGAIN, Means
from healthmon.app.opening import open_log
from healthmon.app.places import Places
from healthmon.app.processes import ProcessError, ProcessReason
from healthmon.app.recorder import house_parser
from healthmon.clock import Clock
from healthmon.pipeline.backfill import Tally
from healthmon.pipeline.writer import Batch, Writer
from healthmon.settings import Settings

Progress = Callable[[Tally], None]
LOOK_EVERY = 0.1  # seconds of real time between looks at the recorder's answer
# Our choice, seconds of real time: a slow disk or the start over a long log takes less, a hang takes more.
PATIENCE = 30.0


def hand_over(settings: Settings, asked: Asked, clock: Clock, told: Progress) -> Tally:
    """Have this done, by the recorder if one holds the log, else here and now; how it went.

    `told` hears of the progress. Blocks until everything is durable. The tally's problem, if there is one, is
    one line. Raises LogError when the log cannot be opened, ProcessError when the recorder ends or hangs.
    """
    places = Places(settings.data_folder).prepared()
    if log.is_locked(places.data):
        return ask_recorder(places, asked, told)
    return _here(settings, places, (asked, clock), told)


def ask_recorder(places: Places, asked: Asked, told: Progress, *, patience: float = PATIENCE) -> Tally:
    """Ask the recorder that holds the log, and wait for its last answer.

    Raises ProcessError when it ends meanwhile, or shows no sign of life for `patience` seconds of real time.
    """
    question = Question(places.jobs, asked)
    life = _SignsOfLife(places, patience)
    try:
        while True:
            tally = question.answer()
            if tally is not None:
                told(tally)
                if tally.done:
                    return tally
            life.look(tally)
            time.sleep(LOOK_EVERY)
    finally:
        question.withdraw()


class _SignsOfLife:
    """Notices a recorder that ended, or that neither beats nor gets on with the job."""

    def __init__(self, places: Places, patience: float) -> None:
        self._places = places
        self._patience = patience
        self._seen: object = None
        self._moved = time.monotonic()  # stands still while the machine is suspended: that is no hang

    def look(self, tally: Tally | None) -> None:
        if not log.is_locked(self._places.data):
            raise ProcessError(
                ProcessReason.DID_NOT_STOP,
                "the recorder ended while it was at this; run this again: nothing is stored twice",
            )
        beat = last_beat(self._places.heartbeat)
        seen = (beat.written if beat else None, tally)
        if seen != self._seen:
            self._seen, self._moved = seen, time.monotonic()
        elif time.monotonic() - self._moved > self._patience:
            pid = log.holder(self._places.data)
            raise ProcessError(
                ProcessReason.STANDS_STILL,
                f"the recorder (process {pid}) holds the log and has stood still for {self._patience:.0f} s: "
                "end it with healthmon stop, then run this again; nothing is stored twice",
            )


def _here(settings: Settings, places: Places, order: tuple[Asked, Clock], told: Progress) -> Tally:
    asked, clock = order
    kept = open_log(places, settings, clock)
    writer = Writer(kept.journal, log.DeadLetters(places.data))
    with kept.journal:
        writer.commit(Batch(entries=list(kept.owed)))
        work = work_for(asked, Means(places.data, kept.journal, house_parser()))
        while not work.tally.done:
            batch = Batch()
            work.step(kept.logic, clock.now(), batch)
            writer.commit(batch)
            work.committed()
            told(work.tally)
            if work.is_waiting:
                time.sleep(LOOK_AGAIN)
    return work.tally
