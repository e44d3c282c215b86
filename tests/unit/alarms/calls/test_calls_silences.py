"""Snoozes and the critical floor: what a silence silences, for how long, and what no silence does."""

import pytest

from healthmon.alarms.states import Answer
from healthmon.events import Json
from tests.unit.alarms.calls.called import CalledHome, answer_of, ringing
from tests.unit.rules.stream import moment


@pytest.mark.parametrize(("first", "stays"), [("TAKES", Answer.TAKEN), ("ACKNOWLEDGES", Answer.ACKNOWLEDGED)])
def test_a_snooze_takes_nobodys_place(first: str, stays: Answer) -> None:
    home = ringing()
    home.answers(10, first)

    home.answers(11, "SNOOZES", who="ben", value=1, unit="min")

    assert answer_of(home, "SPO2_CRIT") == (stays, "anna")


@pytest.mark.parametrize(
    ("alarm", "said", "until"),
    [
        ("SPO2_CRIT", {"value": 90, "unit": "s"}, 90),
        ("SPO2_CRIT", {"value": 3, "unit": "h"}, 120),
        ("SPO2_LOW", {"value": 15}, 900),
        ("SPO2_LOW", {"value": 3, "unit": "h"}, 7_200),
        ("SPO2_LOW", {"until": moment(1_000).isoformat()}, 1_000),
    ],
)
def test_a_snooze_ends_when_it_should_and_is_never_long(
    alarm: str, said: dict[str, Json], until: float
) -> None:
    home = ringing(alarm)

    home.answers(0, "SNOOZES", alarm, **said)

    assert (home.heard(until - 1), home.heard(until)) == (None, alarm)
    assert home.raised_again() == [(until, alarm, "snooze-over")]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"value": -3},
        {"value": 1e300},
        {"value": True},
        {"value": 3, "unit": "parsec"},
        {"until": "soon"},
        {"until": "2026-11-22T04:10:00"},
        {"until": moment(-60).isoformat()},
    ],
)
def test_a_snooze_of_no_time_is_none(said: dict[str, Json]) -> None:
    home = ringing()

    home.answers(1, "SNOOZES", "SPO2_CRIT", **said)

    assert home.heard(2) == "SPO2_CRIT"


def test_a_snooze_may_be_ended() -> None:
    home = ringing("SPO2_LOW")
    home.answers(0, "SNOOZES", "SPO2_LOW", value=60, unit="min")

    home.answers(10, "SNOOZES", "SPO2_LOW", value=0)

    assert home.heard(11) == "SPO2_LOW"


@pytest.mark.parametrize(
    ("silenced", "other"),
    [
        ("HR_HIGH", "HR_LOW"),
        ("HR_LOW", "HR_HIGH"),
        ("HR_HIGH", "HR_HIGH_CRIT"),
        ("HR_HIGH_CRIT", "HR_LOW_CRIT"),
    ],
)
@pytest.mark.parametrize("is_on_before", [True, False])
def test_silencing_one_direction_never_silences_the_other_whatever_its_level(
    silenced: str, other: str, *, is_on_before: bool
) -> None:
    home = CalledHome("anna")
    home.raises(9, silenced)
    if is_on_before:
        home.raises(10, other)

    home.answers(11, "SNOOZES", silenced, value=2, unit="min")
    if not is_on_before:
        home.raises(12, other)

    assert home.heard(13) == other


def test_a_snooze_is_of_the_alarm_and_holds_when_it_begins_anew() -> None:
    home = ringing("SPO2_LOW")
    home.answers(10, "SNOOZES", "SPO2_LOW", value=60, unit="min")
    home.clears(100, "SPO2_LOW")

    home.raises(2_000, "SPO2_LOW", episode="E:maria:2")

    assert (home.heard(3_609), home.heard(3_610)) == (None, "SPO2_LOW")
    assert home.called()[-1] == (3_610, "anna", "unsettled")


def test_what_became_high_is_snoozed_no_more() -> None:
    home = ringing("SPO2_LOW")
    home.answers(10, "SNOOZES", "SPO2_LOW", value=60, unit="min")

    home.raises(480, "SPO2_LOW", why="lasting", priority="high")

    assert home.heard(481) == "SPO2_LOW"


@pytest.mark.parametrize("verb", ["TAKES", "SNOOZES"])
def test_beyond_the_floor_no_silence_holds(verb: str) -> None:
    before, after = ringing(), ringing()

    before.answers(10, verb, value=2, unit="min")
    before.raises(20, why="floor", floor=True)
    after.raises(10, why="floor", floor=True)
    after.answers(20, verb, value=2, unit="min")

    assert [home.heard(21) for home in (before, after)] == ["SPO2_CRIT", "SPO2_CRIT"]
    assert before.called()[-1] == (20, "anna", "floor")


def test_beyond_the_floor_being_seen_silences_for_two_minutes_while_it_lasts() -> None:
    home = ringing()
    home.raises(10, why="floor", floor=True)

    home.answers(20, "ACKNOWLEDGES")

    assert (home.heard(139), home.heard(140)) == (None, "SPO2_CRIT")
    assert home.raised_again() == [(140, "SPO2_CRIT", "unsettled")]


def test_seeing_what_is_not_beyond_the_floor_answers_nothing_that_is() -> None:
    home = ringing("HR_LOW_CRIT", "SPO2_CRIT")
    home.raises(10, why="floor", floor=True)

    home.answers(20, "ACKNOWLEDGES", "HR_LOW_CRIT")

    assert home.heard(21) == "SPO2_CRIT"


def test_a_carers_clock_that_is_wrong_silences_nothing_for_longer() -> None:
    home = ringing("SPO2_LOW")

    home.answers(10, "SNOOZES", "SPO2_LOW", value=10, unit="min", at=10 + 9 * 3_600)

    assert (home.heard(609), home.heard(610)) == (None, "SPO2_LOW")


@pytest.mark.parametrize("why", ["held", "again"])
@pytest.mark.parametrize("verb", ["SNOOZES", "ACKNOWLEDGES", "TAKES"])
def test_what_was_answered_to_a_medium_alarm_hides_no_high_one(why: str, verb: str) -> None:
    home = ringing("SPO2_LOW")
    home.answers(60, verb, "SPO2_LOW", value=120, unit="min")
    home.clears(100, "SPO2_LOW")

    home.raises(200, "SPO2_LOW", why=why, priority="high", episode="E:maria:2")

    assert home.heard(201) == "SPO2_LOW"
    assert home.called()[-1] == (200, "anna", "raised")


def test_a_medium_alarm_comes_back_as_silent_as_it_was_answered() -> None:
    home = ringing("SPO2_LOW")
    home.answers(60, "SNOOZES", "SPO2_LOW", value=120, unit="min")
    home.clears(100, "SPO2_LOW")

    home.raises(1_000, "SPO2_LOW", episode="E:maria:2")

    assert home.heard(1_001) is None


def test_an_unanswered_alarm_that_comes_back_high_calls_at_once() -> None:
    home = ringing("SPO2_LOW")
    home.clears(100, "SPO2_LOW")

    home.raises(200, "SPO2_LOW", why="again", priority="high")

    assert home.called()[-1] == (200, "anna", "raised")


def test_one_answer_does_not_silence_a_night_of_high_alarms() -> None:
    home = ringing()
    home.answers(10, "ACKNOWLEDGES")

    heard = []
    for second in range(120, 3_600, 360):
        home.clears(second)
        home.raises(second + 240, why="again")
        heard.append(home.heard(second + 241))

    assert heard[:4] == [None] * 4
    assert home.called()[-1][0] > 1_800
    assert heard[-1] == "SPO2_CRIT"


def test_who_answers_again_has_half_an_hour_again() -> None:
    home = ringing()
    home.answers(10, "ACKNOWLEDGES")
    home.clears(1_700)
    home.raises(1_850, why="again")
    home.answers(1_860, "ACKNOWLEDGES")

    home.clears(2_000)
    home.raises(2_100, why="again")

    assert home.heard(2_101) is None
