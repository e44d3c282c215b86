"""How many alarms the bar shows: the worst three always, more where a tall window has room for them."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QFrame

from healthmon.gui.options import Options
from tests.fakes import screens
from tests.gui.conftest import Stage

Make = Callable[..., Stage]


def strips(one: Stage) -> int:
    made = one.window.findChildren(QFrame, "alarm-strip")
    return sum(1 for strip in made if strip.isVisibleTo(one.window))


def test_three_alarms_are_shown_and_more_are_counted_and_opened(stage: Make) -> None:
    alarms = tuple(screens.medium_line(episode=f"E:{place}:1") for place in range(5))
    one = stage(replace(screens.high_alarm(), alarms=alarms))
    counted = (strips(one), one.find("alarm-more").text())

    one.click("alarm-more")

    assert counted == (3, "+2 more")
    assert (strips(one), one.find("alarm-more").text()) == (4, "Show fewer (+1 not shown)")


def test_a_tall_window_shows_more_alarms(stage: Make) -> None:
    alarms = tuple(screens.medium_line(episode=f"E:{place}:1") for place in range(5))
    one = stage(replace(screens.high_alarm(), alarms=alarms), Options(size=(1920, 1080)))

    one.click("alarm-more")

    assert (strips(one), one.find("alarm-more").text()) == (5, "Show fewer")
