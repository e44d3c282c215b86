"""This is the place for judging what was raised against what was true, and for how sure a rate is.

A raised alarm is **true** when the body was beyond the limit, by a point of oxygen or 3 /min, for at least
half of the stretch that led to it; **transient** when it was so for a moment; else **false**. A watch that
lies on a table is always false. An injected event is found when the alarm it asks for is raised between its
beginning and a minute after its end, or was on when it began; one during which the watch was not worn at
least nine tenths of the time counts for nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from devices.arrays import Bools, Floats
from devices.people import Profile
from devices.worn.plan import RACING, SLOW, Injected, Injury
from devices.worn.stretch import Stretch
from tests.bench.wear_life import Told

_LOW_SIDE = frozenset({"HR_LOW", "HR_LOW_CRIT"})
_TOLERANCE = {"HR": 3.0, "SPO2": 1.0}
_AROUND = 15.0  # s
_FALL = 8.0  # points within two minutes: near the ten that a rapid fall asks for
_LASTS = 30.0  # s: a fall that is over sooner was a pause of breath
_CRITICAL_HEART = 131.0
_SEEN = 0.9
_GRACE = 60.0  # s


@dataclass(frozen=True, slots=True, eq=False)
class Life:
    """What was true of a person over the whole run."""

    at: Floats
    heart: Floats
    oxygen: Floats
    on_arm: Bools
    cold: Bools
    still: Bools
    poor: Bools
    profile: Profile
    injected: tuple[Injected, ...]

    @classmethod
    def of(cls, profile: Profile, stretches: Sequence[Stretch]) -> "Life":
        """The stretches put together."""
        return cls(
            at=np.concatenate([one.at for one in stretches]),
            heart=np.concatenate([one.true_heart for one in stretches]),
            oxygen=np.concatenate([one.true_oxygen for one in stretches]),
            on_arm=np.concatenate([one.on_arm for one in stretches]),
            cold=np.concatenate([one.cold for one in stretches]),
            still=np.concatenate([one.still for one in stretches]),
            poor=np.concatenate([one.poor for one in stretches]),
            profile=profile,
            injected=tuple(event for one in stretches for event in one.injected),
        )

    def between(self, start: float, end: float) -> slice:
        """Where these times lie, both ends included; never empty."""
        first, last = np.searchsorted(self.at, [start, end + 1e-6]).tolist()
        return slice(min(first, len(self.at) - 1), max(last, first + 1))

    @property
    def worn_days(self) -> float:
        """Days on an arm."""
        return float(self.on_arm.mean() * (self.at[-1] - self.at[0]) / 86400)


def verdict(life: Life, raised: Told) -> str:
    """true, transient or false."""
    held = life.between(raised.since, raised.at)
    if life.on_arm[held].mean() < 0.5:
        return "false"
    if raised.alarm.startswith("RAPID") or raised.limit is None:
        return _of_a_fall(life, raised)
    beyond = _beyond(life, raised)
    if beyond[held].mean() >= 0.5:
        return "true"
    near = life.between(raised.since - _AROUND, raised.at + _AROUND)
    return "transient" if beyond[near].any() else "false"


def cause(life: Life, raised: Told) -> str:
    """What led to it, as far as the simulator knows."""
    held = life.between(raised.since, raised.at)
    if life.on_arm[held].mean() < 0.5:
        return "table"
    if raised.alarm.startswith(("SPO2", "RAPID")) and life.cold[held].any():
        return "cold hand, poor" if life.poor[held].mean() > 0.5 else "cold hand"
    return "still" if life.still[held].mean() > 0.5 else "moving"


def answers(raised: Told, life: Life) -> bool:
    """Whether it was raised while something injected went on."""
    return any(one.start <= raised.at <= one.end + _GRACE for one in life.injected)


def asked(life: Life, event: Injected) -> str:
    """What an event asks for: "oxygen high", "heart medium" ...; empty where nothing may be asked."""
    if life.on_arm[life.between(event.start, event.end)].mean() < _SEEN:
        return ""
    heart = life.heart[life.between(event.start + event.rise, event.start + event.rise + event.hold)]
    match event.kind:
        case Injury.DEEP:
            return "oxygen high"
        case Injury.SHALLOW:
            return "oxygen medium"
        case Injury.SLOW:
            return "slow heart high" if np.percentile(heart, 90) <= SLOW[life.profile] else ""
    lowest = float(np.percentile(heart, 10))
    if lowest >= _CRITICAL_HEART:
        return "racing heart high"
    return "racing heart medium" if lowest >= RACING else ""


_OF = {"oxygen": ("SPO2", "RAPID"), "slow heart": ("HR_LOW",), "racing heart": ("HR_HIGH",)}


def found(told: Sequence[Told], event: Injected, wanted: str) -> float | None:
    """How many s after its beginning the event's alarm was there; None when it never was."""
    what, _, priority = wanted.rpartition(" ")
    enough = {"high"} if priority == "high" else {"high", "medium"}
    on: dict[str, bool] = {}
    for one in told:
        if not one.alarm.startswith(_OF[what]):
            continue
        counts = one.verb == "RAISES" and one.priority in enough
        if one.at < event.start:
            on[one.alarm] = counts or (one.verb == "RAISES" and on.get(one.alarm, False))
        elif any(on.values()):
            return 0.0
        elif counts and one.at <= event.end + _GRACE:
            return one.at - event.start
    return 0.0 if any(on.values()) else None


def poisson(count: int, days: float) -> tuple[float, float]:
    """The exact 95 % interval of a rate (Garwood 1936)."""
    low = float(stats.chi2.ppf(0.025, 2 * count)) / 2 if count else 0.0
    return low / days, float(stats.chi2.ppf(0.975, 2 * count + 2)) / 2 / days


def share(hits: int, of: int) -> tuple[float, float]:
    """The exact 95 % interval of a share (Clopper and Pearson 1934)."""
    low = float(stats.beta.ppf(0.025, hits, of - hits + 1)) if hits else 0.0
    high = float(stats.beta.ppf(0.975, hits + 1, of - hits)) if hits < of else 1.0
    return low, high


def by_person(counts: Sequence[int], days: Sequence[float], *, seed: int = 1) -> tuple[float, float]:
    """The 95 % interval of a rate when people, not days, are drawn again: some have most of the alarms."""
    chance = np.random.default_rng(seed)
    drawn = chance.integers(0, len(counts), (4000, len(counts)))
    rates = np.asarray(counts)[drawn].sum(axis=1) / np.asarray(days)[drawn].sum(axis=1)
    low, high = np.percentile(rates, [2.5, 97.5]).tolist()
    return float(low), float(high)


def _of_a_fall(life: Life, raised: Told) -> str:
    before = life.oxygen[life.between(raised.at - 180, raised.at)]
    lowered = life.oxygen <= np.percentile(before, 90) - _FALL
    near = life.between(raised.at - 60, raised.at + _LASTS)
    step = float(life.at[1] - life.at[0])
    if not lowered[life.between(raised.at - 60, raised.at + _AROUND)].any():
        return "false"
    return "true" if lowered[near].sum() * step >= _LASTS else "transient"


def _beyond(life: Life, raised: Told) -> Bools:
    limit = raised.limit or 0.0
    if raised.alarm.startswith("SPO2"):
        return np.asarray(life.oxygen <= limit + _TOLERANCE["SPO2"])
    if raised.alarm in _LOW_SIDE:
        return np.asarray(life.heart <= limit + _TOLERANCE["HR"])
    return np.asarray(life.heart >= limit - _TOLERANCE["HR"])
