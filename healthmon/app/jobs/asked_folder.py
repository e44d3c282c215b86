"""This is the place for questions that shell commands hand to the recorder: asked, watched and told in files.

`jobs/NAME.ask` is written whole by the asker, `jobs/NAME.told` by the recorder, again and again until its
tally says done. The asker takes both away. A recorder that died leaves the question; the next one starts it
anew, which is harmless: each kind of work recognises what was done already.
"""

import contextlib
import os
import time
from pathlib import Path

from healthmon.app.jobs.asked import Asked, read_asked
from healthmon.app.jobs.start import work_for
from healthmon.app.jobs.work import Means, Work
from healthmon.events import wire
from healthmon.pipeline.backfill import Tally

_SETTLES = 2_000_000_000  # ns: two changes closer than that may look like one


class AskedJob:
    """One question in hand, and where its answer goes."""

    def __init__(self, work: Work, told: Path) -> None:
        self.work = work
        self._told = told

    def tell(self, tally: Tally) -> None:
        """Write how far it is, whole. On a full disk nothing is said: the asker hears the next answer."""
        _answer(self._told, tally)


class AskedFolder:
    """The recorder's side: the oldest question that nobody has answered. One thread: the recorder's."""

    def __init__(self, folder: Path, means: Means) -> None:
        self._folder = folder
        self._means = means
        self._seen = 0
        _forget_unfinished(folder)

    def take(self) -> AskedJob | None:
        """The next job, or None. A question that makes no sense is answered here and now."""
        if not self._has_news():
            return None
        waiting = sorted(
            path for path in self._folder.glob("*.ask") if not path.with_suffix(".told").exists()
        )
        for ask in waiting[:1]:
            told = ask.with_suffix(".told")
            try:
                return AskedJob(work_for(read_asked(ask.read_bytes()), self._means), told)
            except (OSError, ValueError, KeyError, OverflowError, wire.WireError) as error:
                _answer(told, Tally(done=True, problem=f"the job makes no sense: {error}"))
        return None

    def _has_news(self) -> bool:
        """Whether anything came or went since it was last looked through, or so lately that it may have."""
        try:
            changed = self._folder.stat().st_mtime_ns
        except OSError:
            return False
        is_settled = changed == self._seen and time.time_ns() - changed > _SETTLES
        self._seen = changed
        return not is_settled


class Question:
    """The asker's side: a question, from when it is asked to when it is taken away."""

    def __init__(self, folder: Path, asked: Asked) -> None:
        name = f"{asked.kind}-{time.time_ns()}-{os.getpid()}"
        self._ask, self._told = folder / f"{name}.ask", folder / f"{name}.told"
        whole = folder / f"{name}.new"
        whole.write_bytes(wire.write(asked))
        whole.replace(self._ask)

    def answer(self) -> Tally | None:
        """How far the job is, or None before the first answer."""
        return progress(self._told)

    def withdraw(self) -> None:
        """Take question and answer away. A job in hand goes on, unheard."""
        self._ask.unlink(missing_ok=True)
        self._told.unlink(missing_ok=True)


def progress(told: Path) -> Tally | None:
    """How far the job of this answer is, or None before the first answer."""
    try:
        return wire.read(told.read_bytes(), Tally)
    except (OSError, wire.WireError):
        return None


def _answer(told: Path, tally: Tally) -> None:
    whole = told.with_suffix(".new")
    with contextlib.suppress(OSError):
        whole.write_bytes(wire.write(tally))
        whole.replace(told)


def _forget_unfinished(folder: Path) -> None:
    """Answers that a recorder began and did not live to end: their questions are open again."""
    for told in folder.glob("*.told"):
        tally = progress(told)
        if tally is None or not tally.done:
            told.unlink(missing_ok=True)
