"""This is the place for the work of taking a file in: what the file says, beside what was imported before."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from healthmon import log
from healthmon.app.jobs.asked import ImportAsked
from healthmon.app.jobs.work import Means
from healthmon.imports.json_lines import ImportOptions, TimeFrom, read
from healthmon.pipeline.backfill import Backfill, Tally


def import_work(asked: ImportAsked, means: Means) -> Backfill:
    """The import that was asked for, not yet begun. Raises ValueError or KeyError for senseless options."""
    options = ImportOptions(
        epoch=asked.epoch,
        unit=timedelta(seconds=asked.unit_seconds),
        zone=ZoneInfo(asked.zone),
        time_from=TimeFrom(asked.time_from),
    )
    lines = read(Path(asked.file), options)
    return Backfill(lines, log.read(means.data, on_damage=step_over))


def in_words(tally: Tally) -> str:
    """What came of an import, in one line."""
    return (
        f"{tally.read} lines read: {tally.stored} events stored, {tally.repeated} known already, "
        f"{tally.left_out} left out, {tally.refused} refused; {tally.derived} remarks made of them"
    )


def step_over(_damage: log.Damage) -> None:
    """Damage is the recorder's to tell, once; what is whole is read."""
