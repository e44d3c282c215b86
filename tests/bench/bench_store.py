"""This is the place for what a power cut could take from the broker: acknowledged, and not yet on the disk.

strace watches the server while messages are published at QoS 1, one by one and many at once: the n-th PUBACK
must come after a sync that began when the n-th message was written. Where strace is missing, or may not
watch, nothing is measured.
"""

import re
import shutil
import subprocess
import sys
import threading
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from healthmon.broker import EmbeddedBroker, Limits, Role, accounts
from healthmon.mqtt import BrokerUrl, Listener, Publisher, Session

MESSAGES = 300  # one by one, and as many again at once
TOPIC = "healthmon/home/watch-7/event"
PAYLOAD = b"x" * 141
PATIENCE = 60.0
_STORE = "$MQTT_msgs/msgs/"
_CALL = re.compile(r"(\d+) +([\d.]+) (?:<\.\.\. )?(\w+)(.*)", re.DOTALL)
_PUBACK = re.compile(r'iov_base="@\\2.*?iov_len=(\d+)')

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Trace:
    """When messages were written, syncs began and ended, and acknowledgements went out; seconds."""

    writes: list[float]
    syncs: list[tuple[float, float]]
    acknowledgements: list[float]


def measure() -> list[Row]:
    """With a sync before each acknowledgement, which is the default, and with one each second."""
    if shutil.which("strace") is None:
        sys.stderr.write("strace is not installed: nothing is measured\n")
        return []
    rows: list[Row] = []
    for name, every in (("before each PUBACK", None), ("each second", timedelta(seconds=1))):
        trace = read_trace(_watched(Limits(sync_every=every)))
        at_risk, longest = window(trace)
        about = f"acknowledged and not synced, of {len(trace.acknowledgements)}, synced {name}"
        rows += [
            {"name": f"{about}: most at once", "value": at_risk, "unit": "messages"},
            {"name": f"{about}: longest", "value": longest * 1000, "unit": "ms"},
        ]
    return rows


def window(trace: Trace) -> tuple[int, float]:
    """How many messages were acknowledged and not on the disk at once, at worst; and for how long, s."""
    ends = [end for _, end in trace.syncs]
    begins = [begin for begin, _ in trace.syncs]
    synced: list[float] = []
    for written in trace.writes:
        place = bisect_left(begins, written)
        synced.append(ends[place] if place < len(ends) else float("inf"))
    pairs = list(zip(trace.acknowledgements, synced, strict=False))
    moments = [told for told, _ in pairs]
    most = max((sum(told <= now < safe for told, safe in pairs) for now in moments), default=0)
    return most, max((max(0.0, safe - told) for told, safe in pairs), default=0.0)


def read_trace(lines: list[str]) -> Trace:
    """What strace wrote."""
    writes: list[float] = []
    syncs: list[tuple[float, float]] = []
    told: list[float] = []
    begun: dict[str, tuple[float, str]] = {}
    for line in lines:
        found = _CALL.match(line)
        if found is None:
            continue
        process, moment, call, rest = found[1], float(found[2]), found[3], found[4]
        if "unfinished" in rest:
            begun[process] = (moment, rest)
            continue
        began, before = begun.pop(process, (moment, "")) if "resumed" in rest else (moment, "")
        rest = before + rest
        if call == "pwrite64" and _STORE in rest and int(rest.rsplit("= ", 1)[1].split()[0]) > len(PAYLOAD):
            writes.append(moment)
        elif call == "fsync" and _STORE in rest:
            syncs.append((began, moment))
        elif call == "writev":
            told += [began] * (sum(map(int, _PUBACK.findall(rest))) // 4)
    return Trace(writes, sorted(syncs), told)


def _watched(limits: Limits) -> list[str]:
    with TemporaryDirectory() as folder, _home(Path(folder), limits) as (broker, watch):
        out = Path(folder) / "trace"
        calls = "trace=writev,pwrite64,fsync"
        words = ["strace", "-f", "-ttt", "-y", "-s", "8", "-e", calls, "-o", str(out), "-p", str(broker.pid)]
        with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as strace:
            assert strace.stderr is not None
            strace.stderr.readline()  # attached
            for _ in range(MESSAGES):
                watch.publish(TOPIC, PAYLOAD).wait(PATIENCE)
            for delivery in [watch.publish(TOPIC, PAYLOAD) for _ in range(MESSAGES)]:
                delivery.wait(PATIENCE)
            threading.Event().wait(1.5)  # the last sync
            strace.terminate()
        return out.read_text(errors="replace").splitlines()


@contextmanager
def _home(folder: Path, limits: Limits) -> Iterator[tuple[EmbeddedBroker, Publisher]]:
    broker = EmbeddedBroker(folder, limits=limits)
    accounts.ensure(folder, "watch-7", Role.DEVICE)
    broker.start()
    known = accounts.load(folder)
    listener = Listener(BrokerUrl.parse(known.url_for("recorder")), Session("recorder", ["healthmon/home/#"]))
    watch = Publisher(BrokerUrl.parse(known.url_for("watch-7")), "watch-7")
    pause = threading.Event()
    try:
        listener.start()
        watch.start()
        while not (listener.state.connected and watch.state.connected):
            pause.wait(0.01)
        yield broker, watch
    finally:
        watch.stop()
        listener.stop()
        broker.stop()
