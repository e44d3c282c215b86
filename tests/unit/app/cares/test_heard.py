"""What rings is what the player is asked for."""

from datetime import timedelta

from healthmon.app.cares.heard import A_TEST_IS_NEW, Heard
from healthmon.app.cares.sound_care import SoundCare
from healthmon.events import Thing
from healthmon.settings import SoundSettings
from tests.unit.alarms.calls.called import CalledHome
from tests.unit.app.cares.test_sound_care import FakePlayer
from tests.unit.rules.stream import moment


class Ears:
    """A home with a player made of a list."""

    def __init__(self) -> None:
        self.home = CalledHome("anna")
        self.player = FakePlayer()
        self.heard = Heard(SoundCare(SoundSettings(), lambda _: self.player))

    def look(self, seconds: float) -> None:
        self.heard.look(self.home.calls, moment(seconds))


def test_low_oxygen_and_a_high_heart_rate_sound_different_and_the_worse_one_is_heard() -> None:
    ears = Ears()
    ears.home.raises(0, "HR_HIGH")
    ears.look(1)
    ears.home.raises(2, "SPO2_CRIT")
    ears.look(3)
    ears.home.clears(4, "SPO2_CRIT")
    ears.look(5)
    assert ears.player.heard == ["sound medium heart", "sound high oxygen", "sound medium heart"]
    assert ears.heard.playing == "medium-heart"


def test_an_answer_is_silence() -> None:
    ears = Ears()
    ears.home.raises(0)
    ears.look(1)
    ears.home.say(2, Thing("CAREGIVER", "anna"), "ACKNOWLEDGES", Thing("ALARM", "SPO2_CRIT"), person="maria")
    ears.look(3)
    assert ears.player.heard == ["sound high oxygen", "quiet"]


def test_a_fault_of_the_machine_sounds_like_no_body() -> None:
    ears = Ears()
    ears.home.faults(0)
    ears.look(1)
    assert ears.player.heard == ["sound medium general"]


def test_a_test_is_played_once_and_an_old_one_is_not() -> None:
    ears = Ears()
    ears.look(0)
    ears.home.say(1, Thing("CAREGIVER", "anna"), "TESTS", Thing("SOUND"))
    ears.look(2)
    ears.look(3)
    ears.home.say(4, Thing("CAREGIVER", "anna"), "TESTS", Thing("SOUND"))
    ears.look(5 + A_TEST_IS_NEW / timedelta(seconds=1))
    assert ears.player.heard == ["test"]


def test_news_of_the_sound_is_kept_until_somebody_takes_it() -> None:
    ears = Ears()
    ears.look(0)
    ears.player.says = ["works Built-in"]
    ears.look(1)
    ears.look(2)
    assert ears.heard.news() == {"value": "works", "reason": "Built-in"}
    assert ears.heard.news() is None
    assert ears.heard.state == "works"
