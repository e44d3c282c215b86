"""This is the place for the plots of the person that is looked at: the curves, their limits, their range."""

from datetime import datetime
from math import ceil, floor
from typing import Final

import numpy as np

from healthmon.view.person import Person
from healthmon.view.quantities import VITALS, Quantity
from healthmon.view.ranges import Range
from healthmon.view.screen import Curve, Floats, Trend

_MOST_COLUMNS: Final = 8192


class Plots:
    """Makes one trend for each quantity, and hands out the same one as long as nothing in it changed."""

    def __init__(self) -> None:
        self._made: dict[str, Trend] = {}

    def trends(self, person: Person, start: datetime, end: datetime, columns: int) -> tuple[Trend, ...]:
        """Both plots from start to end, about `columns` points wide."""
        columns = min(max(columns, 1), _MOST_COLUMNS)
        return tuple(
            self._trend(quantity, person.limits(code), person.vitals[code].ring.window(start, end, columns))
            for code, quantity in VITALS.items()
        )

    def _trend(self, quantity: Quantity, limits: Range, curve: Curve) -> Trend:
        made = self._made.get(quantity.code)
        if made is None or made.curve is not curve or (made.low, made.high) != (limits.low, limits.high):
            made = self._made[quantity.code] = _trend(quantity, limits, curve)
        return made


def _trend(quantity: Quantity, limits: Range, curve: Curve) -> Trend:
    low = [*_known(limits.low), *_known(_least(curve.low))]
    high = [*_known(limits.high), *_known(_most(curve.high))]
    bottom = min(quantity.bottom, *(_down(value, quantity) for value in low), quantity.bottom)
    top = max(quantity.top, *(_up(value, quantity) for value in high), quantity.top)
    return Trend(
        quantity=quantity.code,
        title=quantity.title,
        unit=quantity.unit,
        curve=curve,
        low=limits.low,
        high=limits.high,
        bottom=max(0.0, bottom),
        top=top,
    )


def _known(value: float | None) -> tuple[float, ...]:
    return () if value is None else (value,)


def _least(values: Floats) -> float | None:
    return float(np.nanmin(values)) if len(values) else None


def _most(values: Floats) -> float | None:
    return float(np.nanmax(values)) if len(values) else None


def _down(value: float, quantity: Quantity) -> float:
    return floor((value - quantity.margin) / quantity.step) * quantity.step


def _up(value: float, quantity: Quantity) -> float:
    return ceil((value + quantity.margin) / quantity.step) * quantity.step
