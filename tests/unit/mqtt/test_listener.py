"""The listener against a broker that misbehaves on purpose."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from healthmon.events import Message
from healthmon.mqtt import BrokerUrl, Listener, Pace, line
from tests.integration.broker.stage import until
from tests.unit.mqtt.scripted_broker import PATIENCE, ScriptedBroker

TOPIC = b"healthmon/home/w/event"
QUICK = Pace(
    first=timedelta(milliseconds=1),
    longest=timedelta(milliseconds=5),
    refused=timedelta(hours=1),
    welcome=timedelta(seconds=0.05),
)


@pytest.fixture
def broker() -> Iterator[ScriptedBroker]:
    with ScriptedBroker() as scripted:
        yield scripted


def listener_to(url: BrokerUrl, *, depth: int = 100, pace: Pace = QUICK) -> Listener:
    return Listener(url, client_id="recorder", filters=["a/+", "b/+"], depth=depth, pace=pace)


@pytest.fixture
def listener(broker: ScriptedBroker) -> Iterator[Listener]:
    """Connected and subscribed."""
    ours = listener_to(broker.url, pace=Pace(first=QUICK.first))
    ours.start()
    broker.welcome()
    broker.subscribe(1, 1)
    yield ours
    ours.stop()


def take(listener: Listener, number: int) -> list[Message]:
    taken: list[Message] = []
    while len(taken) < number and (fresh := listener.take(number - len(taken), PATIENCE)):
        taken += fresh
    return taken


def test_it_connects_with_a_session_that_outlives_it(broker: ScriptedBroker) -> None:
    listener = listener_to(broker.url)
    listener.start()
    connect = broker.accept()
    listener.stop()

    assert connect[2:9] == b"\0\4MQTT\4"  # 3.1.1
    assert connect[9] == 0b1100_0000  # name, password, no will, not a clean session
    assert connect[12:22] == b"\0\x08recorder"


def test_it_subscribes_at_qos_1_and_is_connected_only_then(broker: ScriptedBroker) -> None:
    listener = listener_to(broker.url, pace=Pace())
    listener.start()
    broker.welcome()
    before = listener.state.connected
    packet = broker.subscribe(1, 1)

    assert packet[4:] == b"\0\3a/+\1\0\3b/+\1"
    assert not before
    assert until(lambda: listener.state.connected)
    listener.stop()


def test_a_message_is_acknowledged_when_it_is_safe_and_not_before(
    broker: ScriptedBroker, listener: Listener
) -> None:
    broker.publish(TOPIC, b"one", 11)
    broker.publish(TOPIC, b"two", 12)
    one, two = take(listener, 2)

    listener.acknowledge([two.receipt])

    assert broker.acknowledged() == 12
    listener.acknowledge([one.receipt])
    assert broker.acknowledged() == 11


def test_what_came_is_told_as_it_came(broker: ScriptedBroker, listener: Listener) -> None:
    broker.publish(TOPIC, b"\xff", 11, flags=0b1011)
    broker.publish(TOPIC, b"", 0, flags=0)

    first, second = take(listener, 2)

    assert first == Message(TOPIC.decode(), b"\xff", retained=True, duplicate=True, receipt=first.receipt)
    assert second == Message(TOPIC.decode(), b"", receipt=0)


def test_a_duplicate_of_a_message_we_hold_is_not_told_twice(
    broker: ScriptedBroker, listener: Listener
) -> None:
    broker.publish(TOPIC, b"one", 11)
    (one,) = take(listener, 1)
    broker.publish(TOPIC, b"one", 11, flags=0b1010)
    broker.publish(TOPIC, b"two", 12)

    (next_,) = take(listener, 1)
    listener.acknowledge([one.receipt, next_.receipt])

    assert next_.payload == b"two"
    assert [broker.acknowledged(), broker.acknowledged()] == [11, 12]


def test_a_receipt_counts_once(broker: ScriptedBroker, listener: Listener) -> None:
    broker.publish(TOPIC, b"one", 11)
    (one,) = take(listener, 1)
    listener.acknowledge([one.receipt])
    first = broker.acknowledged()
    broker.publish(TOPIC, b"another, in the same packet id", 11)
    (another,) = take(listener, 1)

    listener.acknowledge([one.receipt])
    broker.publish(TOPIC, b"two", 12)
    (two,) = take(listener, 1)
    listener.acknowledge([two.receipt, another.receipt])

    assert first == 11
    assert [broker.acknowledged(), broker.acknowledged()] == [12, 11]


def test_a_receipt_from_before_a_reconnect_acknowledges_nothing(
    broker: ScriptedBroker, listener: Listener
) -> None:
    broker.publish(TOPIC, b"one", 11)
    (one,) = take(listener, 1)
    broker.hang_up()
    broker.welcome()
    broker.subscribe(1, 1)
    broker.publish(TOPIC, b"somebody else's", 11)
    (other,) = take(listener, 1)

    listener.acknowledge([one.receipt])
    listener.acknowledge([])
    broker.publish(TOPIC, b"two", 12)
    (two,) = take(listener, 1)
    listener.acknowledge([two.receipt])

    assert broker.acknowledged() == 12
    listener.acknowledge([other.receipt])
    assert broker.acknowledged() == 11


def test_when_full_it_stops_reading_and_loses_nothing(broker: ScriptedBroker) -> None:
    listener = listener_to(broker.url, depth=10, pace=Pace())
    listener.start()
    broker.welcome()
    broker.subscribe(1, 1)
    for n in range(100):
        broker.publish(TOPIC, b"%d" % n, n + 1)

    assert until(lambda: listener.depth == 10)
    taken: list[bytes] = []
    deepest = 0
    while len(taken) < 100:
        deepest = max(deepest, listener.depth)
        taken += [message.payload for message in listener.take(7, PATIENCE)]
    listener.stop()

    assert taken == [b"%d" % n for n in range(100)]
    assert deepest <= listener.capacity == 10


def test_while_full_it_still_says_that_it_is_there(
    broker: ScriptedBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "KEEP_ALIVE", 0.02)
    monkeypatch.setattr(line, "_LOOK_EVERY", 0.01)
    listener = listener_to(broker.url, depth=1, pace=Pace())
    listener.start()
    broker.welcome()
    broker.subscribe(1, 1)
    broker.publish(TOPIC, b"one", 1)

    assert [broker.read(), broker.read()] == [b"\xc0\0", b"\xc0\0"]
    listener.stop()


def test_a_large_message_in_small_pieces_comes_whole(broker: ScriptedBroker, listener: Listener) -> None:
    payload = bytes(range(256)) * 20_000

    broker.publish(TOPIC, payload, 11)

    assert take(listener, 1)[0].payload == payload


def test_a_topic_that_is_not_text_is_a_message_without_a_topic(
    broker: ScriptedBroker, listener: Listener
) -> None:
    broker.publish(b"a/\xff", b"x", 11)

    assert take(listener, 1)[0].topic == ""


def test_the_end_in_the_middle_of_a_message_is_a_reconnect(
    broker: ScriptedBroker, listener: Listener
) -> None:
    broker.send(b"\x32\x40\0\3a/b")
    broker.hang_up()
    broker.welcome()
    broker.subscribe(1, 1)

    assert until(lambda: listener.state.connected)
    assert listener.state.reconnects == 1


@pytest.mark.parametrize("garbage", [b"\xff" * 64, b"\0" * 64, b"\x32\xff\xff\xff\xff\xff", b"\x32\1\0"])
def test_a_broker_that_talks_nonsense_is_left_and_tried_again(
    broker: ScriptedBroker, listener: Listener, garbage: bytes
) -> None:
    broker.send(garbage)
    broker.hang_up()
    broker.welcome()
    broker.subscribe(1, 1)

    assert until(lambda: listener.state.connected)


@pytest.mark.parametrize(
    ("code", "words"), [(1, "3.1.1"), (2, "client id"), (4, "password"), (5, "password")]
)
def test_a_refusal_that_will_not_change_is_said_and_not_tried_again_soon(
    broker: ScriptedBroker, code: int, words: str
) -> None:
    listener = listener_to(broker.url)
    listener.start()
    broker.welcome(code=code)

    assert until(lambda: words in listener.state.problem)
    assert "p@" not in listener.state.problem
    broker._door.settimeout(0.05)
    with pytest.raises(TimeoutError):
        broker.accept()
    listener.stop()


def test_a_broker_that_is_only_busy_is_tried_again_at_once(broker: ScriptedBroker) -> None:
    listener = listener_to(broker.url)
    listener.start()
    broker.welcome(code=3)

    broker.welcome()
    broker.subscribe(1, 1)

    assert until(lambda: listener.state.connected and not listener.state.problem)
    listener.stop()


def test_a_filter_we_may_not_hear_is_named(broker: ScriptedBroker) -> None:
    listener = listener_to(broker.url, pace=Pace())
    listener.start()
    broker.welcome()
    broker.subscribe(1, 0x80)

    assert until(lambda: "b/+" in listener.state.problem)
    assert "a/+" not in listener.state.problem
    assert not listener.state.connected
    listener.stop()


def test_a_broker_that_says_nothing_is_not_waited_for(broker: ScriptedBroker) -> None:
    listener = listener_to(broker.url)
    listener.start()
    broker.accept()

    assert until(lambda: "does not answer" in listener.state.problem)
    listener.stop()


def test_without_a_broker_it_says_so_and_goes_on_trying() -> None:
    with ScriptedBroker() as broker:
        url = broker.url
    listener = listener_to(url)
    listener.start()

    assert until(lambda: str(url) in listener.state.problem)
    assert listener.take(1, 0) == []
    listener.stop()


def test_stopping_sends_what_is_safe_and_takes_leave(broker: ScriptedBroker, listener: Listener) -> None:
    broker.publish(TOPIC, b"one", 11)
    (one,) = take(listener, 1)
    listener.acknowledge([one.receipt])
    listener.stop()

    assert broker.acknowledged() == 11
    assert [broker.read(), broker.read()] == [b"\xe0\0", b""]


def test_stopping_leaves_no_thread_and_may_be_said_twice(broker: ScriptedBroker) -> None:
    listener = listener_to(broker.url)
    before = threading.active_count()
    listener.start()
    broker.welcome()
    listener.stop()
    listener.stop()
    listener.acknowledge([1])

    assert threading.active_count() == before


def test_a_listener_that_was_never_started_can_be_stopped() -> None:
    listener = listener_to(BrokerUrl(host="127.0.0.1", port=1))

    listener.stop()

    assert not listener.state.connected
