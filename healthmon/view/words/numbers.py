"""This is the place for numbers, units, lengths of time and names as people say them."""

from datetime import timedelta
from typing import Final, TypeGuard

from healthmon.events import Json, Thing
from healthmon.events.plain_text import made_plain
from healthmon.events.vocabulary import HR

_UNITS: Final = {"mL": "ml", "Cel": "°C", "kW.h": "kWh"}


def whole(value: float) -> str:
    """A whole number as people read it."""
    return f"{value:.0f}"


def figure(value: float) -> str:
    """A number with as many digits as it needs, at most two after the point, thousands parted."""
    text = f"{value:,.2f}" if abs(value) < 1e15 else f"{value:.3g}"
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def signed(value: float) -> str:
    """A difference: `+22`, `−4`, `±0`."""
    rounded = round(value)
    if rounded == 0:
        return "±0"
    return f"+{rounded}" if rounded > 0 else f"−{-rounded}"


def unit(code: str | None, quantity: str = "") -> str:
    """A UCUM unit as people say it."""
    if quantity == HR and code in {"/min", None}:
        return "bpm"
    return _UNITS.get(code or "", made_plain(code or "", longest=20))


def measured(value: Json, code: str | None = None, quantity: str = "") -> str:
    """A value with its unit: `86 %`, `98 bpm`, `500 ml`, `yes`. Empty for what is no single value."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return made_plain(value)
    if not is_number(value):
        return ""
    return f"{figure(value)} {unit(code, quantity)}".rstrip()


def lasting(span: timedelta) -> str:
    """How long: `30 s`, `3 min`, `2 h 5 min`, `3 days`."""
    seconds = round(span.total_seconds())
    if seconds < 120:
        return f"{seconds} s"
    minutes = round(seconds / 60)
    if minutes < 120:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    return f"{hours // 24} days"


def called(name: str) -> str:
    """How somebody is called of whom only the id is known: the id, as a name."""
    plain = made_plain(name)
    return plain.capitalize() if plain.isalpha() and plain.islower() else plain


def device(thing: Thing) -> str:
    """How a device is called: its id, or what it is when it has none."""
    return made_plain(thing.id, longest=60) or kind_of(thing)


def kind_of(thing: Thing) -> str:
    """What a device is, in a word: `Watch`."""
    return made_plain(thing.type.replace("_", " ").capitalize()) or "Device"


def joined(*parts: str) -> str:
    """What there is to say, side by side."""
    return " · ".join(part for part in parts if part)


def said(*sentences: str) -> str:
    """Sentences, one after the other."""
    return " ".join(sentence for sentence in sentences if sentence)


def counted(count: int, one: str, many: str = "") -> str:
    """`1 device`, `6 devices`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def is_number(value: Json) -> TypeGuard[int | float]:
    """Whether a value is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)
