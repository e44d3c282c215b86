"""What the broker acknowledged, it has: after a kill, for who was away, on a full store."""

import os
import signal
from datetime import timedelta

from healthmon.broker import Limits, ProblemKind, Role, accounts
from healthmon.broker.handshake import Answer, ask
from healthmon.mqtt import Listener, Publisher, Session
from tests.integration.broker.conftest import MakeHome
from tests.integration.broker.stage import PATIENCE, Home, Plain, until

EVENTS = ("healthmon/home/+/event", "healthmon/home/+/status")


def absent_recorder(home: Home) -> None:
    """Somebody who subscribed once and is away now."""
    listener = Listener(home.url(), Session("recorder", EVENTS))
    listener.start()
    assert until(lambda: listener.state.connected)
    listener.stop()


def everything_heard(home: Home, number: int) -> list[bytes]:
    """What the recorder hears when it comes back, each safe at once."""
    session = Session("recorder", EVENTS, rewind=lambda: home.broker.rewind("recorder"))
    listener = Listener(home.url(), session)
    listener.start()
    heard: list[bytes] = []
    while len(heard) < number and (messages := listener.take(number, PATIENCE)):
        heard += [message.payload for message in messages]
        listener.acknowledge([message.receipt for message in messages])
    listener.stop()
    return heard


def large(number: int) -> bytes:
    """A message of 4 MiB that is no other's."""
    return b"%08d" % number + b"x" * (4 << 20)


def test_a_thousand_acknowledged_messages_survive_the_kill_of_the_broker(make_home: MakeHome) -> None:
    home = make_home()
    absent_recorder(home)
    said = [b"%d" % n for n in range(1000)]
    publisher = Publisher(home.account("watch-7", Role.DEVICE), "watch-7")
    publisher.start()
    deliveries = [publisher.publish("healthmon/home/watch-7/event", one) for one in said]
    assert all(delivery.wait(PATIENCE) for delivery in deliveries)
    assert home.broker.pid is not None

    os.kill(home.broker.pid, signal.SIGKILL)
    assert until(lambda: not home.broker.is_running())
    publisher.stop()
    home.broker.start()

    assert everything_heard(home, len(said)) == said


def test_a_retained_status_is_there_after_a_kill(make_home: MakeHome) -> None:
    home = make_home()
    with Plain(home.account("watch-7", Role.DEVICE), "watch-7") as watch:
        assert watch.say("healthmon/home/watch-7/status", b"online", retain=True)
    assert home.broker.pid is not None
    os.kill(home.broker.pid, signal.SIGKILL)
    assert until(lambda: not home.broker.is_running())
    home.broker.start()

    with Plain(home.url(), "later") as later:
        # Just after its start nats-server still loads them: one subscriber in a hundred comes too early.
        assert until(lambda: later.hear("healthmon/home/+/status") and not later.heard.empty())

        assert later.next() == ("healthmon/home/watch-7/status", b"online", True)


def test_the_will_of_a_device_that_vanished_is_said(make_home: MakeHome) -> None:
    home = make_home()
    with Plain(home.url(), "recorder") as recorder:
        assert recorder.hear("healthmon/home/+/status")
        status = "healthmon/home/watch-7/status"
        with Plain(home.account("watch-7", Role.DEVICE), "watch-7", will=(status, b"offline")) as watch:
            watch.vanish()

            assert recorder.next()[:2] == (status, b"offline")


def test_a_full_store_is_said_and_the_recorder_can_come_back_and_empty_it(make_home: MakeHome) -> None:
    home = make_home(limits=Limits(store=1 << 20, sync_every=timedelta(minutes=2)))
    absent_recorder(home)
    url = home.account("watch-7", Role.DEVICE)
    with Plain(url, "watch-7") as watch:
        kept = 0
        while watch.say("healthmon/home/watch-7/event", large(kept)):
            kept += 1
    known = accounts.load(home.folder)
    recorder = known.account("recorder")
    refused = ask(known.port, recorder, PATIENCE)

    problems = home.broker.problems()

    assert refused is Answer.NOTHING
    assert [problem.kind for problem in problems] == [ProblemKind.STORE_FULL]
    assert until(lambda: ask(known.port, recorder, PATIENCE) is Answer.WELCOME)
    assert everything_heard(home, kept) == [large(number) for number in range(kept)]
