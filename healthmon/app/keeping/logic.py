"""This is the place for the recorder's logic in checkpoints: brought back at a start, kept by upkeep."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

from healthmon import log, preserve
from healthmon.app.heartbeat import real_now
from healthmon.app.keeping.milestones import Pace, bites
from healthmon.app.keeping.versions import logic_version
from healthmon.log.checkpoints import Shelf, first_offset
from healthmon.log.reasons import disk_trouble
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.settings import Settings

# What a start has to learn at most, when upkeep keeps up: some five seconds, at 45 s for each million.
PACE = Pace(entries=100_000, time=timedelta(days=10_000))
OTHERS_STAY = timedelta(days=1)  # our choice: an update is begun and, if need be, undone within a day
SPARE = 2  # newest ones that stay beside those at the ends of segments: one may be damaged

_ROOMS = preserve.Rooms(
    [
        "healthmon.events",
        "healthmon.rules",
        "healthmon.alarms",
        "healthmon.advice",
        "healthmon.pipeline.logic",
        "healthmon.pipeline.lateness",
        "healthmon.pipeline.memory",
        "healthmon.pipeline.people",
    ]
)


def logic_shelf(data: Path, settings: Settings) -> Shelf:
    """Where the logic of these settings is kept."""
    return Shelf(data, "logic", logic_version(settings))


def newest_logic(data: Path, settings: Settings, *, at_most: int | None = None) -> tuple[Logic, int]:
    """The logic as it was last kept, and the offset it goes on from.

    A fresh one and 0 if nothing kept can be used. Raises LogError: what the disk refuses.
    """
    shelf = logic_shelf(data, settings)
    for record in shelf.usable(at_most=at_most):
        logic = brought_back(shelf.parts(record))
        if logic is not None:
            return logic, record.note.offset
    rules = house_rules(settings.rules).rules
    return Logic(rules, remembered_ids=settings.recorder.remembered_ids), 0


def keep_logic(data: Path, settings: Settings, told: Callable[[int, int], None] = lambda _, __: None) -> None:
    """Learn what the log holds beyond the newest checkpoint, and keep it: see `milestones`.

    `told` hears how many entries of how many are learnt.
    Killed, the next one goes on from the last that was kept. Blocks for as long as it takes: some 45 s for
    each million entries that were never learnt. Raises LogError.
    """
    shelf = logic_shelf(data, settings)
    logic, begun = newest_logic(data, settings)
    ends = log.next_offset(data)
    _tidy(shelf, data)
    for entries, note in bites(data, begun, PACE):
        logic.learn(entries)
        if note is not None:
            shelf.begin(note, [kept(logic)])
        told(logic.next_offset, ends)
    _tidy(shelf, data)


def kept(logic: Logic) -> bytes:
    """A logic as a checkpoint holds it. Raises PreserveError for one that could not be brought back."""
    state = preserve.pressed(_ROOMS.kept(logic).state)
    if brought_back([state]) is None:
        raise preserve.PreserveError(
            preserve.PreserveReason.NOT_ALLOWED,
            "the logic holds something that may not be kept: name its room in app/keeping/logic.py",
        )
    return state


def brought_back(parts: Sequence[bytes]) -> Logic | None:
    """The logic again; None when these bytes are not one, or not as they were."""
    try:
        found = _ROOMS.brought_back(preserve.Preserved(preserve.unpressed(parts[0]))) if parts else None
    except preserve.PreserveError:
        return None
    return found if isinstance(found, Logic) else None


def _tidy(shelf: Shelf, data: Path) -> None:
    """Only the newest stay, and those where a segment ends; of other code only today's newest."""
    for path in (*_outdated(shelf), *shelf.strangers()):
        _remove(path)
    ends = {log.begins_at(data), *(one.next_offset for one in log.sealed(data))}
    for path in shelf.stretches()[:-SPARE]:
        if first_offset(path) not in ends:
            _remove(path)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise disk_trouble(error, path) from error


def _outdated(shelf: Shelf) -> Iterator[Path]:
    """Of other code, all but the newest of today: an update is about to start from them, or to be undone."""
    for _, paths in groupby(shelf.of_other_versions(), key=_code_of):
        *older, newest = paths
        yield from older
        if real_now() - datetime.fromtimestamp(newest.stat().st_mtime, UTC) > OTHERS_STAY:
            yield newest


def _code_of(path: Path) -> str:
    return path.stem.rpartition("-")[0]
