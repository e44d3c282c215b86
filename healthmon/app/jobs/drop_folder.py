"""This is the place for the drop folder: a file of JSON lines that is put into `D/drop/` is imported.

Only a whole one: it has stood still for two seconds; names that begin with a dot or end in `.part` are still
being written. Then it goes to `drop/done/`, or to `drop/failed/`, with a report beside it. A recorder that
dies leaves the file where it is: the next one takes it again, and what is in the log already is recognised.
"""

import contextlib
import os
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from healthmon.app.jobs.asked import ImportAsked
from healthmon.app.jobs.importing import import_work, in_words
from healthmon.app.jobs.work import Means, Work
from healthmon.events.plain_text import made_plain
from healthmon.pipeline.backfill import Tally

STANDS_STILL = 2.0  # seconds of real time without a change
MOST_FILES = 1_000  # looked at in one go: a folder full of strangers does not hold the readings up
_PRIVATE = 0o700


@dataclass(frozen=True, slots=True)
class _State:
    """A file as it was when somebody looked: another size, time or place on the disk is another file."""

    size: int
    changed: int
    inode: int

    @classmethod
    def of(cls, told: os.stat_result) -> "_State":
        return cls(told.st_size, told.st_mtime_ns, told.st_ino)


class DropJob:
    """One dropped file in hand."""

    def __init__(self, work: Work, path: Path, state: _State) -> None:
        self.work = work
        self._path = path
        self._state = state

    def tell(self, tally: Tally) -> None:
        """At the end: put the file away, and say beside it what came of it.

        One that has changed while it was read stays, and is taken again when it stands still.
        """
        if tally.done and _state_now(self._path) == self._state:
            told = [tally.problem, in_words(tally)]
            _put_away(self._path, "failed" if tally.problem else "done", "; ".join(filter(None, told)))


class DropFolder:
    """Looks for files that have stood still. One thread: the recorder's. Never raises."""

    def __init__(self, folder: Path, means: Means, *, now: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._means = means
        self._now = now
        self._seen: dict[str, tuple[_State, float]] = {}  # and since when it has been so
        self._taken: dict[str, _State] = {}  # so that what cannot be moved away is not read again and again
        with contextlib.suppress(OSError):
            folder.mkdir(mode=_PRIVATE, exist_ok=True)

    def take(self) -> DropJob | None:
        """The next file that is whole, or None. What is no plain file is put away, unread."""
        now, found = self._now(), self._look()
        self._taken = {name: state for name, state in self._taken.items() if name in found}
        self._seen = {name: self._since(name, state, now) for name, state in found.items()}
        for name, state in sorted(found.items(), key=lambda one: one[1].changed):
            if self._taken.get(name) == state:
                continue
            path = self._folder / name
            if fault := _fault(path):
                _put_away(path, "failed", fault)
                self._taken[name] = state
            elif now - self._seen[name][1] >= STANDS_STILL:
                self._taken[name] = state
                return DropJob(import_work(ImportAsked(str(path)), self._means), path, state)
        return None

    def _look(self) -> dict[str, _State]:
        """What lies there now."""
        found: dict[str, _State] = {}
        with contextlib.suppress(OSError), os.scandir(self._folder) as entries:
            for _, entry in zip(range(MOST_FILES), entries, strict=False):
                if entry.name.startswith(".") or entry.name.endswith(".part") or _is_ours(entry):
                    continue
                with contextlib.suppress(OSError):  # it went while we looked
                    found[entry.name] = _State.of(entry.stat(follow_symlinks=False))
        return found

    def _since(self, name: str, state: _State, now: float) -> tuple[_State, float]:
        before = self._seen.get(name)
        return before if before is not None and before[0] == state else (state, now)


def _state_now(path: Path) -> _State | None:
    try:
        return _State.of(path.lstat())
    except OSError:
        return None


def _is_ours(entry: "os.DirEntry[str]") -> bool:
    return entry.name in {"done", "failed"} and entry.is_dir(follow_symlinks=False)


def _fault(path: Path) -> str:
    """Why this is not read, or nothing. Only files that are what they seem: no links, pipes or devices."""
    with contextlib.suppress(OSError):
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            return "a link: put the file itself here"
        if stat.S_ISDIR(mode):
            return "a folder: put its files here, one by one"
        if not stat.S_ISREG(mode):
            return "not a file"
    return ""


def _put_away(path: Path, where: str, report: str) -> None:
    """Move it, and write the report. What cannot be moved stays, and is not read again by this recorder."""
    with contextlib.suppress(OSError):
        home = path.parent / where
        home.mkdir(mode=_PRIVATE, exist_ok=True)
        target = _free_name(home, path.name)
        path.rename(target)
        target.with_name(f"{target.name}.txt").write_text(f"{made_plain(report, longest=500)}\n", "utf-8")


def _free_name(home: Path, name: str) -> Path:
    """This name in the folder, or with a number: what was put away before is not overwritten."""
    number, target = 1, home / name
    while target.exists() or target.is_symlink():
        number += 1
        target = home / f"{number}-{name}"
    return target
