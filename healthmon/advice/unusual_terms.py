"""This is the place for what carers set of HR_UNUSUAL: terms of one person, held within what is safe."""

from datetime import datetime
from math import isfinite
from typing import Final, NamedTuple

from healthmon.events import Entry, Json
from healthmon.events.vocabulary import HR, USUAL_UNITS

HR_UNUSUAL: Final = "HR_UNUSUAL"
LEAST: Final = (5.0, 8.0, 40.0)  # /min above the usual: may be set from, is, may be set to; our choice
MINUTES: Final = (10, 10, 120)  # the delay: 10 is the table's; longer is our choice


class UnusualTerms(NamedTuple):
    """What holds for one person: so far above the usual at least, for so many minutes."""

    least: float = LEAST[1]
    minutes: int = MINUTES[1]
    is_off: bool = False


_USUAL: Final = UnusualTerms()


class OwnTerms:
    """A fold of SETS ALARM HR_UNUSUAL {person, value?, unit?, delay_s?, off?} by a carer.

    Each replaces what was set before; what was said last counts, by the time it was said. A number beyond
    what may be chosen counts as the nearest that may.
    """

    def __init__(self) -> None:
        self._own: dict[str, tuple[datetime, UnusualTerms]] = {}

    def follow(self, entry: Entry) -> bool:
        """Take note; whether it is about this alarm of somebody."""
        who, is_ours = entry.person, str(entry.object) == f"ALARM {HR_UNUSUAL}"
        if not (who and is_ours and entry.verb == "SETS" and entry.counts_now):
            return False
        known = self._own.get(who)
        if entry.subject.type == "CAREGIVER" and (known is None or entry.time >= known[0]):
            self._own[who] = (entry.time, _asked(entry))
        return True

    def of(self, person: str) -> UnusualTerms:
        """What holds for them."""
        known = self._own.get(person)
        return _USUAL if known is None else known[1]

    def forget(self, person: str) -> None:
        """Nothing was ever set for them."""
        self._own.pop(person, None)


def _asked(entry: Entry) -> UnusualTerms:
    context = entry.context
    is_rate = context.get("unit") in {None, USUAL_UNITS[HR]}
    least = _number(context.get("value")) if is_rate else None
    delay = _number(context.get("delay_s"))
    minutes = _within(None if delay is None else delay / 60, MINUTES)
    return UnusualTerms(_within(least, LEAST), round(minutes), context.get("off") is True)


def _number(said: Json) -> float | None:
    if isinstance(said, bool) or not isinstance(said, int | float):
        return None
    return float(said) if isfinite(said) else None


def _within(number: float | None, allowed: tuple[float, float, float]) -> float:
    """As near to what was asked as may be; the table's number where nothing was."""
    least, usual, most = allowed
    return usual if number is None else min(max(number, least), most)
