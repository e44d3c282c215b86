"""What a carer sets of HR_UNUSUAL holds, within bounds; what makes no sense changes nothing."""

from datetime import timedelta

import pytest

from healthmon.advice.unusual_terms import OwnTerms, UnusualTerms
from healthmon.events import Context, Entry, Json, Thing
from tests.unit.advice.resting import ALARM, ANNA, USUAL, WATCH, at_home
from tests.unit.advice.wearer import START, entry


def test_a_wider_margin_of_ones_own_tells_less() -> None:
    home = at_home()
    home.hear(ANNA, "SETS", ALARM, person="maria", value=20, unit="/min")
    home.rest(USUAL + 15, 30)
    assert home.said == []

    home.rest(USUAL + 25, 30)
    assert [one.context["limit"] for one in home.said] == [82.0]


def test_a_longer_delay_waits_longer_and_says_so() -> None:
    home = at_home()
    home.hear(ANNA, "SETS", ALARM, person="maria", delay_s=1800)
    home.rest(96, 40)

    assert (home.told(), home.said[0].context["delay_s"]) == (["RAISES 01:30"], 1800.0)


def test_switched_off_it_is_over_and_silent() -> None:
    home = at_home()
    home.rest(96, 20)
    home.hear(ANNA, "SETS", ALARM, person="maria", off=True)
    home.rest(96, 20)
    home.hear(ANNA, "SETS", ALARM, person="maria")
    home.rest(96, 5)

    assert home.told() == ["RAISES 01:10", "CLEARS 01:20", "RAISES 01:41"]
    assert home.said[1].context["outcome"] == "switched-off"


@pytest.mark.parametrize(
    ("said", "terms"),
    [
        ({}, UnusualTerms(8.0, 10)),
        ({"value": 12}, UnusualTerms(12.0, 10)),
        ({"value": 1}, UnusualTerms(5.0, 10)),
        ({"value": 1e9}, UnusualTerms(40.0, 10)),
        ({"value": 12, "unit": "%"}, UnusualTerms(8.0, 10)),
        ({"value": "12"}, UnusualTerms(8.0, 10)),
        ({"value": True}, UnusualTerms(8.0, 10)),
        ({"value": float("nan")}, UnusualTerms(8.0, 10)),
        ({"delay_s": 1200}, UnusualTerms(8.0, 20)),
        ({"delay_s": 0}, UnusualTerms(8.0, 10)),
        ({"delay_s": float("inf")}, UnusualTerms(8.0, 10)),
        ({"delay_s": 1e12}, UnusualTerms(8.0, 120)),
        ({"off": True}, UnusualTerms(8.0, 10, is_off=True)),
        ({"off": "yes"}, UnusualTerms(8.0, 10)),
    ],
)
def test_a_number_is_held_within_what_is_safe(said: dict[str, Json], terms: UnusualTerms) -> None:
    assert _after(_set(said)) == terms


def test_what_was_said_last_counts_and_replaces_what_was_said_before() -> None:
    later, earlier = _set({"delay_s": 1200}, minutes=5), _set({"value": 20})

    assert _after(later, earlier) == _after(earlier, later) == UnusualTerms(8.0, 20)


@pytest.mark.parametrize(
    "one",
    [
        entry(WATCH, "SETS", ALARM, START, {"person": "maria", "off": True}),
        entry(ANNA, "SETS", ALARM, START, {"person": "maria", "off": True, "delivery": "import"}),
        entry(ANNA, "SETS", Thing("ALARM", "HR_HIGH"), START, {"person": "maria", "off": True}),
        entry(ANNA, "SETS", ALARM, START, {"person": "ben", "off": True}),
        entry(ANNA, "SETS", ALARM, START, {"off": True}),
    ],
)
def test_what_no_carer_says_of_this_alarm_of_hers_now_changes_nothing(one: Entry) -> None:
    assert _after(one) == UnusualTerms()


def test_who_is_forgotten_has_terms_like_everybody() -> None:
    own = OwnTerms()
    own.follow(_set({"off": True}))
    own.forget("maria")

    assert own.of("maria") == UnusualTerms()


def _set(said: Context, minutes: int = 0) -> Entry:
    return entry(ANNA, "SETS", ALARM, START + timedelta(minutes=minutes), {"person": "maria", **said})


def _after(*said: Entry) -> UnusualTerms:
    own = OwnTerms()
    for one in said:
        own.follow(one)
    return own.of("maria")
