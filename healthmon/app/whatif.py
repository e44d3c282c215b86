"""This is the place for loading what "what if" needs: the alarms as they were, and the log since then."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from threading import Lock

from healthmon import log, preserve
from healthmon.alarms import Alarms, Calls
from healthmon.alarms.outcome import Outcome, Wish
from healthmon.app.moment import logic_at
from healthmon.clock import Clock
from healthmon.errors import HealthmonError
from healthmon.pipeline.logic import Logic
from healthmon.reports.whatif import WhatIf
from healthmon.settings import Settings

WEEK = timedelta(days=7)
FRESH = timedelta(minutes=10)  # of the log's time: what the window loaded is good for so long; our choice
_ROOMS = preserve.Rooms(["healthmon.events", "healthmon.alarms"])
_BITE = 5_000


class WhatIfReason(StrEnum):
    """Why there is no answer."""

    NOTHING = "nothing"


class WhatIfError(HealthmonError):
    """There is nothing to ask "what if" about. The reason is one of `WhatIfReason`."""


Told = Callable[[int, int], None]


def load(
    settings: Settings,
    person: str,
    since: datetime,
    until: datetime | None = None,
    *,
    told: Told | None = None,
) -> WhatIf:
    """One person's log from then on, ready for wishes. `told` hears how many entries are read, of how many.

    Blocks for seconds: all entries of the house are read. Damage is stepped over. Any thread.
    Raises LogError, and WhatIfError (NOTHING) where nothing was measured of this person in that time.
    """
    data = settings.data_folder
    start = max(log.offset_at(data, since), log.begins_at(data))
    end = log.next_offset(data) if until is None else log.offset_at(data, until)
    logic = logic_at(settings, start)
    made = WhatIf(person, _copies_of(logic), _zone_of(logic, person))
    for entry in log.read(data, start, on_damage=lambda _: None):
        if entry.offset >= end:
            break
        made.take(entry)
        if told is not None and not entry.offset % _BITE:
            told(entry.offset - start, end - start)
    if not made.readings:
        raise WhatIfError(
            WhatIfReason.NOTHING,
            f"nothing was measured of {person} in that time: healthmon log stats tells of whom there is",
        )
    return made


class LoadedWhatIf:
    """Answers the window: the last seven days of whoever is asked about, loaded at the first question.

    One question at a time, from any one thread. The last person's week stays loaded: some 60 MB.
    """

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._turn = Lock()
        self._loaded: tuple[str, datetime, WhatIf] | None = None

    def __call__(self, person: str, wish: Wish) -> Outcome:
        """What would have come of it. Raises LogError and WhatIfError."""
        with self._turn:
            now = self._clock.now()
            if self._loaded is None or self._loaded[0] != person or now - self._loaded[1] > FRESH:
                self._loaded = None  # never two weeks in memory
                self._loaded = (person, now, load(self._settings, person, now - WEEK))
            return self._loaded[2].of(wish)


def _copies_of(logic: Logic) -> Callable[[], Alarms]:
    alarms = logic.rule(Alarms.name)
    if not isinstance(alarms, Alarms):
        return Alarms
    kept = _ROOMS.kept(alarms)

    def copy() -> Alarms:
        again = _ROOMS.brought_back(kept)
        assert isinstance(again, Alarms)
        return again

    return copy


def _zone_of(logic: Logic, person: str) -> tzinfo:
    calls = logic.rule(Calls.name)
    return calls.zone_of(person) if isinstance(calls, Calls) else UTC
