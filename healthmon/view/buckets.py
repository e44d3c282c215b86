"""This is the place for turning readings into a line: buckets of mean, lowest and highest, gaps as NaN."""

import numpy as np
from numpy.typing import NDArray

from healthmon.view.screen import Curve, Floats

Bools = NDArray[np.bool_]
_Places = NDArray[np.intp]

NOTHING = Curve(np.empty(0), np.empty(0), np.empty(0), np.empty(0))


def plain_line(at: Floats, value: Floats, cut: Bools) -> Curve:
    """Every reading as a point of its own; readings of the same instant share one."""
    if not len(at):
        return NOTHING
    starts = np.flatnonzero(np.concatenate(([True], at[1:] > at[:-1])))
    return _line(at, value, cut, starts)


def joined(at: Floats, value: Floats, cut: Bools, starts: _Places, *, ends_now: bool) -> Curve:
    """One point per bucket; `starts` says where each bucket begins, empty ones included.

    A gap inside a bucket splits it, as long as there are fewer gaps than buckets; beyond that only gaps
    between buckets are drawn, which is all that could be seen. With `ends_now` the last reading closes the
    line at its own time and value.
    """
    ends = np.append(starts[1:], len(at))
    filled = starts[starts < ends]
    gaps = np.flatnonzero(cut)
    if 0 < len(gaps) <= len(starts):
        filled = np.union1d(filled, gaps)
    if ends_now and filled[-1] < len(at) - 1 and at[-1] > at[-2]:
        filled = np.append(filled, len(at) - 1)
    return _line(at, value, cut, filled)


def _line(at: Floats, value: Floats, cut: Bools, starts: _Places) -> Curve:
    """Mean, lowest and highest of each stretch that begins at `starts`, a NaN between those that are cut."""
    count = np.diff(np.append(starts, len(at)))
    origin = at[0]
    when = origin + np.add.reduceat(at - origin, starts) / count
    low, high = np.minimum.reduceat(value, starts), np.maximum.reduceat(value, starts)
    mean = np.clip(np.add.reduceat(value, starts) / count, low, high)
    broken = np.flatnonzero(cut[starts][1:]) + 1
    if not len(broken):
        return Curve(when, mean, low, high)
    first = starts[broken]
    holes = (at[first - 1] + at[first]) / 2
    nothing = np.full(len(broken), np.nan)
    return Curve(
        np.insert(when, broken, holes),
        np.insert(mean, broken, nothing),
        np.insert(low, broken, nothing),
        np.insert(high, broken, nothing),
    )
