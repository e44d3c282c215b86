"""This is the place for where in a log checkpoints stand, and for walking it from one to the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from healthmon import log
from healthmon.events import Entry
from healthmon.log.checkpoints import Note, mark_after

_PIECE = 1_000  # entries at once: how far a checkpoint may stand behind its ten minutes


@dataclass(frozen=True, slots=True)
class Pace:
    """How far apart checkpoints are: so many entries at most, and no more than this time of receipt."""

    entries: int
    time: timedelta


class Bite(NamedTuple):
    """Some entries, and what to note of the checkpoint to make after them; None where none stands."""

    entries: list[Entry]
    note: Note | None


def bites(data: Path, start: int, pace: Pace, *, until: int | None = None) -> Iterator[Bite]:
    """The log from `start` to its end, or to `until`, with a checkpoint at the end of each sealed segment, at
    every pace between, and at the end. Damage is stepped over, as at a start. Raises LogError.
    """
    follower = log.Follower(data, start, on_damage=_step_over)
    ends = sorted(one.next_offset for one in log.sealed(data))
    last, begun, newest = start, None, None
    while entries := follower.poll(_reach(follower.offset, last + pace.entries, ends, until)):
        newest, begun = entries[-1], begun or entries[0].received
        is_far = follower.offset - last >= pace.entries or newest.received - begun >= pace.time
        is_due = is_far or follower.offset in ends
        yield Bite(entries, _note(data, follower, newest) if is_due else None)
        if is_due:
            last, begun = follower.offset, newest.received
        if until is not None and follower.offset >= until:
            break
    if newest is not None and follower.offset > last:
        yield Bite([], _note(data, follower, newest))


def _reach(offset: int, next_due: int, ends: list[int], until: int | None) -> int:
    """How many entries to take, so that no milestone is passed."""
    stops = [offset + _PIECE, next_due, *(end for end in ends if end > offset)]
    return max(1, min(stops if until is None else [*stops, until]) - offset)


def _note(data: Path, follower: log.Follower, newest: Entry) -> Note | None:
    mark: str | None = mark_after(newest, follower.edition)
    if newest.offset != follower.offset - 1:  # what stands between is damaged
        mark = log.mark(data, follower.offset, edition=follower.edition)
    return None if mark is None else Note(offset=follower.offset, mark=mark, moment=newest.received)


def _step_over(_damage: log.Damage) -> None:
    """Damage is the recorder's to tell, once; what is whole is folded."""
