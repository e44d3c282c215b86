"""A log that refuses to be written stops all judging: that is heard, and somebody is told without the log."""

from datetime import UTC
from pathlib import Path

import pytest

from healthmon.app.cares.awake import AwakeCare
from healthmon.app.cares.cares import Cares
from healthmon.app.cares.contact_care import ContactCare
from healthmon.app.cares.desktop_care import DesktopCare
from healthmon.app.cares.heard import Heard
from healthmon.app.cares.log_care import LogCare
from healthmon.app.cares.outside_care import OutsideCare
from healthmon.app.cares.sound_care import SoundCare
from healthmon.app.cares.unrecorded import AFTER
from healthmon.clock import SystemClock
from healthmon.events import Thing
from healthmon.log import DeadLetters, EventLog
from healthmon.notify.contacts import ContactsFile
from healthmon.notify.letter import Letter
from healthmon.notify.words import Privacy, Words
from healthmon.settings import SoundSettings
from tests.unit.alarms.calls.called import CalledHome
from tests.unit.app.cares.test_sound_care import FakePlayer
from tests.unit.notify.desk import TOOK, Flown
from tests.unit.rules.stream import moment


class Night:
    """A home whose log can refuse, with a player and children that are the test's."""

    def __init__(self, data: Path) -> None:
        ContactsFile(data).add("anna", "ntfy://anna")
        ContactsFile(data).add("ben", "ntfy://ben")
        self.now = 0.0
        self.home = CalledHome("anna", "ben")
        self.player = FakePlayer()
        self.shown: list[Letter] = []
        self.sent: list[Flown] = []
        words = Words(Privacy.FULL, zone=UTC)
        with EventLog.open(data, clock=SystemClock()) as journal:
            self.cares = Cares(
                disk=LogCare(journal, DeadLetters(data)),
                sound=Heard(SoundCare(SoundSettings(), lambda _: self.player)),
                awake=AwakeCare(is_wanted=False),
                messages=ContactCare(ContactsFile(data), words, launch=self._send, now=lambda: self.now),
                desktop=DesktopCare(words, launch=self._show, has_desktop=lambda: True),
                outside=OutsideCare.of(data),
            )

    def look(self, seconds: float, *, refused_for: float) -> None:
        """One look of the recorder, which the log has refused for so long."""
        self.now = seconds
        self.cares.call(self.home.calls, dict, moment(seconds), is_monitored=False, refused_for=refused_for)

    def _send(self, letter: Letter) -> Flown:
        self.sent.append(_flown(letter))
        return self.sent[-1]

    def _show(self, letter: Letter) -> Flown:
        self.shown.append(letter)
        return _flown(letter)


def _flown(letter: Letter) -> Flown:
    """A message that arrives at once."""
    flown = Flown(letter)
    flown.answer = (TOOK,)
    return flown


@pytest.fixture
def night(tmp_path: Path) -> Night:
    """Anna is on duty, then Ben; nothing rings."""
    return Night(tmp_path)


def test_a_log_that_refuses_for_half_a_minute_is_heard_and_who_is_on_duty_is_told_once(night: Night) -> None:
    for seconds in (0.0, 1.0, AFTER - 1):
        night.look(seconds, refused_for=seconds)
    before = (list(night.player.heard), len(night.sent))
    for seconds in (AFTER, AFTER + 1, 300.0, 4_000.0):
        night.look(seconds, refused_for=seconds)

    assert before == ([], 0)
    assert night.player.heard == ["sound medium general"]
    assert [one.letter.reach for one in night.sent] == [("ntfy://anna",)]
    assert "nothing can be recorded, so no alarm can come" in night.sent[0].letter.text
    assert "it cannot be answered in healthmon" in night.sent[0].letter.text
    assert [one.contact for one in night.cares.messages.settled()] == ["anna"]
    assert len(night.shown) == 1


def test_it_is_silent_and_told_to_be_over_when_the_log_is_written_again(night: Night) -> None:
    night.look(AFTER, refused_for=AFTER)
    night.look(AFTER + 1, refused_for=AFTER + 1)
    for seconds in (AFTER + 2, AFTER + 3, AFTER + 4):
        night.look(seconds, refused_for=0.0)

    assert night.player.heard == ["sound medium general", "quiet"]
    assert [one.letter.subject[:5] for one in night.sent] == ["Alarm", "Over:"]


def test_a_worse_alarm_that_rings_already_is_what_is_heard(night: Night) -> None:
    night.home.raises(0)
    night.look(AFTER, refused_for=AFTER)

    assert night.player.heard == ["sound high oxygen"]


def test_a_pause_of_the_sound_silences_it_for_its_time(night: Night) -> None:
    night.home.say(0, Thing("CAREGIVER", "anna"), "PAUSES", Thing("SOUND"), value=1, unit="min")
    night.look(AFTER, refused_for=AFTER)
    paused = list(night.player.heard)
    night.look(61, refused_for=61.0)

    assert (paused, night.player.heard) == ([], ["sound medium general"])
