"""This is the place for what a slider costs: a week of one person, read every second and every 5 s.

Heart rate and oxygen of a simulated sleeper whose oxygen falls again and again at night: 1.2 million
readings, in memory, in processor time. Each position of the slider is a limit that was not asked for before.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from time import process_time

import numpy as np
from numpy.typing import NDArray

from healthmon.alarms.outcome import Wish
from healthmon.events import Entry, Thing
from healthmon.reports.whatif import WhatIf

START = datetime(2026, 11, 14, 12, tzinfo=UTC)
DAY = 86_400
WATCH, HR, SPO2 = Thing("WATCH", "watch-7"), Thing("HR"), Thing("SPO2")
PACES = (1, 5)
LIMITS = (92.0, 91.0, 90.0, 89.0, 88.0, 87.0, 86.0, 85.0, 84.0)
OTHERS = {
    "SPO2_LOW": (93.0, 94.0),
    "SPO2_CRIT": (84.0, 90.0, 92.0),
    "RAPID_DESAT": (8.0, 9.0, 12.0),
    "SPO2_DROP": (3.0, 5.0),
    "SPO2_WATCH": (92.0, 93.0),
    "HR_HIGH": (100.0, 110.0),
    "HR_LOW": (49.0, 50.0),
}

Row = dict[str, object]


def measure(days: int = 7) -> list[Row]:
    """How long loading takes, and each position of a slider."""
    return [row for every in PACES for row in _measured(days, every)]


def _measured(days: int, every: int) -> Iterator[Row]:
    entries = list(week(days, every))
    began = process_time()
    what_if = WhatIf("maria")
    for entry in entries:
        what_if.take(entry)
    taken = process_time() - began
    pace = f"whatif, every {every} s"
    yield _row(f"{pace}: heard by the rule and kept, without the log", len(entries) / taken, "readings/s")
    del entries
    yield _row(f"{pace}: the first answer", _milliseconds(what_if, {}), "ms")
    limits = sorted(_milliseconds(what_if, {"SPO2_LOW": {"value": limit}}) for limit in LIMITS)
    yield _row(f"{pace}: SPO2_LOW, 84 to 92 %, median of positions", limits[len(limits) // 2], "ms")
    yield _row(f"{pace}: SPO2_LOW, 84 to 92 %, slowest", limits[-1], "ms")
    for alarm, values in OTHERS.items():
        slowest = max(_milliseconds(what_if, {alarm: {"value": value}}) for value in values)
        yield _row(f"{pace}: {alarm}, slowest of {len(values)}", slowest, "ms")
    again = _milliseconds(what_if, {"SPO2_LOW": {"value": LIMITS[3]}})
    yield _row(f"{pace}: a position the slider was at before", again, "ms")
    found = what_if.of({"SPO2_LOW": {"value": 88.0}}).alarms
    yield _row(f"{pace}: alarms of the week, as it was", found.before, "alarms")
    yield _row(f"{pace}: alarms of the week, SPO2_LOW at 88 %", found.after, "alarms")


def week(days: int, every: int = 1) -> Iterator[Entry]:
    """Every so many seconds: a pulse, and an oxygen that falls thirty times a night for minutes."""
    pulse, oxygen = _pulse(days), _oxygen(days)
    at, offset = START, 0
    for rate, saturation in zip(pulse[::every].tolist(), oxygen[::every].tolist(), strict=True):
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
        at += timedelta(seconds=every)


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


def _milliseconds(what_if: WhatIf, wish: Wish) -> float:
    began = process_time()
    what_if.of(wish)
    return 1000 * (process_time() - began)


def _row(what: str, value: float, unit: str) -> Row:
    return {"name": what, "value": round(value, 1), "unit": unit}
