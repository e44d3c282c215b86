"""MISSED_ROUTINE: the kettle that did not boil this morning, unless nobody was there."""

import pytest

from healthmon.events import Thing
from tests.unit.rules.mornings import ANNA, MONITOR, Mornings


def test_a_kettle_that_stays_cold_is_told_an_hour_after_its_usual_time() -> None:
    home = Mornings()
    home.live(14)
    home.stay_cold()
    (raised,) = home.said

    assert (home.told(), raised.person) == (["RAISES 11-16 09:00"], None)
    assert {**raised.context} == {
        "priority": "medium",
        "episode": f"MISSED_ROUTINE:kettle-1:{raised.at.isoformat()}",
        "since": raised.at.isoformat(),
        "latched": False,
        "device": "kettle-1",
        "usual": "08:00",
        "why": "held",
    }


def test_thirteen_mornings_are_too_few() -> None:
    home = Mornings()
    home.live(13)
    home.stay_cold()

    assert home.said == []


def test_nine_mornings_of_ten_make_the_usual_time() -> None:
    home = Mornings()
    home.live(18, 8)
    home.live(2, 11)

    assert home.told()[:2] == ["RAISES 11-20 09:00", "CLEARS 11-20 11:00"]
    assert [one.context["usual"] for one in home.said if one.verb == "RAISES"] == ["08:00", "08:00"]


def test_it_is_over_when_it_boils() -> None:
    home = Mornings()
    home.live(14)
    home.wear(7)
    home.boil(10, 30)

    assert home.told() == ["RAISES 11-16 09:00", "CLEARS 11-16 10:30"]


def test_cold_for_days_is_one_alarm() -> None:
    home = Mornings()
    home.live(14)
    home.stay_cold(5)

    assert home.told() == ["RAISES 11-16 09:00"]


def test_after_two_weeks_it_is_given_up() -> None:
    home = Mornings()
    home.live(14)
    home.stay_cold(20)

    assert home.told() == ["RAISES 11-16 09:00", "CLEARS 11-29 08:00"]
    assert home.said[-1].context["outcome"] == "given-up"


def test_of_a_morning_on_which_nothing_was_heard_nothing_is_said() -> None:
    home = Mornings()
    home.live(14)
    home.next()
    home.next()
    home.live(1)

    assert home.said == []


def test_a_watch_in_the_evening_before_is_no_sign_of_this_morning() -> None:
    home = Mornings()
    home.live(14)
    home.next()
    home.hear(Thing("WATCH", "watch-7"), "MEASURES", Thing("HR"), home.at(3, 59), value=70)
    home.next()
    home.live(1)

    assert home.said == []


@pytest.mark.parametrize("delivery", ["late", "import", "retained"])
def test_old_signs_are_none(delivery: str) -> None:
    home = Mornings()
    home.live(14)
    home.wear(7, delivery=delivery)
    home.wear(13, delivery=delivery)

    assert home.said == []


@pytest.mark.parametrize("delivery", ["late", "import", "retained"])
def test_an_old_cup_clears_nothing(delivery: str) -> None:
    home = Mornings()
    home.live(14)
    home.wear(7)
    home.boil(10, delivery=delivery)

    assert home.told() == ["RAISES 11-16 09:00"]


def test_imported_mornings_are_nobodys_habit() -> None:
    home = Mornings()
    home.live(14, delivery="import")
    home.stay_cold()

    assert home.said == []


def test_of_a_morning_that_was_not_recorded_whole_nothing_is_said() -> None:
    home = Mornings()
    home.live(14)
    home.wear(7)
    home.hear(MONITOR, "STARTS", Thing("RECORDER"), home.at(8, 10))
    home.wear(8)
    home.wear(13)

    assert home.said == []


def test_after_a_start_in_the_night_the_morning_counts() -> None:
    home = Mornings()
    home.live(14)
    home.hear(MONITOR, "STARTS", Thing("RECORDER"), home.at(2))
    home.stay_cold()

    assert home.told() == ["RAISES 11-16 09:00"]


def test_what_was_due_while_nobody_recorded_is_not_said_at_the_start() -> None:
    home = Mornings()
    home.live(14)
    home.wear(7)
    home.hear(MONITOR, "STARTS", Thing("RECORDER"), home.at(15))
    home.wear(16)

    assert home.said == []


def test_a_cup_with_a_name_is_a_habit_of_hers() -> None:
    home = Mornings()
    home.live(14, person="maria")
    home.stay_cold()

    assert [(one.verb, one.person) for one in home.said] == [("RAISES", "maria")]


def test_a_cup_without_a_name_may_be_hers() -> None:
    home = Mornings()
    home.live(14, person="maria")
    home.live(1)
    home.stay_cold()

    assert home.told() == ["RAISES 11-17 09:00"]


def test_another_drinkers_cup_is_not_hers() -> None:
    home = Mornings()
    home.live(14, person="maria")
    home.live(1, person="ben")

    assert [(one.verb, one.person) for one in home.said] == [("RAISES", "maria")]


def test_a_carer_can_switch_it_off_and_on() -> None:
    home = Mornings()
    home.live(14)
    home.hear(ANNA, "SETS", Thing("ALARM", "MISSED_ROUTINE"), home.at(1), off=True)
    home.stay_cold()
    home.hear(ANNA, "SETS", Thing("ALARM", "MISSED_ROUTINE"), home.at(1))
    home.stay_cold()

    assert home.told() == ["RAISES 11-17 09:00"]


def test_switched_off_it_is_over() -> None:
    home = Mornings()
    home.live(14)
    home.stay_cold()
    home.hear(ANNA, "SETS", Thing("ALARM", "MISSED_ROUTINE"), home.at(1), off=True)

    assert home.told() == ["RAISES 11-16 09:00", "CLEARS 11-17 01:00"]


def test_made_up_kettles_are_bounded() -> None:
    home = Mornings()
    for number in range(500):
        kettle = Thing("KETTLE", f"kettle-{number}")
        home.hear(kettle, "PERCOLATES", Thing("COFFEE"), home.at(8), value=250, person=f"p{number}")

    assert len(home.rule.followed()) == 64


def test_who_is_forgotten_leaves_nothing() -> None:
    home = Mornings()
    home.live(14, person="maria")
    home.rule.forget("maria")
    home.stay_cold()

    assert (home.said, home.rule.followed(), home.rule.due()) == ([], (), None)
