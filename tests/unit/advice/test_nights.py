"""Nights say what is usual; an illness does not become usual, a lasting change does."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from healthmon.advice.nights import Nights

BERLIN = ZoneInfo("Europe/Berlin")
FIRST = datetime(2026, 9, 1, tzinfo=UTC)


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60


def _sleep(nights: Nights, midnight: datetime, rate: float) -> None:
    for minute in range(0, 7 * 60, 5):
        nights.learn(_minute(midnight) + minute, rate)


def _after(*rates: float) -> tuple[Nights, int]:
    """Nights with these rates, and the noon after the last of them."""
    nights = Nights()
    for place, rate in enumerate(rates):
        _sleep(nights, FIRST + timedelta(days=place), rate)
    return nights, _minute(FIRST + timedelta(days=len(rates) - 1, hours=12))


def test_the_last_night_stands_beside_the_median_of_those_before() -> None:
    nights, noon = _after(58, 60, 62, 70)

    rates = nights.rates(noon)

    assert (rates.last, rates.usual, rates.count) == (70, 60, 4)


def test_a_night_counts_from_seven_in_the_morning() -> None:
    nights, noon = _after(58, 60, 62)

    counts = [nights.rates(noon - before).count for before in (301, 300)]

    assert counts == [2, 3]


def test_minutes_of_the_day_are_no_night() -> None:
    nights, noon = _after(60, 60, 60)
    for minute in range(60):
        nights.learn(noon + minute, 120)

    assert nights.rates(noon + 60).last == 60


def test_a_few_minutes_are_no_night() -> None:
    nights = Nights()
    for minute in range(29):
        nights.learn(_minute(FIRST) + minute, 60)

    assert nights.rates(_minute(FIRST) + 720).count == 0


def test_one_missing_night_is_stood_in_for_and_two_are_not() -> None:
    nights, noon = _after(60, 61, 62)

    lasts = [nights.rates(noon + days * 1440).last for days in (0, 1, 2)]

    assert lasts == [62, 62, None]


def test_ten_ill_nights_stand_out_and_do_not_become_usual() -> None:
    nights = Nights()
    standing_out = 0
    for place in range(38):
        _sleep(nights, FIRST + timedelta(days=place), 68 if place >= 28 else 58 + place % 5)
        rates = nights.rates(_minute(FIRST + timedelta(days=place, hours=12)))
        standing_out += rates.usual is not None and rates.last is not None and rates.last >= rates.usual + 4

    assert standing_out >= 8
    assert rates.usual == pytest.approx(60, abs=0.5)


def test_a_lasting_change_is_usual_within_four_weeks() -> None:
    nights, noon = _after(*[60] * 28, *[68] * 28)

    assert nights.rates(noon).usual == 68


def test_nights_follow_the_persons_zone() -> None:
    nights = Nights(BERLIN)
    _sleep(nights, datetime(2026, 9, 1, tzinfo=BERLIN), 60)

    assert nights.rates(_minute(datetime(2026, 9, 1, 7, tzinfo=BERLIN))).count == 1


@pytest.mark.parametrize(
    "night", [datetime(2026, 3, 29, tzinfo=BERLIN), datetime(2026, 10, 25, tzinfo=BERLIN)]
)
def test_the_night_of_summer_time_is_a_night(night: datetime) -> None:
    nights = Nights(BERLIN)
    _sleep(nights, night, 60)

    assert nights.rates(_minute(night.replace(hour=12))).count == 1


def test_after_a_long_journey_nights_are_counted_anew() -> None:
    nights, noon = _after(60, 60, 60, 60)

    journey = nights.move(ZoneInfo("Asia/Tokyo"), datetime.fromtimestamp(noon * 60, UTC))

    assert (journey, nights.rates(noon).count) == (True, 0)


def test_an_hour_of_zone_is_no_journey() -> None:
    nights, noon = _after(60, 60, 60, 60)

    journey = nights.move(BERLIN, datetime.fromtimestamp(noon * 60, UTC))

    assert (journey, nights.rates(noon).count) == (False, 4)


@pytest.mark.parametrize(
    ("now", "known", "ready"),
    [
        (datetime(2026, 9, 10, 12, tzinfo=UTC), 0, datetime(2026, 9, 13, 7, tzinfo=UTC)),
        (datetime(2026, 9, 10, 2, tzinfo=UTC), 0, datetime(2026, 9, 12, 7, tzinfo=UTC)),
        (datetime(2026, 9, 3, 12, tzinfo=UTC), 2, datetime(2026, 9, 4, 7, tzinfo=UTC)),
    ],
)
def test_it_says_when_enough_nights_will_be_known(now: datetime, known: int, ready: datetime) -> None:
    nights, _ = _after(*[60] * known)

    assert nights.ready(now) == ready


def test_memory_is_bounded() -> None:
    nights, noon = _after(*[60] * 200)

    assert nights.rates(noon).count == 28
    assert len(nights._nights) == 56
