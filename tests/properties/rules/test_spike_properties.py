"""Spikes are those that a slow count of every window finds, whichever short way the rule takes."""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import pairwise
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
    newest, is_armed, calm = float("-inf"), True, _Calm()
    for at, rate in readings:
        if newest - 320 <= at < newest:
            seen.append((at, rate))
            last.append(rate)
            continue
        if at < newest:
            seen, is_armed, calm = [], True, _Calm()
            last.clear()
        newest = at
        calm.look(at, rate)
        seen.append((at, rate))
        before = list(last)
        last.append(rate)
        share, ends = _share(seen, before, at, calm.factor)
        if share is None:
            continue
        if is_armed and share >= 1:
            yield at
        is_armed = share < (1 if is_armed else ends)


def _share(
    seen: list[tuple[float, int]], before: list[int], at: float, factor: float
) -> tuple[float | None, float]:
    """How much of a spike the newest reading is, and below what that is over."""
    base = [(then, value) for then, value in seen if at - 320 <= then <= at - 20]
    if sum(at - 320 <= then for then, _ in seen) <= 3:
        return ((seen[-1][1] - median(before)) / 20, 0.5) if len(before) >= 3 else (None, 0.0)
    if len(base) < 3 or min(base)[0] > at - 180:
        return None, 0.0
    recent = sorted(value for then, value in seen if at - 18 < then)
    now, usual = recent[(len(recent) - 1) // 10], median(value for _, value in base)
    quick = [value for then, value in base if at - 35 < then]
    slow = [value for then, value in base if at - 110 < then <= at - 50]
    slowly = now - ((median(slow) + usual) / 2 if len(slow) > 1 else usual)
    quickly = now - median(quick) if len(quick) > 1 else slowly
    return min((now - usual) / 5, max(slowly, quickly / 0.68) / (20 * factor)), 0.95


class _Calm:
    """How restless the rate is, from all that was ever seen of it."""

    def __init__(self) -> None:
        self._looks: list[tuple[float, float]] = []
        self.factor = 1.0

    def look(self, at: float, rate: float) -> None:
        if self._looks and at < self._looks[-1][0] + 30:
            return
        self._looks.append((at, rate))
        pairs = list(pairwise(self._looks))
        changes = [abs(b - a) for (then, a), (now, b) in pairs if now - then <= 45][-60:]
        if changes and at - self._looks[-2][0] <= 45:
            share = (len(changes) * median(changes) + 60) / (len(changes) + 20) / 3
            self.factor = min(max(share, 0.4), 2.5) ** 0.25


@given(_walks)
def test_a_spike_is_what_a_slow_count_finds(walk: list[tuple[float, int, int]]) -> None:
    readings = list(_told(walk))
    stream = Stream(HeartRateSpike())

    for at, rate in readings:
        stream.measure(at, "HR", rate)

    assert [one.at for one in stream.remarks] == [moment(at) for at in _slow_spikes(readings)]
