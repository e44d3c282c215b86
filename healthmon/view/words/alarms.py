"""This is the place for what alarms are called and how their numbers are told."""

from datetime import timedelta
from math import ceil
from typing import Final

from healthmon.events import Event
from healthmon.events.plain_text import made_plain
from healthmon.events.vocabulary import HR, SPO2
from healthmon.view.words.numbers import figure, is_number, joined, lasting, measured

_QUANTITIES: Final = {HR: "Heart rate", SPO2: "Oxygen"}
_TITLES: Final = {
    "SPO2_CRIT": "Oxygen very low",
    "SPO2_LOW": "Oxygen low",
    "SPO2_WATCH": "Oxygen a little low",
    "SPO2_DROP": "Oxygen below what is usual",
    "HR_HIGH_CRIT": "Heart rate very high",
    "HR_HIGH": "Heart rate high",
    "HR_LOW_CRIT": "Heart rate very low",
    "HR_LOW": "Heart rate low",
    "HR_UNUSUAL": "Heart rate unusual for this hour",
    "RHR_RISE": "Night heart rate above what is usual",
    "NOT_WORN": "Watch not worn",
    "STALE_HR": "No heart rate",
    "STALE_SPO2": "No oxygen readings",
    "FEED_DOWN": "Device silent",
    "RAPID_DESAT": "Oxygen falling fast",
    "HR_SPIKE": "Heart rate leapt and stays there",
    "DEVICE_SILENT": "Device silent",
    "BATTERY": "Battery low",
    "FROZEN": "Heart rate does not move",
    "SOUND_OFF": "No alarm can be heard",
    "MISSED_ROUTINE": "The morning kettle has not boiled",
    "CLOCK": "The clock of this computer was set back",
    "LOG_NOT_WRITABLE": "The log cannot be written",
    "BROKER": "The broker does not answer",
    "RESTARTS": "The recorder starts again and again",
    "NOT_RECORDING": "Nothing is being recorded",
    "CONTACTS": "Not everybody can be called",
    "OUTSIDE": "Nobody outside would notice if this computer went off",
}
_LOST: Final = {
    "taken-off": "device taken off",
    "offline": "device offline",
    "no-pulse": "no pulse felt",
    "silent": "device silent",
    "not-recorded": "nothing was recorded",
    "no-nights": "no nights measured",
    "few-days": "what is usual is not known",
}
# Of a device, after its name; its number, if it has one, follows.
_OF_DEVICE: Final = {
    "BATTERY": "battery low",
    "CLOCK": "its clock is wrong",
    "DEVICE_SILENT": "says nothing",
    "FROZEN": "its heart rate does not move",
    "NOT_WORN": "is not worn",
    "STALE_HR": "measures no heart rate",
    "STALE_SPO2": "measures no oxygen",
}
# Of the monitor itself: what it means for whoever relies on it.
_MEANS: Final = {
    ("LOG_NOT_WRITABLE", "reserve"): "the reserve is in use",
    ("LOG_NOT_WRITABLE", "overflow"): "recording goes to memory",
    ("LOG_NOT_WRITABLE", "not-recorded"): "NOTHING IS KEPT",
    ("BROKER", "away"): "no readings arrive",
    ("RESTARTS", "often"): "between two starts nobody watches",
    ("SOUND_OFF", "no-device"): "this computer has no loudspeaker",
    ("SOUND_OFF", "failed"): "the loudspeaker failed",
    ("CONTACTS", "some"): "who is written wrongly in contacts.toml is left out",
    ("CONTACTS", "nobody"): "contacts.toml names nobody any more",
    ("CONTACTS", "unusable"): "contacts.toml cannot be used; who was known before is called",
    ("OUTSIDE", "unreached"): "the watchdog does not answer",
    ("OUTSIDE", "unusable"): "its address cannot be used",
    ("CLOCK", "behind"): "times shown run ahead of it until it has caught up",
}
_CAUSES: Final = {
    "disk-full": "the disk is full",
    "read-only": "the disk is read-only",
    "not-permitted": "not permitted",
    "io-error": "the disk failed",
    "overflow-full": "neither the disk nor memory takes more",
    "hangs": "the disk did not answer",
    "not-private": "others can read the file",
    "bad-file": "the file is not as it should be",
    "bad-name": "a name that cannot be one",
    "bad-address": "an address that is none",
}
_LONGEST_S: Final = 1e10  # no device is wrong by more, and no text need say so
_ABOUT: Final = {"HR": HR, "RHR": HR, "SPO2": SPO2, "RAPID": SPO2}
_UNUSUAL: Final = "HR_UNUSUAL"
_OF_NIGHTS: Final = frozenset({"RHR_RISE"})


def quantity_of(alarm_id: str) -> str | None:
    """Which quantity of a body an alarm is about, as it is now; None for a machine, or for whole nights."""
    return None if alarm_id in _OF_NIGHTS else _ABOUT.get(alarm_id.partition("_")[0])


def title(alarm_id: str) -> str:
    """What an alarm is called, without its numbers."""
    return _TITLES.get(alarm_id) or made_plain(alarm_id.replace("_", " ").capitalize()) or "Alarm"


def told(event: Event) -> str:
    """`Oxygen 86 %, at or below 88 for 30 s`: an alarm with its numbers."""
    quantity = quantity_of(event.object.id)
    if event.context.get("technical") is True:
        return technical(event)
    if event.object.id in _OF_NIGHTS and event.amount is not None:
        return joined(f"Night heart rate {value(event)}", nightly(event))
    if quantity is None or event.amount is None:
        usual = event.context.get("usual")
        usually = f", usually by {made_plain(usual, longest=5)}" if isinstance(usual, str) else ""
        return title(event.object.id) + usually
    unusual = " unusual:" if event.object.id == _UNUSUAL else ""
    text = f"{_QUANTITIES[quantity]}{unusual} {measured(event.amount, event.unit, quantity)}"
    beside = against(event)
    return f"{text}, {beside}" if beside else text


def against(event: Event) -> str:
    """`at or below 88 for 30 s`: what the number of a body stands against. Empty for anything else."""
    quantity = None if event.context.get("technical") is True else quantity_of(event.object.id)
    return "" if quantity is None or event.amount is None else _before(event, quantity) or beyond(event)


def technical(event: Event) -> str:
    """`The log cannot be written (the disk is full): recording goes to memory`: a machine, not a body."""
    device = event.context.get("device")
    if isinstance(device, str) and device:
        return _of_device(event, made_plain(device, longest=60))
    value, reason = event.value, event.context.get("reason")
    means = _MEANS.get((event.object.id, value)) if isinstance(value, str) else None
    said = cause(reason)
    if (event.object.id, value) == ("LOG_NOT_WRITABLE", "reserve"):
        return f"The disk is nearly full: {means}"
    name = f"{title(event.object.id)} ({said})" if said else title(event.object.id)
    return f"{name}: {means}" if means else name


def cause(reason: object) -> str:
    """Why something could not be done; empty for a word nobody here knows."""
    return _CAUSES.get(reason, "") if isinstance(reason, str) else ""


def _of_device(event: Event, device: str) -> str:
    """`watch-7: battery low, 12 %`; `watch-7: its clock is 10 min slow`."""
    slow_by = event.amount if event.object.id == "CLOCK" else None
    if slow_by is not None and abs(slow_by) < _LONGEST_S:
        way = "slow" if slow_by > 0 else "fast"
        return f"{device}: its clock is {lasting(timedelta(seconds=abs(slow_by)))} {way}"
    name = _OF_DEVICE.get(event.object.id) or title(event.object.id).lower()
    if event.context.get("reason") == "doubted":
        return f"{device}: {name}, it doubts what it reads"
    return f"{device}: {name}" + (
        f", {measured(event.amount, event.unit)}" if event.amount is not None else ""
    )


def terms(event: Event) -> str:
    """What a carer set of an alarm: `90 % · 45 s`, or that it is off."""
    if event.context.get("off") is True:
        return "off"
    delay = event.context.get("delay_s")
    after = lasting(timedelta(seconds=delay)) if is_number(delay) and 0 < delay < 1e6 else ""
    return joined(value(event), after)


def _before(event: Event, quantity: str) -> str:
    """`was 96 % a minute before`: where what matters is how far it fell. Empty for any other alarm."""
    reference = event.context.get("reference")
    if not is_number(reference) or event.context.get("floor") is True or event.object.id == _UNUSUAL:
        return ""
    level = measured(round(reference), event.unit, quantity)
    return f"was {level} the minute before" if event.object.id == "RAPID_DESAT" else f"usually {level}"


def beyond(event: Event) -> str:
    """`at or below 88 for 30 s`: which limit a number passed, and for how long."""
    if event.object.id == _UNUSUAL:
        return at_this_hour(event)
    limit, delay = event.context.get("limit"), event.context.get("delay_s")
    if not is_number(limit) or event.amount is None:
        return ""
    text = f"at or {'below' if event.amount <= limit else 'above'} {figure(limit)}"
    return f"{text} for {lasting(timedelta(seconds=delay))}" if is_number(delay) and 0 < delay < 1e6 else text


def coming(left: timedelta) -> str:
    """The delay of an alarm is running."""
    return f"alarm in {lasting(timedelta(seconds=ceil(left.total_seconds())))}"


def unknown(quantity: str, last: float, when: str) -> str:
    """`Oxygen unknown since 14:02, last 87 %`: the signal went while the alarm rang."""
    return f"{_QUANTITIES[quantity]} unknown {since(quantity, last, when)}"


def since(quantity: str, last: float, when: str) -> str:
    """`since 14:02, last 87 %`: when the signal went, and what it was then."""
    unit = "%" if quantity == SPO2 else None
    return f"since {when}, last {measured(round(last), unit, quantity)}"


def value(event: Event) -> str:
    """The number an alarm is about, with its unit."""
    return measured(event.amount, event.unit, _ABOUT.get(event.object.id.partition("_")[0], ""))


def nightly(event: Event) -> str:
    """`usually 58 bpm`: what a night stands beside."""
    usual = event.context.get("reference")
    return f"usually {measured(round(usual), event.unit, HR)}" if is_number(usual) else ""


def at_this_hour(event: Event) -> str:
    """`usually up to 84 at this hour`: what a heart at rest stands beside. It names no cause."""
    limit = event.context.get("limit")
    return f"usually up to {figure(round(limit))} at this hour" if is_number(limit) else ""


def over(alarm_id: str) -> str:
    """It does not hold any more."""
    return f"{title(alarm_id)}: over"


def signal(event: Event) -> str:
    """The signal of an alarm that rings went, and why, or came back."""
    name = title(event.object.id)
    if event.context.get("state") != "unknown":
        return f"{name}: signal back"
    why = event.context.get("why")
    cause = _LOST.get(why, "") if isinstance(why, str) else ""
    return f"{name}: signal lost, {cause}" if cause else f"{name}: signal lost"


def unanswered(alarm_id: str) -> str:
    """Nobody has seen to it; the next person is asked."""
    return f"{title(alarm_id)}: nobody has answered"
