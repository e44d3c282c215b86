"""HR_UNUSUAL: who rests and whose heart is above their usual for ten minutes is told, low; nobody else is."""

from datetime import timedelta

import pytest

from healthmon.events import Json, Thing
from tests.unit.advice.resting import ALARM, ANNA, HR, MONITOR, USUAL, WATCH, WORN, Resting, at_home


def test_ten_minutes_above_the_usual_at_rest_are_told() -> None:
    home = at_home()
    home.rest(USUAL, 30)
    home.rest(96, 30)
    (raised,) = home.said

    assert (home.told(), raised.object, raised.person) == (["RAISES 01:42"], ALARM, "maria")
    assert {**raised.context} == {
        "value": 96.0,
        "unit": "/min",
        "reference": 62.0,
        "limit": 70.0,
        "delay_s": 600.0,
        "priority": "low",
        "episode": "E:maria:2026-11-20T01:32:00+00:00",
        "since": "2026-11-20T01:32:00+00:00",
        "worst": 96.0,
        "why": "held",
    }


def test_nine_minutes_are_not_told() -> None:
    home = at_home()
    home.rest(USUAL, 30)
    home.rest(96, 9)
    home.rest(USUAL, 30)

    assert home.said == []


def test_nights_as_they_always_are_tell_nothing() -> None:
    home = at_home()
    home.live(10)

    assert home.said == []


def test_the_same_rate_is_nothing_unusual_for_who_always_has_it() -> None:
    home = Resting()
    for _ in range(20):
        home.rest(96, 150)
        home.sleep()

    assert home.said == []


def test_it_is_over_three_below_the_limit_and_not_before() -> None:
    home = at_home()
    home.rest(96, 30)
    home.rest(69, 40)  # between 67 and 70
    assert home.told() == ["RAISES 01:10"]

    home.rest(65, 20)
    assert home.told() == ["RAISES 01:10", "CLEARS 02:17"]
    assert (home.said[1].context["outcome"], home.said[1].context["latched"]) == ("recovered", False)


def test_sixteen_nights_are_too_few_to_know_one_day_in_five() -> None:
    # Three nights make a usual, and fourteen days beside it are asked for.
    home = at_home(16)
    home.rest(96, 60)
    assert home.said == []

    enough = at_home(17)
    enough.rest(96, 60)
    assert enough.told() == ["RAISES 01:10"]


def test_who_walks_is_not_at_rest() -> None:
    home = at_home()
    home.rest(110, 100, steps=60)

    assert home.said == []


def test_a_step_begins_the_ten_minutes_of_rest_and_those_of_the_alarm_anew() -> None:
    home = at_home()
    home.rest(96, 9)
    home.rest(96, 1, steps=4)
    home.rest(96, 40)

    assert home.told() == ["RAISES 01:28"]


def test_walking_about_ends_nothing_that_was_raised() -> None:
    home = at_home()
    home.rest(96, 20)
    home.rest(96, 40, steps=30)
    home.rest(96, 20)

    assert home.told() == ["RAISES 01:10"]


def test_whose_steps_nobody_counts_may_run_for_all_we_know() -> None:
    home = at_home()
    for _ in range(60):
        home.hear(WATCH, "MEASURES", Thing("HR"), value=96, person="maria")
        home.wait(1)
    assert home.told() == ["RAISES 01:10"]  # steps were told the night before

    later = at_home()
    later.now += timedelta(days=2)
    for _ in range(60):
        later.hear(WATCH, "MEASURES", Thing("HR"), value=96, person="maria")
        later.wait(1)
    assert later.said == []


@pytest.mark.parametrize("delivery", ["late", "import", "retained"])
def test_old_data_never_raise_it(delivery: str) -> None:
    home = at_home()
    home.rest(96, 60, said={"delivery": delivery})

    assert home.said == []


@pytest.mark.parametrize("delivery", ["late", "import", "retained"])
def test_old_data_do_not_show_what_a_day_is_like(delivery: str) -> None:
    home = Resting()
    home.live(18, said={"delivery": delivery})
    home.rest(96, 60)

    assert home.said == []


@pytest.mark.parametrize(
    "doubt", [{"quality": "poor"}, {"value": 0}, {"value": 255}, {"value": True}, {"value": "96"}]
)
def test_what_is_no_good_reading_raises_nothing(doubt: dict[str, Json]) -> None:
    home = at_home()
    home.rest(96, 60, said=doubt)

    assert home.said == []


def test_a_watch_on_the_table_raises_nothing() -> None:
    home = at_home()
    home.hear(WATCH, "REPORTS", WORN, value=False, person="maria")
    home.rest(96, 60)

    assert home.said == []


def test_taken_off_it_is_unknown_and_not_over() -> None:
    home = at_home()
    home.rest(96, 20)
    home.hear(WATCH, "REPORTS", WORN, value=False, person="maria")
    home.rest(0, 20)
    home.hear(WATCH, "REPORTS", WORN, value=True, person="maria")
    home.rest(96, 20)
    _, lost, known = home.said

    assert home.told() == ["RAISES 01:10", "FLAGS 01:21", "FLAGS 01:41"]
    assert (lost.context["state"], lost.context["why"]) == ("unknown", "taken-off")
    assert lost.context["unknown_since"] == "2026-11-20T01:20:00+00:00"
    assert (known.context["state"], known.context["phase"]) == ("known", "active")


def test_silent_for_three_hours_it_is_given_up() -> None:
    home = at_home()
    home.rest(96, 20)
    home.wait(240)

    assert home.told() == ["RAISES 01:10", "FLAGS 01:25", "CLEARS 04:25"]
    assert (home.said[1].context["why"], home.said[2].context["outcome"]) == ("silent", "given-up")
    assert home.rule.due() is None


def test_who_never_rests_for_a_day_has_it_given_up() -> None:
    home = at_home()
    home.rest(96, 20)
    home.rest(96, 26 * 60, steps=30)

    assert home.told()[0] == "RAISES 01:10"
    assert [one.context.get("outcome") for one in home.said] == [None, "given-up"]


@pytest.mark.parametrize(("verb", "thing"), [("STARTS", Thing("RECORDER")), ("REPORTS", Thing("GAP"))])
def test_minutes_that_nobody_recorded_count_for_nothing(verb: str, thing: Thing) -> None:
    home = at_home()
    home.rest(96, 8)
    home.now += timedelta(minutes=1)
    home.hear(MONITOR, verb, thing)
    home.rest(96, 8)

    assert home.said == []


@pytest.mark.parametrize(("verb", "thing"), [("STARTS", Thing("RECORDER")), ("REPORTS", Thing("GAP"))])
def test_after_a_gap_what_was_raised_is_unknown_until_it_is_seen_again(verb: str, thing: Thing) -> None:
    home = at_home()
    home.rest(96, 20)
    home.now += timedelta(hours=5)
    home.hear(MONITOR, verb, thing)
    home.rest(96, 20)

    assert home.told() == ["RAISES 01:10", "FLAGS 06:20", "FLAGS 06:21"]
    assert (home.said[1].context["why"], home.said[2].context["state"]) == ("not-recorded", "known")


def test_a_slow_clock_after_a_start_has_no_minute_judged_twice() -> None:
    home = at_home()
    home.rest(96, 8)
    home.hear(MONITOR, "STARTS", Thing("RECORDER"))
    home.slow = timedelta(minutes=9)
    home.hear(WATCH, "MEASURES", HR, value=96, person="maria")
    home.slow = timedelta()
    home.rest(96, 8)

    assert home.said == []


def test_a_device_that_says_so_starts_no_recorder() -> None:
    home = at_home()
    home.rest(96, 20)
    home.hear(WATCH, "REPORTS", Thing("GAP"))

    assert home.told() == ["RAISES 01:10"]


def test_an_illness_does_not_become_its_own_measure() -> None:
    home = at_home()
    for _ in range(12):
        home.rest(USUAL + 12, 150)
        home.sleep()
    raised = [one for one in home.said if one.verb == "RAISES"]

    assert [one.at.day for one in raised] == [*range(20, 31), 1]
    assert {one.context["reference"] for one in raised} == {62.0}


def test_who_gets_better_is_told_so() -> None:
    home = at_home()
    home.rest(USUAL + 12, 60)
    home.rest(USUAL, 30)

    assert [(one.verb, one.context.get("outcome")) for one in home.said] == [
        ("RAISES", None),
        ("CLEARS", "recovered"),
    ]


def test_who_is_restless_each_day_is_told_less_than_the_limit_alone_would() -> None:
    home = Resting()
    for night in range(40):
        home.rest(USUAL, 60)
        home.rest(USUAL + (16 if night % 3 == 0 else 0), 20)
        home.rest(USUAL, 70)
        home.sleep()

    assert [one for one in home.said if one.verb == "RAISES"] == []


def test_people_who_are_made_up_are_bounded() -> None:
    home = at_home()
    for number in range(500):
        home.hear(WATCH, "MEASURES", Thing("HR"), value=60, person=f"p{number}")
    home.wait(3)

    assert len(home.rule._people) == 1


def test_who_is_forgotten_leaves_nothing() -> None:
    home = at_home()
    home.rest(96, 20)
    for rule in home.rules:
        rule.forget("maria")
    home.hear(ANNA, "SETS", Thing("PERSON", "ben"), person="ben")
    home.rest(96, 60)

    assert home.told() == ["RAISES 01:10"]
