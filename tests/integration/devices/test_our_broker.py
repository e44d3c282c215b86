"""With the broker that the recorder starts: its accounts let every simulated device speak, and be heard."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Condition
from typing import Any

import pytest
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from healthmon.broker import RECORDER, EmbeddedBroker, Role, accounts
from healthmon.events.topics import filters
from healthmon.events.wire import Said, read_said

PATIENCE = 60.0


class Listener:
    """Hears the whole home as the recorder does, and acknowledges everything."""

    def __init__(self, folder: Path) -> None:
        known = accounts.load(folder)
        self._changed = Condition()
        self._said: list[Said] = []
        self._subscribed = False
        self._client = Client(
            CallbackAPIVersion.VERSION2, client_id="test-listener", protocol=MQTTProtocolVersion.MQTTv311
        )
        self._client.username_pw_set(RECORDER, known.account(RECORDER).password)
        self._client.on_connect = self._connected
        self._client.on_subscribe = self._ready
        self._client.on_message = self._heard
        self._client.connect("127.0.0.1", known.port)
        self._client.loop_start()

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def wait_until_ready(self) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self._subscribed, PATIENCE)

    def wait_for(self, count: int) -> list[Said]:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self._said) >= count, PATIENCE), len(self._said)
            return list(self._said)

    def _connected(self, client: Client, *_rest: Any) -> None:  # paho passes flags, reason, properties
        client.subscribe([(topic, 1) for topic in filters("home")])

    def _ready(self, *_said: Any) -> None:  # paho passes client, userdata, id, reasons, properties
        with self._changed:
            self._subscribed = True
            self._changed.notify_all()

    def _heard(self, _client: Client, _userdata: object, message: MQTTMessage) -> None:
        if message.topic.endswith("/status"):
            return
        with self._changed:
            self._said += read_said(bytes(message.payload))
            self._changed.notify_all()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    accounts.ensure(tmp_path, "gateway", Role.GATEWAY)
    accounts.ensure(tmp_path, "demo", Role.CARER)
    accounts.ensure(tmp_path, "watch-1", Role.DEVICE)
    broker = EmbeddedBroker(tmp_path)
    broker.start()
    yield tmp_path
    broker.stop()


@pytest.fixture
def listener(folder: Path) -> Iterator[Listener]:
    listener = Listener(folder)
    listener.wait_until_ready()
    yield listener
    listener.close()


def run(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "devices", *words, "--data", str(folder)],
        capture_output=True,
        text=True,
        timeout=2 * PATIENCE,
        check=False,
    )


def test_a_home_is_heard_word_for_word(folder: Path, listener: Listener) -> None:
    done = run(folder, "simulate", "--people", "2", "--introduce", "--for", "1s", "--hz", "5")
    published = int(done.stdout.splitlines()[-1].split()[0])
    said = listener.wait_for(published + 6)

    assert (done.returncode, done.stderr) == (0, "")
    assert len(said) == len({one.id for one in said}) == published + 6
    assert {str(one.subject) for one in said} == {
        "CAREGIVER demo",
        "WATCH watch-1",
        "WATCH watch-2",
        "OXIMETER oximeter-1",
        "OXIMETER oximeter-2",
    }


def test_a_recording_is_heard_count_for_count(folder: Path, listener: Listener, shared: Path) -> None:
    done = run(folder, "replay", str(shared / "data" / "induced_hypoxia.csv.gz"))
    told = {word: int(count) for word, count in (line.split() for line in done.stdout.splitlines())}
    heard = Counter(str(one.object) for one in listener.wait_for(sum(told.values())))

    assert (done.returncode, done.stderr) == (0, "")
    assert heard == told == {"HR": 4293, "SPO2": 4293, "RR": 4262}
