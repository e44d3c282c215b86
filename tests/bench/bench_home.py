"""This is the place for what a recorder costs at home: 10 readings a second, hour after hour.

Its own share of one core and its own memory, the broker's beside it, and what its short-lived children took.
BENCH_HOME_SECONDS says for how long it is watched (60). Linux only: it reads /proc.
"""

import os
import sys
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from healthmon.broker import Role, accounts
from healthmon.events import wire
from tests.bench.bench_wire import said
from tests.fakes.homes import RealHome, real_home

SECONDS = float(os.environ.get("BENCH_HOME_SECONDS", "60"))
SETTLING = 5.0  # s after the start that are not counted
PER_SECOND = 10

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Taken:
    """Of one process so far: seconds of processor, and of its children that have ended."""

    own: float
    children: float


def measure() -> list[Row]:
    """Watch one home."""
    if sys.platform != "linux":
        return []
    with TemporaryDirectory() as folder, real_home(Path(folder)) as home, ExitStack() as ends:
        accounts.ensure(home.data, "gateway", Role.GATEWAY)
        stop = threading.Event()
        speaking = threading.Thread(target=_speak, args=(home, stop))
        speaking.start()
        ends.callback(speaking.join)
        ends.callback(stop.set)
        stop.wait(SETTLING)
        recorder, broker = home.recorder.popen.pid, _broker(home)
        before, broker_before = _taken(recorder), _taken(broker)
        began = time.monotonic()
        stop.wait(SECONDS)
        seconds = time.monotonic() - began
        after, broker_after = _taken(recorder), _taken(broker)
        return [
            _row("recorder", "% of one core", (after.own - before.own) / seconds * 100),
            _row("recorder's children", "% of one core", (after.children - before.children) / seconds * 100),
            _row("recorder", "MB of memory of its own (PSS)", _memory(recorder)),
            _row("broker", "% of one core", (broker_after.own - broker_before.own) / seconds * 100),
            _row("broker", "MB of memory of its own (PSS)", _memory(broker)),
        ]


def _row(who: str, unit: str, value: float) -> Row:
    return {"name": f"{who} at {PER_SECOND} readings/s for {SECONDS:g} s", "value": value, "unit": unit}


def _speak(home: RealHome, stop: threading.Event) -> None:
    boot = os.urandom(4).hex()
    with home.publisher() as speaker:
        began, number = time.monotonic(), 0
        while not stop.wait(max(0.0, began + number / PER_SECOND - time.monotonic())):
            topic, payload = said(boot, number)
            speaker.publish(topic, payload)
            number += 1


def _broker(home: RealHome) -> int:
    running = wire.read((home.data / "broker" / "running.json").read_bytes(), dict[str, object])
    return int(str(running["pid"]))


def _taken(pid: int) -> Taken:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    tick = os.sysconf("SC_CLK_TCK")
    user, system, of_children, system_of_children = (int(fields[place]) / tick for place in (11, 12, 13, 14))
    return Taken(user + system, of_children + system_of_children)


def _memory(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0
