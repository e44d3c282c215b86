"""When an alarm begins: after valid readings for the whole delay, and never on less."""

from dataclasses import replace
from datetime import timedelta

import pytest

from healthmon.alarms import CLASSES, Alarms
from healthmon.events import Thing
from tests.unit.alarms.home import Home, desaturated
from tests.unit.rules.stream import Stream, entry, measured, moment


def test_the_timer_rings_between_two_readings() -> None:
    home = Home()
    home.hold("SPO2", 86, 0, 28, step=9)

    raised = home.until(31)

    assert [one.at for one in raised] == [moment(30)]


def test_a_timer_fired_late_is_stamped_when_it_was_due() -> None:
    home = Home()
    home.hold("SPO2", 86, 0, 28, step=9)

    raised = home.until(40)

    assert [one.at for one in raised] == [moment(30)]


def test_the_timer_does_not_ring_when_the_newest_reading_is_too_old() -> None:
    home = Home()
    home.hold("SPO2", 86, 0, 15)

    assert home.until(600) == []


def test_one_reading_never_rings_alone() -> None:
    home = Home()
    home.measure(0, "SPO2", 60)

    assert home.until(3_600) == []


def test_even_with_a_short_delay_one_reading_never_rings_alone() -> None:
    impatient = tuple(replace(row, delay=timedelta(seconds=5)) for row in CLASSES)
    stream = Stream(Alarms(impatient))
    stream.measure(0, "SPO2", 60)

    assert stream.wait(moment(3_600)) == []


def test_a_valid_reading_inside_the_limit_starts_the_delay_again() -> None:
    home = Home()

    home.hold("SPO2", 86, 0, 29)
    home.measure(29, "SPO2", 89)
    home.hold("SPO2", 86, 30, 61)

    assert home.times("RAISES") == [60]


def test_no_signal_holds_the_delay() -> None:
    home = Home()

    home.hold("SPO2", 86, 0, 20)
    home.hold("SPO2", 0, 20, 30)
    home.hold("SPO2", 86, 30, 45)

    assert home.times("RAISES") == [40]


def test_no_signal_for_more_than_fifteen_seconds_breaks_it() -> None:
    home = Home()

    home.hold("SPO2", 86, 0, 20)
    home.hold("SPO2", 127, 20, 36)
    home.hold("SPO2", 86, 36, 67)

    assert home.times("RAISES") == [66]


def test_silence_breaks_it_too() -> None:
    home = Home()

    home.hold("SPO2", 86, 0, 14)
    home.hold("SPO2", 86, 30, 61)

    assert home.times("RAISES") == [60]


def test_a_sparse_watch_rings_with_the_second_reading() -> None:
    home = Home()

    home.hold("SPO2", 96, 0, 3_000, step=300)
    home.measure(3_000, "SPO2", 86)
    assert home.until(3_299) == []
    (raised, *_) = home.measure(3_300, "SPO2", 85)

    assert raised.at == moment(3_300)
    assert (raised.context["since"], raised.context["worst"]) == (moment(3_000).isoformat(), 85)


def test_a_watch_that_tells_every_twenty_seconds_rings_when_due() -> None:
    home = Home()

    home.hold("SPO2", 86, 0, 41, step=20)

    assert home.times("RAISES") == [30]


@pytest.mark.parametrize("delivery", ["late", "import", "retained"])
def test_old_readings_never_ring_nor_disturb_the_present(delivery: str) -> None:
    home = Home()
    for seconds in range(60):
        home.hear(measured(seconds, "SPO2", 80, delivery=delivery))
        home.measure(seconds, "SPO2", 97)

    for seconds in range(60, 91):
        home.measure(seconds, "SPO2", 86)
        home.hear(measured(seconds, "SPO2", 97, delivery=delivery))

    assert home.times("RAISES") == [90]


def test_a_file_with_times_ahead_does_not_make_the_present_look_old() -> None:
    home = Home()
    home.measure(0, "SPO2", 97)
    home.hear(measured(100, "SPO2", 97, delivery="import"))

    home.hold("SPO2", 86, 50, 90)

    assert home.times("RAISES") == [80]


def test_a_burst_of_stored_readings_is_read_to_its_end_first() -> None:
    home = Home()
    # Sixty seconds of readings arrive at once, at second 60: low for 20 s, then fine again.
    for seconds in range(60):
        home.hear(measured(seconds, "SPO2", 86 if seconds < 20 else 97, lag=60 - seconds))

    assert home.until(120) == []


def test_readings_that_always_come_late_ring_as_much_later() -> None:
    home = Home()
    for seconds in range(30):
        home.hear(measured(seconds, "SPO2", 86, lag=20))

    assert home.until(49.9) == []
    assert [one.at for one in home.until(50)] == [moment(30)]


def test_a_reading_out_of_order_is_left_out() -> None:
    home = Home()

    home.hold("SPO2", 86, 0, 20)
    home.measure(10, "SPO2", 99)
    home.measure(19, "SPO2", 99)
    home.hold("SPO2", 86, 20, 31)

    assert home.times("RAISES") == [30]


def test_a_clock_that_was_set_back_starts_the_delay_again() -> None:
    home = Home()
    home.hold("SPO2", 86, 0, 20)

    for seconds in range(20, 60):
        home.hear(measured(seconds - 3_600, "SPO2", 86, lag=3_600))

    assert home.times("RAISES") == [20 - 3_600 + 30]


def test_a_disagreeing_watch_does_not_silence_the_oximeter() -> None:
    home = Home()
    for seconds in range(31):
        home.measure(seconds, "SPO2", 86, device="oximeter-1")
        home.measure(seconds, "SPO2", 97)

    (raised,) = home.said("RAISES")
    assert (raised.at, raised.context["device"]) == (moment(30), "oximeter-1")


def test_a_watch_that_is_not_worn_never_rings() -> None:
    home = Home()
    home.device(0, "WORN", value=False)

    for second in range(1, 600):  # a table feels like somebody for less than a minute
        home.measure(second, "SPO2", 70 if second % 40 else 0)
        home.measure(second + 0.5, "HR", 30 if second % 50 else 0)

    assert home.remarks == []


def test_taken_off_while_pending_starts_the_delay_again() -> None:
    home = Home()

    home.hold("SPO2", 86, 0, 20)
    home.device(20, "WORN", value=False)
    home.device(25, "WORN", value=True)
    home.hold("SPO2", 86, 25, 56)

    assert home.times("RAISES") == [55]


def test_a_connection_that_flickers_does_not_start_it_again() -> None:
    home = Home()

    home.hold("SPO2", 86, 0, 20)
    home.device(20, "AVAILABILITY", value="OFFLINE")
    home.device(22, "AVAILABILITY", value="ONLINE")
    home.hold("SPO2", 86, 22, 31)

    assert home.times("RAISES") == [30]


def test_a_retained_worn_changes_nothing() -> None:
    home = Home()
    home.device(0, "WORN", value=False, delivery="retained")

    home.hold("SPO2", 86, 1, 40)

    assert home.times("RAISES") == [31]


@pytest.mark.parametrize(("steps", "rings"), [(0, [60]), (90, []), (4_000, [60])])
def test_a_fast_heart_rings_only_without_steps(steps: int, rings: list[float]) -> None:
    home = Home()
    home.measure(-60, "STEPS", steps)

    home.hold("HR", 140, 0, 70)

    assert home.times("RAISES", "HR_HIGH_CRIT") == rings


def test_ten_minutes_after_the_last_step_it_rings() -> None:
    home = Home()
    home.measure(0, "STEPS", 90)

    home.hold("HR", 140, 1, 700)

    assert home.times("RAISES", "HR_HIGH_CRIT") == [660]


def test_steps_do_not_end_what_rings() -> None:
    home = Home()
    home.hold("HR", 140, 0, 70)

    home.measure(70, "STEPS", 90)
    home.hold("HR", 140, 71, 130)

    assert home.verbs() == ["RAISES ALARM HR_HIGH_CRIT"]


def test_an_unassigned_watch_rings_for_nobody_by_name() -> None:
    home = Home()
    for seconds in range(31):
        home.measure(seconds, "SPO2", 86, person=None)

    (raised,) = home.said("RAISES")
    assert raised.person is None
    assert raised.context["episode"] == f"E:WATCH watch-7:{moment(0).isoformat()}"


def test_what_fell_due_while_nobody_recorded_waits_for_a_reading() -> None:
    home = Home()
    home.hold("SPO2", 86, 0, 25)

    monitor, recorder = Thing("MONITOR"), Thing("RECORDER")
    list(home.alarms.observe(entry(100, monitor, "STARTS", recorder)))

    assert home.until(120) == []
    assert home.measure(121, "SPO2", 86) == []


def test_a_countdown_is_known_while_it_runs() -> None:
    home = Home()
    home.hold("SPO2", 86, 0, 10)

    (countdown,) = [one for one in home.alarms.countdowns(moment(10)) if one.alarm == "SPO2_CRIT"]

    assert (countdown.person, countdown.due) == ("maria", moment(30))
    assert list(home.alarms.countdowns(moment(60))) == []


def test_a_ringing_alarm_has_no_countdown() -> None:
    home = desaturated(40)

    assert [one.alarm for one in home.alarms.countdowns(moment(40))] == ["SPO2_LOW"]
