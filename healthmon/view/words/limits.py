"""This is the place for the words about limits that can be set, and what they would have come to."""

from datetime import timedelta
from typing import Final

from healthmon.alarms.classes import AlarmClass, Kind, Profile
from healthmon.alarms.outcome import Change, Outcome
from healthmon.view.words.numbers import counted, figure, lasting
from healthmon.view.words.numbers import unit as unit_of

_PROFILES: Final = {
    Profile.ADULT: "adult",
    Profile.LOW_OXYGEN: "low oxygen is usual (a lung disease)",
    Profile.ATHLETE: "a slow heart is usual (an athlete)",
}
AS_NOW: Final = "Move a slider to see what the last days would have been like"
THINKING: Final = "Looking through the last days…"


def profile(of: Profile) -> str:
    """What is usual for a person, in words."""
    return _PROFILES.get(of, of.value)


def unit(row: AlarmClass) -> str:
    """What a limit is counted in: where it is held against a difference, in points."""
    if row.kind in {Kind.FALL, Kind.USUAL}:
        return "points"
    return unit_of(row.unit, row.quantity)


def limit(value: float, unit: str) -> str:
    """`88 %`, `120 bpm`."""
    return f"{figure(value)} {unit}"


def delay(seconds: float) -> str:
    """`45 s`, `3 min`; `at once`."""
    if not seconds:
        return "at once"
    return lasting(timedelta(seconds=seconds))


def last_night(outcome: Outcome) -> str:
    """`2 alarms last night instead of 31`."""
    if not outcome.nights:
        return _instead(outcome.alarms, "in this time")
    return _instead(outcome.nights[-1].alarms, "last night")


def whole(outcome: Outcome) -> str:
    """`In 7 days 40 instead of 210; 12 instead of 90 would have been heard.`"""
    told = f"In {lasting(outcome.until - outcome.since)} {_short(outcome.alarms)}"
    return f"{told}; {_short(outcome.audible)} would have been heard."


def missed(outcome: Outcome) -> str:
    """The price of quiet: episodes judged true in which nothing would have been raised. Empty without any."""
    if not outcome.lost:
        return ""
    total = counted(outcome.judged_true, "alarm")
    return f"Would have stayed silent in {len(outcome.lost)} of {total} that somebody judged real"


def _instead(change: Change, when: str) -> str:
    if change.before == change.after:
        return f"{counted(change.after, 'alarm')} {when}, as before"
    return f"{counted(change.after, 'alarm')} {when} instead of {change.before:,}"


def _short(change: Change) -> str:
    return (
        f"{change.after:,} instead of {change.before:,}"
        if change.before != change.after
        else f"{change.after:,} as before"
    )
