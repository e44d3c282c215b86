"""Old readings and wrong clocks: neither silences anything."""

from healthmon.events import Delivery, Event, TimeSource
from healthmon.pipeline.lateness import Punctuality
from tests.fakes.pipeline import at, reading


def _judged(punctuality: Punctuality, told: float, received: float) -> Event:
    return punctuality.judge(reading(70, seconds=told), at(received))


def test_a_reading_a_minute_later_than_usual_is_old() -> None:
    punctuality = Punctuality()
    for second in range(20):
        _judged(punctuality, second, second + 1)

    old = _judged(punctuality, 20, 90)

    assert old.delivery is Delivery.LATE


def test_a_steadily_wrong_clock_is_timed_by_receipt_and_stays_live() -> None:
    punctuality = Punctuality()
    for second in range(40):
        _judged(punctuality, second - 9 * 3600, second)

    judged = _judged(punctuality, 40 - 9 * 3600, 40)

    assert (judged.delivery, judged.time, judged.time_source) == (Delivery.LIVE, at(40), TimeSource.RECEIVE)


def test_the_devices_own_time_is_kept() -> None:
    ahead = _judged(Punctuality(), 600, 0)

    assert (ahead.time, ahead.context["device_time"]) == (at(0), at(600).isoformat())


def test_a_burst_of_stored_readings_keeps_its_own_times() -> None:
    punctuality = Punctuality()

    judged = [_judged(punctuality, second, 1000 + second / 100) for second in range(200)]

    assert [event.time for event in judged] == [at(second) for second in range(200)]


def test_an_unknown_offset_counts_as_live() -> None:
    assert _judged(Punctuality(), 0, 3600).delivery is Delivery.LIVE
