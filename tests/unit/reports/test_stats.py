"""Figures of everything that was ever said, in one pass."""

from healthmon.events import Event
from healthmon.reports.stats import Row, stats
from tests.fakes.pipeline import at, reading


def _row(*events: Event) -> Row:
    (row,) = stats(events)
    return row


def test_numbers_are_counted_added_and_bounded() -> None:
    row = _row(reading(60, seconds=0), reading(80, seconds=1), reading(70, seconds=2))

    assert (row.count, row.sum, row.mean, row.min, row.max) == (3, 210, 70, 60, 80)


def test_first_and_last_are_told_by_time_and_not_by_order() -> None:
    row = _row(reading(60, seconds=9), reading(80, seconds=1))

    assert (row.first, row.first_value, row.last, row.last_value) == (at(1), 80, at(9), 60)


def test_a_loose_sensor_is_not_a_pulse_of_zero() -> None:
    row = _row(reading(0, seconds=0).with_context(quality="no-signal"), reading(80, seconds=1))

    assert (row.count, row.no_signal, row.mean) == (2, 1, 80)


def test_events_without_numbers_are_counted() -> None:
    row = _row(reading(0, seconds=0).with_context(value="calm"))

    assert (row.count, row.sum, row.mean) == (1, None, None)


def test_people_verbs_things_and_units_have_a_row_each() -> None:
    rows = stats([reading(60, seconds=0, person="maria"), reading(61, seconds=0, person="jan")])

    assert [row.person for row in rows] == ["maria", "jan"]
