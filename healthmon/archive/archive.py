"""This is the place for bringing sealed segments into the lake: written, read back, and only then counted."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from healthmon import log
from healthmon.archive.errors import ArchiveError, ArchiveReason
from healthmon.archive.lake import FORMAT, Lake, Manifest
from healthmon.archive.proof import changed, difference
from healthmon.archive.segments import entries_in
from healthmon.archive.write import write_days
from healthmon.log import LogError, Sealed

Told = Callable[[int, int], None]
"""How far it is: entries archived now, and entries there were to archive."""


@dataclass(slots=True)
class Tally:
    """What one run did. `left` says of each segment that could not be archived why not."""

    segments: int = 0
    rows: int = 0
    bytes: int = 0
    known: int = 0
    left: list[str] = field(default_factory=list)


def archive(data: Path, folder: Path, told: Told = lambda _done, _of: None) -> Tally:
    """Bring every sealed segment of a log into the lake that is not there yet. Any process.

    May be killed at any moment and run again: a segment counts once its rows were read back and compared with
    the log's, and what was half written is written anew. Damaged segments are left out and told; the disk's
    trouble raises ArchiveError, and so does a lake of another log. Memory: one row group, some 50 MB.
    """
    lake, tally = Lake(folder), Tally()
    with lake.held():
        segments = log.sealed(data)
        waiting = [segment for segment in segments if not lake.holds(segment)]
        tally.known = len(segments) - len(waiting)
        _refuse_another(lake, waiting, _names(data))
        total = sum(segment.next_offset - segment.first_offset for segment in waiting)
        for segment in waiting:
            told(tally.rows, total)
            with log.upkeep_lock(data):  # for one at a time: whoever exchanges them waits no longer
                _bring(data, lake, segment, tally)
        told(total, total)
    return tally


def _refuse_another(lake: Lake, waiting: list[Sealed], names: set[str]) -> None:
    """Nothing that another log archived is overwritten: it may be all that is left of it."""
    for segment in waiting:
        manifest = lake.manifest(segment.first_offset)
        if manifest is not None and manifest.digest != segment.digest and manifest.log not in names:
            raise ArchiveError(
                ArchiveReason.OTHER_LOG,
                f"{lake.folder} holds another log's events: choose another folder with --to or archive.lake",
            )


def _names(data: Path) -> set[str]:
    """What this log is called, and was called before it was copied."""
    identity = log.identity_of(data)
    return {""} if identity is None else {identity.log, identity.copied_from or identity.log}


def _name(data: Path) -> str:
    """The log's own name; empty when it has none."""
    identity = log.identity_of(data)
    return "" if identity is None else identity.log


def _bring(data: Path, lake: Lake, segment: Sealed, tally: Tally) -> None:
    try:
        if _adopted(data, lake, segment):
            tally.known += 1
            return
        manifest = _written(data, lake, segment)
    except LogError as error:
        tally.left.append(f"{segment.path.name}: {error}")
        lake.leave(segment, _name(data), str(error))
        return
    lake.finish(manifest, manifest.files)
    tally.segments += 1
    tally.rows += manifest.rows
    tally.bytes += sum(file.bytes for file in manifest.files)


def _adopted(data: Path, lake: Lake, segment: Sealed) -> bool:
    """Whether the lake has all of it from before the segment was sealed anew: then only that is noted.

    An erasure seals every later segment anew, though hardly any of them holds other events.
    """
    manifest = lake.manifest(segment.first_offset)
    if manifest is None or manifest.left or changed(lake, manifest) is not None:
        return False
    paths = [lake.folder / file.name for file in manifest.files]
    if difference(entries_in(data, segment), paths) is not None:
        return False
    as_it_is = replace(
        manifest, digest=segment.digest, next_offset=segment.next_offset, log=_name(data), erased=0
    )
    lake.finish(as_it_is, fresh=())
    return True


def _written(data: Path, lake: Lake, segment: Sealed) -> Manifest:
    """The files of a segment, durable and proven, under their unfinished names."""
    files = tuple(write_days(lake, entries_in(data, segment), segment.first_offset))
    paths = [lake.unfinished(file.name) for file in files]
    differs = difference(entries_in(data, segment), paths)
    if differs is not None:
        raise ArchiveError(
            ArchiveReason.NOT_THE_SAME,
            f"{segment.path.name} was not archived: {differs}; check the disk, and keep the log",
        )
    return Manifest(
        format=FORMAT,
        first_offset=segment.first_offset,
        next_offset=segment.next_offset,
        digest=segment.digest,
        log=_name(data),
        rows=sum(file.rows for file in files),
        files=files,
    )
