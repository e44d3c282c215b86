"""This is the place for the median of the last ten minutes: a single reading counts for little."""

from datetime import datetime, timedelta
from itertools import takewhile
from statistics import median
from typing import Final

from healthmon.alarms.limits import Terms
from healthmon.alarms.source import SAMPLES_EVERY, Source
from healthmon.alarms.states import Signal

WINDOW: Final = timedelta(minutes=10)  # ADVICE: "10 min median"
# Our choice: at least half of what the device usually tells in that time, and never less than two.
_SHARE: Final = 2
_FEWEST: Final = 2

_BEYOND, _BETWEEN, _CLEAR = Signal.BEYOND, Signal.BETWEEN, Signal.CLEAR


class Median:
    """The median of ten minutes lies beyond, and so does the reading itself.

    Told from samples five seconds apart (`Source.samples`), of a device that has been heard for that long. A
    reading that is no sample lies where the sample before it lay.
    """

    __slots__ = ("_lay",)

    def __init__(self) -> None:
        self._lay: dict[str, tuple[datetime, Signal]] = {}  # by device: of which sample, and where that was

    def zone(self, source: Source, value: float, terms: Terms) -> Signal:
        """Where the median lies. Not yet known, or beyond with a reading inside, is BETWEEN."""
        known = self._lay.get(source.device)
        if known is None or known[0] != source.sampled_at:
            known = (source.sampled_at, _of(source, terms))
            self._lay[source.device] = known
        if known[1] is _BEYOND and terms.judge(value) is not _BEYOND:
            return _BETWEEN
        return known[1]

    def still_holds(self, source: Source, terms: Terms) -> bool:
        """Whether the median is beyond under other terms, too."""
        self._lay.pop(source.device, None)
        return _of(source, terms) is _BEYOND

    def edge(self, terms: Terms) -> float:
        """The limit: a reading inside it begins nothing, wherever the median lies."""
        return terms.limit

    def reference(self, source: Source) -> float | None:  # noqa: ARG002 - the conditions' shape
        """None: the limit says it all."""
        return None

    def forget(self, device: str) -> None:
        """What the median was."""
        self._lay.pop(device, None)


def _of(source: Source, terms: Terms) -> Signal:
    samples = source.samples
    since = source.sampled_at - WINDOW
    if not samples or samples[0][0] > since:
        return _BETWEEN
    values = [value for _, value in takewhile(lambda one: one[0] > since, reversed(samples))]
    usual = WINDOW / max(SAMPLES_EVERY, source.period())
    if len(values) < max(_FEWEST, usual / _SHARE):
        return _BETWEEN
    return terms.judge(median(values))
