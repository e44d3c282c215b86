"""A real home in a test: a recorder process with its broker and log, on loopback, in a temporary folder."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

from healthmon import log
from healthmon.broker import Role, accounts
from healthmon.events import Entry, wire
from healthmon.events.topics import device_event
from healthmon.mqtt import BrokerUrl, Publisher

PATIENCE = 60.0  # s in which what takes a moment must have come about on the slowest machine
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
ROOT = Path(__file__).resolve().parents[2]


def eventually(true: Callable[[], bool], *, patience: float = PATIENCE) -> bool:
    """Whether it becomes true before patience runs out; looked at every 20 ms."""
    pause, deadline = threading.Event(), monotonic() + patience
    while not true():
        if monotonic() > deadline:
            return False
        pause.wait(0.02)
    return True


class Process:
    """One of our programs, running."""

    def __init__(self, words: Sequence[str], *, environment: Mapping[str, str] = OFFSCREEN) -> None:
        self.popen = subprocess.Popen(
            [sys.executable, "-m", *words],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, **environment},
        )
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def says(self, text: str, *, patience: float = PATIENCE) -> bool:
        """Whether it prints this before patience runs out."""
        return eventually(lambda: any(text in line for line in self.lines), patience=patience)

    def end(self) -> int:
        """SIGTERM, and its exit code."""
        self.popen.terminate()
        return self.ended()

    def kill(self) -> None:
        """kill -9."""
        self.popen.kill()
        self.ended()

    def ended(self, *, patience: float = PATIENCE) -> int:
        """Its exit code, once it has ended by itself."""
        code = self.popen.wait(patience)
        self._reader.join()
        assert self.popen.stdout is not None
        self.popen.stdout.close()
        return code

    def _read(self) -> None:
        assert self.popen.stdout is not None
        for line in self.popen.stdout:
            self.lines.append(line.rstrip("\n"))


class RealHome:
    """A data folder, its recorder, and ways to speak into it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.recorder = self._start()

    def _start(self) -> Process:
        recorder = Process(["healthmon", "record", "--data", str(self.data)])
        assert recorder.says("recording to"), recorder.lines
        return recorder

    def restart(self) -> None:
        """A new recorder where the last one ended."""
        self.recorder = self._start()

    def entries(self) -> list[Entry]:
        """Everything in the log now."""
        return list(log.read(self.data))

    def logged(self, count: int, *, verb: str, thing: str | None = None) -> bool:
        """Whether so many entries of this verb (and object) come to be in the log."""
        return eventually(lambda: len(self.said(verb, thing)) >= count)

    def said(self, verb: str, thing: str | None = None) -> list[Entry]:
        """The entries of this verb, and of this type of object."""
        return [
            entry for entry in self.entries() if entry.verb == verb and thing in {None, entry.object.type}
        ]

    @contextmanager
    def publisher(self, name: str = "gateway") -> Iterator[Publisher]:
        """A client with this account."""
        publisher = Publisher(
            BrokerUrl.parse(accounts.load(self.data).url_for(name)), client_id=f"test-{name}"
        )
        publisher.start()
        try:
            yield publisher
        finally:
            publisher.stop()

    def measure(self, publisher: Publisher, values: Sequence[float], *, device: str = "watch-1") -> bool:
        """Publish heart rates with ids of their own; whether the broker acknowledged every one of them."""
        topic = device_event(accounts.load(self.data).home, device)
        waiting = [
            publisher.publish(
                topic,
                wire.write(
                    {
                        "id": f"{device}:boot:{value}",
                        "subject": "WATCH",
                        "verb": "MEASURES",
                        "object": "HR",
                        "context": {"value": value, "person": "maria"},
                    }
                ),
            )
            for value in values
        ]
        return all(delivery.wait(PATIENCE) for delivery in waiting)

    def low_oxygen(self, publisher: Publisher, *, device: str = "ox-1") -> bool:
        """Forty seconds at 85 %, up to now: a high alarm. Whether the broker acknowledged them."""
        begun = datetime.now(UTC) - timedelta(seconds=40)
        said = [
            {
                "id": f"{device}:{begun.timestamp()}:{second}",
                "time": (begun + timedelta(seconds=second)).isoformat(),
                "subject": "OXIMETER",
                "verb": "MEASURES",
                "object": "SPO2",
                "context": {"value": 85, "person": "maria"},
            }
            for second in range(40)
        ]
        topic = device_event(accounts.load(self.data).home, device)
        return publisher.publish(topic, wire.write(said)).wait(PATIENCE)


@contextmanager
def real_home(data: Path, *, devices: Sequence[str] = ()) -> Iterator[RealHome]:
    """A recorder that runs, with an account for each of these devices; nothing of it is left afterwards."""
    for device in devices:
        accounts.ensure(data, device, Role.DEVICE)
    home = RealHome(data)
    try:
        yield home
    finally:
        if home.recorder.popen.returncode is None:
            home.recorder.end()
