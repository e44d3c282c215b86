"""This is the place for the rule that others are measured against: one median above another, and no more.

The median of the last 7 s minus that of the 5 minutes that ended 20 s ago, each second, of what was measured
at most 10 s ago. Marks less than 30 s apart are one.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from healthmon.evaluation.recording import Floats, Recording
from healthmon.events.vocabulary import HR

RECENT, MEMORY, GAP = 7, 300, 20  # s
APART = 30.0  # s
FEWEST = 3
_AT_ONCE = 20_000  # windows: a month of seconds would not fit into memory


def rises(recording: Recording) -> tuple[Floats, Floats]:
    """The rise of each second, and which second it is."""
    rate = recording.on_a_grid(HR)
    seconds = np.arange(recording.seconds[0], recording.seconds[-1] + 1)
    return medians(rate, RECENT, 0) - medians(rate, MEMORY, GAP), seconds


def marks(rise: Floats, seconds: Floats, limit: float) -> tuple[Floats, Floats]:
    """When marks begin, and all the seconds that are marked."""
    flagged = seconds[rise >= limit]
    begins = np.concatenate([[True], np.diff(flagged) >= APART]) if len(flagged) else np.zeros(0, dtype=bool)
    return flagged[begins], flagged


def medians(values: Floats, length: int, ago: int) -> Floats:
    """For each second the median of the `length` values that ended `ago` seconds before it, or NaN."""
    padded = np.concatenate([np.full(length - 1 + ago, np.nan), values])[: len(values) + length - 1]
    windows = sliding_window_view(padded, length)
    parts = [_medians(windows[begin : begin + _AT_ONCE]) for begin in range(0, len(windows), _AT_ONCE)]
    return np.concatenate(parts)


def _medians(windows: "np.ndarray[tuple[int, int], np.dtype[np.float64]]") -> Floats:
    length = windows.shape[1]
    missing = np.isnan(windows).sum(axis=1)
    found: Floats = np.full(len(windows), np.nan)
    whole, part = missing == 0, (missing > 0) & (missing <= length - FEWEST)
    if whole.any():
        found[whole] = np.median(windows[whole], axis=1)
    if part.any():
        found[part] = np.nanmedian(windows[part], axis=1)
    return found
