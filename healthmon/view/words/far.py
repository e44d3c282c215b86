"""This is the place for the first words of an alarm: what it is, short enough for a wall, and what to do.

What to do is about people and machines, never about treatment: who is there acts on what they see.
"""

from typing import Final

from healthmon.events import Event
from healthmon.events.vocabulary import HR, SPO2
from healthmon.view.words.alarms import quantity_of, title
from healthmon.view.words.numbers import counted, figure, joined
from healthmon.view.words.recorder import ASK

PROTECTED: Final = "You are protected"
NOT_PROTECTED: Final = "Not fully protected"
_QUANTITIES: Final = {HR: "Heart rate", SPO2: "Oxygen"}
_SHORT: Final = {
    "BROKER": "No readings arrive",
    "LOG_NOT_WRITABLE": "Disk trouble",
    "RESTARTS": "Recorder keeps failing",
    "SOUND_OFF": "No alarm is heard",
    "CLOCK": "Clock is wrong",
    "MISSED_ROUTINE": "No morning kettle",
    "FROZEN": "Heart rate stands still",
}
_GO_NOW: Final = "Go and look now, and act on what you see"
_LOOK: Final = "Look in soon"
_TASKS: Final = {
    "BATTERY": "Charge it",
    "BROKER": f"Look in yourself until readings come again; if this stays, {ASK}",
    "CLOCK": "Set its clock, or start it anew",
    "CONTACTS": f"Not everybody is called: {ASK}",
    "DEVICE_SILENT": "See whether it is charged, worn and near",
    "FEED_DOWN": "See whether it is charged, worn and near",
    "FROZEN": "Take it off and put it on again",
    "LOG_NOT_WRITABLE": "Make room on the disk",
    "MISSED_ROUTINE": "Look in, or ring them up",
    "NOT_RECORDING": "Look in yourself until it records again",
    "NOT_WORN": "Put it on again, or look in yourself",
    "RESTARTS": f"Look in yourself until it stays, and {ASK}",
    "SOUND_OFF": "Switch a loudspeaker on; until then keep an eye on this screen",
    "STALE_HR": "See how it sits on the skin",
    "STALE_SPO2": "See how it sits on the skin",
}


def headline(event: Event, now: float | None = None) -> str:
    """`Oxygen 85 %`, `Battery low`: an alarm in as few words as it has. The unit of a heart rate goes.

    The number is that of `now`, which is what somebody who looks up wants to know; else the one that rang.
    """
    quantity = _measured(event)
    if quantity is None:
        return _SHORT.get(event.object.id) or title(event.object.id)
    return f"{_QUANTITIES[quantity]} {_number(event, now)}"


def over(event: Event) -> str:
    """`Oxygen was 87 %`: an alarm that is over, and that nobody has seen."""
    quantity = _measured(event)
    return headline(event) if quantity is None else f"{_QUANTITIES[quantity]} was {_number(event)}"


def rang_at(event: Event, now: float | None) -> str:
    """`rang at 87 %`, where something else is measured now."""
    differs = _measured(event) is not None and _number(event, now) != _number(event)
    return f"rang at {_number(event)}" if differs else ""


def _measured(event: Event) -> str | None:
    """The quantity whose number an alarm tells; None for alarms of anything else."""
    alarm = event.object.id
    is_of_body = event.context.get("technical") is not True and alarm.startswith(("HR", "SPO2", "RAPID"))
    return quantity_of(alarm) if is_of_body and event.amount is not None else None


def _number(event: Event, now: float | None = None) -> str:
    amount = event.amount if now is None else now
    return figure(round(amount or 0.0)) + (" %" if _measured(event) == SPO2 else "")


def unknown(quantity: str) -> str:
    """The signal went while the alarm rang."""
    return f"{_QUANTITIES[quantity]} unknown"


def going(by: str) -> str:
    """Somebody is on their way."""
    return f"{by or 'Somebody'} is going"


def seen(by: str) -> str:
    """Somebody has seen it."""
    return f"seen by {by}" if by else "seen"


def task(alarm_id: str, *, is_urgent: bool) -> str:
    """What to do about an alarm that rings."""
    return _TASKS.get(alarm_id) or (_GO_NOW if is_urgent else _LOOK)


LOST: Final = "Go and look: nothing is measured. Then see to the sensor"
UNRECORDED: Final = "Go and look: nothing is recorded"


def rings_again(when: str) -> str:
    """It is snoozed."""
    return f"Sounds again at {when} if it lasts"


OVER: Final = "Press Acknowledge once you have looked in"


def stands_on(people: int, devices: int, on_duty: str, quiet: str) -> tuple[str, ...]:
    """What protection stands on, a line each."""
    watched = joined(counted(people, "person", "people"), counted(devices, "device"))
    lines = (watched, joined("sound works", f"{on_duty} on duty"), quiet)
    return tuple(line for line in lines if line)
