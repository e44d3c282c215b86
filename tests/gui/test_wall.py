"""What can be read from across the room: capitals of a fifteenth of the window's height (4 m / 200)."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QFontMetricsF

from healthmon.gui.options import Options
from healthmon.view import words
from healthmon.view.screen import AlarmPhase, Priority, Protection, Screen
from tests.fakes import screens
from tests.gui.conftest import Stage

Make = Callable[..., Stage]
SIZES = [(1024, 700), (1366, 768), (1920, 1080)]
LACKS = ("No sound: this computer has no loudspeaker", "Nobody would be called", "a", "b")


def capitals(one: Stage, name: str) -> float:
    return QFontMetricsF(one.find(name).font()).capHeight()


def low_battery() -> Screen:
    line = screens.alarm_line(alarm="BATTERY", priority=Priority.LOW, text="watch-7: battery low, 12 %")
    return replace(screens.calm(), alarms=(line,))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("make", "names"),
    [
        (screens.high_alarm, ("alarm-wall-text", "alarm-wall-beside", "alarm-priority")),
        (screens.calm, ("protection-far",)),
        (screens.not_recording, ("banner-headline",)),
        (low_battery, ("protection-far",)),
    ],
)
def test_the_first_words_are_large_enough(
    stage: Make, size: tuple[int, int], make: Callable[[], Screen], names: tuple[str, ...]
) -> None:
    one = stage(make(), Options(size=size))

    assert all(capitals(one, name) >= size[1] / 15 for name in names)
    assert (one.window.width(), one.window.height()) == size


@pytest.mark.parametrize("size", SIZES[1:])
@pytest.mark.parametrize("priority", [Priority.HIGH, Priority.MEDIUM])
@pytest.mark.parametrize(
    "headline", ["Oxygen unknown", "Heart rate 199", "No alarm is heard", "No readings arrive"]
)
def test_what_it_is_is_never_cut(
    stage: Make, size: tuple[int, int], priority: Priority, headline: str
) -> None:
    line = screens.alarm_line(
        headline=headline, priority=priority, beside="Wolfeschlegelsteinhausen the Younger"
    )
    one = stage(replace(screens.high_alarm(), alarms=(line,)), Options(size=size))

    shown = one.find("alarm-wall-text")

    assert shown.width() >= shown.fontMetrics().horizontalAdvance(headline)


def test_the_words_change_size_with_the_window(stage: Make) -> None:
    one = stage(screens.high_alarm())
    before = capitals(one, "alarm-wall-text")

    one.window.resize(1920, 1080)
    one.tick(2)

    assert capitals(one, "alarm-wall-text") == pytest.approx(before * 1080 / 768, rel=0.03)


def test_only_the_worst_alarm_is_written_for_the_wall(stage: Make) -> None:
    one = stage(screens.high_alarm())

    walls = [wall for wall in one.window.findChildren(type(one.find("alarm-wall"))) if wall.isVisible()]
    assert len(walls) == 1
    assert one.find("alarm-wall-text").text == "Heart rate 130"


def test_it_says_what_to_do_first(stage: Make) -> None:
    one = stage(screens.high_alarm())

    assert one.find("alarm-task").text == "Go and look now, and act on what you see"
    assert "act on what you see" in one.find("alarm-strip").accessibleDescription()


def test_what_stands_in_large_letters_is_not_written_again_below(stage: Make) -> None:
    line = screens.alarm_line(beside="Maria", person_name="Maria")
    one = stage(replace(screens.high_alarm(), alarms=(line,)))
    one.tick()

    assert one.find("alarm-text").text == "At or above 120 for 12 s"
    assert one.find("alarm-person").text() == "Living room"


def test_a_name_too_long_for_the_wall_stands_below_it_whole(stage: Make) -> None:
    name = "Wolfeschlegelsteinhausen the Younger"
    one = stage(replace(screens.high_alarm(), alarms=(screens.alarm_line(beside=name, person_name=name),)))
    one.tick()

    assert one.find("alarm-person").text() == f"{name} · Living room"


def test_who_is_going_stands_in_large_letters(stage: Make) -> None:
    line = screens.alarm_line(
        phase=AlarmPhase.TAKEN, beside="Ben is going", task="", state="Ben is going, 8 min left"
    )
    one = stage(replace(screens.high_alarm(), alarms=(line,)))

    assert one.find("alarm-wall-beside").text == "Ben is going"
    assert not one.shows("alarm-task")


def test_a_low_alarm_leaves_protection_in_sight(stage: Make) -> None:
    one = stage(low_battery())

    assert one.find("protection-far").text == "You are protected"
    assert not one.shows("alarm-calm-text")
    assert one.find("alarm-calm").y() < one.find("alarm-strip").y()


def test_protection_is_told_once(stage: Make) -> None:
    one = stage(screens.calm())
    calm = one.shows("protection")

    one.show(screens.high_alarm())

    assert (calm, one.shows("protection"), one.shows("protection-far")) == (False, True, False)


def test_what_is_missing_is_listed_and_counted(stage: Make) -> None:
    lacking = Protection(False, "Not fully protected, 4 reasons", LACKS, words.far.NOT_PROTECTED, LACKS)
    one = stage(replace(screens.calm(), protection=lacking))

    assert one.find("protection-far").text == "Not fully protected"
    assert [one.find(f"protection-line-{place}").text for place in range(3)] == [*LACKS[:2], "a · and 1 more"]
    assert one.find("alarm-calm").accessibleDescription() == "; ".join(LACKS)


def test_what_is_not_recorded_has_the_wall_for_itself(stage: Make) -> None:
    one = stage(replace(screens.not_recording(), alarms=screens.high_alarm().alarms))

    assert not one.shows("alarm-wall")
    assert one.find("alarm-text").text == "Heart rate 130 bpm, at or above 120 for 12 s"


@pytest.mark.parametrize("size", SIZES)
def test_many_alarms_leave_the_window_its_size_and_the_numbers_their_room(
    stage: Make, size: tuple[int, int]
) -> None:
    more = tuple(screens.medium_line(episode=f"E:{place}:1") for place in range(4))
    one = stage(replace(screens.high_alarm(), alarms=(screens.alarm_line(), *more)), Options(size=size))

    one.click("alarm-more")
    one.tick(2)

    assert (one.window.width(), one.window.height()) == size
    assert one.find("heart-rate").height() >= 124


def test_no_readings_arrive_is_said_in_plain_words(stage: Make) -> None:
    calm = screens.calm()
    gone = replace(calm.connection, broker_up=False, problem="Look in yourself: no device can be heard.")
    one = stage(replace(calm, connection=gone))

    assert one.find("banner-headline").text == "NO READINGS ARRIVE"
