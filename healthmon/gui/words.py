"""This is the place for times in words: how long ago, at what o'clock, and a reading aloud of a number."""

from datetime import UTC, datetime, timedelta, tzinfo

from healthmon.view.screen import Freshness, Numeral, Priority, Side

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

STARS = {Priority.HIGH: "★★★", Priority.MEDIUM: "★★", Priority.LOW: "★"}
BEYOND = {Side.HIGH: "HIGH", Side.LOW: "LOW"}
FRESHNESS = {
    Freshness.LIVE: "live",
    Freshness.STALE: "stale",
    Freshness.NO_SIGNAL: "no signal",
    Freshness.NEVER: "nothing measured yet",
}


def local(moment: datetime, zone: tzinfo | None) -> datetime:
    """The moment on the wall clock of `zone`, or of this machine when None."""
    return moment.astimezone(zone)


def moment(seconds: float) -> datetime:
    """The moment that many seconds after the epoch."""
    return datetime.fromtimestamp(seconds, UTC)


def offset_seconds(moment: datetime, zone: tzinfo | None) -> float:
    """How far the wall clock is ahead of UTC at that moment, in seconds."""
    ahead = moment.astimezone(UTC).astimezone(zone).utcoffset()
    return ahead.total_seconds() if ahead else 0.0


def clock(moment: datetime, zone: tzinfo | None, now: datetime | None = None) -> str:
    """`14:05:20`, with the day before it when that is not today's."""
    there = local(moment, zone)
    if now is not None and local(now, zone).date() != there.date():
        return f"{there:%b} {there.day} {there:%H:%M}"
    return f"{there:%H:%M:%S}"


def short_clock(moment: datetime, zone: tzinfo | None, now: datetime) -> str:
    """`14:05`, with the day before it when that is not today's."""
    there = local(moment, zone)
    if local(now, zone).date() != there.date():
        return f"{there:%b} {there.day} {there:%H:%M}"
    return f"{there:%H:%M}"


def ago(age: timedelta) -> str:
    """`4 s ago`, `12 min ago`, `3 h ago`, `2 days ago`; never negative."""
    return f"{length(max(age, timedelta()))} ago"


def length(span: timedelta) -> str:
    """`4 s`, `12 min`, `3 h`, `2 days`: one figure, rounded down."""
    if span < MINUTE:
        return f"{int(span.total_seconds())} s"
    if span < HOUR:
        return f"{span // MINUTE} min"
    if span < 2 * DAY:
        return f"{span // HOUR} h"
    return f"{span // DAY} days"


def limit(value: float) -> str:
    """A limit as people write it: `88`, `37.5`."""
    return f"{value:g}"


def change(amount: float) -> str:
    """`+44`, `−3`, `±0`, with a real minus sign."""
    whole = round(amount)
    if whole == 0:
        return "±0"
    return f"+{whole}" if whole > 0 else f"−{-whole}"


def age_of(numeral: Numeral) -> str:
    """`live · 1 s ago`, `stale · 4 min ago`, `no signal · last 3 min ago`."""
    state = FRESHNESS[numeral.freshness]
    if numeral.age is None:
        return state
    last = "last " if numeral.freshness is Freshness.NO_SIGNAL else ""
    return f"{state} · {last}{ago(numeral.age)}"


def aloud(numeral: Numeral) -> str:
    """A number as a screen reader should say it, in one sentence."""
    if numeral.freshness is Freshness.NEVER:
        return f"{numeral.title}: nothing measured yet"
    parts = [f"{numeral.title} {numeral.text} {numeral.unit}".replace("--", "unknown")]
    if numeral.beyond is not None:
        parts.append(BEYOND[numeral.beyond].lower())
    if numeral.freshness is not Freshness.LIVE:
        parts.append(age_of(numeral))
    if numeral.note:
        parts.append(numeral.note)
    return ", ".join(parts)
