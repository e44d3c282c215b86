"""This is the place for one person: who they are, what they measure, their row in the list."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from math import floor, isinf
from typing import Final

import numpy as np

from healthmon.events import Event
from healthmon.events.plain_text import made_plain
from healthmon.events.vocabulary import HR, SPO2
from healthmon.view import words
from healthmon.view.numeral import numeral
from healthmon.view.present import Present
from healthmon.view.priorities import Priorities
from healthmon.view.quantities import HEART_RATE, OXYGEN
from healthmon.view.ranges import Range, Ranges
from healthmon.view.screen import Freshness, Numeral, PersonRow
from healthmon.view.vital import Trust, Vital, moment

SPARK_LENGTH: Final = timedelta(minutes=30)
SPARK_POINTS: Final = 60
SIGNAL_MISSED: Final = timedelta(seconds=60)  # ADVICE 6, STALE_HR: no valid reading for 60 s while worn
_SPARK_STEP: Final = SPARK_LENGTH.total_seconds() / SPARK_POINTS

Coming = Mapping[tuple[str, str], timedelta]  # person and quantity: how soon an alarm rings


class Person:
    """One person's profile, limits and vitals, and their row. A device nobody wears has a row of its own."""

    def __init__(self, person: str, ranges: Ranges, *, name: str = "", place: str = "") -> None:
        self.id = person
        self.name = name or words.numbers.called(person)
        self.place = place
        self.vitals = {HR: Vital(HEART_RATE), SPO2: Vital(OXYGEN)}
        self._ranges = ranges
        self._spark: tuple[tuple[int, int], tuple[float, ...]] = ((-1, -1), ())

    def describe(self, event: Event) -> None:
        """A carer said who this is: SETS PERSON, with a name and a place."""
        self.name = _said(event, "name") or self.name
        self.place = _said(event, "place") or self.place

    def limits(self, quantity: str) -> Range:
        """Within what this quantity rings no alarm."""
        return self._ranges.of(self.id, quantity)

    def row(self, priorities: Priorities, coming: Coming, present: Present) -> PersonRow:
        """The line in the list of people."""
        rate, oxygen = (
            numeral(
                self.vitals[code],
                self.limits(code),
                priorities.of(code, coming.get((self.id, code))),
                present,
            )
            for code in (HR, SPO2)
        )
        return PersonRow(
            id=self.id,
            name=self.name,
            place=self.place,
            heart_rate=rate,
            oxygen=oxygen,
            priority=priorities.worst,
            status=self._status((rate, oxygen), present),
            spark=self._sparkline(present),
        )

    def last_valid(self, quantity: str) -> tuple[datetime, float] | None:
        """The newest reading that could be believed, and when it was."""
        streams = self.vitals[quantity].streams if quantity in self.vitals else []
        newest = max(streams, key=lambda stream: stream.at, default=None)
        if newest is None or isinf(newest.at):
            return None
        return datetime.fromtimestamp(newest.at, UTC), newest.value

    def live(self, quantity: str, present: Present) -> float | None:
        """What is measured now, as the number on the tile; None while that is not known."""
        best = self.vitals[quantity].best(present) if quantity in self.vitals else None
        return best[0].value if best is not None and best[1] is Trust.LIVE else None

    def lost(self, quantity: str, present: Present) -> tuple[datetime, float] | None:
        """When the signal of a quantity went, and its last value; None while it is there, or never was.

        Where nothing is recorded any more it went with its last reading.
        """
        vital = self.vitals[quantity]
        best, last = vital.best(present), self.last_valid(quantity)
        if best is None or last is None or best[1] is Trust.LIVE:
            return None
        patience = max(SIGNAL_MISSED, vital.usual_silence()) + present.forgiven
        is_patient = best[1] is Trust.OLD and present.is_recorded
        is_gone = not is_patient or present.now - last[0] > patience
        return last if is_gone else None

    def _status(self, numerals: tuple[Numeral, Numeral], present: Present) -> str:
        fresh = {one.freshness for one in numerals}
        if Freshness.LIVE in fresh:
            return words.signal.LIVE
        silent = next((one for one in numerals if one.freshness is Freshness.NO_SIGNAL), None)
        if silent is not None:
            return silent.note or words.signal.NO_SIGNAL
        newest = max(vital.newest() for vital in self.vitals.values())
        return (
            words.signal.NEVER_MEASURED
            if isinf(newest)
            else words.signal.unknown_since(present.told(moment(newest, present)))
        )

    def _sparkline(self, present: Present) -> tuple[float, ...]:
        """Half-minute means of the last half hour, aligned to the clock so that it moves once a step."""
        ring = self.vitals[HR].ring
        last = floor(present.seconds / _SPARK_STEP)
        if self._spark[0] != (ring.version, last):
            edges = np.arange(last - SPARK_POINTS + 1, last + 2, dtype=np.float64) * _SPARK_STEP
            self._spark = ((ring.version, last), tuple(ring.means(edges).tolist()))
        return self._spark[1]


def _said(event: Event, key: str) -> str:
    said = event.context.get(key)
    return made_plain(said.strip()) if isinstance(said, str) else ""
