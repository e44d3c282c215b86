"""This is the place for somebody's limits as they can be set: every alarm with its dials, and what a wish is.

A wish is the context of `SETS ALARM`: what is absent in it stays as the person's profile has it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, TypeAlias

from healthmon.alarms import CLASSES, AlarmClass, Limits
from healthmon.alarms.outcome import AskWhatIf, Outcome, Wish
from healthmon.events import Json
from healthmon.view import words
from healthmon.view.screen import Priority

__all__ = [
    "AlarmDials",
    "AskWhatIf",
    "Dial",
    "LimitsCard",
    "Outcome",
    "Setting",
    "Settings",
    "Wish",
    "limits_card",
    "setting_of",
    "usual_of",
    "wishes",
]

# Our choice: how far a carer may move a delay, as multiples of the table's, and never to nothing.
_SHORTEST, _LONGEST = 0.5, 4.0
_DELAY_STEP: Final = 5.0  # seconds
_FINE: Final = timedelta(minutes=5)  # longer delays move in whole minutes
_MINUTE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Dial:
    """One number that can be moved: from `least` to `most` in steps; `usual` is the profile's."""

    value: float
    usual: float
    least: float
    most: float
    step: float


@dataclass(frozen=True, slots=True)
class AlarmDials:
    """One alarm: its limit (in `unit`, for people), its delay in seconds, and whether it is on."""

    alarm: str
    title: str
    priority: Priority
    unit: str
    code: str  # the unit as the log has it, UCUM
    limit: Dial
    delay: Dial
    is_on: bool
    is_usually_on: bool


@dataclass(frozen=True, slots=True)
class LimitsCard:
    """Everything that can be set for one person, alarm by alarm."""

    person: str
    name: str
    profile: str
    alarms: tuple[AlarmDials, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a carer has put the dials of one alarm."""

    limit: float
    delay: float  # seconds
    is_on: bool


Settings: TypeAlias = Mapping[str, Setting]


def limits_card(person: str, name: str, limits: Limits, table: Sequence[AlarmClass] = CLASSES) -> LimitsCard:
    """What holds for this person now, and within what it may be set."""
    profile = words.limits.profile(limits.profile(person))
    return LimitsCard(person, name, profile, tuple(_dials(person, row, limits) for row in table))


def wishes(card: LimitsCard, settings: Settings) -> Wish:
    """What to say so that these settings hold: of the alarms whose dials were moved."""
    return {
        dials.alarm: _wish(dials, settings[dials.alarm])
        for dials in card.alarms
        if dials.alarm in settings and settings[dials.alarm] != setting_of(dials)
    }


def setting_of(dials: AlarmDials) -> Setting:
    """The dials as they are now."""
    return Setting(dials.limit.value, dials.delay.value, dials.is_on)


def usual_of(dials: AlarmDials) -> Setting:
    """The dials as the profile has them."""
    return Setting(dials.limit.usual, dials.delay.usual, dials.is_usually_on)


def _dials(person: str, row: AlarmClass, limits: Limits) -> AlarmDials:
    usual = row.limits[limits.profile(person)]
    terms = limits.terms(person, row)
    resting = row.most if row.side == "low" else row.least  # where a dial stands that was never set
    fallback = usual if usual is not None else resting
    delay = row.delay.total_seconds()
    step = _DELAY_STEP if row.delay < _FINE else _MINUTE
    return AlarmDials(
        alarm=row.id,
        title=words.alarms.title(row.id),
        priority=Priority(row.priority.value),
        unit=words.numbers.unit(row.unit, row.quantity),
        code=row.unit,
        limit=Dial(terms.limit if terms else fallback, fallback, row.least, row.most, 1.0),
        delay=Dial(
            value=terms.delay.total_seconds() if terms else delay,
            usual=delay,
            least=max(step, delay * _SHORTEST // step * step),
            most=delay * _LONGEST,
            step=step,
        ),
        is_on=terms is not None,
        is_usually_on=usual is not None,
    )


def _wish(dials: AlarmDials, setting: Setting) -> dict[str, Json]:
    if not setting.is_on:
        return {"off": True} if dials.is_usually_on else {}
    said: dict[str, Json] = {}
    if setting.limit != dials.limit.usual or not dials.is_usually_on:
        said |= {"value": setting.limit, "unit": dials.code}
    if setting.delay != dials.delay.usual:
        said["delay_s"] = setting.delay
    return said
