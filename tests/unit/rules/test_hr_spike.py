"""A spike is a heart rate well above what it was a few minutes ago."""

import pytest

from healthmon.events import Remark, Thing
from healthmon.rules import HeartRateSpike
from tests.unit.rules.stream import Stream, entry, measured, moment


def flags(stream: Stream) -> list[Remark]:
    return [one for one in stream.remarks if one.object == Thing("SPIKE")]


def rested(seconds: int = 400, rate: float = 60.0) -> Stream:
    stream = Stream(HeartRateSpike())
    stream.hold("HR", rate, 0, seconds)
    return stream


def test_the_seed_log_has_one_spike_at_minute_200() -> None:
    stream = Stream(HeartRateSpike())
    for minute, rate in ((0, 60), (1, 78), (8, 78), (200, 100), (1100, 60), (1200, 78)):
        stream.measure(minute * 60, "HR", rate, person=None)

    (spike,) = flags(stream)

    assert spike.at == moment(200 * 60)
    assert spike.person is None
    assert spike.context == {
        "value": 100.0,
        "unit": "/min",
        "baseline_value": 78.0,
        "rise": 22.0,
        "baseline": "sparse",
    }


def test_a_leap_is_flagged_when_nine_in_ten_of_the_last_eighteen_seconds_show_it() -> None:
    stream = rested()

    stream.hold("HR", 95, 400, 460)

    (spike,) = flags(stream)
    assert spike.at == moment(416)
    assert (spike.by, spike.verb, spike.person) == ("hr-spike", "FLAGS", "maria")
    assert spike.context == {
        "value": 95.0,
        "unit": "/min",
        "baseline_value": 60.0,
        "rise": 35.0,
        "baseline": "5min",
    }


def restless(change: float) -> Stream:
    """Twenty minutes of a rate that is `change` higher in every other half minute."""
    stream = Stream(HeartRateSpike())
    for half in range(40):
        stream.hold("HR", 60 + change * (half % 2), half * 30, half * 30 + 30)
    return stream


def test_what_is_a_spike_for_the_calm_is_none_for_the_restless() -> None:
    calm, lively = restless(0.0), restless(6.0)

    for stream in (calm, lively):
        stream.hold("HR", 75, 1_200, 1_300)

    assert (len(flags(calm)), len(flags(lively))) == (1, 0)


def test_however_calm_somebody_is_five_above_the_five_minutes_is_the_least() -> None:
    stream = Stream(HeartRateSpike(rise=1.0))
    stream.hold("HR", 60, 0, 1_200)

    stream.hold("HR", 64.9, 1_200, 1_300)
    assert flags(stream) == []
    stream.hold("HR", 66, 1_300, 1_400)

    assert len(flags(stream)) == 1


def test_the_way_back_out_of_a_dip_is_no_spike() -> None:
    stream = rested(rate=80)

    stream.hold("HR", 55, 400, 460)
    stream.hold("HR", 80, 460, 700)

    assert flags(stream) == []


def test_a_slow_rise_over_a_minute_is_marked_too() -> None:
    stream = rested()

    for second in range(60):
        stream.measure(400 + second, "HR", 60 + 25 * second / 60)
    stream.hold("HR", 85, 460, 520)

    assert len(flags(stream)) == 1


def test_a_drift_over_twenty_minutes_is_none() -> None:
    stream = rested()

    for second in range(1_200):
        stream.measure(400 + second, "HR", 60 + 25 * second / 1_200)

    assert flags(stream) == []


def test_nothing_is_judged_before_readings_go_back_three_minutes() -> None:
    stream = Stream(HeartRateSpike())
    stream.hold("HR", 60, 0, 150)

    stream.hold("HR", 95, 150, 180)

    assert flags(stream) == []


def test_five_seconds_of_wild_readings_are_no_spike() -> None:
    stream = rested()

    stream.hold("HR", 140, 400, 405)
    stream.hold("HR", 60, 405, 460)

    assert flags(stream) == []


def test_the_rise_is_a_setting() -> None:
    stream = Stream(HeartRateSpike(rise=70.0))
    stream.hold("HR", 60, 0, 400)

    stream.hold("HR", 95, 400, 460)

    assert flags(stream) == []


def test_a_single_wild_sample_in_a_dense_stream_is_no_spike() -> None:
    stream = rested()

    stream.measure(400, "HR", 190)
    stream.hold("HR", 60, 401, 460)

    assert flags(stream) == []


def test_a_rate_that_hovers_at_the_line_is_marked_once() -> None:
    stream = rested()

    for seconds in range(400, 520):
        stream.measure(seconds, "HR", 72 if seconds % 32 < 16 else 76)

    assert len(flags(stream)) == 1


def test_after_falling_back_the_next_spike_is_marked_again() -> None:
    stream = rested()

    stream.hold("HR", 90, 400, 430)
    stream.hold("HR", 65, 430, 500)
    stream.hold("HR", 90, 500, 530)

    assert [spike.at for spike in flags(stream)] == [moment(416), moment(516)]


def test_falling_back_a_little_is_not_the_end_of_it() -> None:
    stream = rested()

    stream.hold("HR", 90, 400, 430)
    stream.hold("HR", 82, 430, 445)
    stream.hold("HR", 90, 445, 460)

    assert len(flags(stream)) == 1


def test_with_two_readings_in_five_minutes_the_last_ones_of_any_age_count() -> None:
    stream = Stream(HeartRateSpike())
    for minute in range(0, 60, 3):
        stream.measure(minute * 60, "HR", 70)

    (spike,) = stream.measure(60 * 60, "HR", 90)

    assert spike.context["baseline"] == "sparse"


def test_with_three_readings_in_five_minutes_those_count() -> None:
    stream = Stream(HeartRateSpike())
    for number in range(60):
        stream.measure(number * 90, "HR", 70)

    assert stream.measure(60 * 90, "HR", 89.9) == []
    (spike,) = stream.measure(61 * 90, "HR", 90)
    assert spike.context["baseline"] == "5min"


def test_a_stream_that_begins_is_not_taken_for_a_sparse_one() -> None:
    stream = Stream(HeartRateSpike())

    for second in range(20):
        stream.measure(second, "HR", 60 if second < 8 else 100)

    assert flags(stream) == []


def test_two_readings_are_too_few_to_compare_with() -> None:
    stream = Stream(HeartRateSpike())
    for minute, rate in ((0, 60), (10, 60), (20, 150)):
        stream.measure(minute * 60, "HR", rate)

    assert flags(stream) == []


@pytest.mark.parametrize("nothing", [0, 255, 65535, None, True])
def test_no_signal_neither_spikes_nor_counts(nothing: float | None) -> None:
    stream = rested()

    stream.hold("HR", nothing, 400, 800)
    stream.hold("HR", 60, 800, 860)

    assert flags(stream) == []


def test_a_watch_on_the_table_has_no_spikes() -> None:
    stream = rested()
    worn = Thing("WATCH", "watch-7"), "REPORTS", Thing("WORN")

    stream.hear(entry(400, *worn, value=False))
    stream.hold("HR", 150, 401, 500)
    stream.hear(entry(500, *worn, value=True))
    stream.hold("HR", 60, 501, 560)

    assert flags(stream) == []


def test_people_and_streams_are_told_apart() -> None:
    stream = rested()

    stream.measure(400, "HR", 160, person="john")
    for delivery in ("import", "late", "retained"):
        stream.hear(measured(401, "HR", 160, delivery=delivery))

    assert flags(stream) == []


def test_copies_of_old_messages_are_never_flagged() -> None:
    stream = Stream(HeartRateSpike())

    for seconds, rate in ((0, 60), (400, 60), (800, 60), (1_200, 160)):
        stream.hear(measured(seconds, "HR", rate, delivery="retained"))

    assert stream.remarks == []


@pytest.mark.parametrize("delivery", ["late", "import"])
def test_old_readings_are_flagged_in_their_own_time(delivery: str) -> None:
    stream = rested()
    for day_before in range(-90_000, -89_600):
        stream.hear(measured(day_before, "HR", 60, delivery=delivery, lag=90_400))

    for day_before in range(-89_600, -89_580):
        stream.hear(measured(day_before, "HR", 100, delivery=delivery, lag=90_400))

    (spike,) = flags(stream)
    assert spike.at == moment(-89_584)


def test_a_reading_out_of_order_takes_its_place_and_is_not_judged() -> None:
    in_order, shuffled = rested(), rested()
    in_order.measure(401, "HR", 60)
    in_order.measure(402, "HR", 60)
    shuffled.measure(402, "HR", 60)

    assert shuffled.measure(401, "HR", 200) == []
    in_order.hold("HR", 90, 403, 440)
    shuffled.hold("HR", 90, 403, 440)
    assert [one.at for one in flags(shuffled)] == [moment(417)]
    assert [one.at for one in flags(in_order)] == [moment(419)]


def test_an_older_recording_begins_its_story_anew() -> None:
    stream = Stream(HeartRateSpike())
    for seconds in range(400):
        stream.hear(measured(seconds + 1_000_000, "HR", 60, delivery="import"))

    for seconds in range(430):
        stream.hear(measured(seconds, "HR", 70 if seconds < 400 else 100, delivery="import"))

    (spike,) = flags(stream)
    assert (spike.at, spike.context["baseline_value"]) == (moment(416), 70.0)


def test_it_sets_no_timers() -> None:
    rule = HeartRateSpike()

    assert rule.due() is None
    assert list(rule.fire(moment(0))) == []
