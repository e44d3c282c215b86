"""Terms of one's own: limit, delay, hysteresis, latching, urgency, off; never beyond what the row allows."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthmon.alarms import CLASSES, Limits, Priority, Profile, Terms
from healthmon.events import Json, Thing
from tests.unit.alarms.home import Home, desaturated
from tests.unit.rules.stream import entry, received

ROWS = {row.id: row for row in CLASSES}


def terms(alarm: str, **said: Json) -> Terms | None:
    """What holds for Maria after Anna said this."""
    limits = Limits()
    limits.follow(entry(0, Thing("CAREGIVER", "anna"), "SETS", Thing("ALARM", alarm), person="maria", **said))
    return limits.terms("maria", ROWS[alarm])


def test_what_is_not_said_is_the_profiles() -> None:
    assert terms("SPO2_LOW", delay_s=60) == Terms(
        ROWS["SPO2_LOW"].side, 92, 2, timedelta(seconds=60), latches=True, priority=Priority.MEDIUM
    )


def test_what_was_said_before_and_is_not_said_again_is_given_back() -> None:
    home = Home()
    home.carer(0, "SETS", "ALARM", "SPO2_CRIT", value=84, unit="%", delay_s=60)

    home.carer(1, "SETS", "ALARM", "SPO2_CRIT", delay_s=45)
    home.hold("SPO2", 86, 2, 60)

    assert home.times("RAISES") == [47]


_ANYTHING = st.one_of(
    st.none(), st.booleans(), st.text(max_size=5), st.integers(-(10**9), 10**9), st.floats(), st.just("high")
)


@given(
    st.sampled_from(sorted(ROWS)),
    st.sampled_from(["value", "delay_s", "hysteresis", "latches", "priority", "off", "unit"]),
    _ANYTHING,
    st.sampled_from([None, 0, 50, 1e300]),
    st.sampled_from(sorted(Profile)),
)
def test_whatever_is_said_stays_within_the_row(
    alarm: str, key: str, said: Json, value: Json, profile: Profile
) -> None:
    limits, row, anna = Limits(), ROWS[alarm], Thing("CAREGIVER", "anna")
    limits.follow(entry(0, anna, "SETS", Thing("PERSON", "maria"), person="maria", profile=profile.value))
    limits.follow(
        entry(0, anna, "SETS", Thing("ALARM", alarm), person="maria", **{"value": value, key: said})
    )

    held = limits.terms("maria", row)

    if held is None:
        assert not row.floors
        return
    floor = row.floors.get(profile)
    assert held.is_off or row.least <= held.limit <= row.most
    assert held.is_off or row.delays[0] <= held.delay <= row.delays[1]
    assert row.bands[0] <= held.hysteresis <= row.bands[1]
    assert held.floor == floor
    assert floor is None or held.judge(floor, held.limit).value == "beyond"
    assert row.priority is not Priority.HIGH or held.priority is not Priority.LOW


@pytest.mark.parametrize("value", [True, "84", None, float("nan")])
def test_what_is_no_number_is_no_limit(value: Json) -> None:
    held = terms("SPO2_CRIT", value=value)

    assert held is not None
    assert held.limit == 88


def test_a_limit_in_another_unit_is_none() -> None:
    held = terms("SPO2_CRIT", value=90, unit="/min")

    assert held is not None
    assert held.limit == 88


def test_a_profile_counts_when_only_the_sentence_says_whose_it_is() -> None:
    limits = Limits()

    changed = limits.follow(
        entry(0, Thing("CAREGIVER", "anna"), "SETS", Thing("PERSON", "maria"), profile="low-oxygen")
    )

    assert (changed, limits.profile("maria")) == ("maria", Profile.LOW_OXYGEN)


def test_an_alarm_without_a_floor_may_be_switched_off() -> None:
    home = Home()
    home.carer(0, "SETS", "ALARM", "HR_HIGH", off=True)

    home.hold("HR", 125, 1, 1_000, step=5)

    assert home.remarks == []


def test_switched_on_again_it_rings_after_its_delay() -> None:
    home = Home()
    home.carer(0, "SETS", "ALARM", "HR_HIGH", off=True)
    home.hold("HR", 125, 1, 500, step=1)

    home.carer(500, "SETS", "ALARM", "HR_HIGH")
    home.hold("HR", 125, 501, 700, step=1)

    assert home.times("RAISES", "HR_HIGH") == [681]


@pytest.mark.parametrize(("delay", "rings"), [(15, 15), (120, 120), (30, 30)])
def test_a_delay_that_runs_is_as_long_as_was_said_last(delay: int, rings: int) -> None:
    home = Home()
    home.hold("SPO2", 86, 0, 10)

    home.carer(9.5, "SETS", "ALARM", "SPO2_CRIT", delay_s=delay)
    home.hold("SPO2", 86, 10, 130)

    assert home.times("RAISES") == [rings]


def test_a_delay_made_shorter_than_what_has_passed_rings_at_once() -> None:
    home = Home()
    home.hold("SPO2", 86, 0, 21)

    home.carer(20.5, "SETS", "ALARM", "SPO2_CRIT", delay_s=10)

    assert [one.at.second for one in home.until(20.6)] == [20]


def test_a_carers_wrong_clock_retimes_nothing_wrongly() -> None:
    home = Home()
    home.hold("SPO2", 86, 0, 10)

    anna, crit = Thing("CAREGIVER", "anna"), Thing("ALARM", "SPO2_CRIT")
    home.hear(received(9.5, 9.5 + 32_400, anna, "SETS", crit, person="maria", delay_s=20))
    home.hold("SPO2", 86, 10, 31)

    assert home.times("RAISES") == [20]


def test_readings_that_are_not_beyond_the_new_limit_do_not_count() -> None:
    home = Home()
    home.hold("SPO2", 86, 0, 20)

    home.carer(19.5, "SETS", "ALARM", "SPO2_CRIT", value=85)
    home.hold("SPO2", 85, 20, 51)

    assert home.times("RAISES") == [50]


def test_a_hysteresis_of_ones_own_ends_it_there() -> None:
    home = Home()
    home.carer(-1, "SETS", "ALARM", "SPO2_CRIT", hysteresis=4)
    home.hold("SPO2", 86, 0, 35)

    home.hold("SPO2", 91, 35, 100)
    assert home.said("CLEARS") == []
    home.hold("SPO2", 92, 100, 131)

    assert home.times("CLEARS") == [130]


def test_one_that_needs_no_answer_does_not_stay() -> None:
    home = Home()
    home.carer(-1, "SETS", "ALARM", "SPO2_CRIT", latches=False)
    home.hold("SPO2", 86, 0, 35)

    home.hold("SPO2", 97, 35, 70)

    assert [one.context["latched"] for one in home.said("CLEARS")] == [False]


def test_how_urgent_it_is_may_be_chosen() -> None:
    home = Home()
    home.carer(-1, "SETS", "ALARM", "HR_HIGH", priority="high")

    home.hold("HR", 125, 0, 181)

    assert home.said("RAISES", "HR_HIGH")[0].context["priority"] == "high"


def test_a_high_alarm_is_medium_at_least() -> None:
    held = terms("SPO2_CRIT", priority="low")

    assert held is not None
    assert held.priority is Priority.MEDIUM


def test_the_delay_that_holds_is_told() -> None:
    home = Home()
    home.carer(-1, "SETS", "ALARM", "SPO2_CRIT", delay_s=20)

    home.hold("SPO2", 86, 0, 21)

    assert home.said("RAISES")[0].context["delay_s"] == 20


def test_silence_changes_no_condition() -> None:
    silenced, plain = desaturated(), desaturated()

    silenced.carer(32, "SNOOZES", "ALARM", "SPO2_CRIT", value=2, unit="min")
    for home in (silenced, plain):
        home.hold("SPO2", 86, 33, 40)
        home.hold("SPO2", 97, 40, 80)

    assert silenced.said("CLEARS") == plain.said("CLEARS")
    assert silenced.times("RAISES") == plain.times("RAISES")
