"""This is the place for durations and times as people type them."""

import re
from datetime import UTC, datetime, timedelta

from devices.errors import DeviceError, DeviceReason

_SECONDS = {"ms": 0.001, "s": 1, "min": 60, "m": 60, "h": 3600, "d": 86400}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|min|m|h|d)")


def duration(text: str) -> timedelta:
    """What `14d`, `30s`, `10 min` or `1.5h` means. Raises DeviceError with an example."""
    match = _DURATION.fullmatch(text.strip())
    if match is None or float(match[1]) == 0:
        raise DeviceError(DeviceReason.BAD_OPTION, f"{text!r} is no duration; write 30s, 10min, 2h or 14d")
    return timedelta(seconds=float(match[1]) * _SECONDS[match[2]])


def moment(text: str) -> datetime:
    """The moment that RFC 3339 text with a zone names. Raises DeviceError with an example."""
    try:
        made = datetime.fromisoformat(text)
    except ValueError as error:
        raise _no_time(text) from error
    if made.tzinfo is None:
        raise _no_time(text)
    return made.astimezone(UTC)


def _no_time(text: str) -> DeviceError:
    return DeviceError(
        DeviceReason.BAD_OPTION, f"{text!r} is no time with a zone; write 2026-11-22T04:00:00Z"
    )
