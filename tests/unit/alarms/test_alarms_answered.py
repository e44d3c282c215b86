"""What carers do: acknowledge, set limits. And when an alarm is the same again."""

import pytest

from healthmon.events import Json
from tests.unit.alarms.home import Home, desaturated
from tests.unit.rules.stream import moment

EPISODE = f"E:maria:{moment(0).isoformat()}"


def recovered(home: Home, start: int) -> Home:
    """From `start` on it is fine again, and 31 s later it is over."""
    home.hold("SPO2", 97, start, start + 31)
    return home


def test_an_alarm_that_was_seen_does_not_stay() -> None:
    home = desaturated()

    home.acknowledge(35, "SPO2_CRIT", episode=EPISODE)
    recovered(home, 36)

    assert [one.context["latched"] for one in home.said("CLEARS")] == [False]


@pytest.mark.parametrize(
    "context",
    [
        {"episode": "E:maria:another"},
        {"person": "john"},
        {"delivery": "retained"},
        {"delivery": "import"},
    ],
)
def test_an_answer_to_something_else_answers_nothing(context: dict[str, Json]) -> None:
    home = desaturated()

    home.acknowledge(35, "SPO2_CRIT", **context)
    home.acknowledge(35, "SPO2_LOW")
    recovered(home, 36)

    assert [one.context["latched"] for one in home.said("CLEARS")] == [True]


def test_an_answer_without_an_episode_means_what_was_on_when_it_was_said() -> None:
    early, timely = desaturated(), desaturated()

    early.acknowledge(-5, "SPO2_CRIT")
    timely.acknowledge(35, "SPO2_CRIT")

    for home, stays in ((early, True), (timely, False)):
        (cleared,) = recovered(home, 36).said("CLEARS")
        assert cleared.context["latched"] is stays


def test_answering_takes_no_alarm_away() -> None:
    home = desaturated()

    home.acknowledge(35, "SPO2_CRIT", episode=EPISODE)
    home.hold("SPO2", 86, 36, 100)

    assert home.said("CLEARS") == []


def test_the_same_alarm_within_five_minutes_is_the_same_episode() -> None:
    home = recovered(desaturated(), 31)

    home.hold("SPO2", 86, 361, 395)

    first, again = home.said("RAISES")
    assert home.times("CLEARS") == [61]
    assert (first.context["why"], again.context["why"]) == ("held", "again")
    assert again.context["episode"] == first.context["episode"] == EPISODE
    assert again.context["since"] == moment(361).isoformat()


def test_after_five_minutes_it_is_a_new_one() -> None:
    home = recovered(desaturated(), 31)

    home.hold("SPO2", 86, 362, 395)

    first, second = home.said("RAISES")
    assert second.context["why"] == "held"
    assert second.context["episode"] != first.context["episode"]


def test_the_same_episode_again_remembers_who_answered() -> None:
    home = desaturated()
    home.acknowledge(35, "SPO2_CRIT", episode=EPISODE)
    recovered(home, 36)

    home.hold("SPO2", 86, 100, 135)

    assert home.said("RAISES")[-1].context["acknowledged_by"] == "anna"


def test_a_new_episode_wants_an_answer_of_its_own() -> None:
    home = desaturated()
    home.acknowledge(35, "SPO2_CRIT", episode=EPISODE)
    recovered(home, 36)

    home.hold("SPO2", 86, 1_000, 1_035)
    recovered(home, 1_035)

    assert "acknowledged_by" not in home.said("RAISES")[-1].context
    assert home.said("CLEARS")[-1].context["latched"] is True


def test_an_alarm_seen_after_it_was_over_is_done_with() -> None:
    home = recovered(desaturated(), 31)

    home.acknowledge(100, "SPO2_CRIT", episode=EPISODE)
    home.hold("SPO2", 86, 110, 145)

    assert home.said("RAISES")[-1].context["acknowledged_by"] == "anna"


def test_a_medium_alarm_becomes_high_after_ten_minutes_and_wants_to_be_seen_again() -> None:
    home = Home()
    home.hold("SPO2", 91, 0, 121)
    home.acknowledge(130, "SPO2_LOW")

    home.hold("SPO2", 91, 132, 640)
    home.hold("SPO2", 97, 640, 680)

    medium, high = home.said("RAISES", "SPO2_LOW")
    (cleared,) = home.said("CLEARS", "SPO2_LOW")
    assert (medium.at, medium.context["priority"]) == (moment(120), "medium")
    assert (high.at, high.context["priority"], high.context["why"]) == (moment(600), "high", "lasting")
    assert "acknowledged_by" not in high.context
    assert cleared.context["latched"] is True


def test_it_does_not_become_high_while_nobody_knows() -> None:
    home = Home()
    home.hold("SPO2", 91, 0, 200)

    home.until(1_000)
    home.measure(1_000, "SPO2", 91)

    assert home.times("RAISES", "SPO2_LOW") == [120, 1_000]


def test_a_sparse_watch_may_raise_it_high_at_once() -> None:
    home = Home()

    home.hold("SPO2", 96, 0, 9_000, step=900)
    home.hold("SPO2", 91, 9_000, 9_901, step=900)

    (raised,) = home.said("RAISES", "SPO2_LOW")
    assert raised.context["priority"] == "high"


def test_a_carer_may_choose_the_limit_and_give_it_back() -> None:
    home = Home()
    home.carer(0, "SETS", "ALARM", "SPO2_CRIT", value=84, unit="%")
    home.hold("SPO2", 86, 0, 60)
    assert home.said("RAISES") == []

    home.carer(60, "SETS", "ALARM", "SPO2_CRIT")
    home.hold("SPO2", 86, 61, 100)

    assert home.times("RAISES") == [91]


def test_a_stricter_limit_holds_from_the_next_reading_on() -> None:
    home = Home()
    home.hold("SPO2", 94, 0, 200)
    assert home.remarks == []

    home.carer(200, "SETS", "ALARM", "SPO2_LOW", value=94, unit="%")
    home.hold("SPO2", 94, 201, 330)

    assert home.times("RAISES", "SPO2_LOW") == [321]


def test_a_typing_error_does_not_switch_an_alarm_off() -> None:
    home = Home()
    home.carer(0, "SETS", "ALARM", "SPO2_CRIT", value=8, unit="%")

    home.hold("SPO2", 79, 1, 40)

    assert [one.context["limit"] for one in home.said("RAISES")] == [80]


def test_a_profile_has_limits_of_its_own() -> None:
    home = Home()
    home.carer(0, "SETS", "PERSON", "maria", profile="low-oxygen")

    home.hold("SPO2", 88, 1, 400)
    home.hold("SPO2", 83, 400, 440)

    assert home.verbs() == ["RAISES ALARM SPO2_CRIT"]


def test_an_athletes_slow_night_is_quiet() -> None:
    home = Home()
    home.carer(0, "SETS", "PERSON", "maria", profile="athlete")

    home.hold("HR", 39, 1, 3_600, step=5)

    assert home.remarks == []


@pytest.mark.parametrize(
    "context", [{"profile": "hero"}, {"profile": 3}, {}, {"profile": "athlete", "person": "john"}]
)
def test_a_profile_nobody_knows_changes_nothing(context: dict[str, Json]) -> None:
    home = Home()
    home.carer(0, "SETS", "PERSON", "maria", **context)

    home.hold("HR", 39, 1, 100)

    assert home.times("RAISES", "HR_LOW_CRIT") == [61]


def test_an_older_setting_does_not_undo_a_newer_one() -> None:
    home = Home()
    home.carer(0, "SETS", "ALARM", "SPO2_CRIT", value=84)
    home.carer(-60, "SETS", "ALARM", "SPO2_CRIT", value=92, delivery="import")

    home.hold("SPO2", 86, 1, 100)

    assert home.said("RAISES") == []


def test_a_limit_changed_while_it_rings_lets_it_recover() -> None:
    home = desaturated()

    home.carer(31, "SETS", "ALARM", "SPO2_CRIT", value=82)
    home.hold("SPO2", 86, 32, 70)

    assert home.times("CLEARS") == [62]
