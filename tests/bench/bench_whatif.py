"""This is the place for what a slider costs: a week of one person, once a second, under other terms.

Heart rate and oxygen of a simulated sleeper whose oxygen falls again and again at night: 1.2 million
readings, in memory, in processor time. Each position of the slider is a limit that was not asked for before.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from time import perf_counter, process_time

import numpy as np
from numpy.typing import NDArray

from healthmon.alarms.outcome import Wish
from healthmon.events import Entry, Thing
from healthmon.reports.whatif import WhatIf

START = datetime(2026, 11, 14, 12, tzinfo=UTC)
DAY = 86_400
WATCH, HR, SPO2 = Thing("WATCH", "watch-7"), Thing("HR"), Thing("SPO2")
LIMITS = (92.0, 91.5, 91.0, 90.5, 90.0, 89.5, 89.0, 88.5, 88.0, 87.0, 86.0, 85.0)
HIGH = (93.0, 94.0)

Row = dict[str, object]


def measure(days: int = 7) -> list[Row]:
    """How long loading takes, and each position of a slider."""
    entries = list(week(days))
    began = perf_counter()
    what_if = WhatIf("maria")
    for entry in entries:
        what_if.take(entry)
    taken = perf_counter() - began
    del entries
    first = _seconds(what_if, {})
    limits = sorted(_seconds(what_if, {"SPO2_LOW": {"value": limit}}) for limit in LIMITS)
    high = max(_seconds(what_if, {"SPO2_LOW": {"value": limit}}) for limit in HIGH)
    again = _seconds(what_if, {"SPO2_LOW": {"value": LIMITS[3]}})
    found = what_if.of({"SPO2_LOW": {"value": 88.0}}).alarms
    return [
        _row("whatif: readings taken in, without the log", what_if.readings / taken, "readings/s"),
        _row("whatif: the first answer", first, "s"),
        _row("whatif: a position of the slider, median", limits[len(limits) // 2], "s"),
        _row("whatif: a position of the slider, slowest of 85 to 92 %", limits[-1], "s"),
        _row("whatif: the slowest beyond what is advised, 93 and 94 %", high, "s"),
        _row("whatif: a position the slider was at before", again, "s"),
        _row("whatif: alarms of the week, as it was", found.before, "alarms"),
        _row("whatif: alarms of the week, SPO2_LOW at 88 %", found.after, "alarms"),
    ]


def week(days: int) -> Iterator[Entry]:
    """Once a second: a pulse, and an oxygen that falls thirty times a night for half to five minutes."""
    pulse, oxygen = _pulse(days), _oxygen(days)
    at, offset = START, 0
    for rate, saturation in zip(pulse.tolist(), oxygen.tolist(), strict=True):
        for thing, value in ((HR, rate), (SPO2, saturation)):
            yield Entry(
                id="",
                time=at,
                subject=WATCH,
                verb="MEASURES",
                object=thing,
                context={"value": value, "person": "maria"},
                offset=offset,
                received=at + timedelta(milliseconds=60),
            )
            offset += 1
        at += timedelta(seconds=1)


def _pulse(days: int) -> NDArray[np.float64]:
    chance, seconds = np.random.default_rng(1), np.arange(days * DAY)
    slow = np.repeat(chance.normal(0, 4, days * DAY // 300 + 1), 300)[: days * DAY]
    rate: NDArray[np.float64] = (
        68 - 8 * np.sin(2 * np.pi * seconds / DAY) + slow + chance.normal(0, 2, len(seconds))
    )
    return rate.round()


def _oxygen(days: int) -> NDArray[np.float64]:
    chance, seconds = np.random.default_rng(2), np.arange(days * DAY)
    level = 96 + chance.normal(0, 0.5, len(seconds))
    for night in range(days):
        begin = night * DAY + 10 * 3600
        for fall in np.sort(chance.integers(begin, begin + 8 * 3600, 30)):
            length, depth = int(chance.integers(30, 300)), chance.uniform(3, 10)
            level[fall : fall + length] -= depth
    # Oximeters tell the mean of some 8 s.
    smooth = np.convolve(level, np.full(8, 1 / 8), mode="same")
    smooth[:8] = smooth[-8:] = 96
    saturation: NDArray[np.float64] = np.clip(smooth, 70, 100).round()
    return saturation


def _seconds(what_if: WhatIf, wish: Wish) -> float:
    began = process_time()
    what_if.of(wish)
    return process_time() - began


def _row(what: str, value: float, unit: str) -> Row:
    return {"name": what, "value": round(value, 4), "unit": unit}
