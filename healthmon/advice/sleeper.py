"""This is the place for one sleeper: the heart rate of their nights, and what each morning comes to."""

from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import Final, NamedTuple

from healthmon.advice.night_minutes import NightMinutes
from healthmon.advice.nights import FEWEST_MINUTES, RISEN, NightRates, Nights
from healthmon.events.nights import night_at
from healthmon.events.zones import instant

YELLOW: Final = (
    3.0  # /min over the usual, two nights running: NightSignal's yellow line; its red one is RISEN
)
FEWEST_NIGHTS: Final = 7  # our choice: as many as SPO2_DROP asks for; each day of the week is among them
LOST: Final = 2  # mornings without a night: nobody knows any more; our choice
GIVEN_UP: Final = 14  # mornings without one: it is over, for nobody measures; our choice
FORGOTTEN: Final = 56  # mornings without one: as many nights as are kept


class Turn(StrEnum):
    """What a morning comes to."""

    RAISED = "raised"
    MILDER = "milder"  # over the yellow line only: told once, and no alarm
    LOST = "lost"
    KNOWN = "known"
    RECOVERED = "recovered"
    GIVEN_UP = "given-up"


class Rise(NamedTuple):
    """Nights above what is usual: the last one that is known, in /min, and the worst."""

    rate: float
    usual: float
    worst: float
    since: datetime  # 00:00 of the first
    until: datetime  # 07:00 of the last


class Sleeper:
    """Nights of one person. One thread; pure. Live, late and imported readings teach what is usual; only a
    night of live ones is news.

    Raised by two nights running of 4 /min or more over the usual, a missing one between them not counted;
    over with a night of less than 3.
    """

    def __init__(self, zone: tzinfo, now: datetime) -> None:
        self.tonight = NightMinutes(night_at(now, zone))
        self.raised: Rise | None = None
        self._zone = zone
        self._nights = Nights(zone)
        self._past: NightMinutes | None = None  # the night of what comes late or from files
        self._awake_since = now  # until that night begins, what comes late is of no night
        self._missed = 0
        self._is_lost = False
        self._is_told = False  # that the newest night was over the yellow line

    @property
    def is_gone(self) -> bool:
        """Whether nothing was measured for so long that nothing is usual any more."""
        return self.raised is None and self._missed >= FORGOTTEN

    def past(self, at: datetime) -> NightMinutes | None:
        """The night to write into what came late or from a file; None for what is of no night."""
        past = self._past
        if past is not None and past.begins <= at < past.ends:
            return past
        if past is not None and self._awake_since <= at < past.begins:
            return None
        self._settle_past()
        self._past, self._awake_since = NightMinutes(night_at(at, self._zone)), at
        return self._past if self._past.begins <= at else None

    def move(self, zone: tzinfo, now: datetime) -> None:
        """They live by this zone from now on. A night under way there is not the one that was under way."""
        self._settle_past()
        self._zone = zone
        self._nights.move(zone, now)
        self.begin(now)

    def begin(self, now: datetime) -> None:
        """Be in the night that goes on or comes next."""
        night = night_at(now, self._zone)
        if night != self.tonight.night:
            self._settle(self.tonight)
            self.tonight = NightMinutes(night)

    def end(self) -> None:
        """What was raised is over, or switched off."""
        self.raised, self._is_lost = None, False

    def morning(self) -> tuple[Turn, Rise] | None:
        """The night is over: what it comes to. The next begins."""
        night = self.tonight.night
        self._settle_past()
        minutes = self._settle(self.tonight)
        # A night is whole in the hour after 07:00, and hours are those of UTC: half an hour off in India.
        rates = self._nights.rates(int(night.ends.timestamp()) // 60 + 59)
        is_tonights = bool(rates.recent) and rates.recent[-1][0] == night.day
        self.tonight = NightMinutes(night_at(night.ends, self._zone))
        if is_tonights and minutes >= FEWEST_MINUTES and rates.count >= FEWEST_NIGHTS:
            return self._known(rates, night.ends)
        return self._missing()

    def _known(self, rates: NightRates, until: datetime) -> tuple[Turn, Rise] | None:
        self._missed = 0
        usual = rates.usual
        if usual is None:
            return None
        two = rates.recent[-2:]
        since, worst = instant(date.fromordinal(two[0][0]), 0, self._zone), max(rate for _, rate in two)
        rise = Rise(two[-1][1], usual, worst, since, until)
        if self.raised is not None:
            since, worst = self.raised.since, max(self.raised.worst, rise.rate)
            return self._goes_on(rise._replace(since=since, worst=worst))
        lowest = min(rate for _, rate in two) - usual if len(two) == 2 else 0.0
        if lowest >= RISEN:
            self.raised, self._is_told = rise, True
            return Turn.RAISED, rise
        was_told = self._is_told
        self._is_told = rise.rate - usual >= YELLOW and (was_told or lowest >= YELLOW)
        return (Turn.MILDER, rise) if self._is_told and not was_told else None

    def _goes_on(self, rise: Rise) -> tuple[Turn, Rise] | None:
        was_lost, self._is_lost, self.raised = self._is_lost, False, rise
        if rise.rate - rise.usual < YELLOW:
            self.raised, self._is_told = None, False
            return Turn.RECOVERED, rise
        return (Turn.KNOWN, rise) if was_lost else None

    def _missing(self) -> tuple[Turn, Rise] | None:
        self._missed += 1
        rise = self.raised
        if self._missed >= LOST:
            self._is_told = False
        if rise is None or self._missed < LOST:
            return None
        if self._missed >= GIVEN_UP:
            self.end()
            return Turn.GIVEN_UP, rise
        was_lost, self._is_lost = self._is_lost, True
        return None if was_lost else (Turn.LOST, rise)

    def _settle_past(self) -> None:
        if self._past is not None:
            self._settle(self._past)
        self._past = None

    def _settle(self, minutes: NightMinutes) -> int:
        """Learn a night; how many minutes of rest it had."""
        learnt = 0
        for minute, rate in minutes.still():
            self._nights.learn(minute, rate)
            learnt += 1
        return learnt
