"""What plots and small figures promise: one axis, marks in their place, ranges that hold everything."""

from datetime import timedelta

import pytest

from healthmon.view.screen import MarkKind, Span
from tests.unit.view.house import HOUR, MARIA, MINUTE, SECOND, House


@pytest.fixture
def house() -> House:
    made = House()
    made.say(MARIA)
    made.measure("HR", 78)
    return made


def test_both_plots_show_the_span_that_ends_now(house: House) -> None:
    house.desk.look(Span(15 * MINUTE))

    shown = house.look()

    assert (shown.span_start, shown.span_end) == (shown.now - 15 * MINUTE, shown.now)
    assert [trend.quantity for trend in shown.trends] == ["HR", "SPO2"]


def test_a_look_back_stands_still_while_time_goes_on(house: House) -> None:
    end = house.clock.now() - HOUR
    house.desk.look(Span(15 * MINUTE, end))
    house.turn(MINUTE)

    assert house.look().span_end == end


def test_a_trend_is_the_same_object_while_nothing_in_it_changed(house: House) -> None:
    house.look()

    assert house.look().trends[0] is house.look().trends[0]


@pytest.mark.parametrize(("value", "bottom", "top"), [(78, 40, 165), (200, 40, 220), (32, 20, 165)])
def test_the_range_holds_the_data_and_the_limits(house: House, value: int, bottom: int, top: int) -> None:
    house.measure("HR", value)

    trend = house.look().trends[0]

    assert (trend.bottom, trend.top) == (bottom, top)


def test_the_range_holds_a_limit_of_ones_own(house: House) -> None:
    house.say("CAREGIVER anna SETS ALARM SPO2_LOW 84 % OF maria")
    house.say("CAREGIVER anna SETS ALARM SPO2_CRIT 80 % OF maria")

    trend = house.look().trends[1]

    assert trend.low == 84
    assert trend.bottom < 84


def test_a_spike_is_marked_on_its_curve(house: House) -> None:
    house.say("MONITOR FLAGS SPIKE 104 /min OF maria", rise=31.2)

    (mark,) = house.look().marks

    assert (mark.kind, mark.label, mark.quantity, mark.value) == (MarkKind.SPIKE, "+31 /min", "HR", 104)


def test_coffee_of_nobody_in_particular_is_on_everybodys_plots(house: House) -> None:
    house.say("KETTLE kettle-1 PERCOLATES COFFEE 500 mL")
    house.measure("HR", 70, person="jan")
    house.desk.select("jan")

    (mark,) = house.look().marks

    assert (mark.kind, mark.label, mark.quantity) == (MarkKind.COFFEE, "500 ml", None)


def test_marks_of_somebody_else_or_another_time_are_not_shown(house: House) -> None:
    house.say("MONITOR FLAGS SPIKE 104 /min OF jan", rise=31)
    house.say("MONITOR FLAGS SPIKE 104 /min OF maria", rise=31, ago=2 * HOUR)
    house.say("MONITOR FLAGS SPIKE 104 /min", rise=31)

    assert house.look().marks == ()


def test_marks_come_in_the_order_of_their_times(house: House) -> None:
    house.say("MONITOR RAISES ALARM SPO2_CRIT 86 % OF maria")
    house.say("KETTLE kettle-1 PERCOLATES COFFEE 250 mL", ago=MINUTE)
    house.say('CAREGIVER anna NOTES PERSON maria "slept badly" OF maria', ago=2 * MINUTE)

    assert [mark.label for mark in house.look().marks] == ["slept badly", "250 ml", "Oxygen very low"]


def test_coffee_today_is_counted_from_midnight(house: House) -> None:
    house.say("KETTLE kettle-1 PERCOLATES COFFEE 500 mL", ago=13 * HOUR)
    house.say("KETTLE kettle-1 PERCOLATES COFFEE 500 mL OF maria", ago=HOUR)
    house.say("KETTLE kettle-1 PERCOLATES COFFEE 250 mL OF maria")
    house.say("KETTLE kettle-1 PERCOLATES COFFEE 250 mL OF jan")

    coffee = house.look().tiles[0]

    assert (coffee.kind, coffee.text, coffee.note) == ("coffee", "2", "750 ml")


def test_coffee_nobody_claimed_is_said_to_be_the_households(house: House) -> None:
    none = house.look().tiles[0].note
    house.say("KETTLE kettle-1 PERCOLATES COFFEE 1250 mL")

    assert (none, house.look().tiles[0].note) == ("none yet", "1,250 ml · household")


def test_the_resting_rate_is_the_lowest_half_hour() -> None:
    house = House()
    for minute in range(600):
        house.measure("HR", 60 if 300 <= minute < 340 else 80, ago=timedelta(minutes=600 - minute))

    resting = house.look().tiles[1]

    assert (resting.kind, resting.text) == ("resting", "60")


def test_the_resting_rate_needs_four_hours(house: House) -> None:
    assert house.look().tiles[1].text == "--"


def test_one_low_reading_is_no_resting_rate() -> None:
    house = House()
    for minute in range(600):
        house.measure("HR", 30 if minute == 300 else 80, ago=timedelta(minutes=600 - minute))

    assert int(house.look().tiles[1].text) > 75


def test_a_plot_of_no_width_breaks_nothing(house: House) -> None:
    house.turn(SECOND)

    assert house.look(columns=0).trends[0].curve.mean.tolist() == [78]
