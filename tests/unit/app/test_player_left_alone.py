"""The desktop is told, in plain words, when the recorder has died."""

from healthmon.app.player import letter
from healthmon.notify.desktop import DESKTOP
from healthmon.settings import NotifySettings
from tests.unit.rules.stream import moment


def test_the_desktop_is_told_that_nobody_is_watched_and_how_to_go_on() -> None:
    told = letter(NotifySettings(), moment(0))
    assert told.reach == (DESKTOP,)
    assert told.subject == "Alarm: healthmon, the recorder has ended by itself, so nobody is watched"
    assert "healthmon sound quiet" in told.text


def test_what_is_discreet_names_no_kind_of_alarm() -> None:
    assert letter(NotifySettings(privacy="discreet"), moment(0)).subject == "healthmon: alarm"
