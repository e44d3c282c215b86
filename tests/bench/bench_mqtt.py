"""This is the place for how fast we hear and say over MQTT, beside paho as it comes, on our own broker.

Both hear the same stored messages from sessions of their own, in turns; each figure is the median of its
turns, because the machine may be shared. Processor time is of the whole process, in which nothing else runs.
"""

import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from paho.mqtt import client as paho
from paho.mqtt.enums import CallbackAPIVersion

from healthmon.broker import EmbeddedBroker, Limits, Role, accounts
from healthmon.mqtt import BrokerUrl, Listener, Publisher, Session

MESSAGES = 10_000
ONE_BY_ONE = 300
ROUNDS = 3
PAYLOAD = b"x" * 141  # an ordinary reading
TOPIC = "healthmon/home/watch-7/event"
FILTER = "healthmon/home/+/event"
PATIENCE = 120.0
PLAIN = "paho as it comes"
SELDOM = Limits(sync_every=timedelta(minutes=2))

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one turn: messages a second, and microseconds of processor for each."""

    rate: float
    processor: float


def measure() -> list[Row]:
    """Hearing and saying at QoS 1; and what it costs the broker to sync before each acknowledgement."""
    with TemporaryDirectory() as folder:
        broker = EmbeddedBroker(Path(folder), limits=SELDOM)
        accounts.ensure(Path(folder), "watch-7", Role.DEVICE)
        broker.start()
        try:
            known = accounts.load(Path(folder))
            recorder, watch = (BrokerUrl.parse(known.url_for(name)) for name in ("recorder", "watch-7"))
            rows = _hearing(recorder, watch) + _saying(watch)
        finally:
            broker.stop()
    return [*rows, _syncing()]


def _hearing(recorder: BrokerUrl, watch: BrokerUrl) -> list[Row]:
    for client in ("ours", "plain"):
        _subscribed(recorder, client)
    ours: list[Cost] = []
    plain: list[Cost] = []
    for _ in range(ROUNDS):
        _say(watch, MESSAGES)
        ours.append(_timed(lambda: _hear(recorder)))
        plain.append(_timed(lambda: _hear_plainly(recorder)))
    return _compared("listener, QoS 1, acknowledged by us", ours, plain)


def _saying(watch: BrokerUrl) -> list[Row]:
    ours: list[Cost] = []
    plain: list[Cost] = []
    for _ in range(ROUNDS):
        ours.append(_timed(lambda: _say(watch, MESSAGES)))
        plain.append(_timed(lambda: _say_plainly(watch)))
    return _compared("publisher, QoS 1", ours, plain)


def _syncing() -> Row:
    """One device that waits for each confirmation before it goes on, as most devices do."""
    with ExitStack() as ends:
        often, seldom = (_watch_of_a_home(ends, limits) for limits in (Limits(), SELDOM))
        turns = [(_one_by_one(often), _one_by_one(seldom)) for _ in range(ROUNDS)]
    return {
        "name": "broker, QoS 1, one at a time, synced before each PUBACK",
        "value": median(synced for synced, _ in turns),
        "unit": "messages/s",
        "peer": "the same, synced every 2 minutes",
        "peer_value": median(unsynced for _, unsynced in turns),
    }


def _watch_of_a_home(ends: ExitStack, limits: Limits) -> Publisher:
    """A connected device of a home whose recorder is away."""
    folder = Path(ends.enter_context(TemporaryDirectory()))
    broker = EmbeddedBroker(folder, limits=limits)
    accounts.ensure(folder, "watch-7", Role.DEVICE)
    broker.start()
    ends.callback(broker.stop)
    known = accounts.load(folder)
    _subscribed(BrokerUrl.parse(known.url_for("recorder")), "ours")
    publisher = Publisher(BrokerUrl.parse(known.url_for("watch-7")), "one-by-one")
    publisher.start()
    ends.callback(publisher.stop)
    publisher.publish(TOPIC, PAYLOAD).wait(PATIENCE)
    return publisher


def _compared(name: str, ours: list[Cost], plain: list[Cost]) -> list[Row]:
    return [
        {"name": name, "value": pick(ours), "unit": unit, "peer": PLAIN, "peer_value": pick(plain)}
        for unit, pick in (("messages/s", _rate), ("us of processor/message", _processor))
    ]


def _rate(costs: list[Cost]) -> float:
    return median(cost.rate for cost in costs)


def _processor(costs: list[Cost]) -> float:
    return median(cost.processor for cost in costs)


def _timed(turn: Callable[[], None]) -> Cost:
    began, worked = perf_counter(), process_time()
    turn()
    return Cost(MESSAGES / (perf_counter() - began), (process_time() - worked) / MESSAGES * 1e6)


def _subscribed(url: BrokerUrl, client: str) -> None:
    """A session that the broker keeps messages for."""
    listener = Listener(url, Session(client, [FILTER]))
    listener.start()
    pause = threading.Event()
    while not listener.state.connected:
        pause.wait(0.01)
    listener.stop()


def _hear(url: BrokerUrl) -> None:
    listener = Listener(url, Session("ours", [FILTER]))
    listener.start()
    left = MESSAGES
    while left:
        messages = listener.take(5_000, PATIENCE)
        listener.acknowledge([message.receipt for message in messages])
        left -= len(messages)
    listener.stop()


def _hear_plainly(url: BrokerUrl) -> None:
    done = threading.Event()
    left = MESSAGES

    def heard(client: paho.Client, _: object, message: paho.MQTTMessage) -> None:
        nonlocal left
        client.ack(message.mid, message.qos)
        left -= 1
        if not left:
            done.set()

    client = paho.Client(CallbackAPIVersion.VERSION2, "plain", clean_session=False, manual_ack=True)
    client.username_pw_set(url.username, url.password)
    client.on_message = heard
    client.connect(url.host, url.port)
    client.loop_start()
    done.wait(PATIENCE)
    client.disconnect()
    client.loop_stop()


def _say(url: BrokerUrl, number: int) -> None:
    publisher = Publisher(url, "ours-says", depth=number)
    publisher.start()
    for _ in range(number - 1):
        publisher.publish(TOPIC, PAYLOAD)
    publisher.publish(TOPIC, PAYLOAD).wait(PATIENCE)
    publisher.stop()


def _say_plainly(url: BrokerUrl) -> None:
    client = paho.Client(CallbackAPIVersion.VERSION2, "plain-says")
    client.username_pw_set(url.username, url.password)
    client.connect(url.host, url.port)
    client.loop_start()
    last = client.publish(TOPIC, PAYLOAD, 1)
    for _ in range(MESSAGES - 1):
        last = client.publish(TOPIC, PAYLOAD, 1)
    last.wait_for_publish(PATIENCE)
    client.disconnect()
    client.loop_stop()


def _one_by_one(publisher: Publisher) -> float:
    """Messages a second."""
    began = perf_counter()
    for _ in range(ONE_BY_ONE):
        publisher.publish(TOPIC, PAYLOAD).wait(PATIENCE)
    return ONE_BY_ONE / (perf_counter() - began)
