"""RHR_RISE: two nights above the usual are told in the morning, low; one is not, and old data never are."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from healthmon.events import Json, Thing
from tests.unit.advice.nightly import ANNA, BERLIN, MONITOR, WATCH, Nightly

ALARM = Thing("ALARM", "RHR_RISE")


def test_two_nights_above_the_usual_are_told_at_seven() -> None:
    home = Nightly()
    home.sleep(58, nights=14)
    home.sleep(66, nights=2)
    (raised,) = home.said

    assert (home.told(), raised.object, raised.person) == (["RAISES ALARM 11-18 07:00"], ALARM, "maria")
    assert {**raised.context} == {
        "value": 66.0,
        "unit": "/min",
        "reference": 58.0,
        "limit": 62.0,
        "priority": "low",
        "episode": "E:maria:2026-11-16T23:00:00+00:00",
        "since": "2026-11-16T23:00:00+00:00",
        "worst": 66.0,
        "why": "held",
    }


def test_one_night_is_no_alarm() -> None:
    home = Nightly()
    home.sleep(58, nights=14)
    home.sleep(70)
    home.sleep(58, nights=3)

    assert home.said == []


def test_of_ten_ill_nights_nine_are_told_and_the_usual_stays() -> None:
    home = Nightly()
    home.sleep(58, nights=28)
    home.sleep(66, nights=10)
    home.sleep(58)
    raised, cleared = home.said
    ill_and_told = (cleared.at - raised.at).days

    assert (ill_and_told, cleared.verb, cleared.context["outcome"]) == (9, "CLEARS", "recovered")
    assert abs(float(str(cleared.context["reference"])) - 58) <= 0.5


def test_a_lasting_change_becomes_usual_and_is_over() -> None:
    home = Nightly()
    home.sleep(58, nights=28)
    home.sleep(66, nights=28)

    assert [one.verb for one in home.said] == ["RAISES", "CLEARS"]


def test_three_above_is_told_once_and_is_no_alarm() -> None:
    home = Nightly()
    home.sleep(58, nights=14)
    home.sleep(61, nights=4)

    assert home.told() == ["FLAGS NIGHTS 11-18 07:00"]
    assert {**home.said[0].context} == {"value": 61.0, "unit": "/min", "reference": 58.0, "limit": 61.0}


def test_a_missing_night_between_two_is_stood_in_for() -> None:
    home = Nightly()
    home.sleep(58, nights=14)
    home.sleep(66)
    home.skip()
    home.sleep(66)

    assert home.told() == ["RAISES ALARM 11-19 07:00"]


def test_six_nights_are_too_few_to_know_the_usual() -> None:
    home = Nightly()
    home.sleep(58, nights=4)
    home.sleep(66, nights=2)

    assert home.said == []


def test_without_nights_it_is_unknown_not_over() -> None:
    home = Nightly()
    home.sleep(58, nights=14)
    home.sleep(66, nights=2)
    home.skip(3)
    home.sleep(66)

    assert home.told()[1:] == ["FLAGS ALARM 11-20 07:00", "FLAGS ALARM 11-22 07:00"]
    assert [one.context["state"] for one in home.said[1:]] == ["unknown", "known"]
    assert home.said[1].context["unknown_since"] == home.said[0].at.isoformat()


def test_without_two_weeks_of_nights_it_is_given_up() -> None:
    home = Nightly()
    home.sleep(58, nights=14)
    home.sleep(66, nights=2)
    home.skip(20)

    assert [one.context.get("outcome") for one in home.said] == [None, None, "given-up"]


@pytest.mark.parametrize("delivery", ["late", "import", "retained"])
def test_old_nights_say_nothing(delivery: str) -> None:
    home = Nightly()
    home.sleep(58, nights=14)
    home.sleep(70, nights=3, said={"delivery": delivery})

    assert home.said == []


def test_imported_nights_teach_what_is_usual() -> None:
    home = Nightly()
    home.sleep(58, nights=14, said={"delivery": "import"})
    home.sleep(66, nights=2)

    assert home.told() == ["RAISES ALARM 11-18 07:00"]


def test_a_night_that_came_live_and_one_that_came_late_are_two() -> None:
    home = Nightly()
    home.sleep(58, nights=14)
    home.sleep(66, said={"delivery": "late"})
    home.sleep(66)

    assert home.told() == ["RAISES ALARM 11-18 07:00"]


@pytest.mark.parametrize(
    "doubt", [{"quality": "poor"}, {"value": 0}, {"value": 255}, {"value": True}, {"value": "66"}]
)
def test_what_is_no_reading_makes_no_night(doubt: dict[str, Json]) -> None:
    home = Nightly()
    home.sleep(58, nights=14)
    home.sleep(66, nights=3, said=doubt)

    assert home.said == []


def test_a_watch_on_the_table_makes_no_night() -> None:
    home = Nightly()
    home.sleep(58, nights=14)
    home.hear(WATCH, "REPORTS", Thing("WORN"), home.noon, value=False, person="maria")
    home.sleep(90, nights=3)

    assert home.said == []


def test_minutes_with_steps_do_not_count() -> None:
    home = Nightly()
    home.sleep(58, nights=14)
    for _ in range(3):
        begins = home.noon.replace(hour=0) + timedelta(days=1)
        for minute in range(0, 420, 5):
            at = begins + minute * timedelta(minutes=1)
            walks = minute % 60 < 40
            home.hear(WATCH, "MEASURES", Thing("STEPS"), at, value=60 * walks, person="maria")
            home.hear(WATCH, "MEASURES", Thing("HR"), at, value=95 if walks else 58, person="maria")
        home.skip()

    assert home.said == []


def test_of_a_morning_that_was_not_recorded_nothing_is_said() -> None:
    home = Nightly()
    home.sleep(58, nights=14)
    home.sleep(66)
    begins = home.noon.replace(hour=0) + timedelta(days=1)
    for minute in range(0, 300, 2):
        at = begins + minute * timedelta(minutes=1)
        home.hear(WATCH, "MEASURES", Thing("HR"), at, value=66, person="maria")
    home.hear(MONITOR, "STARTS", Thing("RECORDER"), begins + timedelta(hours=8))
    home.skip()

    assert home.said == []


def test_switched_off_it_is_over_and_silent() -> None:
    home = Nightly()
    home.sleep(58, nights=14)
    home.sleep(66, nights=2)
    home.hear(ANNA, "SETS", ALARM, home.noon, person="maria", off=True)
    home.sleep(58)
    home.sleep(66, nights=3)

    assert [one.context.get("outcome") for one in home.said] == [None, "switched-off"]


def test_nights_are_those_of_the_persons_own_zone() -> None:
    home = Nightly(ZoneInfo("Asia/Kolkata"))  # half an hour off
    home.hear(MONITOR, "REPORTS", Thing("CONTACTS"), home.noon, zone="America/New_York")
    home.hear(ANNA, "SETS", Thing("PERSON", "maria"), home.noon, person="maria", zone="Asia/Kolkata")
    home.sleep(58, nights=14)
    home.sleep(66, nights=2)

    assert home.told() == ["RAISES ALARM 11-18 07:00"]


def test_after_a_long_journey_a_week_is_learnt_first() -> None:
    home = Nightly()
    home.sleep(58, nights=14)
    home.hear(ANNA, "SETS", Thing("PERSON", "maria"), home.noon, person="maria", zone="Asia/Tokyo")
    home.zone = ZoneInfo("Asia/Tokyo")
    home.noon = home.noon.astimezone(home.zone).replace(hour=12) + timedelta(days=1)
    home.sleep(66, nights=5)

    assert home.said == []


@pytest.mark.parametrize(
    ("zone", "first"),
    [
        (BERLIN, (2026, 3, 13)),  # summer time begins on 29 March
        (BERLIN, (2026, 10, 9)),  # and ends on 25 October
        (ZoneInfo("America/New_York"), (2026, 10, 16)),
        (ZoneInfo("Pacific/Auckland"), (2026, 3, 20)),
        (ZoneInfo("Australia/Lord_Howe"), (2026, 9, 18)),
        (BERLIN, (2028, 2, 14)),  # a leap day
    ],
)
def test_a_wall_clock_that_is_moved_moves_no_morning(zone: ZoneInfo, first: tuple[int, int, int]) -> None:
    home = Nightly(zone, first)
    home.sleep(58, nights=14)
    last = home.noon
    home.sleep(66, nights=4)
    (raised,) = home.said

    assert raised.at.astimezone(zone) == (last + timedelta(days=2)).replace(hour=7)


def test_made_up_people_are_bounded() -> None:
    home = Nightly()
    for number in range(500):
        home.hear(WATCH, "MEASURES", Thing("HR"), home.noon, value=60, person=f"p{number}")

    assert len(home.rule._sleepers) == 64


def test_who_is_not_heard_for_eight_weeks_is_forgotten() -> None:
    home = Nightly()
    home.sleep(58)
    home.skip(57)

    assert (home.rule.due(), home.said) == (None, [])


def test_who_is_forgotten_leaves_nothing() -> None:
    home = Nightly()
    home.sleep(58, nights=14)
    home.rule.forget("maria")

    assert (home.rule.due(), home.said) == (None, [])
