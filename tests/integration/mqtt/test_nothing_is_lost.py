"""Listener, publisher and outbox on the real broker, while everything around them dies and comes back."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from healthmon.broker import Role
from healthmon.events import Event, Message, Thing, wire
from healthmon.events.topics import person_event
from healthmon.mqtt import BrokerUrl, Listener, Outbox, Pace, Publisher, Room, Session
from tests.integration.broker.conftest import MakeHome
from tests.integration.broker.stage import HASTY, PATIENCE, Home, Plain, until

EVENTS = ("healthmon/home/+/event", "healthmon/home/+/status", "healthmon/home/caregiver/+/event")
TOPIC = "healthmon/home/watch-7/event"
QUICK = Pace(first=timedelta(milliseconds=10), longest=timedelta(milliseconds=50))

# A recorder that takes messages, says how many, and is killed before it acknowledges any.
RECORDER = """
import os, sys
from healthmon.mqtt import BrokerUrl, Listener, Session
listener = Listener(BrokerUrl.parse(os.environ["BROKER"]), Session("recorder", sys.argv[1:]))
listener.start()
taken = []
while len(taken) < 100:
    taken += listener.take(100, 20)
print(len(taken), flush=True)
sys.stdin.read()
"""

Started = Callable[[Listener | Publisher], None]


@pytest.fixture
def started() -> Iterator[Started]:
    """Starts what it is given, and stops it at the end."""
    with ExitStack() as ends:

        def start(ours: Listener | Publisher) -> None:
            ends.callback(ours.stop)
            ours.start()

        yield start


def listening(home: Home, started: Started, *, depth: int = 20_000) -> Listener:
    """A recorder's listener, connected."""
    listener = Listener(home.url(), Session("recorder", EVENTS), room=Room(depth), pace=QUICK)
    started(listener)
    assert until(lambda: listener.state.connected), listener.state
    return listener


def speaking(home: Home, started: Started) -> Publisher:
    """A watch's publisher."""
    publisher = Publisher(home.account("watch-7", Role.DEVICE), "watch-7", pace=QUICK)
    started(publisher)
    return publisher


def said(publisher: Publisher, numbers: range) -> None:
    """All of these, confirmed by the broker."""
    deliveries = [publisher.publish(TOPIC, b"%d" % n) for n in numbers]
    assert all(delivery.wait(PATIENCE) for delivery in deliveries), publisher.state


def heard(listener: Listener, number: int, *, safe: bool = True) -> list[Message]:
    """So many messages, each acknowledged if they are safe."""
    messages: list[Message] = []
    while len(messages) < number and (fresh := listener.take(number - len(messages), PATIENCE)):
        messages += fresh
        if safe:
            listener.acknowledge([message.receipt for message in fresh])
    return messages


def numbers(messages: list[Message]) -> list[int]:
    return [int(message.payload) for message in messages]


def test_unacknowledged_messages_come_back_marked_after_the_subscriber_was_killed(
    make_home: MakeHome, started: Started, root: Path
) -> None:
    home = make_home()
    listening(home, started).stop()
    said(speaking(home, started), range(100))
    with subprocess.Popen(
        [sys.executable, "-c", RECORDER, *EVENTS],
        cwd=root,
        env={**os.environ, "BROKER": secret(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as recorder:
        assert recorder.stdout is not None
        assert recorder.stdout.readline() == "100\n"
        recorder.kill()

    again = heard(listening(home, started), 100)

    assert sorted(numbers(again)) == list(range(100))
    assert all(message.duplicate for message in again)


def secret(home: Home) -> str:
    """The recorder's URL with its password, for another process."""
    url = home.url()
    return f"mqtt://{url.username}:{url.password}@{url.host}:{url.port}"


def test_what_was_acknowledged_does_not_come_back(make_home: MakeHome, started: Started) -> None:
    home = make_home()
    first = listening(home, started)
    publisher = speaking(home, started)
    said(publisher, range(100))
    heard(first, 100)
    first.stop()
    said(publisher, range(100, 101))

    assert numbers(heard(listening(home, started), 1)) == [100]


def test_a_lagging_consumer_loses_nothing_and_keeps_the_order(make_home: MakeHome, started: Started) -> None:
    home = make_home(limits=replace(HASTY, unacknowledged=50, ack_wait=timedelta(seconds=30)))
    listener = listening(home, started, depth=20)
    said(speaking(home, started), range(2000))

    messages: list[Message] = []
    while len(messages) < 2000 and (fresh := listener.take(7, PATIENCE)):
        messages += fresh
        listener.acknowledge([message.receipt for message in fresh])

    assert numbers(messages) == list(range(2000))


def test_acknowledging_late_repeats_nothing_on_the_same_connection(
    make_home: MakeHome, started: Started
) -> None:
    home = make_home(limits=replace(HASTY, ack_wait=timedelta(seconds=0.1)))
    listener = listening(home, started)
    publisher = speaking(home, started)
    said(publisher, range(10))
    held = heard(listener, 10, safe=False)
    repeated = listener.take(1, 0.5)  # five times ack_wait: the broker sent them again, and again

    listener.acknowledge([message.receipt for message in held])
    said(publisher, range(10, 20))
    fresh: list[Message] = []
    while not fresh or int(fresh[-1].payload) != 19:
        fresh += heard(listener, 1)

    assert (numbers(held), repeated) == (list(range(10)), [])
    # What the broker sent again while our acknowledgement was on its way comes again, and says so.
    assert numbers([message for message in fresh if not message.duplicate]) == list(range(10, 20))


def test_the_broker_may_die_and_come_back_while_messages_flow(make_home: MakeHome, started: Started) -> None:
    home = make_home()
    listener, publisher = listening(home, started), speaking(home, started)
    said(publisher, range(50))
    first = heard(listener, 50)
    assert home.broker.pid is not None

    os.kill(home.broker.pid, signal.SIGKILL)
    assert until(lambda: not home.broker.is_running() and not listener.state.connected)
    waiting = [publisher.publish(TOPIC, b"%d" % n) for n in range(50, 100)]
    told = listener.state.problem
    home.broker.start()

    assert all(delivery.wait(PATIENCE) for delivery in waiting)
    missing = set(range(50, 100))
    while missing:  # acknowledgements of the last moment died with the broker: what they were for comes again
        fresh = heard(listener, 1)
        assert fresh, f"lost: {missing}"
        missing.difference_update(numbers(fresh))
    assert numbers(first) == list(range(50))
    assert "127.0.0.1" in told
    assert (listener.state.reconnects, listener.state.problem) == (1, "")


def test_what_was_held_when_the_broker_died_is_handed_out_once_and_acknowledged_to_the_next(
    make_home: MakeHome, started: Started
) -> None:
    home = make_home()
    listener = listening(home, started)
    publisher = speaking(home, started)
    said(publisher, range(5))
    held = heard(listener, 5, safe=False)
    home.broker.restart()
    assert until(lambda: listener.state.reconnects == 1 and listener.state.connected)

    listener.acknowledge([message.receipt for message in held])
    said(publisher, range(5, 10))

    assert numbers(heard(listener, 5)) == list(range(5, 10))
    assert listener.take(1, 1.0) == []  # twice ack_wait: what crossed its acknowledgement is settled
    listener.stop()
    assert listening(home, started).take(1, 1.0) == []


def test_wrong_credentials_are_said_without_the_password(make_home: MakeHome, started: Started) -> None:
    right = make_home().url()
    url = BrokerUrl(host=right.host, port=right.port, username=right.username, password="hunter2")
    listener = Listener(url, Session("recorder", EVENTS))
    started(listener)

    assert until(lambda: "name or password" in listener.state.problem)
    assert "hunter2" not in listener.state.problem
    assert str(url) in listener.state.problem


def test_two_recorders_of_one_name_are_told_that_they_may_be_two(
    make_home: MakeHome, started: Started
) -> None:
    home = make_home()
    first = listening(home, started)
    with Plain(home.url(), "recorder"):
        assert until(lambda: "client id" in first.state.problem)


def test_what_a_carer_did_arrives_with_its_id_and_is_settled_by_the_log(
    make_home: MakeHome, started: Started, tmp_path: Path
) -> None:
    home = make_home()
    listener = listening(home, started)
    publisher = Publisher(home.account("anna", Role.CARER), "window", pace=QUICK)
    event = Event(
        id="window:1",
        time=datetime(2026, 11, 22, 12, tzinfo=UTC),
        subject=Thing("CAREGIVER", "anna"),
        verb="ACKNOWLEDGES",
        object=Thing("ALARM", "SPO2_CRIT"),
        context={"person": "maria"},
    )

    def publish(event: Event) -> bool:
        return publisher.publish(person_event("home", "anna"), wire.write(event)).refused is None

    outbox = Outbox(tmp_path / "outbox", publish)
    outbox.put(event)  # before there is a connection
    started(publisher)
    (message,) = heard(listener, 1)
    (arrived,) = wire.read_said(message.payload)

    assert (message.topic, arrived.id) == ("healthmon/home/caregiver/anna/event", event.id)
    assert outbox.settle(arrived.id)
    assert outbox.pending() == ()


def test_a_retained_status_is_told_as_retained_only_to_who_comes_later(
    make_home: MakeHome, started: Started
) -> None:
    home = make_home()
    listener = listening(home, started)
    publisher = speaking(home, started)
    publisher.publish("healthmon/home/watch-7/status", b"online", retain=True)
    (live,) = heard(listener, 1)
    listener.stop()

    (later,) = heard(listening(home, started), 1)

    assert (live.retained, later.retained) == (False, True)
    assert live.payload == later.payload == b"online"
