"""This is the place for the words of the event table."""

from typing import Final

from healthmon.events import Event, Json
from healthmon.events.plain_text import made_plain
from healthmon.view.words.alarms import title
from healthmon.view.words.numbers import called, figure, is_number, joined, kind_of, measured, signed

SPIKE: Final = "Heart rate spike"
GAP: Final = "Not everything arrived"
USUAL_AGAIN: Final = "as usual"
_REFUSALS: Final = {
    "not-utf8": "not UTF-8 text",
    "not-json": "not JSON",
    "wrong-type": "a field has the wrong type",
    "no-verb": "no verb",
    "bad-time": "no time we can read",
    "bad-number": "no number we can believe",
    "control-characters": "control characters",
    "too-large": "too large",
    "too-deep": "nested too deeply",
    "too-many": "too many events at once",
    "empty": "empty",
    "unknown-topic": "unknown topic",
    "not-allowed": "not allowed on this topic",
}
_DEVICE_SAYS: Final = {
    ("AVAILABILITY", "ONLINE"): "{} connected",
    ("AVAILABILITY", "OFFLINE"): "{} disconnected",
    ("WORN", True): "{} put on",
    ("WORN", False): "{} taken off",
}
_RECORDER_VERBS: Final = {"STARTS": "Recorder started", "STOPS": "Recorder stopped"}
_ON_ALARM: Final = {
    "ACKNOWLEDGES": "{} has seen: {}",
    "SNOOZES": "{} snoozed: {}",
    "TAKES": "{} takes care of: {}",
}
_WOKEN: Final = "{} ended the snooze: {}"
_CAME: Final = {"late": "came late", "import": "imported", "retained": "kept by the broker"}
_TOLD_ELSEWHERE: Final = frozenset({"value", "unit", "person", "delivery", "time"})


def sentence(event: Event) -> str:
    """Any event as it was said, without its context."""
    return made_plain(f"{event.subject} {event.verb} {event.object}")


def rest(event: Event) -> str:
    """What else the context says, in short."""
    said = [(key, measured(value)) for key, value in event.context.items() if key not in _TOLD_ELSEWHERE]
    told = [f"{made_plain(key.replace('_', ' '), longest=40)} {value}" for key, value in said if value]
    return made_plain(joined(*told[:6]))


def came(event: Event) -> str:
    """How it came, when not live."""
    return _CAME.get(event.delivery.value, "")


def leap(event: Event) -> str:
    """`+31 over 72`, and whether the comparison stands on few readings."""
    rise, baseline = event.context.get("rise"), event.context.get("baseline_value")
    told = signed(rise) if is_number(rise) else ""
    if told and is_number(baseline):
        told += f" over {figure(round(baseline))}"
    return joined(told, "few readings to compare with" if event.context.get("baseline") == "sparse" else "")


def rise(event: Event) -> str:
    """`+31 /min`: the label of a spike on the plot."""
    said = event.context.get("rise")
    return f"{signed(said)} /min" if is_number(said) else SPIKE


def gap(event: Event) -> str:
    """`watch-7, numbers 12 to 14`: what a device said and nobody has."""
    device = made_plain(event.object.id.rpartition(":")[0], longest=64)
    first, last = event.context.get("first"), event.context.get("last")
    if not (is_number(first) and is_number(last)):
        return device
    numbers = f"number {figure(first)}" if first == last else f"numbers {figure(first)} to {figure(last)}"
    return joined(device, numbers)


def dip(event: Event) -> str:
    """Low oxygen in readings that may not ring."""
    return f"{title(event.object.id)}, found afterwards"


def refused(reason: Json) -> str:
    """A message that became no event."""
    known = _REFUSALS.get(reason, made_plain(reason)) if isinstance(reason, str) else "no reason given"
    return f"Message refused: {known}"


def and_more(count: int) -> str:
    """Refusals of the same kind that are not listed one by one."""
    return f"and {figure(count)} more before it"


def coffee(event: Event) -> str:
    """`Kettle made coffee`."""
    return f"{kind_of(event.subject)} made coffee"


def device_said(event: Event) -> str:
    """A device came, went, was put on or taken off; empty for anything else it reports."""
    said = event.value.upper() if isinstance(event.value, str) else event.value
    if not isinstance(said, str | bool):
        return ""
    return _DEVICE_SAYS.get((event.object.type, said), "").format(kind_of(event.subject))


def recorder(event: Event) -> str:
    """The recorder started or stopped."""
    return _RECORDER_VERBS[event.verb]


def versions(event: Event) -> str:
    """Which versions of what started: `healthmon 0.1.0 · rules 1`."""
    said = event.context.get("versions")
    if isinstance(said, dict):
        return made_plain(joined(*(f"{key} {measured(value)}" for key, value in list(said.items())[:6])))
    return measured(said)


def assigned(carer: str, device: str, person: str) -> str:
    """A device belongs to somebody now, or, with no person, to nobody."""
    device = made_plain(device)
    if person:
        return f"{called(carer)} gave {device} to {person}"
    return f"{called(carer)} took {device} back"


def described(carer: str, person: str) -> str:
    """A carer said who somebody is."""
    return f"{called(carer)} described {person}"


def limit_set(carer: str, alarm_id: str) -> str:
    """A carer set somebody's own limit."""
    return f"{called(carer)} set the limit: {title(alarm_id)}"


def on_alarm(event: Event) -> str:
    """A carer did something about an alarm."""
    is_woken = event.verb == "SNOOZES" and event.amount == 0
    said = _WOKEN if is_woken else _ON_ALARM[event.verb]
    return said.format(called(event.subject.id), title(event.object.id))


def noted(carer: str, text: str) -> str:
    """A carer wrote something down."""
    return f"{called(carer)}: {made_plain(text)}"


def undelivered(act: str) -> str:
    """What a carer did here has not come back in time."""
    return f"{act}: not delivered yet, nobody else knows"


def cup(value: Json) -> str:
    """`500 ml`: the label of a coffee on the plot."""
    return measured(value, "mL") or "coffee"
