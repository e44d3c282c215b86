"""What the window promises to the person before it: it shows what is so, and passes on what they do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QPushButton
from pytestqt.qtbot import QtBot

from healthmon.cli.main import VERBS
from healthmon.events import Thing
from healthmon.gui.alarm_strip import is_flashing
from healthmon.gui.options import Options
from healthmon.view.screen import AlarmPhase, Delivery, Priority, Span
from tests.fakes import screens
from tests.gui.conftest import Stage

Make = Callable[..., Stage]


def test_acknowledging_says_exactly_one_event_with_its_episode(stage: Make) -> None:
    one = stage(screens.high_alarm())

    one.click("alarm-acknowledge")

    (event,) = one.said
    assert (event.verb, event.subject) == ("ACKNOWLEDGES", Thing("CAREGIVER", "anna"))
    assert event.object == Thing("ALARM", "HR_HIGH")
    assert event.context == {"person": "maria", "episode": screens.alarm_line().episode}


def test_what_was_said_is_told_to_the_desk(stage: Make) -> None:
    one = stage(screens.high_alarm())

    one.click("alarm-acknowledge")

    assert one.desk.heard == one.said


def test_what_could_not_be_kept_is_not_shown_as_sending(stage: Make) -> None:
    one = stage(screens.high_alarm())
    one.problem = "the outbox is full: free some disk space"

    one.click("alarm-acknowledge")

    assert one.desk.heard == []
    assert "outbox is full" in one.find("notice").text


def test_two_acknowledgements_have_two_ids(stage: Make) -> None:
    one = stage(screens.high_alarm())

    one.click("alarm-acknowledge")
    one.click("alarm-acknowledge")

    assert len({event.id for event in one.said}) == 2


def test_the_key_answers_the_worst_alarm_that_nobody_has_taken(stage: Make, qtbot: QtBot) -> None:
    taken = screens.alarm_line(phase=AlarmPhase.ACKNOWLEDGED, by="jan", offers=())
    one = stage(replace(screens.high_alarm(), alarms=(taken, screens.medium_line())))

    QTest.keyClick(one.window, Qt.Key.Key_F2)

    assert [event.context["episode"] for event in one.said] == [screens.medium_line().episode]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"delivery": Delivery.SENDING}, "Sending…"),
        ({"delivery": Delivery.UNDELIVERED}, "Not delivered yet: nobody else knows"),
        ({"phase": AlarmPhase.ACKNOWLEDGED, "by": "anna"}, "Anna has seen it"),
    ],
)
def test_an_answered_alarm_says_where_the_answer_is(
    stage: Make, changes: dict[str, object], words: str
) -> None:
    one = stage(
        replace(screens.high_alarm(), alarms=(screens.alarm_line(**changes, state=words, offers=()),))
    )

    assert one.find("alarm-state").text == words
    assert not one.shows("alarm-acknowledge")


def test_an_alarm_leads_to_its_person(stage: Make) -> None:
    one = stage(replace(screens.high_alarm(), alarms=(screens.medium_line(),)))

    one.click("alarm-person")

    assert one.desk.selected == ["omar"]


def test_clicking_a_person_selects_them(stage: Make, qtbot: QtBot) -> None:
    one = stage()
    people: QListView = one.find("people", QListView)
    where = people.visualRect(people.model().index(2, 0)).center()

    QTest.mouseClick(people.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)

    assert one.desk.selected == ["aiko"]


def test_walking_down_the_list_selects_each_person(stage: Make, qtbot: QtBot) -> None:
    one = stage()

    for _ in range(2):
        QTest.keyClick(one.find("people"), Qt.Key.Key_Down)

    assert one.desk.selected == ["jan", "aiko"]


def test_a_tick_selects_nobody_by_itself(stage: Make) -> None:
    one = stage()

    one.tick(3)

    assert one.desk.selected == []


@pytest.mark.parametrize(
    ("name", "length"),
    [("span-5-min", 5), ("span-15-min", 15), ("span-1-h", 60), ("span-6-h", 360), ("span-24-h", 1_440)],
)
def test_a_span_button_asks_for_its_span(stage: Make, name: str, length: int) -> None:
    one = stage()

    one.click(name)

    assert one.desk.looked == [Span(timedelta(minutes=length))]


def test_the_span_that_is_shown_is_marked(stage: Make) -> None:
    one = stage(screens.calm(span=Span(timedelta(hours=6))))

    checked = [button.text() for button in one.window.findChildren(QPushButton) if button.isChecked()]
    assert checked == ["6 h", " Live"]


def test_panning_detaches_and_live_comes_back(stage: Make, qtbot: QtBot) -> None:
    one = stage()
    QTest.keyClick(one.window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert one.desk.looked[-1].end == screens.NOW - timedelta(minutes=15)
    assert "Looking back" in one.find("span-words").text

    one.click("live")

    assert one.desk.looked[-1] == Span(timedelta(hours=1))


def test_a_calm_screen_says_so(stage: Make) -> None:
    one = stage()

    assert one.find("alarm-calm-text").text == "No active alarms"
    assert not one.shows("banner")


def test_not_recording_is_said_large_and_with_the_cure(stage: Make) -> None:
    one = stage(screens.not_recording())

    assert one.find("banner-headline").text.startswith("NOT RECORDING since ")
    assert one.find("banner-detail").text().endswith("ask whoever looks after this computer (F1).")


def test_nothing_calming_is_said_while_nothing_is_recorded(stage: Make) -> None:
    one = stage(screens.not_recording())

    assert one.find("alarm-calm-text").text == "Alarms are unknown: nothing is being recorded"


def test_the_plots_are_not_called_live_while_nothing_is_recorded(stage: Make) -> None:
    one = stage(screens.calm())
    before = one.find("live").text()

    one.show(screens.not_recording())

    assert (before, one.find("live").text()) == (" Live", " Not live")


def test_the_banner_goes_when_recording_comes_back(stage: Make) -> None:
    one = stage(screens.not_recording())

    one.show(screens.calm())

    assert not one.shows("banner")


def test_starting_and_replay_have_words_of_their_own(stage: Make) -> None:
    one = stage(screens.starting())
    assert one.find("banner-headline").text == "STARTING"
    assert one.find("first-run-title").text() == "One moment"

    one.show(screens.replaying())

    assert one.find("banner-headline").text == "REPLAY"


def test_nobody_is_said_to_listen_while_nothing_is_recorded(stage: Make) -> None:
    one = stage(replace(screens.empty(), connection=screens.not_recording().connection))

    assert one.find("first-run-title").text() == "Nobody is listening"
    assert "listening. A person appears" not in one.find("first-run-lead").text()


def test_the_first_look_says_how_to_start(stage: Make) -> None:
    one = stage(screens.empty())

    assert one.find("first-run-title").text() == "Nobody here yet"
    commands = [one.find(f"first-run-command-{place}").text().split()[1] for place in (1, 2, 3)]
    assert set(commands) <= set(VERBS)


def test_a_window_that_fails_lets_no_number_look_live(stage: Make) -> None:
    one = stage()

    one.window.fail("ValueError: no")

    assert one.find("banner-headline").text == "THIS WINDOW HAS STOPPED FOLLOWING"
    assert one.find("heart-rate").face.is_struck


def test_the_next_good_tick_takes_the_failure_back(stage: Make) -> None:
    one = stage()
    one.window.fail("ValueError: no")

    one.tick()

    assert not one.shows("banner")
    assert not one.find("heart-rate").face.is_struck


def test_only_a_high_alarm_that_nobody_took_flashes_and_once_a_second(stage: Make) -> None:
    one = stage(screens.high_alarm())
    strip = one.find("alarm-strip")
    seen = []
    for _ in range(40):
        one.window.tick()
        seen.append(strip._is_bright)

    turns = sum(1 for before, after in pairwise(seen) if before != after)
    assert 7 <= turns <= 8  # four seconds: on and off once in each


@pytest.mark.parametrize(
    "changes",
    [
        {"phase": AlarmPhase.ACKNOWLEDGED},
        {"phase": AlarmPhase.LATCHED},
        {"delivery": Delivery.SENDING},
        {"priority": Priority.MEDIUM},
    ],
)
def test_an_alarm_that_asks_for_nobody_at_once_does_not_flash(changes: dict[str, object]) -> None:
    assert is_flashing(screens.alarm_line())

    assert not is_flashing(screens.alarm_line(**changes))


def test_the_systems_theme_is_dark_where_the_system_does_not_say(stage: Make) -> None:
    one = stage(options=Options(theme="system"))

    assert one.window.grab().toImage().pixelColor(3, 400).lightness() < 60


def test_theme_turns_and_back(stage: Make) -> None:
    one = stage()

    one.click("theme")
    light = one.window.grab().toImage().pixelColor(3, 400).lightness()
    one.click("theme")

    dark = one.window.grab().toImage().pixelColor(3, 400).lightness()

    assert light > 200
    assert dark < 60


def test_a_notice_is_said_once_and_goes(stage: Make) -> None:
    one = stage(replace(screens.calm(), notices=("Recording goes on without this window",)))
    assert one.find("notice").text == "Recording goes on without this window"

    one.click("notice-close")

    assert not one.shows("notice-bar")


def test_twenty_people_scroll(stage: Make) -> None:
    one = stage(screens.calm(20))

    assert one.find("people", QListView).verticalScrollBar().maximum() > 0
