"""How the listener connects, is refused, tries again and leaves."""

import socket
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from healthmon.mqtt import BrokerUrl, Listener, Pace
from tests.integration.broker.stage import until
from tests.unit.mqtt.scripted_broker import ScriptedBroker
from tests.unit.mqtt.stage import QUICK, listener_to


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
    listener = listener_to(broker.url, pace=replace(QUICK, welcome=timedelta(seconds=0.05)))
    listener.start()
    broker.accept()

    assert until(lambda: "does not answer" in listener.state.problem)
    listener.stop()


def test_without_a_broker_it_says_so_and_goes_on_trying() -> None:
    with socket.socket() as taken:  # bound and not listening: nobody else can answer there
        taken.bind(("127.0.0.1", 0))
        url = BrokerUrl(host="127.0.0.1", port=taken.getsockname()[1])
        listener = listener_to(url)
        listener.start()

        assert until(lambda: str(url) in listener.state.problem)
        assert listener.take(1, 0) == []
        listener.stop()


def test_stopping_leaves_no_thread_and_may_be_said_twice(broker: ScriptedBroker) -> None:
    listener = listener_to(broker.url)
    before = set(threading.enumerate())
    listener.start()
    broker.welcome()
    listener.stop()
    listener.stop()
    listener.acknowledge([1])

    assert set(threading.enumerate()) <= before


def test_a_listener_that_was_never_started_can_be_stopped() -> None:
    listener = listener_to(BrokerUrl(host="127.0.0.1", port=1))

    listener.stop()

    assert not listener.state.connected
