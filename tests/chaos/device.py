"""This is the place for a device that is killed: it says on disk what it sent and what was acknowledged.

`python -m tests.chaos.device NAME FOLDER PER_SECOND`, the broker's URL in CHAOS_BROKER. SIGTERM: it says no
more, waits until everything is acknowledged and ends with 0. Its file has a line for each: `s ID` before an
event is sent, `a ID` when the broker has acknowledged it. Nothing is synced: it survives kill -9.
"""

import os
import secrets
import signal
import sys
import threading
from collections import deque
from pathlib import Path
from time import monotonic

from healthmon.events import wire
from healthmon.events.topics import device_event
from healthmon.mqtt import BrokerUrl, Delivery, Publisher

UNDER_WAY = 100
FAREWELL = 60.0  # s for the last acknowledgements
TURN = 0.005


class Device:
    """One life of a device: a boot id, and events numbered from 1."""

    def __init__(self, name: str, diary: Path, publisher: Publisher) -> None:
        self._name = name
        self._boot = secrets.token_hex(4)
        self._diary = os.open(diary, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._publisher = publisher
        self._waiting: deque[tuple[str, Delivery]] = deque()
        self._number = 0

    @property
    def waits(self) -> bool:
        """Whether something is not acknowledged."""
        return bool(self._waiting)

    def speak(self, number: int) -> None:
        """So many events, as far as there is room under way."""
        fresh = []
        for _ in range(min(number, UNDER_WAY - len(self._waiting))):
            self._number += 1
            fresh.append(f"{self._name}:{self._boot}:{self._number}")
        self._note("s", fresh)
        for name in fresh:
            said = {"id": name, "subject": "WATCH", "verb": "MEASURES", "object": "HR", "context": 60}
            topic = device_event("home", self._name)
            self._waiting.append((name, self._publisher.publish(topic, wire.write(said))))

    def look(self) -> None:
        """Note what was acknowledged."""
        sure = []
        while self._waiting and self._waiting[0][1].confirmed:
            sure.append(self._waiting.popleft()[0])
        self._note("a", sure)

    def _note(self, what: str, names: list[str]) -> None:
        if names:
            os.write(self._diary, "".join(f"{what} {name}\n" for name in names).encode())


def main(name: str, folder: Path, per_second: float) -> int:
    """Speak until told to stop; 0 when everything was acknowledged."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    publisher = Publisher(BrokerUrl.parse(os.environ["CHAOS_BROKER"]), f"{name}-{os.getpid()}")
    publisher.start()
    device = Device(name, folder / f"{name}.txt", publisher)
    began, said = monotonic(), 0
    while not stop.wait(TURN):
        due = int((monotonic() - began) * per_second) - said
        said += due
        device.speak(due)
        device.look()
    deadline, pause = monotonic() + FAREWELL, threading.Event()
    while device.waits and monotonic() < deadline:
        pause.wait(TURN)
        device.look()
    publisher.stop()
    return int(device.waits)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])))
