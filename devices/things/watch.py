"""This is the place for the watch: heart rate, steps each minute, and whether it is worn."""

import numpy as np

from devices.chance import Chance
from devices.physiology.body import State
from devices.stage.script import Kind, Script
from devices.things.pulse_sensor import PulseSensor
from devices.things.voice import Saying, Voice, Words
from devices.things.wear import Contact, Wear
from devices.things.wearing import Wearing
from healthmon.events import Thing

_HR, _STEPS = Thing("HR"), Thing("STEPS")


class Watch:
    """One person's watch. Remembers only what it last said about being worn."""

    def __init__(self, voice: Voice, chance: Chance, script: Script, person: str) -> None:
        self._voice = voice
        self._sensor = PulseSensor(chance.of("sensor"), script, person)
        device = voice.speaker.id
        self._wear = Wear(chance.of("wear"), script, person, device, Kind.OFF_WRIST, charged_at=19.5)
        self._wearing = Wearing()

    def contact(self, state: State) -> Contact:
        """How it is worn at these times."""
        return self._wear.contact(state)

    def says(self, state: State, texts: list[str], contact: Contact) -> list[Saying]:
        """Its sentences at the times of this state, `texts` as the wire writes them, in order."""
        words = self._wearing.changes(state, texts, contact)
        words += self._rates(state, texts, contact)
        return self._voice.says(words + _steps(state, texts, contact))

    def _rates(self, state: State, texts: list[str], contact: Contact) -> list[Words]:
        rates = self._sensor.reads(state, contact.worn).astype(np.int64).tolist()
        rows = zip(state.at.tolist(), texts, rates, contact.measures.tolist(), strict=True)
        return [
            (at, text, "MEASURES", _HR, {"value": rate, "unit": "/min"}) for at, text, rate, on in rows if on
        ]


def _steps(state: State, texts: list[str], contact: Contact) -> list[Words]:
    """At each full minute, the steps of the minute that ended."""
    full = np.flatnonzero((state.at % 60 == 0) & contact.worn & contact.measures).tolist()
    steps = np.rint(state.steps_before).astype(np.int64).tolist()
    return [
        (float(state.at[i]), texts[i], "MEASURES", _STEPS, {"value": steps[i], "unit": "/min"}) for i in full
    ]
