"""SPO2_DROP: four points below one's own four weeks for five minutes. SPO2_WATCH: a median a little low."""

import pytest

from healthmon.alarms.usual import DAYS_NEEDED, ENOUGH
from tests.unit.alarms.home import Home
from tests.unit.rules.stream import measured, moment

DAY = 86_400
DROP, WATCH = "SPO2_DROP", "SPO2_WATCH"


def known(days: int = DAYS_NEEDED, *, level: int = 97, delivery: str = "import") -> Home:
    """So many days before the first, each with just enough readings."""
    home = Home()
    for day in range(1, days + 1):
        for number in range(ENOUGH):
            at = number * 300 - day * DAY
            home.hear(measured(at, "SPO2", level, delivery=delivery, lag=-at))
    return home


def by_day() -> Home:
    """Where it is two in the afternoon."""
    home = Home()
    home.carer(-1, "SETS", "PERSON", "maria", zone="Australia/Brisbane")
    return home


def test_five_minutes_four_points_below_ones_usual_ring_low() -> None:
    home = known()

    home.hold("SPO2", 93, 0, 300)
    assert home.said("RAISES", DROP) == []
    home.measure(300, "SPO2", 93)

    (raised,) = home.said("RAISES", DROP)
    assert raised.at == moment(300)
    said = {key: raised.context[key] for key in ("limit", "reference", "priority", "why", "delay_s")}
    assert said == {"limit": 93, "reference": 97, "priority": "low", "why": "held", "delay_s": 300}


def test_three_points_do_not() -> None:
    home = known()

    home.hold("SPO2", 94, 0, 500)

    assert home.said("RAISES", DROP) == []


@pytest.mark.parametrize("period", [5, 60, 300])
def test_a_sparse_watch_tells_it_too(period: int) -> None:
    home = known()
    home.hold("SPO2", 97, 0, 6 * period, step=period)

    home.hold("SPO2", 93, 6 * period, 6 * period + 601, step=period)

    assert home.times("RAISES", DROP) == [6 * period + 300]


def test_it_ends_one_point_higher_and_stays_for_nobody() -> None:
    home = known()
    home.hold("SPO2", 93, 0, 310)

    home.hold("SPO2", 94, 310, 345)

    (cleared,) = home.said("CLEARS", DROP)
    assert (cleared.at, cleared.context["latched"]) == (moment(340), False)


def test_six_days_are_too_few() -> None:
    home = known(DAYS_NEEDED - 1)

    home.hold("SPO2", 90, 0, 500)

    assert home.said("RAISES", DROP) == []


@pytest.mark.parametrize("delivery", ["late", "import"])
def test_what_comes_from_files_or_late_is_learned(delivery: str) -> None:
    home = known(delivery=delivery)

    home.hold("SPO2", 93, 0, 301)

    assert home.times("RAISES", DROP) == [300]


def test_what_a_broker_kept_is_not_learned() -> None:
    home = known(delivery="retained")

    home.hold("SPO2", 93, 0, 500)

    assert home.said("RAISES", DROP) == []


def test_live_readings_are_learned() -> None:
    home = Home()
    home.hold("SPO2", 98, 0, DAYS_NEEDED * DAY, step=600)

    home.hold("SPO2", 94, DAYS_NEEDED * DAY + 72_000, DAYS_NEEDED * DAY + 72_301)

    assert home.times("RAISES", DROP) == [DAYS_NEEDED * DAY + 72_300]


def test_what_is_wrong_today_is_not_usual_today() -> None:
    home = known()

    home.hold("SPO2", 92.5, 0, 50_000, step=5)

    assert home.said("CLEARS", DROP) == []


def test_zeros_and_sentinels_are_not_learned() -> None:
    home = known()
    for day in range(1, DAYS_NEEDED + 1):
        for number in range(50):
            at = number * 200 - day * DAY + 3_600
            home.hear(measured(at, "SPO2", (0, 127, 255)[number % 3], delivery="import", lag=-at))

    home.hold("SPO2", 93, 0, 301)

    assert home.said("RAISES", DROP)[0].context["reference"] == 97


def test_ten_minutes_a_little_low_by_day_ring_low() -> None:
    home = by_day()

    home.hold("SPO2", 93, 0, 601)
    assert home.said("RAISES", WATCH) == []
    home.measure(601, "SPO2", 93)

    (raised,) = home.said("RAISES", WATCH)
    assert (raised.at, raised.context["limit"], raised.context["priority"]) == (moment(601), 94, "low")


def test_a_better_reading_now_and_then_does_not_end_the_wait() -> None:
    home = by_day()

    for seconds in range(700):
        home.measure(seconds, "SPO2", 97 if seconds % 7 < 2 else 93)

    assert len(home.said("RAISES", WATCH)) == 1


def test_a_median_that_is_well_does_not_ring() -> None:
    home = by_day()

    for seconds in range(2_000):
        home.measure(seconds, "SPO2", 93 if seconds % 7 < 3 else 96)

    assert home.remarks == []


@pytest.mark.parametrize(("period", "rings"), [(5, 605), (60, 660), (300, 900)])
def test_a_sparse_watch_is_watched_too(period: int, rings: int) -> None:
    home = by_day()

    home.hold("SPO2", 93, 0, 1_501, step=period)

    assert home.times("RAISES", WATCH) == [rings]


def test_it_ends_when_the_median_is_well() -> None:
    home = by_day()
    home.hold("SPO2", 93, 0, 620)

    home.hold("SPO2", 96, 620, 1_300)

    (cleared,) = home.times("CLEARS", WATCH)
    assert 920 <= cleared - 30 <= 930


def test_in_the_night_it_does_not_begin() -> None:
    home = Home()

    home.hold("SPO2", 93, 0, 3_000, step=5)

    assert home.remarks == []


def test_the_zone_of_the_home_holds_for_who_has_none() -> None:
    home = Home()
    home.home_is_in("Australia/Brisbane")

    home.hold("SPO2", 93, 0, 700, step=5)

    assert home.times("RAISES", WATCH) == [605]


def test_a_zone_that_this_machine_does_not_know_changes_nothing() -> None:
    home = Home()
    home.home_is_in("Australia/Brisbane")
    home.carer(-1, "SETS", "PERSON", "maria", zone="Atlantis/Poseidonis")

    home.hold("SPO2", 93, 0, 700, step=5)

    assert home.times("RAISES", WATCH) == [605]


def test_nor_where_there_were_steps() -> None:
    home = by_day()
    for minute in range(10):
        home.measure(minute * 60, "STEPS", 60)
        home.hold("SPO2", 93, minute * 60 + 1, minute * 60 + 60, step=5)

    assert home.said("RAISES", WATCH) == []


@pytest.mark.parametrize("name", [DROP, WATCH])
@pytest.mark.parametrize("nothing", [0, 127, 255, None])
def test_no_signal_rings_neither(name: str, nothing: int | None) -> None:
    home = known()
    home.carer(-1, "SETS", "PERSON", "maria", zone="Australia/Brisbane")

    home.hold("SPO2", 97, 0, 60, step=5)
    home.measure(60, "SPO2", 80)
    home.hold("SPO2", nothing, 65, 2_000, step=5)

    assert home.said("RAISES", name) == []


def test_another_persons_days_are_theirs() -> None:
    home = known()

    for seconds in range(400):
        home.measure(seconds, "SPO2", 93, person="john", device="watch-8")

    assert home.remarks == []


def test_who_is_forgotten_is_not_known() -> None:
    home = known()

    home.alarms.forget("maria")
    home.hold("SPO2", 93, 0, 400)

    assert home.remarks == []
