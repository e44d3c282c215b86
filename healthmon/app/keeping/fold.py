"""This is the place for the view's fold in checkpoints: dense enough that any moment is near one.

A stretch is a day or so: its first record holds everything, each later one what is not in the first or the
one before. So ten minutes of eight people are some nine kilobytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from healthmon import log, preserve
from healthmon.app.keeping.arrays import go_on, steps
from healthmon.app.keeping.milestones import Pace, bites
from healthmon.app.keeping.versions import view_version
from healthmon.log.checkpoints import Note, Record, Shelf, first_offset
from healthmon.view.fold import Fold

# Between a checkpoint and any moment: 10,000 entries, a tenth of a second to read and to fold.
PACE = Pace(entries=10_000, time=timedelta(minutes=10))
STRETCH = 144  # records in a file at most
STRETCH_TIME = timedelta(days=1)

ROOMS = preserve.Rooms(["healthmon.events", "healthmon.alarms", "healthmon.view"])


@dataclass(slots=True)
class Chain:
    """The records of one stretch up to one of them: what the next has to go on from."""

    whole_state: bytes = b""
    arrays: list[bytearray] = field(default_factory=list)
    first: Record | None = None
    last: Record | None = None
    length: int = 0

    def is_full(self, note: Note) -> bool:
        """Whether a new stretch should begin with this record."""
        if self.first is None or self.length >= STRETCH:
            return True
        return note.moment - self.first.note.moment >= STRETCH_TIME


def fold_shelf(data: Path) -> Shelf:
    """Where the view's folds are kept."""
    return Shelf(data, "view", view_version())


def newest_fold(data: Path, *, at_most: int | None = None) -> tuple[Fold, int]:
    """The fold as it was last kept at an offset or before, and the offset it goes on from.

    An empty one and 0 if nothing kept can be used. Raises LogError: what the disk refuses.
    """
    fold, chain = _newest(data, at_most)
    return fold, 0 if chain.last is None else chain.last.note.offset


def first_fold(data: Path, waiting: Sequence[datetime]) -> tuple[Fold, int]:
    """What a window begins with: the newest fold, or an older one if what a carer did here waits since then.

    What came back through the log while no window was open is so seen to come back. Never raises: a log that
    is not there yet, or a disk that refuses, is the feed's to tell.
    """
    try:
        said = min(waiting, default=None)
        return newest_fold(data, at_most=None if said is None else log.offset_at(data, said))
    except log.LogError:
        return Fold(), 0


def keep_folds(data: Path) -> None:
    """Fold what the log holds beyond the newest checkpoint, and where one was deleted, and keep checkpoints.

    Killed, the next one goes on from the last that was kept. Raises LogError.
    """
    shelf = fold_shelf(data)
    for stranger in [*shelf.of_other_versions(), *shelf.strangers()]:
        stranger.unlink(missing_ok=True)
    _look_closely(shelf)
    for begin, end in _gaps(shelf, log.begins_at(data)):
        fold, chain = _newest(data, begin)
        start = 0 if chain.last is None else chain.last.note.offset
        for entries, note in bites(data, start, PACE, until=end):
            fold.take(entries)
            if note is not None and note.offset != end:
                chain = _kept(shelf, chain, fold, note)


def _gaps(shelf: Shelf, begins: int) -> list[tuple[int, int | None]]:
    """From where to where checkpoints are missing: between stretches too far apart, and at the end."""
    missing: list[tuple[int, int | None]] = []
    reached = begins
    for path in shelf.stretches():
        if first_offset(path) - reached > PACE.entries:
            missing.append((reached, first_offset(path)))
        reached = max(reached, *(record.note.offset for record in shelf.records(path)))
    return [*missing, (reached, None)]


def _newest(data: Path, at_most: int | None) -> tuple[Fold, Chain]:
    shelf = fold_shelf(data)
    for record in shelf.usable(at_most=at_most):
        try:
            return _brought_back(shelf, record)
        except preserve.PreserveError:
            continue
    return Fold(), Chain()


def _brought_back(shelf: Shelf, record: Record) -> tuple[Fold, Chain]:
    """The fold of this record, or of the last one before it where the stretch is damaged between them."""
    chain = _chain(shelf, record)
    if chain.last is None:
        raise preserve.PreserveError(preserve.PreserveReason.DAMAGED, f"{record.path} is damaged: delete it")
    like = chain.whole_state if chain.length > 1 else b""
    state = preserve.unpressed(shelf.parts(chain.last)[0], like=like)
    fold = ROOMS.brought_back(preserve.Preserved(state, tuple(chain.arrays)))
    if not isinstance(fold, Fold):
        raise preserve.PreserveError(preserve.PreserveReason.NOT_A_STATE, f"{record.path} holds no fold")
    return fold, chain


def _chain(shelf: Shelf, until: Record) -> Chain:
    """The stretch from its first record to this one, or to the last before what is damaged."""
    chain = Chain()
    for one in shelf.records(until.path):
        try:
            state, grown = shelf.parts(one)
            if chain.first is None:
                chain.first, chain.whole_state = one, preserve.unpressed(state)
            chain.arrays = go_on(chain.arrays, grown)
        except (preserve.PreserveError, ValueError):
            break
        chain.last, chain.length = one, chain.length + 1
        if one.note.offset >= until.note.offset:
            break
    return chain


def _kept(shelf: Shelf, chain: Chain, fold: Fold, note: Note) -> Chain:
    """Keep one more record; what the next one goes on from."""
    now = ROOMS.kept(fold)
    if chain.last is None or chain.is_full(note):
        ROOMS.brought_back(now)  # a fold that could not be brought back says so here, not when it is needed
        record = shelf.begin(note, [preserve.pressed(now.state), steps([], now.buffers)])
        return Chain(now.state, _grown(now), record, record, 1)
    parts = [preserve.pressed(now.state, like=chain.whole_state), steps(chain.arrays, now.buffers)]
    record = shelf.go_on(chain.last, note, parts)
    return Chain(chain.whole_state, _grown(now), chain.first, record, chain.length + 1)


def _grown(now: preserve.Preserved) -> list[bytearray]:
    return list(map(bytearray, now.buffers))


def _look_closely(shelf: Shelf) -> None:
    """Read one stretch to its end, another each time: one that is damaged goes, and is folded again."""
    paths = shelf.stretches()
    newest = shelf.records(paths[-1]) if paths else []
    if not newest:
        return
    records = shelf.records(paths[newest[-1].note.offset % len(paths)])
    if records and _chain(shelf, records[-1]).last != records[-1]:
        records[0].path.unlink(missing_ok=True)
