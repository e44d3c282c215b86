"""Nobody answers, no window is open: the second contact is told, also after the network was gone."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from healthmon.broker import accounts
from healthmon.clock import FastClock
from healthmon.events import Entry, wire
from healthmon.events.topics import device_event
from healthmon.notify.contacts import ContactsFile
from tests.fakes.homes import Process, RealHome, eventually
from tests.integration.notify.servers import Mailbox, free_port, mail_server

SPEED = 60  # a minute of the home is a second of the test
PATIENCE = 90.0
ALARM = "SPO2_CRIT"
QUIET = {
    "QT_QPA_PLATFORM": "offscreen",
    "HEALTHMON_SOUND_OUTPUT": "none",
    "HEALTHMON_NOTIFY_DESKTOP": "false",
}


class FastHome(RealHome):
    """A home whose clock runs fast; nobody in it has a window open."""

    def __init__(self, data: Path, speed: float) -> None:
        self.clock = FastClock(datetime.now(UTC), speed)
        super().__init__(data)

    def _start(self) -> Process:
        words = ["healthmon", "record", "--data", str(self.data), "--clock", self.clock.spec()]
        recorder = Process(words, environment=QUIET)
        assert recorder.says("recording to"), recorder.lines
        return recorder

    def heard(self, verb: str, contact: str, **said: str) -> list[Entry]:
        """What the log says of calls to this contact because of the oxygen.

        A machine that stands still for half a second is a device that is silent for half a minute: that
        calls, too.
        """
        told = [one for one in self.said(verb) if contact in {one.object.id, one.context.get("contact")}]
        of_oxygen = [one for one in told if ALARM in {one.object.id, one.context.get("alarm")}]
        return [one for one in of_oxygen if said.items() <= dict(one.context).items()]


@contextmanager
def low_oxygen(home: FastHome) -> Iterator[None]:
    """An oximeter that says 93 % a few times and then 84 %, again and again: no fall of ten points."""
    done = threading.Event()
    topic = device_event(accounts.load(home.data).home, "oxi-1")

    def speak(publish: Callable[[str, bytes], object]) -> None:
        for number in range(10_000):
            context = {"value": 93 if number < 5 else 84, "unit": "%", "person": "maria"}
            reading = {"id": f"oxi-1:1:{number + 1}", "subject": "OXIMETER", "verb": "MEASURES"}
            publish(topic, wire.write({**reading, "object": "SPO2", "context": context}))
            if done.wait(0.1):
                return

    with home.publisher() as gateway:
        thread = threading.Thread(target=speak, args=(gateway.publish,))
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()


@contextmanager
def known(data: Path, mailbox: Mailbox, *, speed: float = SPEED) -> Iterator[FastHome]:
    """A home with anna on duty and ben after her."""
    for name in ("anna", "ben"):
        ContactsFile(data).add(name, mailbox.address(f"{name}@example.org"))
    home = FastHome(data, speed)
    try:
        yield home
    finally:
        home.recorder.end()


@contextmanager
def watched(data: Path, mailbox: Mailbox) -> Iterator[FastHome]:
    """The same, where somebody's oxygen is low."""
    with known(data, mailbox) as home, low_oxygen(home):
        yield home


def test_a_high_alarm_that_nobody_answers_reaches_the_second_contact(tmp_path: Path) -> None:
    with mail_server() as mailbox, watched(tmp_path, mailbox) as home:
        assert eventually(lambda: bool(mailbox.to("ben@")), patience=PATIENCE), home.recorder.lines
        assert eventually(lambda: bool(home.heard("NOTIFIES", "ben")), patience=PATIENCE)
        raised = next(one for one in home.said("RAISES") if one.object.id == ALARM)
        anna, ben = home.heard("ESCALATES", "anna")[0], home.heard("ESCALATES", "ben")[0]
        told = home.heard("NOTIFIES", "ben")[0].context

    assert raised.time <= anna.time < raised.time + timedelta(seconds=5)
    assert ben.time - anna.time >= timedelta(minutes=2)
    assert str(mailbox.to("anna@")[0]["Subject"]) == "ALARM: maria, oxygen very low"
    assert "Nobody has answered yet." in mailbox.to("ben@")[0].get_content()
    assert (told["outcome"], told["channel"], told["cause"]) == ("delivered", "mailto", ben.id)


def test_after_ten_minutes_without_a_network_the_second_contact_is_told(tmp_path: Path) -> None:
    away = Mailbox(free_port())
    with watched(tmp_path, away) as home:
        assert eventually(lambda: bool(home.heard("ESCALATES", "ben")), patience=PATIENCE), (
            home.recorder.lines
        )
        called = home.heard("ESCALATES", "ben")[0]
        back = called.time + timedelta(minutes=10)
        assert eventually(lambda: home.clock.now() >= back, patience=PATIENCE)
        before = [*home.heard("NOTIFIES", "anna"), *home.heard("NOTIFIES", "ben")]
        with mail_server(away.port) as mailbox:
            assert eventually(lambda: bool(mailbox.to("ben@")), patience=PATIENCE), home.recorder.lines
            assert eventually(lambda: bool(home.heard("NOTIFIES", "ben", cause=called.id)), patience=PATIENCE)
            told = home.heard("NOTIFIES", "ben", cause=called.id)[0]

    assert before == []
    assert (told.context["outcome"], told.time >= back) == ("delivered", True)


def test_a_recorder_that_dies_in_the_middle_sends_again_what_did_not_arrive(tmp_path: Path) -> None:
    away = Mailbox(free_port())
    with watched(tmp_path, away) as home:
        assert eventually(lambda: bool(home.heard("ESCALATES", "anna")), patience=PATIENCE)
        called = home.heard("ESCALATES", "anna")[0]
        home.recorder.kill()
        with mail_server(away.port) as mailbox:
            home.restart()
            assert eventually(lambda: bool(mailbox.to("anna@")), patience=PATIENCE), home.recorder.lines
            assert eventually(
                lambda: bool(home.heard("NOTIFIES", "anna", cause=called.id)), patience=PATIENCE
            )

            assert home.heard("NOTIFIES", "anna", cause=called.id)[0].context["outcome"] == "delivered"


def test_no_address_is_in_anything_that_a_home_leaves_but_its_contacts(tmp_path: Path) -> None:
    refusing = mail_server(refuses="554 no ben@example.org here")
    with refusing as mailbox, known(tmp_path, mailbox, speed=1) as home, home.publisher() as gateway:
        assert home.low_oxygen(gateway)
        assert eventually(lambda: bool(home.heard("NOTIFIES", "anna"))), home.recorder.lines
        outcome = home.heard("NOTIFIES", "anna")[0].context
    said = "\n".join(home.recorder.lines).encode()
    files = [one for one in tmp_path.rglob("*") if one.is_file() and one.name != "contacts.toml"]
    leaks = [one.name for one in files if b"@example.org" in one.read_bytes()]

    assert (outcome["outcome"], outcome["reason"]) == ("failed", "smtp-554")
    assert (leaks, b"@example.org" in said) == ([], False)
