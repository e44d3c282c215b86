"""This is the place for counting dips of oxygen in a night: falls of 4 points that come back within a minute.

The index (dips an hour, ODI4) is that of overnight studies: a fall of 4 points or more from the level before,
10 to 60 s from the level to its return (Behar and Jung, as ADVICE section 1.3 has it). There is no standard:
who is awake has dips too, about a fifth more, and the bands are weak.
"""

from collections import deque
from collections.abc import Iterable
from typing import Final, NamedTuple

FALL: Final = 4  # points
SHORTEST, LONGEST = 10, 60  # s from the level to its return
SEEN: Final = 2  # readings that deep: one alone is an artefact; our choice
APART: Final = 10  # s: readings further apart cannot show a dip of 10 s
# The level is what a tenth of the readings of the last two minutes reach: RAPID_DESAT's, and our choice.
LEVEL_OF: Final = 120
_TENTH: Final = 10
_FEWEST: Final = 6  # readings make a level; our choice
_NEAR: Final = 1  # points: so close to the level it has not begun to fall
_BACK: Final = 2  # points: so close to the level it has come back


class Dips(NamedTuple):
    """How many dips began, in how many seconds of which the readings could have shown them."""

    number: int
    seconds: int

    @property
    def per_hour(self) -> float:
        """The index."""
        return self.number * 3600 / self.seconds if self.seconds else 0.0


def dips(night: Iterable[int]) -> Dips:
    """The dips in a night of readings in %, one for each second; 0 where there is none."""
    course, last, seconds = _Course(), None, 0
    for second, value in enumerate(night):
        if not value:
            continue
        if last is None or second - last > APART:
            course.begin_anew()
        else:
            seconds += second - last
        course.read(second, value)
        last = second
    return Dips(course.count, seconds)


class _Course:
    """Readings close enough to each other, and the dip that goes on."""

    def __init__(self) -> None:
        self.count = 0
        self.begin_anew()

    def begin_anew(self) -> None:
        """What was before says nothing about what comes."""
        self._window: deque[tuple[int, int]] = deque()
        self._counts = [0] * 256
        self._near: int | None = None  # the last second at the level
        self._from = 0  # the level that is fallen from, while a dip goes on
        self._deep = 0  # readings so far down

    def read(self, second: int, value: int) -> None:
        """The next reading."""
        level = self._from or self._level(second)
        self._remember(second, value)
        if not level:
            return
        if self._from:
            self._fallen(second, value, level)
        elif value >= level - _NEAR:
            self._near = second
        elif value <= level - FALL and self._near is not None and second - self._near <= LONGEST:
            self._from, self._deep = level, 1

    def _fallen(self, second: int, value: int, level: int) -> None:
        took = second - (self._near or 0)
        if value <= level - FALL:
            self._deep += 1
        is_back = value >= level - _BACK
        if not is_back and took <= LONGEST:
            return
        if is_back and self._deep >= SEEN and SHORTEST <= took <= LONGEST:
            self.count += 1
        self._from, self._near = 0, second if value >= level - _NEAR else None

    def _level(self, second: int) -> int:
        """What a tenth of the readings of the last two minutes reach; 0 while they are too few."""
        window, counts = self._window, self._counts
        while window and window[0][0] < second - LEVEL_OF:
            counts[window.popleft()[1]] -= 1
        if len(window) < _FEWEST:
            return 0
        above, value = counts[100], 100
        while above * _TENTH < len(window):
            value -= 1
            above += counts[value]
        return value

    def _remember(self, second: int, value: int) -> None:
        self._window.append((second, value))
        self._counts[value] += 1
