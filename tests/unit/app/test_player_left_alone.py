"""The desktop is told, in plain words, when the recorder has died."""

from pathlib import Path

import pytest

from healthmon.app.cares.sound_care import PLAYER, command
from healthmon.app.player import letter, settings_of
from healthmon.notify.desktop import DESKTOP
from healthmon.settings import NotifySettings, SoundSettings
from tests.unit.rules.stream import moment


def test_the_desktop_is_told_that_nobody_is_watched_and_how_to_go_on() -> None:
    told = letter(NotifySettings(), moment(0))
    assert told.reach == (DESKTOP,)
    assert told.subject == "Alarm: healthmon, the recorder has ended by itself, so nobody is watched"
    assert "healthmon sound quiet" in told.text


@pytest.mark.parametrize("notes", [NotifySettings(), NotifySettings(privacy="discreet", desktop=False)])
def test_what_may_be_shown_is_what_the_recorder_was_started_with_from_whatever_file(
    notes: NotifySettings,
) -> None:
    words = command(SoundSettings(output="null", volume=0.9), Path("folder"), notes, Path("home"))

    assert settings_of(words[len(PLAYER) :]) == notes
    assert words[-5:] == ["null", "0.9", "folder", "home", ""]


def test_what_is_discreet_names_no_kind_of_alarm() -> None:
    assert letter(NotifySettings(privacy="discreet"), moment(0)).subject == "healthmon: alarm"
