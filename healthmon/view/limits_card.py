"""This is the place for somebody's limits as they can be set: every alarm with its dials, and what a wish is.

A wish is the context of `SETS ALARM`: what is absent in it stays as the person's profile has it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, TypeAlias

from healthmon.alarms import CLASSES, AlarmClass, Limits, Profile, Side
from healthmon.alarms.limits import Terms
from healthmon.alarms.outcome import AskWhatIf, Outcome, Wish
from healthmon.events import Context, Json
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

_FINE_STEP: Final = 5.0  # seconds
_MINUTE: Final = 60.0
_LONG: Final = timedelta(minutes=5)  # what may be longer moves in whole minutes


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
    keeps: Context = field(default_factory=dict)  # what else was set, without a dial of its own


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
    profile, terms = limits.profile(person), limits.terms(person, row)
    usual, is_on = row.limits[profile], terms is not None and not terms.is_off
    resting = row.most if row.side is Side.LOW else row.least  # where a dial stands that was never set
    stands = usual if usual is not None else resting
    return AlarmDials(
        alarm=row.id,
        title=words.alarms.title(row.id),
        priority=Priority(row.priority.value),
        unit=words.limits.unit(row),
        code=row.unit,
        limit=_limit_dial(row, terms.limit if terms is not None and is_on else stands, stands, profile),
        delay=_delay_dial(row, terms.delay if terms is not None and is_on else row.delay),
        is_on=is_on,
        is_usually_on=usual is not None,
        keeps=_keeps(row, terms),
    )


def _limit_dial(row: AlarmClass, value: float, usual: float, profile: Profile) -> Dial:
    """The floor bounds it too: nobody can choose a limit beyond it."""
    floor = row.floors.get(profile)
    least, most = row.least, row.most
    if floor is not None and row.side is Side.LOW:
        least = max(least, floor)
    elif floor is not None:
        most = min(most, floor)
    return Dial(value, usual, least, most, 1.0)


def _delay_dial(row: AlarmClass, value: timedelta) -> Dial:
    least, most = row.delays
    step = _MINUTE if least >= timedelta(seconds=_MINUTE) and most > _LONG else _FINE_STEP
    return Dial(
        value.total_seconds(), row.delay.total_seconds(), least.total_seconds(), most.total_seconds(), step
    )


def _keeps(row: AlarmClass, terms: Terms | None) -> dict[str, Json]:
    """What else was set of this alarm, for which there is no dial: it is said again, or it would be lost."""
    if terms is None:
        return {}
    kept: dict[str, Json] = {}
    if terms.hysteresis != row.hysteresis:
        kept["hysteresis"] = terms.hysteresis
    if terms.latches != row.latches:
        kept["latches"] = terms.latches
    if terms.priority is not row.priority:
        kept["priority"] = terms.priority.value
    return kept


def _wish(dials: AlarmDials, setting: Setting) -> dict[str, Json]:
    said = dict(dials.keeps)
    if not setting.is_on:
        return said | {"off": True}
    if setting.limit != dials.limit.usual or not dials.is_usually_on:
        said |= {"value": setting.limit, "unit": dials.code}
    if setting.delay != dials.delay.usual:
        said["delay_s"] = setting.delay
    return said
