"""This is the place for the words about advice: from the catalogue, and a few that stand without it.

Never a diagnosis, never "healthy" or "safe": only how usual the readings are for this person.
"""

from collections.abc import Mapping
from typing import Final

from healthmon.advice.catalogue import Catalogue, Words
from healthmon.advice.nights import NEEDED
from healthmon.events import Event, Json
from healthmon.events.plain_text import made_plain
from healthmon.events.vocabulary import HR
from healthmon.view.screen import Band
from healthmon.view.words.numbers import figure, is_number, measured, said, signed

TITLE: Final = "Readings today"
NOT_ENOUGH: Final = "Not enough data"
NO_ADVICE_YET: Final = "Advice needs readings of this person. None has been given yet."
GONE_QUIET: Final = "No readings have come for a while."
NO_ANSWER: Final = "The readings do not allow an answer."
STEP_BACK_HEADLINE: Final = "The alarm comes first"
STEP_BACK: Final = "While this alarm is active, go by the alarm and not by a score."
BADGE: Final = "Trained on simulated people. Not reviewed by a clinician."
_HEADLINES: Final = {
    Band.USUAL: "Usual for {}",
    Band.WORTH_A_LOOK: "Worth a look",
    Band.OUT_OF_USUAL: "Out of usual",
}
_FEATURES: Final = {
    "hr_excess": "Heart rate",
    "hr_deficit": "Heart rate",
    "rhr_rise": "Night heart rate",
    "sp_drop": "Oxygen",
    "odi3_60": "Oxygen dips in the last hour",
    "pulse_level": "Pulse",
    "oxygen_level": "Oxygen",
}
# ADVICE 4.4: a contribution of less than 3 points is no reason by itself.
_WORTH_NAMING: Final = 3.0


def band_of(told: Json) -> Band | None:
    """The band a context names, however its words are joined."""
    usual = told.lower().replace("_", " ").replace("-", " ") if isinstance(told, str) else ""
    return Band(usual) if usual in set(Band) else None


def headline(event: Event, band: Band | None, name: str, catalogue: Catalogue | None) -> str:
    """What the card says large."""
    found = _words(event, catalogue)
    if found is not None and found.headline:
        return _filled(found.headline, {"name": name})
    return NOT_ENOUGH if band is None else _HEADLINES[band].format(name)


def text(event: Event, name: str, catalogue: Catalogue | None) -> str:
    """What it means and what to do, from the catalogue; with the caution that oxygen asks for."""
    found = _words(event, catalogue)
    if found is None or catalogue is None:
        return ""
    caution = catalogue.oxygen_note if "oxygen" in found.id else ""
    return said(_filled(found.text, {"name": name}), _filled(found.action, {"name": name}), caution)


def why_not(event: Event, name: str, expected: str, catalogue: Catalogue | None) -> str:
    """Why there is no score, and when to expect one; `expected` is that time in words, or empty."""
    why = event.context.get("why")
    known = catalogue.missing.get(why) if catalogue is not None and isinstance(why, str) else None
    nights = measured(event.context.get("nights")) or "0"
    blanks = {"name": name, "nights": nights, "needed": str(NEEDED), "expected": expected}
    told = _filled(known.text, blanks) if known is not None else NO_ANSWER
    return said(told, f"An answer may be expected from {expected} on." if expected else "")


def badge(catalogue: Catalogue | None) -> str:
    """What the reader has to know of any score."""
    return BADGE if catalogue is None else said(catalogue.simulated, catalogue.unreviewed)


def row(band: Band | None) -> str:
    """What the event table says of it."""
    return f"Readings: {NOT_ENOUGH.lower() if band is None else band.value}"


def reasons(event: Event, catalogue: Catalogue | None = None) -> tuple[str, ...]:
    """The two strongest reasons: `Heart rate 92 bpm, 14 bpm above usual for this hour and activity (−11)`."""
    told = event.context.get("reasons")
    found = (
        [_reason(one, catalogue) for one in told[:2] if isinstance(one, dict)]
        if isinstance(told, list)
        else []
    )
    return tuple(one for one in found if one)


def _reason(told: Mapping[str, Json], catalogue: Catalogue | None) -> str:
    feature, points = told.get("feature"), told.get("points")
    if not isinstance(feature, str):
        return ""
    text = _from_catalogue(feature, told, catalogue) or _plainly(feature, told)
    return f"{text} ({signed(points)})" if is_number(points) else text


def _from_catalogue(feature: str, told: Mapping[str, Json], catalogue: Catalogue | None) -> str:
    words = catalogue.reasons.get(feature) if catalogue is not None else None
    observed, usual, points = told.get("observed"), told.get("usual"), told.get("points")
    if words is None or not is_number(observed) or not is_number(usual) or not is_number(points):
        return ""
    quantity = HR if words.unit == "/min" else ""
    numbers = {"observed": observed, "usual": usual, "difference": abs(observed - usual)}
    blanks = {key: measured(round(value, 1), words.unit, quantity) for key, value in numbers.items()}
    return _filled(words.text if abs(points) >= _WORTH_NAMING else words.as_usual, blanks)


def _plainly(feature: str, told: Mapping[str, Json]) -> str:
    text = _FEATURES.get(feature, made_plain(feature.replace("_", " ").capitalize(), longest=60))
    observed, usual = told.get("observed"), told.get("usual")
    if is_number(observed):
        text += f" {figure(round(observed, 1))}"
    return f"{text}, usually {figure(round(usual, 1))}" if is_number(usual) else text


def _words(event: Event, catalogue: Catalogue | None) -> Words | None:
    return catalogue.advice.get(event.object.id) if catalogue is not None else None


class _Blanks(dict[str, str]):
    """What is filled in; a blank nobody knows stays empty rather than breaking the card."""

    def __missing__(self, key: str) -> str:
        return ""


def _filled(template: str, blanks: Mapping[str, str]) -> str:
    return template.format_map(_Blanks(blanks))
