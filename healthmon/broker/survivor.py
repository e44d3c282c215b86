"""This is the place for a broker that outlived its recorder: recognised, and stopped before another starts.

Two servers on one store would damage it. `running.json` says which process served this folder; it counts only
if a process of that number lives, was started at the noted time, and has our configuration on its command
line. Linux only: other systems have no /proc, and there a survivor shows as a taken port.
"""

import contextlib
import os
import select
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from healthmon.broker import private_file
from healthmon.broker.config import BrokerFiles
from healthmon.broker.errors import BrokerError, BrokerReason
from healthmon.events import wire

_STARTED = 21 - 2  # starttime is field 22 of /proc/PID/stat; we count from 0 and after `pid (comm) `
_PATIENCE = 10.0  # s, real time, for each of SIGTERM and SIGKILL


@dataclass(frozen=True, slots=True)
class Running:
    """A server and the recorder it belongs to: process ids, and starting times in ticks since boot."""

    pid: int
    started: int
    owner: int
    owner_started: int


def note(files: BrokerFiles, pid: int) -> None:
    """Write down that `pid`, our child, serves this folder. Raises BrokerError (CANNOT_WRITE)."""
    running = Running(pid, _started(pid) or 0, os.getpid(), _started(os.getpid()) or 0)
    private_file.write(files.running, wire.write(running))


def forget(files: BrokerFiles) -> None:
    """Nobody serves this folder any more. On a disk that refuses, the note stays and names a dead process."""
    with contextlib.suppress(OSError):
        files.running.unlink()


def stop_survivor(files: BrokerFiles) -> bool:
    """Stop what still serves this folder, and return when it is gone; False when nothing did.

    Raises BrokerError: IN_USE when its recorder lives (and is not us), SURVIVOR when it will not go.
    """
    running = _read(files.running)
    if running is None or not _serves(running, files):
        return False
    if running.owner != os.getpid() and _started(running.owner) == running.owner_started:
        raise BrokerError(
            BrokerReason.IN_USE,
            f"process {running.owner} runs the broker of {files.folder}: `healthmon stop` ends it",
        )
    _end(running.pid)
    forget(files)
    return True


def _read(path: Path) -> Running | None:
    try:
        return wire.read(path.read_bytes(), Running)
    except (OSError, wire.WireError):
        return None


def _serves(running: Running, files: BrokerFiles) -> bool:
    if _started(running.pid) != running.started:
        return False
    try:
        words = Path(f"/proc/{running.pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return os.fsencode(files.config) in words


def _started(pid: int) -> int | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] == "Z" else int(fields[_STARTED])


def _end(pid: int) -> None:
    if sys.platform != "linux":
        return
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(process, number)
            if select.select([process], [], [], _PATIENCE)[0]:
                return
    finally:
        os.close(process)
    raise BrokerError(
        BrokerReason.SURVIVOR,
        f"an old broker (process {pid}) does not end: restart this machine to be rid of it",
    )
