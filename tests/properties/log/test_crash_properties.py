"""Whatever a crash leaves: no durable entry is lost, none is invented, and the log goes on.

A power cut is played on a copy: everything up to the last sync is there, of what was written after it any
bytes at all. The writer's note is as old as it may be.
"""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthmon.events import Entry
from healthmon.log import EventLog, Follower, read, verify
from tests.unit.log.disks import HurriedDisk
from tests.unit.log.entries import CLOCK, NEWEST, entries, entry, files, written


def crashed(folder: Path, note: bytes | None) -> None:
    """Leave the note as the power cut found it."""
    lock = folder / "lock"
    lock.unlink() if note is None else lock.write_bytes(note)


def reopened(folder: Path) -> list[Entry]:
    """What the log holds once it is open again, and goes on: proved whole, one more appended."""
    with EventLog.open(folder, clock=CLOCK, disk=HurriedDisk()) as log:
        found = list(read(folder))
        assert log.next_offset == len(found)
        log.append([entry(log.next_offset)])
    assert verify(folder).is_whole
    assert list(read(folder)) == [*found, entry(len(found))]
    return found


@pytest.mark.parametrize("has_note", [True, False])
def test_a_log_cut_at_any_byte_keeps_each_whole_line_and_invents_none(tmp_path: Path, has_note: bool) -> None:
    whole = tmp_path / "whole"
    notes = _written_in_steps(whole, [2, 2, 1, 2], segment_bytes=1000)
    last = files(whole)[NEWEST]
    content = last.read_bytes()
    first = int(last.stem.partition("-")[2])
    lost = []
    for size in range(len(content)):
        home = tmp_path / "cut"
        shutil.copytree(whole, home)
        files(home)[NEWEST].write_bytes(content[:size])
        crashed(home, _newest_note(notes, last.name, size) if has_note else None)
        kept = first + max(0, content[:size].count(b"\n") - 1)
        if reopened(home) != entries(kept):
            lost.append(size)
        shutil.rmtree(home)

    assert lost == []


@pytest.mark.parametrize("has_note", [True, False])
def test_a_log_cut_at_any_byte_of_its_last_but_one_segment_too(tmp_path: Path, has_note: bool) -> None:
    whole = tmp_path / "whole"
    notes = _written_in_steps(whole, [2, 2, 1, 2], segment_bytes=1000)
    sealed = files(whole)[-2]
    content = sealed.read_bytes()
    first = int(sealed.stem.partition("-")[2])
    count = int(files(whole)[NEWEST].stem.partition("-")[2]) - first
    lost = []
    for size in range(len(content) + 1):
        home = tmp_path / "cut"
        shutil.copytree(whole, home)
        files(home)[NEWEST].unlink()
        files(home)[NEWEST].write_bytes(content[:size])
        crashed(home, _note_of(notes, sealed.name, size) if has_note else None)
        kept = first + min(count, max(0, content[:size].count(b"\n") - 1))
        if reopened(home) != entries(kept):
            lost.append(size)
        shutil.rmtree(home)

    assert (lost, first, count > 0) == ([], first, True)


def _note_of(notes: list[tuple[str, int, bytes]], segment: str, size: int) -> bytes | None:
    """The newest note of this segment that was true when it had this size; none when it had none yet."""
    return next(
        (note for name, durable, note in reversed(notes) if name == segment and durable <= size), None
    )


def _written_in_steps(folder: Path, batches: list[int], segment_bytes: int) -> list[tuple[str, int, bytes]]:
    """A log, and after each sync the note that was then left: segment, durable bytes, the note."""
    notes = []
    with EventLog.open(folder, clock=CLOCK, segment_bytes=segment_bytes, disk=HurriedDisk()) as log:
        for count in batches:
            log.append(entries(count, log.next_offset))
            path = files(folder)[NEWEST]
            notes.append((path.name, path.stat().st_size, (folder / "lock").read_bytes()))
    return notes


def _newest_note(notes: list[tuple[str, int, bytes]], segment: str, size: int) -> bytes:
    """The newest note that was true when the segment had this size; the oldest when there is none."""
    fitting = [note for name, durable, note in notes if name != segment or durable <= size]
    return fitting[-1]


@given(
    durable=st.lists(st.integers(1, 3), max_size=4),
    unsynced=st.integers(1, 5),
    is_note_old=st.booleans(),
    data=st.data(),
)
def test_any_bytes_after_the_last_sync_harm_nothing_before_it(
    durable: list[int], unsynced: int, is_note_old: bool, data: st.DataObject
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        written(folder)
        notes = [(folder / "lock").read_bytes()]
        made = written(folder, *durable)
        notes.append((folder / "lock").read_bytes())
        path = files(folder)[NEWEST]
        synced = path.read_bytes()
        written(folder, unsynced)
        torn = _torn(path.read_bytes()[len(synced) :], data)
        path.write_bytes(synced + torn)
        crashed(folder, notes[0] if is_note_old else notes[1])

        found = reopened(folder)

        assert found[: len(made)] == made
        assert found == entries(len(found))
        assert len(found) <= len(made) + unsynced


def _torn(content: bytes, data: st.DataObject) -> bytes:
    """What a power cut makes of an unsynced write: pages that are there, zero, old or missing, and an end."""
    page = data.draw(st.sampled_from([16, 64, 512]))
    junk = data.draw(st.binary(min_size=page, max_size=page))
    made = bytearray(content)
    for at in range(0, len(content), page):
        fate = data.draw(st.sampled_from(["there", "zero", "junk"]))
        if fate != "there":
            made[at : at + page] = junk if fate == "junk" else bytes(page)
    return bytes(made[: data.draw(st.integers(0, len(made)))])


_WRITER = """
import sys
from pathlib import Path
from healthmon.clock import SystemClock
from healthmon.log import EventLog
from tests.unit.log.entries import CLOCK, entries

batch = int(sys.argv[2])
with EventLog.open(Path(sys.argv[1]), clock=CLOCK, segment_bytes=20_000) as log:
    while True:
        log.append(entries(batch, log.next_offset))
        print(log.next_offset, flush=True)
"""


@pytest.mark.parametrize(("batch", "acknowledgements"), [(1, 1), (3, 40), (50, 12), (400, 5)])
def test_a_writer_that_is_killed_loses_nothing_it_acknowledged(
    tmp_path: Path, root: Path, batch: int, acknowledgements: int
) -> None:
    acknowledged = 0
    for _ in range(2):
        acknowledged = max(acknowledged, _killed(tmp_path, root, batch, acknowledgements))
        found = reopened(tmp_path)

        assert len(found) >= acknowledged
        assert found == entries(len(found))


def test_a_follower_of_a_writer_that_is_killed_saw_nothing_but_what_is_there(
    tmp_path: Path, root: Path
) -> None:
    follower = Follower(tmp_path)
    seen: list[Entry] = []
    writer = _started(tmp_path, root, batch=37)
    assert writer.stdout is not None
    with writer.stdout as said:
        for _ in range(40):
            said.readline()
            seen += follower.poll(100)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait(timeout=30)
    while polled := follower.poll(100):
        seen += polled

    assert seen == entries(len(seen))
    assert reopened(tmp_path) == seen
    assert follower.poll() == [entry(len(seen))]


def _killed(folder: Path, root: Path, batch: int, acknowledgements: int) -> int:
    """Let a writer append until it acknowledged so often, kill it in the midst of it; its last word."""
    writer = _started(folder, root, batch)
    assert writer.stdout is not None
    with writer.stdout as said:
        words = [said.readline() for _ in range(acknowledgements)]
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait(timeout=30)
        words += said.readlines()
    return max(int(word) for word in words if word.endswith("\n"))  # a word cut short was not said


def _started(folder: Path, root: Path, batch: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(folder), str(batch)], cwd=root, stdout=subprocess.PIPE, text=True
    )
