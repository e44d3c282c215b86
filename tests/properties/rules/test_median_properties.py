"""The sliding medians are what a slow count of the same windows says, in whatever order readings come."""

from datetime import timedelta
from statistics import median as slow_median

from hypothesis import given
from hypothesis import strategies as st

from healthmon.events import Remark
from healthmon.rules import HeartRateSpike
from healthmon.rules.medians import SlidingMedians, median
from tests.unit.rules.stream import Stream, measured, moment

RECENT, GAP, MEMORY = timedelta(seconds=7), timedelta(seconds=20), timedelta(minutes=5)
# Steps between readings, some of them backwards; quarters of a second, so that the windows' edges are met.
_walks = st.lists(
    st.tuples(
        st.sampled_from([0, 0.25, 1, 1, 1, 2, 5, 6.75, 13, 60, 290, -1, -3, -20, -200]), st.integers(40, 200)
    ),
    min_size=1,
    max_size=120,
)


@given(_walks)
def test_the_windows_hold_what_a_count_would_find(walk: list[tuple[float, int]]) -> None:
    medians, seen, now = SlidingMedians(RECENT, GAP, MEMORY), [], 0.0
    newest = float("-inf")
    for step, value in walk:
        now += step
        if now >= newest:
            medians.add(moment(now), float(value))
        elif medians.reaches(moment(now)):
            medians.add_older(moment(now), float(value))
        else:
            continue
        newest = max(newest, now)
        seen.append((now, float(value)))

        assert medians.now == sorted(v for at, v in seen if newest - 7 < at)
        assert medians.baseline == sorted(v for at, v in seen if newest - 320 <= at <= newest - 20)


@given(_walks, st.integers(1, 40))
def test_readings_that_were_laid_by_are_in_the_windows_afterwards(
    walk: list[tuple[float, int]], every: int
) -> None:
    lazy, steady, now, newest = (
        SlidingMedians(RECENT, GAP, MEMORY),
        SlidingMedians(RECENT, GAP, MEMORY),
        0.0,
        0.0,
    )
    for number, (step, value) in enumerate([*walk, (400.0, 70)]):
        now += step
        at, amount = moment(now), float(value)
        if now >= newest:
            newest = now
            steady.add(at, amount)
            (lazy.lay_by if number % every else lazy.add)(at, amount)
        elif steady.reaches(at):
            steady.add_older(at, amount)
            lazy.add_older(at, amount)
    assert lazy.span(70.0) == steady.span(70.0)
    lazy.add(moment(newest), 71.0)
    steady.add(moment(newest), 71.0)

    assert (lazy.now, lazy.baseline) == (steady.now, steady.baseline)


@given(st.lists(st.floats(20, 250), min_size=1, max_size=30))
def test_the_median_is_that_of_the_books(values: list[float]) -> None:
    assert median(sorted(values)) == slow_median(values)


_readings = st.lists(
    st.tuples(
        st.sampled_from([-400, -30, -2, 0, 1, 1, 5, 60, 400]), st.sampled_from([0, 60, 62, 85, 120, 255])
    ),
    max_size=80,
)


def _flags(readings: list[tuple[int, int]], others: bool) -> list[Remark]:
    stream, now = Stream(HeartRateSpike()), 0
    for step, value in readings:
        now += step
        if others:
            stream.measure(now, "HR", 200 - value / 2, person="john", device="watch-8")
            stream.hear(measured(now - 90_000, "HR", value, delivery="import"))
        stream.measure(now, "HR", value)
    return [one for one in stream.remarks if one.person == "maria" and one.at > moment(-80_000)]


@given(_readings)
def test_other_people_and_old_data_change_no_mark(readings: list[tuple[int, int]]) -> None:
    assert _flags(readings, others=True) == _flags(readings, others=False)
