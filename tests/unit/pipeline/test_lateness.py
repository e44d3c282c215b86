"""Old readings and wrong clocks: neither silences anything."""

import pytest

from healthmon.events import Delivery, Entry, Event, TimeSource
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


def _punctual() -> Punctuality:
    """One that has heard the device for a minute, a second after it told the time."""
    punctuality = Punctuality()
    for second in range(60):
        _judged(punctuality, second, second + 1)
    return punctuality


def test_a_clock_that_was_set_is_followed_after_half_a_minute_of_old_readings() -> None:
    punctuality = _punctual()

    judged = [_judged(punctuality, second, second + 4200) for second in range(60, 180)]

    deliveries = [event.delivery for event in judged]
    assert deliveries == [Delivery.LATE] * 30 + [Delivery.LIVE] * 90
    assert [(event.time, event.time_source) for event in judged[30:]] == [
        (at(second + 4200), TimeSource.RECEIVE) for second in range(90, 180)
    ]


def test_a_recorder_that_booted_behind_and_was_corrected_believes_the_device_again() -> None:
    punctuality = Punctuality()
    for second in range(600):
        _judged(punctuality, second, second - 4200)

    judged = [_judged(punctuality, second, second + 0.5) for second in range(600, 700)]

    assert [event.delivery for event in judged[31:]] == [Delivery.LIVE] * 69
    assert (judged[-1].time, judged[-1].time_source) == (at(699), TimeSource.DEVICE)


@pytest.mark.parametrize("each_second", [1, 2, 8])
def test_it_does_not_matter_how_often_the_device_speaks(each_second: int) -> None:
    punctuality = _punctual()
    spoken = range(60 * each_second, 180 * each_second)

    judged = [_judged(punctuality, one / each_second, one / each_second + 4200) for one in spoken]

    last = judged[-60 * each_second :]
    assert {(event.delivery, event.time_source) for event in last} == {(Delivery.LIVE, TimeSource.RECEIVE)}


@pytest.mark.parametrize("times_as_fast", [1.5, 10, 1000])
def test_a_burst_of_stored_readings_stays_old(times_as_fast: float) -> None:
    punctuality, came = _punctual(), 4200.0

    judged = [_judged(punctuality, 60 + one, came + one / times_as_fast) for one in range(1000)]

    assert {event.delivery for event in judged} == {Delivery.LATE}


def test_a_live_reading_between_old_ones_says_that_no_clock_was_set() -> None:
    punctuality = _punctual()
    judged = []

    for second in range(60, 360):
        told = second - 4200 if second % 20 else second
        judged.append(_judged(punctuality, told, second + 1))

    assert [event.delivery is Delivery.LIVE for event in judged] == [s % 20 == 0 for s in range(60, 360)]


@pytest.mark.parametrize("cut", [30, 75, 89, 91, 150, 210, 232, 290])
def test_what_was_judged_is_learnt_alike_from_the_log(cut: int) -> None:
    live, nearly_believed = range(60), range(60, 85)
    told_and_received = [(second, second + 1.0) for second in live]
    told_and_received += [(second, second + 4200.0) for second in nearly_believed]
    told_and_received += [(second, second + 4200.0 - 30 * (second % 2)) for second in range(85, 200)]
    told_and_received += [(second, second + 4200.0) for second in range(200, 300)]
    lived, learnt = Punctuality(), Punctuality()

    for told, received in told_and_received[:cut]:
        learnt.recall(Entry.of(_judged(lived, told, received), offset=0, received=at(received)))

    rest = told_and_received[cut:]
    assert [_judged(learnt, *one) for one in rest] == [_judged(lived, *one) for one in rest]
