"""This is the place for a house in which anything is killed at any time, and comes back."""

import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from healthmon.broker import Role, accounts
from healthmon.events import wire
from tests.chaos.verdict import Diary, Verdict, judge, missing, read_diary
from tests.fakes.homes import PATIENCE, ROOT, Process, eventually

RECORDER, BROKER, DEVICE, ALL = "recorder", "broker", "device", "recorder and broker"
_WEIGHTS = {RECORDER: 4, BROKER: 3, DEVICE: 2, ALL: 1}
_DRAIN = 120.0  # s for the last acknowledged event to reach the log


@dataclass(frozen=True, slots=True)
class Chaos:
    """What is to be done. The same seed kills the same in the same order, after the same pauses."""

    kills: int
    seed: int
    devices: int = 4
    per_second: float = 100.0  # events of each device


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it."""

    killed: Counter[str]
    verdict: Verdict
    seconds: float


class House:
    """Recorder, broker and devices, each a process. What was started here is stopped by `close`."""

    def __init__(self, data: Path, chaos: Chaos, diaries: Path | None = None) -> None:
        self._data = data
        self._chaos = chaos
        self._dice = random.Random(chaos.seed)
        self._pause = threading.Event()
        self._names = [f"watch-{n + 1}" for n in range(chaos.devices)]
        for name in self._names:
            accounts.ensure(data, name, Role.DEVICE)
        self._diaries = diaries or data / "diaries"
        self._diaries.mkdir(parents=True)
        self._recorder = self._start_recorder()
        self._devices = {name: self._start_device(name) for name in self._names}
        self.killed: Counter[str] = Counter()

    def kill_one(self) -> None:
        """Something, somewhere, some time from now; and whoever is responsible brings it back."""
        self._pause.wait(self._dice.uniform(0.1, 3.0))
        victim = self._dice.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
        self.killed[victim] += 1
        if victim in {BROKER, ALL}:
            self._kill_broker()
        if victim in {RECORDER, ALL}:
            self._recorder.kill()
            self._pause.wait(self._dice.uniform(0.0, 0.3))
            self._recorder = self._start_recorder(in_peace=self._dice.random() < 0.8)
        if victim == DEVICE:
            name = self._dice.choice(self._names)
            self._devices[name].kill()
            self._devices[name].wait()
            self._devices[name] = self._start_device(name)

    def settle(self) -> Verdict:
        """No more kills: let the devices finish, wait until the log has it all, stop, and judge."""
        if self._recorder.popen.poll() is not None:
            self._recorder = self._start_recorder()
        for device in self._devices.values():
            device.terminate()
        for device in self._devices.values():
            device.wait(PATIENCE * 3)
        diaries = self.diaries()
        eventually(lambda: not missing(self._data, diaries), patience=_DRAIN)
        self._recorder.end()
        return judge(self._data, diaries)

    def diaries(self) -> dict[str, Diary]:
        """What the devices wrote down so far."""
        return {name: read_diary(self._diaries / f"{name}.txt") for name in self._names}

    def close(self) -> None:
        """End whatever still runs."""
        for device in self._devices.values():
            device.kill()
            device.wait()
        if self._recorder.popen.returncode is None:
            self._recorder.end()

    def _start_recorder(self, *, in_peace: bool = True) -> Process:
        """A recorder, ready; or, in turmoil, one that may be killed while it starts."""
        recorder = Process(["healthmon", "record", "--data", str(self._data)])
        if in_peace and not recorder.says("recording to", patience=PATIENCE * 2):
            raise RuntimeError(f"the recorder does not start: {recorder.lines}")
        return recorder

    def _start_device(self, name: str) -> "subprocess.Popen[bytes]":
        words = ["tests.chaos.device", name, str(self._diaries), str(self._chaos.per_second)]
        return subprocess.Popen(
            [sys.executable, "-m", *words],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "CHAOS_BROKER": accounts.load(self._data).url_for(name)},
        )

    def _kill_broker(self) -> None:
        with suppress(OSError, wire.WireError, LookupError):
            running = wire.read((self._data / "broker" / "running.json").read_bytes(), dict[str, object])
            os.kill(int(str(running["pid"])), signal.SIGKILL)


def run(data: Path, chaos: Chaos, progress: Callable[[int, House], None] = lambda _, __: None) -> Outcome:
    """All the kills, then peace, then the verdict."""
    began = monotonic()
    house = House(data, chaos)
    try:
        for number in range(chaos.kills):
            house.kill_one()
            progress(number + 1, house)
        verdict = house.settle()
    finally:
        house.close()
    return Outcome(house.killed, verdict, monotonic() - began)
