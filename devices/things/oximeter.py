"""This is the place for the oximeter: oxygen, its own doubts about it, and whether a finger is in it."""

import numpy as np

from devices.chance import Chance
from devices.physiology.body import State
from devices.stage.script import Kind, Script
from devices.things.oxygen_sensor import OxygenSensor
from devices.things.voice import Saying, Voice, Words
from devices.things.wear import Wear
from devices.things.wearing import Wearing
from healthmon.events import Json, Thing

_SPO2 = Thing("SPO2")


class Oximeter:
    """One person's oximeter. Remembers only what it last said about being worn."""

    def __init__(self, voice: Voice, chance: Chance, script: Script, person: str) -> None:
        self._voice = voice
        self._sensor = OxygenSensor(chance.of("sensor"))
        device = voice.speaker.id
        self._wear = Wear(chance.of("wear"), script, person, device, Kind.OFF_FINGER, charged_at=12.5)
        self._wearing = Wearing()

    def says(self, state: State, texts: list[str]) -> list[Saying]:
        """Its sentences at the times of this state, `texts` as the wire writes them, in order."""
        contact = self._wear.contact(state)
        readings = self._sensor.reads(state, contact.worn)
        rows = zip(
            state.at.tolist(),
            texts,
            readings.percent.astype(np.int64).tolist(),
            readings.poor.tolist(),
            contact.measures.tolist(),
            strict=True,
        )
        words: list[Words] = [
            (at, text, "MEASURES", _SPO2, _context(percent, is_poor=poor))
            for at, text, percent, poor, measures in rows
            if measures
        ]
        return self._voice.says(self._wearing.changes(state, texts, contact) + words)


def _context(percent: int, *, is_poor: bool) -> dict[str, Json]:
    doubt: dict[str, Json] = {"quality": "poor"} if is_poor else {}
    return {"value": percent, "unit": "%", **doubt}
