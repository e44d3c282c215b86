"""This is the place for work handed to the recorder that holds the log: asked, watched and told in files.

`jobs/NAME.ask` is written whole by a shell command, `jobs/NAME.told` by the recorder, again and again until
its tally says done. The asker takes both away. A recorder that died leaves the question; the next one starts
it anew, which is harmless: what was imported already is recognised.
"""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from healthmon import log
from healthmon.errors import HealthmonError
from healthmon.events import wire
from healthmon.imports.json_lines import ImportOptions, TimeFrom, read
from healthmon.pipeline.backfill import Backfill, Line, Tally
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.writer import Batch

LOOK_EVERY = 0.25  # seconds of real time between looks into the folder, and between two answers


@dataclass(frozen=True, slots=True)
class ImportAsked:
    """An import as it is written into a job file."""

    file: str
    epoch: datetime | None = None
    unit_seconds: float = 1.0
    zone: str = "UTC"
    time_from: str = TimeFrom.TIME.value

    def lines(self) -> Iterator[Line]:
        """The lines of the file, understood as asked."""
        options = ImportOptions(
            epoch=self.epoch,
            unit=timedelta(seconds=self.unit_seconds),
            zone=ZoneInfo(self.zone),
            time_from=TimeFrom(self.time_from),
        )
        return iter(read(Path(self.file), options))


class JobDesk:
    """The recorder's side: takes one question at a time and does a piece of it in every turn."""

    def __init__(self, folder: Path, data: Path) -> None:
        self._folder = folder
        self._data = data
        self._looked = 0.0
        self._told = 0.0
        self._now: Path | None = None
        self._work: Backfill | None = None
        _forget_unfinished(folder)

    @property
    def is_busy(self) -> bool:
        """Whether a job is in hand."""
        return self._work is not None

    def step(self, logic: Logic, received: datetime, batch: Batch) -> None:
        """The next piece of the job in hand, or of the oldest that waits. Its trouble ends the job only."""
        if self._work is None and not self._found():
            return
        assert self._work is not None
        try:
            self._work.step(logic, received, batch)
        except HealthmonError as error:
            self._answer(replace(self._work.tally, done=True, problem=str(error)))

    def committed(self) -> None:
        """The piece is durable: say how far it is."""
        if self._work is None:
            return
        self._work.committed()
        if self._work.tally.done or time.monotonic() - self._told > LOOK_EVERY:
            self._answer(self._work.tally)

    def _found(self) -> bool:
        if time.monotonic() - self._looked < LOOK_EVERY:
            return False
        self._looked = time.monotonic()
        waiting = sorted(
            path for path in self._folder.glob("*.ask") if not path.with_suffix(".told").exists()
        )
        if not waiting:
            return False
        self._now = waiting[0]
        try:
            lines = wire.read(self._now.read_bytes(), ImportAsked).lines()
        except (OSError, ValueError, KeyError, wire.WireError) as error:
            self._answer(Tally(done=True, problem=f"the job makes no sense: {error}"))
            return False
        self._work = Backfill(lines, log.read(self._data, on_damage=_step_over))
        return True

    def _answer(self, tally: Tally) -> None:
        assert self._now is not None
        self._told = time.monotonic()
        whole = self._now.with_suffix(".new")
        with contextlib.suppress(OSError):  # a full disk: the asker hears of it with the next answer
            whole.write_bytes(wire.write(tally))
            whole.replace(self._now.with_suffix(".told"))
        if tally.done:
            self._work = self._now = None


def _forget_unfinished(folder: Path) -> None:
    """Answers that a recorder began and did not live to end: their questions are open again."""
    for told in folder.glob("*.told"):
        tally = progress(told)
        if tally is None or not tally.done:
            told.unlink(missing_ok=True)


def progress(told: Path) -> Tally | None:
    """How far the job of this answer is, or None before the first answer."""
    try:
        return wire.read(told.read_bytes(), Tally)
    except (OSError, wire.WireError):
        return None


def _step_over(_damage: log.Damage) -> None:
    """Damage is the recorder's to tell, once; what is whole is read."""
