"""What has to be read is not cut: the time of what is lost, the last line of advice, the eighth person."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QListView

from healthmon.gui.lettering import Weight, metrics
from healthmon.gui.options import Options
from healthmon.gui.person_painter import ending
from healthmon.view.screen import Screen
from tests.fakes import screens
from tests.fakes.parts import advice
from tests.gui.conftest import Stage

Make = Callable[..., Stage]
SMALL = metrics(12, Weight.MEDIUM, figures=True)


@pytest.mark.parametrize("make", [screens.calm, screens.high_alarm])
def test_eight_people_are_seen_whole(stage: Make, make: Callable[[], Screen]) -> None:
    one = stage(make(), Options(size=(1366, 768)))
    one.tick(2)

    people = one.find("people", QListView)
    assert people.visualRect(people.model().index(7, 0)).bottom() <= people.viewport().height()


def test_the_time_is_what_stays_where_there_is_little_room() -> None:
    room = SMALL.horizontalAdvance("since Nov 3 14:05") + 1

    assert ending("unknown since Nov 3 14:05", SMALL, room) == "since Nov 3 14:05"


def test_words_that_have_room_stay_whole() -> None:
    assert ending("unknown since 14:05", SMALL, 150) == "unknown since 14:05"


def test_advice_that_is_cut_ends_with_a_whole_line(stage: Make) -> None:
    card = replace(advice(), text="word " * 200)
    one = stage(replace(screens.high_alarm(), advice=card), Options(size=(1366, 768)))
    one.tick(2)

    text = one.find("advice-text")
    shown = one.find("advice-scroll").viewport().height() - text.y()
    assert shown % text.fontMetrics().lineSpacing() == 0
