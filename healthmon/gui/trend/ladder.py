"""This is the place for where ticks stand on the axes: round numbers, far enough apart to read."""

import math
from datetime import UTC, datetime, tzinfo

MINUTE = 60.0
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_TIME_STEPS = (
    *(1.0, 2.0, 5.0, 10.0, 15.0, 30.0),
    *(step * MINUTE for step in (1, 2, 5, 10, 15, 30)),
    *(step * HOUR for step in (1, 2, 3, 6, 12)),
    *(step * DAY for step in (1, 2, 7, 14, 28)),
)
_VALUE_STEPS = (1.0, 2.0, 4.0, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0)


def time_step(seconds: float, pixels: float, apart: float = 90.0) -> float:
    """The step in seconds that puts labels at least `apart` pixels from one another."""
    wanted = seconds * apart / max(pixels, 1.0)
    return next((step for step in _TIME_STEPS if step >= wanted), _TIME_STEPS[-1])


def time_ticks(start: float, end: float, step: float, ahead: float) -> list[float]:
    """Moments on round wall-clock times; `ahead` is the zone's offset in seconds."""
    first = math.ceil((start + ahead) / step) * step - ahead
    return [first + place * step for place in range(max(0, math.floor((end - first) / step) + 1))]


def time_label(moment: float, step: float, zone: tzinfo | None) -> str:
    """`14:05`; `14:05:30` where steps are short; `Nov 22` at midnight or where they are days."""
    there = datetime.fromtimestamp(moment, UTC).astimezone(zone)
    if step >= DAY or (step >= HOUR and there.hour == there.minute == 0):
        return f"{there:%b} {there.day}"
    return f"{there:%H:%M:%S}" if step < MINUTE else f"{there:%H:%M}"


def value_step(reach: float, pixels: float) -> float:
    """The step that makes about eight labels in a tall plot, and never crowds a low one."""
    apart = max(22.0, pixels / 8)
    wanted = reach * apart / max(pixels, 1.0)
    return next((step for step in _VALUE_STEPS if step >= wanted), _VALUE_STEPS[-1])


def value_ticks(bottom: float, top: float, step: float) -> list[float]:
    """Round values from `bottom` to `top`."""
    first = math.ceil(bottom / step)
    return [place * step for place in range(first, math.floor(top / step) + 1)]
