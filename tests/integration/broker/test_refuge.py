"""A broker whose disk fails: it goes on elsewhere, keeps its word there, and comes home."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from healthmon.broker import BrokerError, BrokerReason, EmbeddedBroker, Role, accounts
from healthmon.events import Message
from healthmon.mqtt import BrokerUrl, Listener, Publisher, Session
from tests.integration.broker.stage import HASTY, PATIENCE, until

FILTER = "healthmon/home/+/event"
TOPIC = "healthmon/home/watch-7/event"


class Movable:
    """A guarded broker with a refuge, its recorder and a watch."""

    def __init__(self, folder: Path) -> None:
        self.data, self.refuge = folder / "data", folder / "refuge"
        accounts.ensure(self.data, "watch-7", Role.DEVICE)
        self.broker = self.made()

    def made(self) -> EmbeddedBroker:
        return EmbeddedBroker(self.data, limits=HASTY, refuge=self.refuge, guarded=True)

    @property
    def client_id(self) -> str:
        return accounts.load(self.data).account("recorder").client_id

    def url(self, name: str) -> BrokerUrl:
        return BrokerUrl.parse(accounts.load(self.data).url_for(name))

    def listener(self) -> Listener:
        listener = Listener(self.url("recorder"), Session(self.client_id, (FILTER,)))
        listener.start()
        assert until(lambda: listener.state.connected)
        return listener

    def said(self, payload: bytes) -> bool:
        """Whether the watch got an acknowledgement."""
        publisher = Publisher(self.url("watch-7"), "watch-7")
        publisher.start()
        sure = publisher.publish(TOPIC, payload).wait(PATIENCE)
        publisher.stop()
        return sure


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Movable]:
    movable = Movable(tmp_path)
    movable.broker.start()
    yield movable
    movable.broker.stop()


def heard(listener: Listener, number: int) -> list[bytes]:
    messages: list[Message] = []
    while len(messages) < number and (fresh := listener.take(number, PATIENCE)):
        messages += fresh
    listener.acknowledge([message.receipt for message in messages])
    return [message.payload for message in messages]


def test_nobody_comes_in_before_the_recorder_has_subscribed_once(home: Movable) -> None:
    was_open = home.broker.is_open
    listener = home.listener()
    knows = home.broker.knows(home.client_id)
    home.broker.let_in()
    sure = home.said(b"first")

    assert (was_open, knows, sure, heard(listener, 1)) == (False, True, True, [b"first"])
    listener.stop()


def test_a_restart_is_open_at_once_because_the_subscription_lasts(home: Movable) -> None:
    home.listener().stop()
    home.broker.restart()

    assert home.broker.is_open


def test_in_the_refuge_it_acknowledges_and_delivers(home: Movable) -> None:
    home.listener().stop()
    home.broker.move(to_refuge=True)
    listener = home.listener()
    home.broker.let_in()
    sure = home.said(b"elsewhere")

    assert (sure, heard(listener, 1), home.broker.in_refuge) == (True, [b"elsewhere"], True)
    listener.stop()


def test_what_waits_at_home_is_there_when_it_comes_back(home: Movable) -> None:
    home.listener().stop()
    home.broker.let_in()
    assert home.said(b"at home")
    home.broker.move(to_refuge=True)
    home.broker.move(to_refuge=False)
    listener = home.listener()

    assert (heard(listener, 1), home.refuge.exists()) == ([b"at home"], False)
    listener.stop()


def test_it_says_how_much_waits(home: Movable) -> None:
    home.listener().stop()
    home.broker.let_in()
    for number in range(3):
        assert home.said(b"%d" % number)
    before = home.broker.waiting(home.client_id)
    listener = home.listener()
    heard(listener, 3)

    assert (before, until(lambda: home.broker.waiting(home.client_id) == 0)) == (3, True)
    listener.stop()


def test_a_refuge_that_a_crash_left_full_is_where_the_next_one_begins(home: Movable) -> None:
    home.broker.move(to_refuge=True)
    home.listener().stop()
    home.broker.let_in()
    assert home.said(b"left behind")
    home.broker.stop()
    home.broker = home.made()
    home.broker.start()
    listener = home.listener()

    assert (home.broker.in_refuge, heard(listener, 1)) == (True, [b"left behind"])
    listener.stop()


def test_whoever_is_shut_out_may_come_in_again(home: Movable) -> None:
    home.listener().stop()
    home.broker.restart()
    home.broker.shut_out()
    publisher = Publisher(home.url("watch-7"), "watch-7")
    publisher.start()
    refused = until(lambda: "refuses our name" in publisher.state.problem)
    home.broker.let_in()

    assert (refused, until(lambda: publisher.state.connected)) == (True, True)
    publisher.stop()


def test_without_a_refuge_it_stays(tmp_path: Path) -> None:
    with pytest.raises(BrokerError) as caught:
        EmbeddedBroker(tmp_path).move(to_refuge=True)

    assert caught.value.reason is BrokerReason.NO_REFUGE
