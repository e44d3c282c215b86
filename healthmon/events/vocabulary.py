"""This is the place for the words: which verbs we know, who may say them, and what our units are called.

Unknown verbs are stored and shown; no rule of ours acts on them. The topic decides authority: a device
may say only what devices say, a carer only what carers do, and nobody on the wire speaks for the monitor.
"""

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from healthmon.events.event import Context, Json, Thing


class Speaker(StrEnum):
    """Who is entitled to a verb."""

    DEVICE = "device"
    MONITOR = "monitor"
    PERSON = "person"


DEVICE_VERBS = frozenset({"MEASURES", "PERCOLATES", "SWITCHES", "DETECTS", "REPORTS"})
MONITOR_VERBS = frozenset(
    {"FLAGS", "RAISES", "CLEARS", "ESCALATES", "EXPECTS", "ADVISES", "REJECTS"}
    | {"STARTS", "STOPS", "ACTIVATES", "NOTIFIES", "PAIRS", "REVOKES", "ERASES", "TESTS"}
)
PERSON_VERBS = frozenset(
    {
        "ACKNOWLEDGES",
        "TAKES",
        "SNOOZES",
        "PAUSES",
        "RATES",
        "ASSIGNS",
        "SETS",
        "NOTES",
        "UNDOES",
        "HANDS_OVER",
    }
)
# Either may say these: the recorder tests a contact once a week, a carer whenever they like.
SHARED_VERBS = frozenset({"TESTS"})

HR = "HR"
SPO2 = "SPO2"
COFFEE = "COFFEE"

# UCUM. What a bare number means when a device names no unit.
USUAL_UNITS = {
    HR: "/min",
    SPO2: "%",
    COFFEE: "mL",
    "RR": "/min",
    "POWER": "W",
    "STEPS": "/min",
    "BATTERY": "%",
}

# What sensors send when they feel nothing (DIALECTS: InfiniTime #1881, polar #197, O2Ring 255 and 65535).
NO_SIGNAL = {HR: frozenset({0, 255, 65535}), SPO2: frozenset({0, 127, 255, 65535})}

_NUMBERS = frozenset({int, float})  # true and false are none

# Other spellings of the same quantity, folded to upper case first. The original is kept in the context.
_SPELLINGS = {
    "SPO₂": SPO2,
    "O2SAT": SPO2,
    "OXYGEN_SATURATION": SPO2,
    "HEART_RATE": HR,
    "HEARTRATE": HR,
    "BPM": HR,
    "PULSE": HR,
}


def speaker_of(verb: str) -> Speaker | None:
    """Who may say this verb; None for a verb we do not know."""
    if verb in DEVICE_VERBS:
        return Speaker.DEVICE
    if verb in PERSON_VERBS:
        return Speaker.PERSON
    return Speaker.MONITOR if verb in MONITOR_VERBS else None


def may_say(speaker: Speaker, verb: str) -> bool:
    """Whether they may say it on their topic. A verb nobody knows is anybody's."""
    owner = speaker_of(verb)
    return owner is None or owner is speaker or (speaker is Speaker.PERSON and verb in SHARED_VERBS)


def usual_name(word: str) -> str:
    """The one name we use for a type of thing: `spO2` is SPO2, `Heart_Rate` is HR."""
    upper = word.upper()
    return _SPELLINGS.get(upper, upper)


def as_we_say(sent: Thing | str, context: Context) -> tuple[Thing, dict[str, Json]]:
    """The object under its usual name, and a context that says what was sent, its unit and its quality."""
    usual = _usual(sent)
    told = dict(context)
    value = told.get("value")
    if usual.sent:
        told["object_as_sent"] = usual.sent
    if type(value) in _NUMBERS:
        if usual.unit:
            told.setdefault("unit", usual.unit)
        if value in usual.no_signal:
            told["quality"] = "no-signal"
    return usual.thing, told


class _Usual(NamedTuple):
    thing: Thing
    sent: str  # its type as it was sent, if that is another
    unit: str
    no_signal: frozenset[int]


@lru_cache(maxsize=1_000)
def _usual(sent: Thing | str) -> _Usual:
    thing = sent if isinstance(sent, Thing) else Thing(sent)
    name = usual_name(thing.type)
    return _Usual(
        Thing(name, thing.id),
        "" if name == thing.type else thing.type,
        USUAL_UNITS.get(name, ""),
        NO_SIGNAL.get(name, frozenset()),
    )
