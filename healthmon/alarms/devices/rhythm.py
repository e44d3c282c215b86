"""This is the place for how often a device speaks: learnt from its silences, or nothing when it has no habit.

Messages within `TOGETHER` are one utterance: a watch that tells its whole minute at once speaks once a
minute. Longer than that only the time between utterances matters, and no silence below 30 s is ever an alarm.

The period is the longest of the last fifteen silences but one. A median would not do: a watch that speaks
every second in a workout and every ten minutes afterwards would be missed every ten minutes until eight had
passed, and one that sends what it stored for half a minute, every five minutes, for ever.
"""

from collections import deque
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

# All numbers here are our choice.
TOGETHER: Final = timedelta(seconds=5)
KEPT: Final = 50
RECENT: Final = 15
FEWEST: Final = 5  # silences, before there is a habit
PERIODS: Final = 3  # DESIGN: silent after three expected periods
SHORTEST_PATIENCE: Final = timedelta(seconds=30)  # ADVICE, FEED_DOWN: 3 periods, at least 30 s
LONGEST_PERIOD: Final = timedelta(hours=1)  # what speaks less often is used when somebody wants to know
# A device that stayed away for so long, three times in its last 50 silences, is one for spot checks.
AWAY: Final = timedelta(minutes=10)
AWAY_OFTEN: Final = 3
_AWAY_S: Final = AWAY.total_seconds()
_LONGEST_S: Final = LONGEST_PERIOD.total_seconds()
NEVER: Final = datetime.min.replace(tzinfo=UTC)


class Rhythm:
    """When somebody spoke last, and how long they are usually silent. Times are those of receipt.

    Before `until` a message belongs to the utterance that is being heard: `beat` need not be called. A
    rhythm that was `paused` learns nothing from the silence that it is in.
    """

    __slots__ = ("_away", "_begun", "_gaps", "_is_new", "_period", "until")

    def __init__(self) -> None:
        self._gaps: deque[float] = deque(maxlen=KEPT)
        self._begun: datetime | None = None
        self._period: timedelta | None = None
        self._away: timedelta | None = None
        self._is_new = False  # it was silent since the period was found
        self.until = NEVER

    @property
    def is_known(self) -> bool:
        """Whether it was heard often enough to have a habit."""
        return len(self._gaps) >= FEWEST

    def beat(self, at: datetime) -> None:
        """It speaks at `at`, which is not before `until`."""
        if self._begun is not None:
            self._gaps.append((at - self._begun).total_seconds())
            self._is_new = True
        self._begun, self.until = at, at + TOGETHER

    def pause(self) -> None:
        """Nobody listened for a while: how long it was silent is not known."""
        self._begun, self.until = None, NEVER

    def period(self) -> timedelta | None:
        """How often it is to be expected; None for a device without a habit."""
        self._learn()
        return self._period

    def longest(self) -> timedelta | None:
        """The same of a device that is expected although it stays away: as seldom as it does so."""
        self._learn()
        return self._away if self._period is None else self._period

    def _learn(self) -> None:
        if self._is_new:
            self._period, self._is_new = _usual(self._gaps), False
            self._away = _usually_away(self._gaps) if self._period is None else None


def _usual(gaps: Sequence[float]) -> timedelta | None:
    if len(gaps) < FEWEST:
        return None
    usual = sorted(gaps[at] for at in range(-min(RECENT, len(gaps)), 0))[-2]
    away = max(_AWAY_S, PERIODS * usual)
    if usual > _LONGEST_S or (max(gaps) > away and sum(gap > away for gap in gaps) >= AWAY_OFTEN):
        return None
    return timedelta(seconds=usual)


def _usually_away(gaps: Sequence[float]) -> timedelta | None:
    """The longest silence that it kept as often as makes a spot check; None where that says nothing."""
    if len(gaps) < FEWEST or sorted(gaps[at] for at in range(-min(RECENT, len(gaps)), 0))[-2] > _LONGEST_S:
        return None
    return timedelta(seconds=sorted(gaps)[-AWAY_OFTEN])


def patience(period: timedelta) -> timedelta:
    """How long such a device may say nothing."""
    return max(SHORTEST_PATIENCE, PERIODS * period)
