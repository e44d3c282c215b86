"""This is the place for moments as people type them: 2h, yesterday 22:00, 2026-11-22T04:00Z."""

import argparse
import re
from datetime import datetime, time, timedelta

from healthmon.cli.options import duration

HOW = "RFC 3339, or 2h (ago), 22:00, today, yesterday 22:00; without a zone it is this machine's"

_AGO = re.compile(r"\d+(\.\d+)?(s|min|m|h|d)")
_CLOCK = re.compile(r"(?:(today|yesterday)\b)?\s*(\d{1,2}:\d{2}(?::\d{2})?)?")


def moment_before(text: str, now: datetime) -> datetime:
    """The moment that is meant when it is `now`. Raises ArgumentTypeError with an example."""
    words = " ".join(text.split())
    if _AGO.fullmatch(words):
        return now - duration(words)
    found = _CLOCK.fullmatch(words)
    try:
        if found is not None and words:
            return _on_day(found[1] or "today", found[2] or "00:00", now)
        told = datetime.fromisoformat(words)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no time; write 2026-11-22T04:00Z, 2h or yesterday 22:00"
        ) from error
    return told if told.tzinfo is not None else told.astimezone()


def _on_day(day: str, clock: str, now: datetime) -> datetime:
    here = now.astimezone().date() - timedelta(days=day == "yesterday")
    return datetime.combine(here, time.fromisoformat(clock.zfill(5))).astimezone()
