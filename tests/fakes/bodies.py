"""This is the place for a made-up day of somebody's readings, for windows that want something to paint."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from healthmon.view.screen import Curve, Floats

DAY = 86_400


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """A day at one reading a second, ending at `end`. NaN where nothing was measured."""

    at: Floats
    heart_rate: Floats
    oxygen: Floats

    @classmethod
    def of(cls, end: datetime, seed: int = 7, *, rate: float = 78.0) -> "Body":
        """A calm day: a slow daily wave, breath-like noise, two coffees, one gap, one dip of oxygen."""
        chance = np.random.default_rng(seed)
        seconds = np.arange(DAY, dtype=np.float64)
        at = end.timestamp() - DAY + 1 + seconds
        daily = 7 * np.sin(2 * np.pi * (seconds / DAY - 0.35))
        slow = np.interp(seconds, np.linspace(0, DAY, 600), chance.normal(0, 2.2, 600).cumsum() * 0.12)
        heart_rate = rate + daily + slow + chance.normal(0, 1.6, DAY)
        oxygen = 97.3 + 0.5 * np.sin(seconds / 1_900) + chance.normal(0, 0.35, DAY)
        heart_rate += rate - heart_rate[-300:].mean()
        heart_rate += _bump(seconds, DAY - 33 * 60, 20, 45)
        heart_rate += _bump(
            seconds, DAY - float(chance.integers(300, 1_700)), float(chance.uniform(-9, 9)), 150
        )
        for minutes in (40, 245, 492):
            heart_rate += _bump(seconds, DAY - minutes * 60 + 400, 10, 600)
        oxygen -= _bump(seconds, DAY - 23 * 60, 7.5, 80)
        for values in (heart_rate, oxygen):
            values[DAY - 15 * 60 : DAY - 13 * 60] = np.nan
        return cls(at, heart_rate, np.minimum(oxygen, 100.0))

    def with_climb(self, to: float, *, seconds: int = 80) -> "Body":
        """The same day, its heart rate climbing at the end."""
        rate = self.heart_rate.copy()
        rate[-seconds:] = np.linspace(rate[-seconds], to, seconds) ** 1.0
        rate[-20:] = to
        return Body(self.at, rate, self.oxygen)

    def with_fall(self, to: float, *, seconds: int = 90) -> "Body":
        """The same day, its oxygen falling at the end."""
        oxygen = self.oxygen.copy()
        oxygen[-seconds:] = np.linspace(oxygen[-seconds], to, seconds)
        oxygen[-25:] = to
        return Body(self.at, self.heart_rate, oxygen)

    def curve(self, quantity: str, start: datetime, end: datetime, columns: int) -> Curve:
        """That stretch in at most `columns` buckets that stand on round times, empty ones NaN."""
        values = self.heart_rate if quantity == "HR" else self.oxygen
        first, last = np.searchsorted(self.at, (start.timestamp(), end.timestamp() + 1))
        width = max(1, int((end - start) / timedelta(seconds=1)) // max(columns, 1))
        return bucketed(self.at[first:last], values[first:last], width)

    def spark(self, points: int = 60) -> tuple[float, ...]:
        """The last 30 minutes of heart rate as means."""
        half_hour = self.heart_rate[-1_800:].reshape(points, -1)
        gaps = np.isnan(half_hour).any(axis=1)
        return tuple(np.where(gaps, np.nan, np.nan_to_num(half_hour).mean(axis=1)).tolist())


def bucketed(at: Floats, values: Floats, width: int) -> Curve:
    """Mean, least and most of every `width` seconds of even readings; a bucket with a NaN is a gap."""
    if len(at) == 0 or width <= 1:
        return Curve(at, values, values, values)
    skipped = int(-(at[0] // 1) % width)
    whole = (len(at) - skipped) // width * width
    table = values[skipped : skipped + whole].reshape(-1, width)
    times = at[skipped : skipped + whole].reshape(-1, width)[:, -1]
    means, lows, highs = [table.mean(axis=1)], [table.min(axis=1)], [table.max(axis=1)]
    rest = values[skipped + whole :]
    if len(rest):
        means.append(rest.mean(keepdims=True))
        lows.append(rest.min(keepdims=True))
        highs.append(rest.max(keepdims=True))
        times = np.append(times, at[-1])
    return Curve(times, np.concatenate(means), np.concatenate(lows), np.concatenate(highs))


def _bump(seconds: Floats, middle: float, size: float, width: float) -> Floats:
    bump: Floats = size * np.exp(-(((seconds - middle) / width) ** 2))
    return bump
