"""This is the place for how fast a reading gets from the wire into the durable log, beside mosquitto_sub.

Ours: listener, parser, logic with all rules, log with a data sync for each batch, acknowledged after it, in a
process of its own. The peer: `mosquitto_sub -q 1 >> file`, which parses nothing and syncs nothing. Both drain
sessions of their own with the same stored messages, in turns, from the same broker; medians of the turns.
"""

import os
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from healthmon.broker import EmbeddedBroker, Limits, Role, accounts, ports
from healthmon.events import wire
from healthmon.mqtt import BrokerUrl, Listener, Publisher, Session
from tests.bench.wire_sink import SESSION

MESSAGES = int(os.environ.get("BENCH_MESSAGES", "20000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
DEVICES = int(os.environ.get("BENCH_DEVICES", "200"))  # with 8 each floods: over a thousand readings a second
SLOWLY = 100  # messages a second
SLOW_SECONDS = 5
PEER_SESSION = "bench-peer"
PEER = "mosquitto_sub -q 1 >> file"
PATIENCE = 120.0
FILTER = "healthmon/home/#"

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one turn: messages a second, and seconds of processor for 100,000."""

    rate: float
    processor: float
    lags: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """A broker, who speaks and who hears there."""

    name: str
    speaker: BrokerUrl
    hearer: BrokerUrl


def measure() -> list[Row]:
    """On the embedded broker, and on Debian's mosquitto where that is installed."""
    rows: list[Row] = []
    with TemporaryDirectory() as folder, _embedded(Path(folder)) as place:
        rows += _compared(place)
    program = shutil.which("mosquitto", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        sys.stderr.write("mosquitto is not installed: nothing is measured on it\n")
        return rows
    with TemporaryDirectory() as folder, _mosquitto(program, Path(folder)) as place:
        rows += _compared(place)
    return rows


@contextmanager
def _embedded(folder: Path) -> Iterator[Place]:
    broker = EmbeddedBroker(folder, limits=Limits(sync_every=timedelta(minutes=2)))
    accounts.ensure(folder, "gateway", Role.GATEWAY)
    broker.start()
    try:
        known = accounts.load(folder)
        urls = [BrokerUrl.parse(known.url_for(name)) for name in ("gateway", "recorder")]
        yield Place("embedded broker", *urls)
    finally:
        broker.stop()


@contextmanager
def _mosquitto(program: str, folder: Path) -> Iterator[Place]:
    port = ports.choose()
    (folder / "conf").write_text(
        f"listener {port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\nmax_inflight_messages 0\n"
        "set_tcp_nodelay true\n"
    )
    pause = threading.Event()
    broker = subprocess.Popen([program, "-c", str(folder / "conf")], stderr=subprocess.DEVNULL)
    try:
        while ports.is_free(port):
            pause.wait(0.01)
        url = BrokerUrl(host="127.0.0.1", port=port)
        yield Place("mosquitto", url, url)
    finally:
        broker.terminate()
        broker.wait()


def _compared(place: Place) -> list[Row]:
    has_peer = shutil.which("mosquitto_sub") is not None
    for session in (SESSION, PEER_SESSION)[: 1 + has_peer]:
        _subscribed(place.hearer, session)
    ours: list[Cost] = []
    bare: list[Cost] = []
    peer: list[Cost] = []
    with TemporaryDirectory() as folder:
        for number in range(ROUNDS):
            for kind, costs in (("rules", ours), ("bare", bare)):
                _load(place, MESSAGES)
                costs.append(_our_turn(place, Path(folder) / f"{kind}{number}", kind))
                if has_peer:
                    peer.append(_peer_turn(place, Path(folder) / "peer"))
        rows = _rows(place.name, "all rules", ours, peer) + _rows(place.name, "no rules", bare, peer)
        return rows + _slowly(place, Path(folder) / "slowly")


def _rows(where: str, what: str, ours: list[Cost], peer: list[Cost]) -> list[Row]:
    return [
        _row(f"wire to durable log, QoS 1, {where}, {what}", unit, pick, ours, peer)
        for unit, pick in (("messages/s", "rate"), ("s of processor/100k", "processor"))
    ]


def _row(name: str, unit: str, pick: str, ours: list[Cost], peer: list[Cost]) -> Row:
    row: Row = {"name": name, "value": median(getattr(one, pick) for one in ours), "unit": unit}
    if peer:
        row |= {"peer": PEER, "peer_value": median(getattr(one, pick) for one in peer)}
    return row


def _slowly(place: Place, folder: Path) -> list[Row]:
    """How long a reading takes at 100 a second, from being said to being durable."""
    number = SLOWLY * SLOW_SECONDS
    speaking = threading.Thread(target=_say_slowly, args=(place, number))
    cost = _our_turn(place, folder, "rules", speaking, number)
    speaking.join()
    centiles = quantiles(cost.lags, n=100)
    return [
        {
            "name": f"said to durable at 100/s, {place.name}, p{part}",
            "value": centiles[part - 1],
            "unit": "ms",
        }
        for part in (50, 99)
    ]


def _our_turn(
    place: Place, folder: Path, kind: str, then: threading.Thread | None = None, count: int = MESSAGES
) -> Cost:
    sink = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.wire_sink", str(folder), str(count), kind],
        env={**os.environ, "BENCH_BROKER": _secret(place.hearer)},
        stdout=subprocess.PIPE,
        text=True,
    )
    with sink:
        assert sink.stdout is not None
        assert sink.stdout.readline() == "ready\n"
        if then is not None:
            then.start()
        told = wire.read(sink.stdout.readline().encode(), dict[str, object])
    seconds, processor, lags = told["seconds"], told["processor"], told["lags"]
    assert isinstance(seconds, float)
    assert isinstance(processor, float)
    assert isinstance(lags, list)
    return Cost(count / seconds, processor / count * 1e5, lags)


def _peer_turn(place: Place, file: Path) -> Cost:
    url = place.hearer
    words = ["mosquitto_sub", "-h", url.host, "-p", str(url.port), "-q", "1", "-c", "-i", PEER_SESSION]
    words += ["-t", FILTER, "-C", str(MESSAGES)] + (
        ["-u", url.username, "-P", url.password] if url.username else []
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    with file.open("ab") as sink:
        subprocess.run(words, stdout=sink, check=True, timeout=PATIENCE)
    seconds = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(MESSAGES / seconds, worked / MESSAGES * 1e5)


def _load(place: Place, number: int) -> None:
    """So many readings of several devices, each with an id, stored for whoever has a session."""
    boot = os.urandom(4).hex()
    with ExitStack() as ends:
        speaker = _speaker(place, ends, number)
        deliveries = [speaker.publish(*said(boot, n)) for n in range(number)]
        assert deliveries[-1].wait(PATIENCE)


def _say_slowly(place: Place, number: int) -> None:
    boot = os.urandom(4).hex()
    with ExitStack() as ends:
        speaker = _speaker(place, ends, number)
        began, pause = time.monotonic(), threading.Event()
        for n in range(number):
            pause.wait(max(0.0, began + n / SLOWLY - time.monotonic()))
            topic, payload = said(boot, n, sent=time.monotonic_ns())
            last = speaker.publish(topic, payload)
        assert last.wait(PATIENCE)


def _speaker(place: Place, ends: ExitStack, depth: int) -> Publisher:
    speaker = Publisher(place.speaker, f"bench-{os.urandom(4).hex()}", depth=depth)
    speaker.start()
    ends.callback(speaker.stop)
    return speaker


def said(boot: str, number: int, *, sent: int = 0) -> tuple[str, bytes]:
    device, turn = number % DEVICES, number // DEVICES
    context = {
        "value": 60 + turn % 15,
        "unit": "/min",
        "person": f"p-{device}",
        **({"sent": sent} if sent else {}),
    }
    said = {
        "id": f"w-{device}:{boot}:{turn + 1}",
        "time": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "subject": "WATCH",
        "verb": "MEASURES",
        "object": "HR",
        "context": context,
    }
    return f"healthmon/home/w-{device}/event", wire.write(said)


def _subscribed(url: BrokerUrl, client: str) -> None:
    listener = Listener(url, Session(client, [FILTER]))
    listener.start()
    pause = threading.Event()
    while not listener.state.connected:
        pause.wait(0.01)
    listener.stop()


def _secret(url: BrokerUrl) -> str:
    who = f"{url.username}:{url.password}@" if url.username else ""
    return f"mqtt://{who}{url.host}:{url.port}"
