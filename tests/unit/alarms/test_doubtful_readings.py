"""Promises about readings that are not believed at once: a device's doubt, walking, a signal that sways."""

from collections.abc import Iterable

import pytest

from healthmon.alarms import Alarms
from healthmon.events import Entry, Json, Remark, Thing
from tests.unit.rules.stream import Stream, entry, measured

LOW, WELL = 85.0, 97.0


def _read(seconds: float, value: float, quality: Json = None) -> Entry:
    return entry(
        seconds,
        Thing("WATCH", "watch-7"),
        "MEASURES",
        Thing("SPO2"),
        value=value,
        unit="%",
        person="maria",
        quality=quality,
    )


def _steps(seconds: float, steps: float) -> Entry:
    return measured(seconds, "STEPS", steps)


def _raised(entries: Iterable[Entry]) -> list[Remark]:
    stream = Stream(Alarms())
    for one in entries:
        stream.hear(one)
    return [one for one in stream.remarks if one.verb == "RAISES" and one.object.id.startswith("SPO2")]


def _lasting(value: float, *, since: float, seconds: float, quality: Json = None) -> list[Entry]:
    return [_read(since + at, value, quality) for at in range(0, int(seconds), 5)]


@pytest.mark.parametrize("quality", ["poor", "Motion", "No Signal", "low_perfusion", 0.2, 0, False])
def test_what_the_device_doubts_begins_no_alarm(quality: Json) -> None:
    assert _raised(_lasting(LOW, since=0, seconds=300, quality=quality)) == []


@pytest.mark.parametrize("quality", [None, "good", "GOOD", "ok", "valid", "?", 0.9, 3, -1, True, {}])
def test_what_the_device_trusts_does(quality: Json) -> None:
    raised = _raised(_lasting(LOW, since=0, seconds=45, quality=quality))

    assert [one.object.id for one in raised] == ["SPO2_CRIT"]


def test_a_doubted_good_reading_ends_no_alarm() -> None:
    stream = Stream(Alarms())
    for one in _lasting(LOW, since=0, seconds=60) + _lasting(WELL, since=60, seconds=120, quality="poor"):
        stream.hear(one)

    assert [one.verb for one in stream.remarks if one.verb == "CLEARS"] == []


def _walking(low: Iterable[Entry], *, seconds: int) -> list[Entry]:
    walk = [_steps(at, 90) for at in range(0, seconds, 60)]
    return sorted([*walk, *low], key=lambda one: one.time)


def test_a_steady_low_while_walking_rings_after_two_minutes() -> None:
    raised = _raised(_walking(_lasting(LOW, since=1, seconds=300), seconds=300))

    assert [(one.object.id, one.at) for one in raised] == [
        ("SPO2_CRIT", _read(121, LOW).time),
        ("SPO2_LOW", _read(121, LOW).time),
    ]


def test_a_steady_low_while_walking_that_is_over_before_never_rings() -> None:
    low = [*_lasting(LOW, since=1, seconds=118), *_lasting(WELL, since=121, seconds=300)]

    assert _raised(_walking(low, seconds=420)) == []


def test_told_every_second_a_low_while_walking_waits_for_two_minutes_all_the_same() -> None:
    low = [_read(at + 0.5, LOW) for at in range(180)]

    assert _raised(_walking(low, seconds=180))[0].at == _read(120.5, LOW).time


def test_told_once_a_minute_a_low_while_walking_waits_for_ten() -> None:
    low = [_read(60 * at + 1, LOW) for at in range(15)]

    assert _raised(_walking(low, seconds=900))[0].at == _read(601, LOW).time


def test_a_low_that_sways_while_walking_rings_when_it_lasted_five_minutes() -> None:
    raised = _raised(_walking(_swaying(420), seconds=420))

    assert [(one.object.id, one.at) for one in raised][:1] == [("SPO2_CRIT", _read(300, LOW).time)]


def test_a_low_that_sways_while_walking_and_is_over_before_never_rings() -> None:
    low = [*_swaying(295), *_lasting(WELL, since=300, seconds=300)]

    assert _raised(_walking(low, seconds=600)) == []


def test_a_minute_beyond_the_floor_rings_while_walking_too() -> None:
    raised = _raised(_walking(_lasting(79, since=1, seconds=120), seconds=120))

    assert [(one.object.id, one.at, one.context["floor"]) for one in raised] == [
        ("SPO2_CRIT", _read(61, LOW).time, True)
    ]


def test_readings_while_walking_end_no_alarm() -> None:
    stream = Stream(Alarms())
    for one in [*_lasting(LOW, since=0, seconds=40), _steps(40, 90), *_lasting(WELL, since=41, seconds=70)]:
        stream.hear(one)

    assert [one.object.id for one in stream.remarks if one.verb == "RAISES"] == ["SPO2_CRIT"]
    assert [one for one in stream.remarks if one.verb == "CLEARS"] == []


def test_once_the_arm_is_still_a_low_rings_as_soon_as_ever() -> None:
    walk = [_steps(at, 90) for at in range(0, 121, 60)]
    low = _lasting(LOW, since=196, seconds=60)

    assert _raised([*walk, *low])[0].at == _read(226, LOW).time


def test_some_steps_about_the_kitchen_silence_no_oxygen_alarm() -> None:
    kitchen = [_steps(at, 15) for at in range(0, 121, 60)]
    low = _lasting(LOW, since=0, seconds=45)

    raised = _raised(sorted([*kitchen, *low], key=lambda one: one.time))

    assert [one.object.id for one in raised] == ["SPO2_CRIT"]


def test_a_doubted_low_breaks_no_delay_and_counts_for_nothing() -> None:
    doubted = _lasting(LOW, since=20, seconds=45, quality="poor")

    raised = _raised([*_lasting(LOW, since=0, seconds=20), *doubted, *_lasting(LOW, since=65, seconds=20)])

    assert [(one.object.id, one.at) for one in raised] == [("SPO2_CRIT", _read(75, LOW).time)]


def test_a_silence_after_doubted_lows_breaks_the_delay() -> None:
    low = [*_lasting(LOW, since=0, seconds=20), *_lasting(LOW, since=20, seconds=20, quality="poor")]

    assert _raised([*low, *_lasting(LOW, since=100, seconds=25)]) == []


def test_doubted_lows_alone_never_complete_a_delay() -> None:
    low = [*_lasting(LOW, since=0, seconds=25), *_lasting(LOW, since=25, seconds=900, quality="poor")]

    assert _raised(low) == []


def test_doubted_good_readings_break_a_delay_as_no_signal_does() -> None:
    low = [*_lasting(LOW, since=0, seconds=20), *_lasting(WELL, since=20, seconds=30, quality="poor")]

    assert _raised([*low, *_lasting(LOW, since=50, seconds=25)]) == []


def _swaying(seconds: float) -> list[Entry]:
    values = [LOW + step for step in (0, 3, -2, 2, -3, 1)]
    return [_read(at, values[at // 5 % len(values)]) for at in range(0, int(seconds), 5)]


def test_a_low_that_sways_has_to_last_ten_minutes_to_be_critical() -> None:
    raised = _raised(_swaying(605))

    assert [(one.object.id, one.at) for one in raised][:1] == [("SPO2_CRIT", _read(600, LOW).time)]


def test_a_low_that_sways_for_ten_minutes_is_a_low() -> None:
    raised = _raised(_swaying(700))

    assert [one.object.id for one in raised] == ["SPO2_CRIT", "SPO2_LOW"]


@pytest.mark.parametrize("every", [1, 5])
def test_a_fall_on_one_way_is_believed_at_once(every: int) -> None:
    falling = [_read(at, max(70.0, 88 - at / 2)) for at in range(0, 60, every)]

    assert _raised(falling)[0].at == _read(30, LOW).time


def test_readings_that_come_once_a_minute_are_believed_however_they_sway() -> None:
    seldom = [_read(60 * n, LOW + 3 * (n % 2)) for n in range(4)]

    assert [one.object.id for one in _raised(seldom)][:1] == ["SPO2_CRIT"]
