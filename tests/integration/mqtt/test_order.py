"""What comes again after a crash comes first, at once, in its order, and once: our own broker is set back."""

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from time import monotonic

import pytest

from healthmon.broker import BrokerError, BrokerReason, Limits, Role
from healthmon.events import Message
from healthmon.mqtt import Listener, Pace, Publisher, Session
from tests.integration.broker.conftest import MakeHome
from tests.integration.broker.stage import PATIENCE, Home, until

TOPIC = "healthmon/home/watch-7/event"
QUICK = Pace(first=timedelta(milliseconds=10), longest=timedelta(milliseconds=50))
LEISURELY = Limits(ack_wait=timedelta(seconds=1), sync_every=timedelta(minutes=2))


@contextmanager
def listening(home: Home) -> Iterator[Listener]:
    """A recorder's listener, connected; what it has not acknowledged at the end, it never will."""
    listener = Listener(
        home.url(),
        Session("recorder", ["healthmon/home/#"], lambda: home.broker.rewind("recorder")),
        pace=QUICK,
    )
    listener.start()
    try:
        assert until(lambda: listener.state.connected), listener.state
        yield listener
    finally:
        listener.stop()


@pytest.fixture
def ends() -> Iterator[ExitStack]:
    """What is entered here ends with the test."""
    with ExitStack() as stack:
        yield stack


def speaking(home: Home, ends: ExitStack) -> Publisher:
    publisher = Publisher(home.account("watch-7", Role.DEVICE), "watch-7", pace=QUICK)
    publisher.start()
    ends.callback(publisher.stop)
    return publisher


def said(publisher: Publisher, numbers: range) -> None:
    deliveries = [publisher.publish(TOPIC, b"%d" % n) for n in numbers]
    assert all(delivery.wait(PATIENCE) for delivery in deliveries), publisher.state


def heard(listener: Listener, number: int) -> list[Message]:
    messages: list[Message] = []
    while len(messages) < number and (fresh := listener.take(number - len(messages), PATIENCE)):
        messages += fresh
    return messages


def numbers(messages: list[Message]) -> list[int]:
    return [int(message.payload) for message in messages]


def die(home: Home) -> None:
    """The broker, by kill -9; and another."""
    assert home.broker.pid is not None
    os.kill(home.broker.pid, signal.SIGKILL)
    assert until(lambda: not home.broker.is_running())
    home.broker.start()


@pytest.mark.parametrize("broker_dies", [False, True])
def test_what_comes_again_comes_first_in_order_and_does_not_wait(
    make_home: MakeHome, ends: ExitStack, *, broker_dies: bool
) -> None:
    home = make_home(limits=Limits(ack_wait=timedelta(minutes=1), sync_every=timedelta(minutes=2)))
    with listening(home) as first:
        publisher = speaking(home, ends)
        said(publisher, range(100))
        messages = heard(first, 100)
        first.acknowledge([message.receipt for message in messages[:50]])
    if broker_dies:
        die(home)
    said(publisher, range(100, 200))
    with listening(home) as second:
        again = heard(second, 1)
        oldest = numbers(again)[0]
        again += heard(second, 199 - oldest)

    # A broker that was killed has forgotten what it gave and what was acknowledged in its last moments.
    given_before = [message.duplicate for message in again]
    assert broker_dies or (oldest, given_before) == (50, [True] * 50 + [False] * 100)
    assert oldest <= 50
    assert numbers(again) == list(range(oldest, 200))


def test_crash_after_crash_the_order_stays(make_home: MakeHome, ends: ExitStack) -> None:
    """With ack_wait passing in between, so that the broker had begun to repeat by itself."""
    home = make_home(limits=LEISURELY)
    with listening(home) as first:
        publisher = speaking(home, ends)
        said(publisher, range(50))
        heard(first, 50)
        assert first.take(1, 1.2) == []
    said(publisher, range(50, 100))
    with listening(home) as second:
        heard(second, 100)
    die(home)
    said(publisher, range(100, 150))
    with listening(home) as third:
        again = heard(third, 150)

    assert numbers(again) == list(range(150))


def test_while_a_commit_hangs_nothing_is_handed_out_twice_nor_out_of_order(
    make_home: MakeHome, ends: ExitStack
) -> None:
    home = make_home(limits=LEISURELY)
    with listening(home) as listener:
        publisher = speaking(home, ends)
        said(publisher, range(100))
        held = heard(listener, 50)
        said(publisher, range(100, 200))
        deadline = monotonic() + 3.5  # three times ack_wait
        repeated = listener.take(0, deadline - monotonic())
        die(home)
        assert until(lambda: listener.state.reconnects == 1 and listener.state.connected)
        said(publisher, range(200, 300))
        rest = heard(listener, 250)
        listener.acknowledge([message.receipt for message in held + rest])
        assert listener.take(1, 1.5) == []
    with listening(home) as next_:
        left = next_.take(1, 1.5)

    assert (numbers(held + rest), repeated, left) == (list(range(300)), [], [])


def test_a_broker_that_is_not_there_cannot_be_set_back(make_home: MakeHome) -> None:
    home = make_home()
    home.broker.stop()

    with pytest.raises(BrokerError) as refused:
        home.broker.rewind("recorder")

    assert refused.value.reason is BrokerReason.NOT_RUNNING


def test_a_session_in_use_is_left_alone(make_home: MakeHome, ends: ExitStack) -> None:
    home = make_home(limits=Limits(ack_wait=timedelta(minutes=1), sync_every=timedelta(minutes=2)))
    with listening(home) as listener:
        said(speaking(home, ends), range(5))
        heard(listener, 5)

        assert home.broker.rewind("recorder") == 0
        assert listener.take(1, 0.3) == []
