"""An alarm about the monitor itself has no person: nothing empty is shown, said or clicked."""

from collections.abc import Callable
from dataclasses import replace

from tests.fakes import screens
from tests.fakes.parts import technical_line
from tests.gui.conftest import Stage

Make = Callable[..., Stage]


def _stage(stage: Make) -> Stage:
    return stage(replace(screens.calm(), alarms=(technical_line(),)))


def test_it_is_shown_without_a_person(stage: Make) -> None:
    one = _stage(stage)

    assert (one.find("alarm-text").text, one.shows("alarm-person")) == (technical_line().text, False)


def test_it_is_acknowledged_by_its_episode_alone(stage: Make) -> None:
    one = _stage(stage)

    one.click("alarm-acknowledge")

    (event,) = one.said
    assert (str(event.object), event.context) == (
        "ALARM LOG_NOT_WRITABLE",
        {"episode": technical_line().episode},
    )


def test_it_reads_aloud_without_a_gap(stage: Make) -> None:
    one = _stage(stage)

    assert one.find("alarm-strip").accessibleName() == f"medium alarm: {technical_line().text}"


def test_with_an_alarm_of_a_body_the_person_is_there_again(stage: Make) -> None:
    one = _stage(stage)

    one.show(screens.high_alarm())

    assert one.shows("alarm-person")
