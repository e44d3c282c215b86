"""The publisher against a broker that misbehaves on purpose."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from healthmon.mqtt import BrokerUrl, Letter, Pace, Publisher, Refused
from tests.integration.broker.stage import until
from tests.unit.mqtt.scripted_broker import PATIENCE, ScriptedBroker

QUICK = Pace(first=timedelta(milliseconds=1))
NOWHERE = BrokerUrl(host="127.0.0.1", port=1)


@pytest.fixture
def publisher(broker: ScriptedBroker) -> Iterator[Publisher]:
    """Connected."""
    ours = Publisher(broker.url, "window", pace=QUICK)
    ours.start()
    broker.welcome()
    yield ours
    ours.stop()


def payload(packet: bytes) -> bytes:
    """Of a PUBLISH on the topic `a`."""
    assert packet[0] & 0xF6 == 0x32  # QoS 1
    return packet[7:]


def confirm(broker: ScriptedBroker, packet: bytes) -> None:
    broker.send(b"\x40\2" + packet[5:7])


def test_a_message_is_confirmed_by_its_acknowledgement_and_not_before(
    broker: ScriptedBroker, publisher: Publisher
) -> None:
    delivery = publisher.publish("a", b"one")
    packet = broker.read()
    before = delivery.confirmed
    confirm(broker, packet)

    assert delivery.wait(PATIENCE)
    assert not before
    assert publisher.depth == 0


def test_retained_is_said_as_retained(broker: ScriptedBroker, publisher: Publisher) -> None:
    publisher.publish("a", b"one", retain=True)

    assert broker.read()[0] & 1


def test_what_was_not_confirmed_is_said_again_after_a_reconnect_in_order(
    broker: ScriptedBroker, publisher: Publisher
) -> None:
    deliveries = [publisher.publish("a", b"%d" % n) for n in range(3)]
    first = [payload(broker.read()) for _ in range(3)]
    broker.hang_up()
    broker.welcome()
    again = [broker.read() for _ in range(3)]
    for packet in again:
        confirm(broker, packet)

    assert [payload(packet) for packet in again] == first == [b"0", b"1", b"2"]
    assert all(packet[0] & 8 for packet in again)  # marked duplicate
    assert deliveries[-1].wait(PATIENCE)


def test_what_is_said_while_there_is_no_broker_waits_for_one(broker: ScriptedBroker) -> None:
    publisher = Publisher(broker.url, "window", pace=QUICK)
    publisher.publish("a", b"one")
    publisher.start()
    broker.welcome()

    assert payload(broker.read()) == b"one"
    publisher.stop()


def test_the_queue_is_bounded_and_a_message_too_many_is_refused() -> None:
    publisher = Publisher(NOWHERE, "window", depth=2)
    answers = [publisher.publish("a", b"x").refused for _ in range(3)]
    publisher.stop()

    assert answers == [None, None, Refused.QUEUE_FULL]


@pytest.mark.parametrize("topic", ["", "a b", "a\tb", "a\nb", "a/+", "#", "a\0", "x" * 70_000])
def test_a_topic_that_no_broker_takes_is_refused_here(topic: str) -> None:
    publisher = Publisher(NOWHERE, "window")
    delivery = publisher.publish(topic, b"x")
    publisher.stop()

    assert delivery.refused is Refused.BAD_TOPIC
    assert not delivery.wait(PATIENCE)


def test_a_payload_that_would_close_the_connection_is_refused_here() -> None:
    publisher = Publisher(NOWHERE, "window")
    delivery = publisher.publish("a", b"x" * (17 << 20))
    publisher.stop()

    assert delivery.refused is Refused.TOO_LARGE


def test_after_the_stop_nothing_is_taken() -> None:
    publisher = Publisher(NOWHERE, "window")
    publisher.stop()

    assert publisher.publish("a", b"x").refused is Refused.STOPPED


def test_a_will_is_left_with_the_broker(broker: ScriptedBroker) -> None:
    publisher = Publisher(broker.url, "window", will=Letter("s", b"offline", retain=True))
    publisher.start()
    connect = broker.accept()
    publisher.stop()

    assert connect[9] == 0b1110_1110  # name, password, will retained at QoS 1, clean session
    assert b"\0\1s\0\7offline" in connect


def test_more_than_may_be_under_way_keeps_its_order(broker: ScriptedBroker, publisher: Publisher) -> None:
    deliveries = [publisher.publish("a", b"%d" % n) for n in range(1000)]
    heard = []
    for _ in deliveries:
        packet = broker.read()
        heard.append(int(packet.rpartition(packet[5:7])[2] if packet[1] < 128 else packet[8:]))
        confirm(broker, packet)

    assert heard == list(range(1000))
    assert until(lambda: all(delivery.confirmed for delivery in deliveries))
