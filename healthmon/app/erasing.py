"""This is the place for erasing a person everywhere: what the recorder does, what is done here, what is not.

The recorder takes them out of the log, the dead letters and its own memory. Here, in the shell's process, go
the checkpoints, the lake and the outbox. What lies outside is listed, so that somebody can look after it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from healthmon import log
from healthmon.app.handing_over import hand_over
from healthmon.app.jobs.asked import EraseAsked
from healthmon.app.keeping.lock import checkpoints_lock
from healthmon.app.keeping.logic import brought_back, kept, logic_shelf
from healthmon.app.places import Places
from healthmon.clock import Clock
from healthmon.events import Event, wire
from healthmon.log import Concern, Survey
from healthmon.pipeline.backfill import Tally
from healthmon.settings import Settings

Told = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Done:
    """What is gone, by where it was."""

    lines: int
    letters: int
    lake_rows: int
    outbox: int
    problem: str = ""

    @property
    def found_something(self) -> bool:
        """Whether anything was there to erase, and is gone."""
        return bool(self.lines or self.letters or self.lake_rows or self.outbox) and not self.problem


@dataclass(frozen=True, slots=True)
class _InOutbox:
    event: Event


def found(settings: Settings, person: str, told: Told = lambda _: None) -> Survey:
    """What the log holds about them. Reads all of it: some seconds a gigabyte. Raises LogError."""
    return log.survey(settings.data_folder, Concern(person), told)


def out_of_reach(settings: Settings, person: str, survey: Survey) -> list[str]:
    """What `erase` cannot erase, a line each: for whoever has to look after it."""
    data, name = settings.data_folder, Concern(person).name()
    lines = [
        "backups made with healthmon data backup, exports and copies of the data folder",
        "what a device still holds or goes on sending in their name; take it off them first",
        "the broker's store: messages not yet recorded, and retained ones, until they are replaced",
        "readings of their devices from before the device was assigned to them",
    ]
    if survey.mentions:
        lines.append(f"{survey.mentions} lines about others whose text holds {person!r}")
    folders = [data / folder for folder in ("drop", "drop/done", "drop/failed")]
    for folder in (*folders, *sorted(Places(data).outbox.rglob("damaged"))):
        lines += [f"{path}: this file names them" for path in _files_with(folder, name)]
    return lines


def erase(settings: Settings, person: str, clock: Clock, told: Callable[[Tally], None]) -> Done:
    """Erase them, by the recorder if one holds the log, else here. Blocks until it is durable.

    May be run again after any interruption. Raises LogError, ProcessError, ArchiveError.
    """
    tally = hand_over(settings, EraseAsked(person=person), clock, told)
    if tally.problem:
        return Done(0, 0, 0, 0, tally.problem)
    concern = Concern(person)
    forget_in_checkpoints(settings, person)
    rows = _out_of_the_lake(settings, concern)
    outbox = _out_of_the_outbox(Places(settings.data_folder).outbox, concern)
    return Done(tally.stored, tally.refused, rows, outbox)


def forget_in_checkpoints(settings: Settings, person: str) -> None:
    """The newest checkpoint of the logic goes on without them; every other one goes.

    Waits for an upkeep that is at work. Raises LogError.
    """
    data = settings.data_folder
    folder = data / "checkpoints"
    if not folder.is_dir():
        return
    with checkpoints_lock(data, waits=True):
        shelf = logic_shelf(data, settings)
        records = [record for path in shelf.stretches() for record in shelf.records(path)][-1:]
        logics = [(record.note, brought_back(shelf.parts(record))) for record in records]
        for path in folder.iterdir():
            if path.name != "lock":
                path.unlink(missing_ok=True)
        for note, logic in logics:
            now = log.mark(data, note.offset)
            if logic is not None and now is not None:
                logic.forget(person)
                shelf.begin(replace(note, mark=now), [kept(logic)])


def _out_of_the_lake(settings: Settings, concern: Concern) -> int:
    if not settings.lake_folder.is_dir():
        return 0
    from healthmon.archive.erase import erase as erase_rows  # pyarrow: only where there is a lake

    return erase_rows(settings.lake_folder, concern.covers).rows


def _out_of_the_outbox(folder: Path, concern: Concern) -> int:
    """The window's, and a folder for each carer who speaks in a shell."""
    gone = 0
    for path in sorted(folder.rglob("*.json")):
        try:
            said = wire.read(path.read_bytes(), _InOutbox).event
        except (OSError, wire.WireError):
            continue
        if concern.covers(said):
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _files_with(folder: Path, name: bytes) -> list[Path]:
    try:
        paths = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError:
        return []
    return [path for path in paths if _holds(path, name)]


def _holds(path: Path, name: bytes) -> bool:
    try:
        with path.open("rb") as lines:
            return any(name in line for line in lines)
    except OSError:
        return False
