"""This is the place for what a slider costs: a week of one person, read every second and every 5 s.

Heart rate and oxygen of a simulated sleeper whose oxygen falls again and again at night: 1.2 million
readings, in memory, in processor time. Each position of the slider is a limit that was not asked for before.

Beside it, of one day and in the same run: the same alarm by a rule that simply hears every reading; for this
sleeper, and for one whose usual lies at the limit, of whom little can be left out.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from time import process_time

import numpy as np
from numpy.typing import NDArray

from healthmon.alarms import CLASSES, Alarms
from healthmon.alarms.outcome import Wish
from healthmon.events import Entry, Thing
from healthmon.reports.whatif import WhatIf

START = datetime(2026, 11, 14, 12, tzinfo=UTC)
DAY = 86_400
WATCH, HR, SPO2 = Thing("WATCH", "watch-7"), Thing("HR"), Thing("SPO2")
PACES = (1, 5)
BESIDE = {"as usual": 0.0, "usual at the limit": 2.0}  # whose oxygen lies so much lower
LIMITS_BESIDE = {"SPO2_LOW": (88.0, 92.0, 93.0, 94.0), "RAPID_DESAT": (9.0,), "SPO2_WATCH": (93.0,)}
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
    weeks = [row for every in PACES for row in _measured(days, every)]
    return weeks + [row for who, lower in BESIDE.items() for row in _beside(who, lower)]


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


def _beside(who: str, lower: float) -> Iterator[Row]:
    """One day, every second: a position of the slider, and hearing everything."""
    entries = list(week(1, lower=lower))
    what_if = WhatIf("maria")
    for entry in entries:
        what_if.take(entry)
    what_if.of({})
    for alarm, values in LIMITS_BESIDE.items():
        for value in values:
            took = _milliseconds(what_if, {alarm: {"value": value}})
            plain = _hearing_all(entries, alarm, value)
            name = f"whatif, a day of one {who}: {alarm} {value:g}"
            row = _row(name, took, "ms")
            yield row | {"peer": "hears all", "peer_value": round(plain, 1), "ratio": round(took / plain, 2)}


def _hearing_all(entries: Sequence[Entry], alarm: str, value: float) -> float:
    """The peer: one rule of this one alarm, told every reading of its quantity, timers and all."""
    (row,) = (one for one in CLASSES if one.id == alarm)
    alarms, heard = Alarms([row]), [one for one in entries if one.object.type == row.quantity]
    alarms.observe(_sets(alarm, value))
    began = process_time()
    for entry in heard:
        due = alarms.due()
        if due is not None and due <= entry.received:
            alarms.fire(entry.received)
        alarms.observe(entry)
    return 1000 * (process_time() - began)


def _sets(alarm: str, value: float) -> Entry:
    return Entry(
        id="",
        time=START,
        subject=Thing("CAREGIVER", "anna"),
        verb="SETS",
        object=Thing("ALARM", alarm),
        context={"value": value, "person": "maria"},
        offset=0,
        received=START,
    )


def week(days: int, every: int = 1, lower: float = 0.0) -> Iterator[Entry]:
    """Every so many seconds: a pulse, and an oxygen that falls thirty times a night for minutes."""
    pulse, oxygen = _pulse(days), _oxygen(days) - lower
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
