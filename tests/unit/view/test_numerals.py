"""What a big number promises: how old it is, how far to be believed, and never a guess."""

from datetime import UTC, datetime, timedelta

import pytest

from healthmon.clock import FastClock, TurnedClock
from healthmon.view.desk import DeskOptions, LogDesk
from healthmon.view.screen import Freshness, Side
from tests.unit.view.house import GIVEN, HOUR, MARIA, MINUTE, SECOND, House, Waiting

BEFORE = 0.001 * SECOND


@pytest.fixture
def house() -> House:
    made = House()
    made.say(MARIA)
    made.say(GIVEN)
    return made


def test_nothing_measured_is_a_dash_and_never(house: House) -> None:
    assert (house.rate().text, house.rate().freshness) == ("--", Freshness.NEVER)


def test_a_fresh_reading_is_live_and_tells_its_age(house: House) -> None:
    house.measure("HR", 78, ago=3 * SECOND)

    shown = house.rate()

    assert (shown.text, shown.freshness, shown.age, shown.unit) == ("78", Freshness.LIVE, 3 * SECOND, "bpm")


@pytest.mark.parametrize(("quantity", "grey"), [("HR", 15), ("SPO2", 60)])
def test_a_number_turns_grey_at_its_time(house: House, quantity: str, grey: int) -> None:
    house.measure(quantity, 97)

    house.turn(grey * SECOND)
    at_the_limit = house.rate() if quantity == "HR" else house.oxygen()
    house.turn(SECOND)
    beyond_it = house.rate() if quantity == "HR" else house.oxygen()

    assert (at_the_limit.freshness, beyond_it.freshness) == (Freshness.LIVE, Freshness.STALE)
    assert beyond_it.text == "97"


def test_an_old_number_is_given_up_after_five_minutes(house: House) -> None:
    house.measure("HR", 78)
    house.turn(5 * MINUTE + SECOND)

    shown = house.rate()

    assert (shown.text, shown.freshness, shown.age) == ("--", Freshness.STALE, 5 * MINUTE + SECOND)


def test_a_watch_that_measures_seldom_keeps_its_number_for_three_periods(house: House) -> None:
    for _ in range(5):
        house.measure("HR", 78)
        house.turn(10 * MINUTE)
    house.turn(19 * MINUTE)

    assert (house.rate().text, house.rate().freshness) == ("78", Freshness.STALE)


def test_one_lost_beat_is_no_news(house: House) -> None:
    house.measure("HR", 78)
    house.turn(2 * SECOND)
    house.measure("HR", 0)

    assert (house.rate().text, house.rate().freshness) == ("78", Freshness.LIVE)


@pytest.mark.parametrize("sentinel", [0, 255, -1, 1])
def test_what_no_body_can_have_is_no_signal(house: House, sentinel: float) -> None:
    house.measure("HR", 78)
    house.turn(11 * SECOND)
    house.measure("HR", sentinel)

    shown = house.rate()

    assert (shown.text, shown.freshness, shown.note) == ("--", Freshness.NO_SIGNAL, "no signal since 12:00")


def test_zeros_from_the_start_are_no_signal(house: House) -> None:
    house.measure("SPO2", 0)

    assert (house.oxygen().text, house.oxygen().freshness) == ("--", Freshness.NO_SIGNAL)


def test_zeros_are_not_plotted(house: House) -> None:
    house.measure("HR", 78)
    house.turn(SECOND)
    house.measure("HR", 0)

    trend = house.look().trends[0]

    assert trend.curve.low.tolist() == [78]


def test_not_worn_is_said_with_its_time(house: House) -> None:
    house.measure("HR", 78)
    house.turn(5 * MINUTE)
    house.say("WATCH watch-7 REPORTS WORN false OF maria")
    house.turn(HOUR)

    assert house.rate().freshness is Freshness.NO_SIGNAL
    assert house.rate().note == "not worn since 12:05"
    assert house.row().status == "not worn since 12:05"


def test_what_a_watch_measures_on_the_table_counts_for_nothing(house: House) -> None:
    house.say("WATCH watch-7 REPORTS WORN false OF maria")
    house.turn(SECOND)
    house.measure("HR", 78)

    shown = house.look()

    assert shown.heart_rate is not None
    assert shown.heart_rate.freshness is not Freshness.LIVE
    assert len(shown.trends[0].curve.at) == 0


def test_a_watch_put_on_again_is_live_with_its_next_reading(house: House) -> None:
    house.say("WATCH watch-7 REPORTS WORN false OF maria")
    house.turn(MINUTE)
    house.say("WATCH watch-7 REPORTS WORN true OF maria")
    house.measure("HR", 78)

    assert house.rate().freshness is Freshness.LIVE


def test_one_device_without_a_pulse_does_not_hide_another(house: House) -> None:
    house.measure("SPO2", 0)
    house.say("OXIMETER ox-1 MEASURES SPO2 96 % OF maria")
    house.turn(SECOND)
    house.measure("SPO2", 0)

    assert (house.oxygen().text, house.oxygen().freshness) == ("96", Freshness.LIVE)


def test_a_retained_reading_is_no_reading(house: House) -> None:
    house.say("WATCH watch-7 MEASURES HR 78 /min OF maria", delivery="retained")

    assert house.rate().freshness is Freshness.NEVER


@pytest.mark.parametrize("delivery", ["import", "late"])
def test_what_did_not_come_live_is_never_shown_as_live(house: House, delivery: str) -> None:
    house.say("WATCH watch-7 MEASURES HR 78 /min OF maria", delivery=delivery)

    assert (house.rate().text, house.rate().freshness) == ("78", Freshness.STALE)


def test_a_reading_from_the_future_is_not_shown(house: House) -> None:
    house.measure("HR", 78)
    house.measure("HR", 99, ago=-timedelta(days=400))

    assert house.rate().text == "78"
    assert house.look().trends[0].curve.high.tolist() == [78]


def test_a_reading_out_of_order_does_not_replace_a_newer_one(house: House) -> None:
    house.measure("HR", 78)
    house.measure("HR", 99, ago=2 * SECOND)

    assert house.rate().text == "78"


def test_the_change_is_told_against_five_minutes_ago(house: House) -> None:
    house.every_second("HR", [80] * 40 + [90] * 270 + [124])

    assert house.rate().change == pytest.approx(44)


def test_no_change_is_told_where_nothing_was_five_minutes_ago(house: House) -> None:
    house.every_second("HR", [80] * 40)

    assert house.rate().change is None


@pytest.mark.parametrize(("value", "side"), [(92, Side.LOW), (93, None), (88, Side.LOW), (100, None)])
def test_oxygen_at_or_below_its_limit_is_beyond_it(house: House, value: int, side: Side | None) -> None:
    house.measure("SPO2", value)

    assert house.oxygen().beyond is side
    assert (house.oxygen().low, house.oxygen().high) == (92, None)


def test_heart_rate_has_a_limit_on_both_sides(house: House) -> None:
    house.measure("HR", 130)

    assert (house.rate().low, house.rate().high, house.rate().beyond) == (45, 120, Side.HIGH)


def test_a_profile_moves_the_limits(house: House) -> None:
    house.say('CAREGIVER anna SETS PERSON maria OF maria WITH {"profile":"low-oxygen"}')

    assert house.oxygen().low == 87


def test_an_alarm_that_is_off_for_a_profile_is_no_limit(house: House) -> None:
    house.say('CAREGIVER anna SETS PERSON maria OF maria WITH {"profile":"athlete"}')

    assert house.rate().low == 35


def test_a_limit_of_ones_own_wins_and_can_be_given_up(house: House) -> None:
    house.say("CAREGIVER anna SETS ALARM SPO2_LOW 90 % OF maria")
    own = house.oxygen().low
    house.say("CAREGIVER anna SETS ALARM SPO2_LOW OF maria")

    assert (own, house.oxygen().low) == (90, 92)


def test_a_number_that_is_not_live_is_beyond_nothing(house: House) -> None:
    house.measure("SPO2", 80)
    house.turn(2 * MINUTE)

    assert house.oxygen().beyond is None


def test_a_device_that_said_goodbye_is_named(house: House) -> None:
    house.measure("HR", 78)
    house.turn(20 * SECOND)
    house.say('DEVICE watch-7 REPORTS AVAILABILITY "OFFLINE"')

    assert house.rate().note == "watch-7 offline since 12:00"


def test_a_fast_clock_does_not_make_readings_old_on_their_way() -> None:
    origin = datetime(2026, 11, 22, 12, tzinfo=UTC)
    fast = FastClock(origin, 60)

    class Shown(TurnedClock):
        def spec(self) -> str:
            return fast.spec()

    house = House(options=DeskOptions(zone=UTC))
    house.clock = Shown(origin)
    house.feed = Waiting()
    house.desk = LogDesk(house.feed, house.clock, heartbeat=lambda: house.pulse, options=house.options)
    house.say(MARIA)
    house.measure("HR", 78)

    house.clock.turn(74 * SECOND)  # 15 s, and what one real second comes to
    in_time = house.rate().freshness
    house.clock.turn(SECOND)

    assert (in_time, house.rate().freshness) == (Freshness.LIVE, Freshness.STALE)


def test_no_number_is_of_now_while_nothing_is_recorded(house: House) -> None:
    house.measure("HR", 78)
    house.look()
    house.turn(5 * SECOND)
    house.beat(alive=False)

    shown = house.rate()

    assert (shown.text, shown.freshness, shown.beyond) == ("78", Freshness.STALE, None)
    assert house.row().status == "unknown since 12:00"


def test_no_number_is_of_now_before_the_recorder_is_seen(house: House) -> None:
    house.measure("HR", 78)
    house.pulse = None

    assert house.rate().freshness is Freshness.STALE


def test_the_delay_of_an_alarm_is_counted_down(house: House) -> None:
    house.look()
    for _ in range(22):
        house.turn(SECOND)
        house.measure("SPO2", 86)
        house.look()

    assert house.oxygen().note == "alarm in 9 s"
    assert house.rate().note == ""


def test_no_alarm_is_coming_when_the_reading_is_back_in_its_limits(house: House) -> None:
    for value in (86, 86, 86, 97):
        house.turn(SECOND)
        house.measure("SPO2", value)
        house.look()

    assert house.oxygen().note == ""


def test_what_only_counts_down_rings_no_alarm(house: House) -> None:
    for _ in range(60):
        house.turn(SECOND)
        house.measure("SPO2", 86)

    assert (house.look().alarms, house.oxygen().note) == ((), "alarm in 61 s")
