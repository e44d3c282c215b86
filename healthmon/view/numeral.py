"""This is the place for one big number: how much, how old, how far to be believed, beyond which limit."""

from dataclasses import dataclass
from datetime import timedelta
from math import isinf
from typing import Final

from healthmon.view import words
from healthmon.view.present import Present
from healthmon.view.priorities import Ringing
from healthmon.view.ranges import Range
from healthmon.view.screen import Freshness, Numeral, Priority
from healthmon.view.vital import Stream, Trust, Vital, moment

NOTHING: Final = "--"
_FRESHNESS: Final = {
    Trust.LIVE: Freshness.LIVE,
    Trust.OLD: Freshness.STALE,
    Trust.NO_PULSE: Freshness.NO_SIGNAL,
    Trust.NOT_WORN: Freshness.NO_SIGNAL,
}


@dataclass(frozen=True, slots=True)
class _Reading:
    """What can be said now: `value` only when it is to be compared with anything."""

    text: str
    freshness: Freshness
    age: timedelta | None = None
    value: float | None = None
    note: str = ""


def numeral(vital: Vital, limits: Range, ringing: Ringing, present: Present) -> Numeral:
    """The number to show now. What was never measured, is not felt or is too old is `--`, never a guess."""
    reading = _read(vital, present)
    compared = reading.value
    soon = ""
    if compared is not None and ringing.coming is not None and ringing.priority is not Priority.HIGH:
        soon = words.alarms.coming(ringing.coming)
    return Numeral(
        quantity=vital.quantity.code,
        title=vital.quantity.title,
        unit=vital.quantity.unit,
        text=reading.text,
        freshness=reading.freshness,
        age=reading.age,
        low=limits.low,
        high=limits.high,
        beyond=None if compared is None else limits.beyond(compared),
        priority=ringing.priority,
        change=None if compared is None else vital.change(),
        note=reading.note or soon or (ringing.against if compared is not None else ""),
    )


def _read(vital: Vital, present: Present) -> _Reading:
    best = vital.best(present)
    if best is None:
        return _Reading(NOTHING, Freshness.NEVER)
    stream, trust = best
    if trust is Trust.LIVE:
        return _Reading(
            words.numbers.whole(stream.value), Freshness.LIVE, _age(stream.at, present), stream.value
        )
    age = _age(vital.newest(), present)
    believed = trust is Trust.OLD and age is not None and age <= vital.believed_for() + present.forgiven
    text = words.numbers.whole(stream.value) if believed else NOTHING
    return _Reading(text, _FRESHNESS[trust], age, note=_why(stream, trust, present))


def _age(at: float, present: Present) -> timedelta | None:
    return None if isinf(at) else timedelta(seconds=max(0.0, present.seconds - at))


def _why(stream: Stream, trust: Trust, present: Present) -> str:
    """Why there is no live number, as far as the device said."""
    if trust is Trust.NOT_WORN:
        return words.signal.not_worn_since(present.told(moment(stream.off_at(), present)))
    if trust is Trust.NO_PULSE:
        return words.signal.no_signal_since(
            "" if isinf(stream.at) else present.told(moment(stream.at, present))
        )
    online = stream.device.online
    if online.value is False and online.since is not None:
        return words.signal.offline_since(stream.device.id, present.told(online.since))
    return ""
