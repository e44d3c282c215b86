"""What the listener hears, holds and acknowledges, from a broker that misbehaves on purpose."""

import pytest

from healthmon.events import Message
from healthmon.mqtt import Listener, Pace, line
from tests.integration.broker.stage import until
from tests.unit.mqtt.scripted_broker import PATIENCE, ScriptedBroker
from tests.unit.mqtt.stage import TOPIC, listener_to, take


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


def test_stopping_sends_what_is_safe_and_takes_leave(broker: ScriptedBroker, listener: Listener) -> None:
    broker.publish(TOPIC, b"one", 11)
    (one,) = take(listener, 1)
    listener.acknowledge([one.receipt])
    listener.stop()

    assert broker.acknowledged() == 11
    assert [broker.read(), broker.read()] == [b"\xe0\0", b""]
