"""This is the place for the archive's part of the house: which lake, what goes in, what may leave the log.

What is done here loads pyarrow when it is called: for shell commands and the recorder's upkeep process, never
for the recorder or a window.
"""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from healthmon import log
from healthmon.app.places import Places
from healthmon.app.retention import Facts, Plan, Rule, asked_for, planned
from healthmon.archive import ArchiveError, ArchiveReason, Lake
from healthmon.log import Sealed
from healthmon.settings import Settings

if TYPE_CHECKING:
    from healthmon.archive.archive import Tally

Told = Callable[[int, int], None]


def nobody(_done: int, _of: int) -> None:
    """Nobody asked how far it is."""


def archive_now(settings: Settings, lake: Path | None = None, told: Told = nobody) -> "Tally":
    """Bring every sealed segment that is not there yet into the lake: the settings', unless another is named.

    Blocks: some 10 s for each 64 MiB of log. Raises ArchiveError, LogError. May be killed at any moment.
    """
    from healthmon.archive.archive import archive

    return archive(settings.data_folder, lake or settings.lake_folder, told)


def archive_step(places: Places, settings: Settings) -> None:
    """The archive's step of the recorder's upkeep, in its process: what was sealed since goes into the lake.

    Nothing unless `archive.automatic`. A lake that somebody else is writing is left to them; a segment that
    could not be archived is not tried again. Raises ArchiveError, LogError.
    """
    if not settings.archive.automatic or not _has_news(places, settings):
        return  # spares this process pyarrow
    try:
        archive_now(settings)
    except ArchiveError as error:
        if error.reason is not ArchiveReason.BUSY:
            raise


def prunable(
    settings: Settings,
    rule: Rule,
    now: datetime,
    *,
    told: Told = nobody,
) -> Plan:
    """What may leave the log now. Reads the lake and the log again: some 10 s for each 64 MiB that is to go.

    `now` is by the log's own clock. `told` hears how many segments were proven, of how many that the rule
    wants gone. Touches nothing. Raises LogError.
    """
    data, lake = settings.data_folder, Lake(settings.lake_folder)

    segments = log.sealed(data)
    proven = 0

    def fault(segment: Sealed) -> str | None:
        from healthmon.archive.proof import unproven  # only when a segment is to go

        nonlocal proven
        told(proven, len(asked))
        proven += 1
        return unproven(data, lake, segment)

    facts = Facts(now, shutil.disk_usage(data).free, fault)
    asked, _ = asked_for(segments, rule, facts)
    return planned(segments, rule, facts)


def _has_news(places: Places, settings: Settings) -> bool:
    """Whether a sealed segment waits. Cheap: manifests, sizes, and the ends of segments."""
    lake = Lake(settings.lake_folder)
    return any(not (lake.holds(one) or lake.was_left(one)) for one in log.sealed(places.data))
