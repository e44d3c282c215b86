"""Spikes are those that a slow count of every window finds, whichever short way the rule takes."""

from collections import deque
from collections.abc import Iterable, Iterator
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from healthmon.rules import HeartRateSpike
from tests.unit.rules.stream import Stream, moment

_steps = st.sampled_from([0, 0.5, 1, 1, 1, 1, 1, 2, 7, 20, 60, 400, -1, -5, -30, -500])
_rates = st.sampled_from([60, 61, 63, 65, 70, 75, 81, 82, 83, 84, 95, 105, 140])
_walks = st.lists(st.tuples(_steps, _rates, st.integers(1, 30)), min_size=1, max_size=25)


def _told(walk: Iterable[tuple[float, int, int]]) -> Iterator[tuple[float, int]]:
    """Each step, then some more readings a second apart near the same rate."""
    now = 0.0
    for step, rate, often in walk:
        now += step
        for second in range(often):
            yield now + second, rate + second % 3
        now += often - 1


def _slow_spikes(readings: Iterable[tuple[float, int]]) -> Iterator[float]:
    seen: list[tuple[float, int]] = []
    last: deque[int] = deque(maxlen=20)
    newest, is_armed = float("-inf"), True
    for at, rate in readings:
        if newest - 320 <= at < newest:
            seen.append((at, rate))
            last.append(rate)
            continue
        if at < newest:
            seen, is_armed = [], True
            last.clear()
        newest = at
        seen.append((at, rate))
        before = list(last)
        last.append(rate)
        base = [value for then, value in seen if at - 320 <= then <= at - 20]
        if len(base) >= 3:
            rise, least = median(value for then, value in seen if at - 7 < then) - median(base), 22.0
        elif len(before) >= 3:
            rise, least = rate - median(before), 20.0
        else:
            continue
        if is_armed and rise >= least:
            yield at
        is_armed = rise < (least if is_armed else least / 2)


@given(_walks)
def test_a_spike_is_what_a_slow_count_finds(walk: list[tuple[float, int, int]]) -> None:
    readings = list(_told(walk))
    stream = Stream(HeartRateSpike())

    for at, rate in readings:
        stream.measure(at, "HR", rate)

    assert [one.at for one in stream.remarks] == [moment(at) for at in _slow_spikes(readings)]
