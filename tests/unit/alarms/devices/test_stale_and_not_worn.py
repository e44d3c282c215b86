"""STALE_HR and STALE_SPO2 while a device is worn and heard; NOT_WORN when it is on nobody for an hour."""

import pytest

from healthmon.events import Thing
from tests.unit.alarms.devices.household import WATCH, Household
from tests.unit.rules.stream import entry, received

HOUR = 3600


@pytest.fixture
def home() -> Household:
    return Household()


def _both(home: Household, start: int, end: int, *, oxygen: int = 97) -> None:
    for second in range(start, end):
        home.measure(second, "HR", 70 + second % 3)
        home.measure(second + 0.1, "SPO2", oxygen)


def test_no_heart_rate_is_low_after_a_minute_and_medium_after_five(home: Household) -> None:
    home.wear(0, 100)
    home.feel_nothing(100, 500)

    assert home.told() == ["RAISES STALE_HR 159", "RAISES STALE_HR 399"]
    assert [(one.context["priority"], one.context["why"]) for one in home.remarks] == [
        ("low", "held"),
        ("medium", "lasting"),
    ]


def test_no_oxygen_is_low_after_five_minutes_and_medium_after_fifteen(home: Household) -> None:
    _both(home, 0, 100)
    for second in range(100, 1100):
        home.measure(second, "HR", 70 + second % 3)
        home.measure(second + 0.1, "SPO2", 127)

    assert home.told() == ["RAISES STALE_SPO2 399.1", "RAISES STALE_SPO2 999.1"]
    assert [one.context["priority"] for one in home.remarks] == ["low", "medium"]


def test_a_quantity_that_just_does_not_come_any_more_is_stale_too(home: Household) -> None:
    _both(home, 0, 100)
    home.wear(100, 500)

    assert home.told() == ["RAISES STALE_SPO2 399.1"]


def test_a_quantity_that_a_device_never_told_is_not_missed(home: Household) -> None:
    home.wear(0, 1000)

    assert home.told() == []


def test_the_first_valid_reading_ends_it(home: Household) -> None:
    home.wear(0, 100)
    home.feel_nothing(100, 200)
    home.wear(200, 201)

    assert home.told() == ["RAISES STALE_HR 159", "CLEARS STALE_HR 200"]
    assert home.remarks[-1].context["outcome"] == "felt"


@pytest.mark.parametrize("delivery", ["late", "import", "retained"])
def test_an_old_reading_is_no_signal_of_now(home: Household, delivery: str) -> None:
    home.wear(0, 100)
    home.feel_nothing(100, 200)
    home.measure(200, "HR", 70, delivery=delivery)
    home.feel_nothing(201, 250)

    assert home.told() == ["RAISES STALE_HR 159"]


def test_a_sparse_watch_has_three_of_its_periods(home: Household) -> None:
    home.wear(0, 6000, every=300)
    for second in range(6000, 9000, 300):
        home.measure(second, "HR", 0)

    assert home.told() == ["RAISES STALE_HR 6600", "RAISES STALE_HR 6840"]


@pytest.mark.parametrize("begun", [0, 100])
def test_a_device_that_doubts_itself_for_long_is_told(home: Household, begun: int) -> None:
    home.wear(0, begun)
    for second in range(begun, begun + 310):
        home.hear(entry(second, WATCH, "MEASURES", Thing("HR"), value=70 + second % 3, quality="poor"))
    home.wear(begun + 310, begun + 311)
    since = begun - (begun > 0)

    assert home.told() == [
        f"RAISES STALE_HR {since + 60}",
        f"RAISES STALE_HR {since + 300}",
        f"CLEARS STALE_HR {begun + 310}",
    ]
    assert home.remarks[0].context["reason"] == "doubted"


def test_a_device_that_doubts_some_readings_is_not(home: Household) -> None:
    for second in range(600):
        doubt = "poor" if second % 50 else "ok"
        home.hear(entry(second, WATCH, "MEASURES", Thing("HR"), value=70 + second % 3, quality=doubt))

    assert home.told() == []


def test_doubting_everything_is_not_being_taken_off(home: Household) -> None:
    _both(home, 0, 100)
    for second in range(100, 500):
        for quantity, value in (("HR", 70 + second % 3), ("SPO2", 97)):
            home.hear(entry(second, WATCH, "MEASURES", Thing(quantity), value=value, quality="poor"))

    assert home.told() == ["RAISES STALE_HR 159", "RAISES STALE_HR 399", "RAISES STALE_SPO2 399.1"]


@pytest.mark.parametrize("apart", [1, 150])
def test_a_new_watch_that_seldom_speaks_wakes_nobody(home: Household, apart: int) -> None:
    for second in range(0, 4 * HOUR, 300):
        home.measure(second, "SPO2", 97)
        home.measure(second + apart, "HR", 70 + second // 300 % 3)

    assert home.told() == []


def test_an_oxygen_that_comes_seldom_is_not_missed_before_that_is_known(home: Household) -> None:
    for second in range(0, 5 * HOUR, 60):
        home.measure(second, "HR", 70 + second // 60 % 3)
        if second % HOUR == 0:
            home.measure(second + 1, "SPO2", 97)

    assert home.told() == []


def test_a_new_watch_that_seldom_speaks_and_says_that_it_feels_nothing_is_told(home: Household) -> None:
    home.wear(0, 600, every=300)
    for second in range(600, 3000, 300):
        home.measure(second, "HR", 0)

    assert [(one.verb, one.object.id, one.context["priority"]) for one in home.remarks] == [
        ("RAISES", "STALE_HR", "medium")
    ]


def test_a_device_that_was_taken_off_is_not_stale(home: Household) -> None:
    home.wear(0, 100)
    home.device(100, "WORN", value=False)
    home.feel_nothing(101, 1000)

    assert home.told() == []


def test_taking_it_off_ends_it_and_putting_it_on_begins_anew(home: Household) -> None:
    home.device(0, "WORN", value=True)
    home.wear(1, 100)
    home.feel_nothing(100, 200)
    home.device(200, "WORN", value=False)
    home.feel_nothing(201, 300)
    home.device(300, "WORN", value=True)
    home.feel_nothing(301, 370)

    assert home.told() == ["RAISES STALE_HR 159", "CLEARS STALE_HR 200", "RAISES STALE_HR 360"]
    assert home.remarks[1].context["outcome"] == "taken-off"


def test_a_device_that_falls_silent_is_silent_and_not_stale(home: Household) -> None:
    home.wear(0, 100)
    home.feel_nothing(100, 170)
    home.until(1000)

    assert home.told() == ["RAISES STALE_HR 159", "RAISES DEVICE_SILENT 199", "CLEARS STALE_HR 199"]


def test_after_a_start_a_worn_device_that_feels_nothing_is_stale_again_in_its_time(home: Household) -> None:
    home.wear(0, 100)
    home.unrecorded(5000)
    home.feel_nothing(5001, 5100)

    assert home.told() == ["RAISES STALE_HR 5060"]


def test_not_worn_is_low_after_an_hour(home: Household) -> None:
    home.wear(0, 100)
    home.device(100, "WORN", value=False)
    home.feel_nothing(101, 100 + HOUR + 5)
    (raised,) = home.remarks

    assert (home.told(), raised.context["priority"]) == ([f"RAISES NOT_WORN {100 + HOUR}"], "low")


def test_a_watch_that_is_switched_off_on_its_charger_is_not_worn_and_nothing_else(home: Household) -> None:
    home.wear(0, 100)
    home.device(100, "WORN", value=False)
    home.until(100 + 8 * HOUR)

    assert home.told() == [f"RAISES NOT_WORN {100 + HOUR}"]


def test_a_watch_that_is_put_on_and_says_nothing_more_is_silent(home: Household) -> None:
    home.wear(0, 100)
    home.device(100, "WORN", value=False)
    home.device(1000, "WORN", value=True)
    home.until(2000)

    assert home.told() == ["RAISES DEVICE_SILENT 1030"]


def test_neither_heart_nor_oxygen_is_a_watch_that_was_taken_off(home: Household) -> None:
    _both(home, 0, 100)
    for second in range(100, 100 + HOUR + 5):
        home.measure(second, "HR", 0)
        home.measure(second + 0.1, "SPO2", 0)

    assert home.told() == [f"RAISES NOT_WORN {100.1 + HOUR:g}"]


def test_a_watch_of_one_quantity_that_says_nothing_of_wear_is_stale_because_it_may_be_worn(
    home: Household,
) -> None:
    home.wear(0, 100)
    home.feel_nothing(100, 1000)

    assert home.told() == ["RAISES STALE_HR 159", "RAISES STALE_HR 399"]


def test_putting_it_on_ends_it(home: Household) -> None:
    home.wear(0, 100)
    home.device(100, "WORN", value=False)
    home.feel_nothing(101, 100 + HOUR + 5)
    home.device(100 + HOUR + 10, "WORN", value=True)

    assert home.told()[-1] == f"CLEARS NOT_WORN {110 + HOUR}"


def test_an_oximeter_for_spot_checks_is_on_nobody_mostly(home: Household) -> None:
    home.set_period(0, 0)
    home.wear(1, 100)
    home.device(100, "WORN", value=False)
    home.feel_nothing(101, 3 * HOUR)

    assert home.told() == []


def test_the_hour_begins_anew_with_a_start(home: Household) -> None:
    home.wear(0, 100)
    home.device(100, "WORN", value=False)
    home.unrecorded(3000)
    home.feel_nothing(3001, 3000 + HOUR + 5)

    assert home.told() == [f"RAISES NOT_WORN {3000 + HOUR}"]


def _put_on_unheard(home: Household, *, said_late: bool) -> None:
    """Taken off at 100, put on at 200; that word is late, or never comes."""
    home.wear(0, 100)
    home.device(100, "WORN", value=False)
    if said_late:
        home.hear(received(300, 200, WATCH, "REPORTS", Thing("WORN"), value=True, delivery="late"))


def test_a_late_word_that_it_is_worn_counts(home: Household) -> None:
    _put_on_unheard(home, said_late=True)
    home.wear(300, 310)
    home.until(5000)

    assert home.told() == ["RAISES DEVICE_SILENT 339"]


def test_readings_for_long_show_that_it_is_worn(home: Household) -> None:
    _put_on_unheard(home, said_late=False)
    home.wear(300, 3100)
    home.until(8000)

    assert home.told() == ["RAISES DEVICE_SILENT 3129"]


def test_readings_now_and_then_do_not(home: Household) -> None:
    _put_on_unheard(home, said_late=False)
    for start in range(300, 900, 50):
        home.wear(start, start + 49)
        home.feel_nothing(start + 49, start + 50)
    home.until(3000)

    assert home.told() == []


@pytest.mark.parametrize("delivery", ["late", "import", "retained"])
def test_old_news_of_wear_is_no_news(home: Household, delivery: str) -> None:
    home.wear(0, 100)
    home.device(100, "WORN", value=False, delivery=delivery)
    home.wear(101, HOUR + 200)

    assert home.told() == []
