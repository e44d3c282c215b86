"""This is the place for whether readings are being kept, as far as the window can prove it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from healthmon.events.plain_text import made_plain
from healthmon.view import words
from healthmon.view.present import Present
from healthmon.view.screen import Connection, Recording

# DESIGN: written every second of real time; older than 3 s means that nothing is proved any more.
OLDEST_PULSE: Final = timedelta(seconds=3)
# Real time the window may lag behind what the heartbeat says was written.
LOOKED_FOR: Final = timedelta(seconds=5)
# Real time a recorder may take to start and write its first pulse before that is called a failure.
START_TAKES: Final = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Pulse:
    """The recorder's heartbeat as `app` read it. `written` is real UTC; `alive`: its process exists."""

    written: datetime
    pid: int
    version: str
    offset: int  # the newest entry in the log; -1 while there is none
    queue: int
    broker_up: bool
    broker_problem: str
    disk_free: int
    problem: str  # one sentence with the cure, empty when all is well
    events_per_second: float
    clock: str
    sound: str
    playing: str = ""  # the burst that is to be heard: high-oxygen
    alive: bool = True


Heartbeat = Callable[[], Pulse | None]


@dataclass(frozen=True, slots=True)
class Read:
    """What the log itself tells: how many devices speak, when the recorder started, how far it was read."""

    devices: int
    recorder_since: datetime | None
    offset: int


class RecordingWatch:
    """Judges the newest heartbeat, tick by tick. Depends on real time only, never on the log's clock."""

    def __init__(self, opened: datetime, *, is_replay: bool = False, is_starting: bool = True) -> None:
        """`is_starting`: whoever opened the window sees to it that a recorder runs soon."""
        self._opened = opened
        self._is_replay = is_replay
        self._is_starting = is_starting
        self._proof: datetime | None = None  # when it was last seen that a recorder records
        self._advanced = (-2, opened)  # the newest entry that was read, and when it was first seen

    def connection(self, pulse: Pulse | None, read: Read, present: Present) -> Connection:
        """The line at the top."""
        state = self._state(pulse, present)
        lives = state is Recording.RECORDING and pulse is not None
        broker_up = pulse is not None and lives and pulse.broker_up
        rate = pulse.events_per_second if pulse is not None and lives else 0.0
        stopped = self._proof if pulse is None else pulse.written
        return Connection(
            recording=state,
            since=stopped if state is Recording.NOT_RECORDING else read.recorder_since,
            broker_up=broker_up,
            devices=read.devices,
            events_per_second=rate,
            text=_line(state, read.devices, rate, broker_up=broker_up),
            problem=_problem(state, pulse, stopped, is_starting=self._is_starting)
            or self._blindness(state, pulse, read, present),
        )

    def _blindness(self, state: Recording, pulse: Pulse | None, read: Read, present: Present) -> str:
        """The recorder writes on, and nothing of it arrives here: a screen that stands still looks calm."""
        if read.offset != self._advanced[0]:
            self._advanced = (read.offset, present.real)
        is_behind = pulse is not None and pulse.offset - read.offset > 1
        if state is not Recording.RECORDING or not is_behind:
            self._advanced = (read.offset, present.real)
        return words.recorder.BLIND if present.real - self._advanced[1] > LOOKED_FOR else ""

    def _state(self, pulse: Pulse | None, present: Present) -> Recording:
        if self._is_replay:
            return Recording.REPLAY
        if pulse is not None and pulse.alive and abs(present.real - pulse.written) <= OLDEST_PULSE:
            self._proof = pulse.written
            return Recording.RECORDING
        is_over = pulse is not None and not pulse.alive and not self._is_starting
        if self._proof is None and not is_over and present.real - self._opened <= START_TAKES:
            return Recording.STARTING
        return Recording.NOT_RECORDING


def _line(state: Recording, devices: int, rate: float, *, broker_up: bool) -> str:
    said = {
        Recording.RECORDING: words.recorder.RECORDING,
        Recording.NOT_RECORDING: words.recorder.NOT_RECORDING,
        Recording.STARTING: words.recorder.STARTING,
        Recording.REPLAY: words.recorder.REPLAY,
    }[state]
    if state is not Recording.RECORDING:
        return said
    broker = words.recorder.BROKER_UP if broker_up else words.recorder.BROKER_DOWN
    return words.recorder.line(said, broker, devices, rate)


def _problem(state: Recording, pulse: Pulse | None, stopped: datetime | None, *, is_starting: bool) -> str:
    if state is Recording.NOT_RECORDING:
        is_stuck = pulse is not None and pulse.alive
        if not is_stuck and not is_starting:
            return words.recorder.ENDED
        if stopped is None:
            return words.recorder.NO_RECORDER
        return words.recorder.STUCK if is_stuck else words.recorder.STOPPED
    if state is not Recording.RECORDING or pulse is None:
        return ""
    if not pulse.broker_up:
        return words.recorder.broker_down(pulse.broker_problem)
    return made_plain(pulse.problem)
