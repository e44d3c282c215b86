"""This is the place for the words of the advice card that are not in the catalogue.

Never a diagnosis, never "healthy" or "safe": only how usual the readings are for this person.
"""

from typing import Final

from healthmon.events import Event, Json
from healthmon.events.plain_text import made_plain
from healthmon.view.screen import Band
from healthmon.view.words.numbers import figure, is_number, signed

TITLE: Final = "Readings today"
NOT_ENOUGH: Final = "Not enough data"
OUTRANKED: Final = "An alarm holds: see to it first. The readings are not judged meanwhile."
_HEADLINES: Final = {
    Band.USUAL: "Usual for {}",
    Band.WORTH_A_LOOK: "Worth a look",
    Band.OUT_OF_USUAL: "Out of what is usual for {}",
}
_TEXTS: Final = {
    Band.USUAL: "As they usually are at this hour. If someone looks unwell, act on what you see.",
    Band.WORTH_A_LOOK: "They differ from what is usual. Ask how they feel, and look again in a while.",
    Band.OUT_OF_USUAL: "They are far from what is usual. Go and see how they are.",
}
_FEATURES: Final = {
    "hr_excess": "Heart rate",
    "hr_deficit": "Heart rate",
    "rhr_rise": "Night heart rate",
    "sp_drop": "Oxygen",
    "odi3_60": "Oxygen dips in the last hour",
    "pulse_level": "Heart rate",
    "oxygen_level": "Oxygen",
}
_WHY: Final = {
    "model-refused": "The model file was refused; the rules and alarms work without it.",
    "not-worn": "The watch is not worn.",
    "few-nights": "What is usual is learned over nights, and there are too few yet.",
    "no-heart-rate": "There is no recent heart rate.",
    "no-oxygen": "There are no recent oxygen readings.",
    "after-gap": "Readings have only just come back after a gap.",
    "few-heart-rates": "Too few heart rates came in the last five minutes.",
    "few-oxygen": "Too few oxygen readings came in the last five minutes.",
    "few-days": "What is usual at this hour is not known yet.",
    "unlike-training": "These readings are unlike anything the model was trained on.",
    "gone-quiet": "No readings have come for a while.",
}
NO_ADVICE_YET: Final = "Advice needs readings of this person. None has been given yet."


def band_of(said: Json) -> Band | None:
    """The band a context names, however its words are joined."""
    usual = said.lower().replace("_", " ").replace("-", " ") if isinstance(said, str) else ""
    return Band(usual) if usual in set(Band) else None


def headline(band: Band | None, name: str) -> str:
    """What the card says large."""
    return NOT_ENOUGH if band is None else _HEADLINES[band].format(name)


def row(band: Band | None) -> str:
    """What the event table says of it."""
    return f"Readings: {NOT_ENOUGH.lower() if band is None else band.value}"


def text(band: Band) -> str:
    """What to do, for a score of this band, when the catalogue has nothing to say."""
    return _TEXTS[band]


def why_not(reason: Json, expected: str) -> str:
    """Why there is no score, and when to expect one."""
    known = (
        _WHY.get(reason, "The readings do not allow an answer.") if isinstance(reason, str) else NO_ADVICE_YET
    )
    return f"{known} Expected {expected}." if expected else known


def expected(told: str) -> str:
    """`from 22:40 on`: when an answer may be expected."""
    return f"from {told} on"


def reasons(event: Event) -> tuple[str, ...]:
    """The two strongest reasons: `Heart rate 92, usually 78 (−11)`."""
    said = event.context.get("reasons")
    found = [_reason(one) for one in said[:2]] if isinstance(said, list) else []
    return tuple(one for one in found if one)


def _reason(said: Json) -> str:
    if not isinstance(said, dict) or not isinstance(feature := said.get("feature"), str):
        return ""
    text = _FEATURES.get(feature, made_plain(feature.replace("_", " ").capitalize(), longest=60))
    observed, usual, points = said.get("observed"), said.get("usual"), said.get("points")
    if is_number(observed):
        text += f" {figure(round(observed, 1))}"
    if is_number(usual):
        text += f", usually {figure(round(usual, 1))}"
    return f"{text} ({signed(points)})" if is_number(points) else text
