"""This is the place for the watch: heart rate, steps each minute, and whether it is worn."""

import numpy as np

from devices.arrays import Bools
from devices.chance import Chance
from devices.physiology.body import State
from devices.stage.script import Kind, Script
from devices.things.pulse_sensor import PulseSensor
from devices.things.voice import Saying, Voice, Words
from devices.things.wear import Contact, Wear
from healthmon.events import Thing

_HR, _STEPS, _WORN = Thing("HR"), Thing("STEPS"), Thing("WORN")


class Watch:
    """One person's watch. Remembers only what it last said about being worn."""

    def __init__(self, voice: Voice, chance: Chance, script: Script, person: str) -> None:
        self._voice = voice
        self._sensor = PulseSensor(chance.of("sensor"), script, person)
        device = voice.speaker.id
        self._wear = Wear(chance.of("wear"), script, person, device, Kind.OFF_WRIST, charged_at=19.5)
        self._said_worn: bool | None = None

    def contact(self, state: State) -> Contact:
        """How it is worn at these times."""
        return self._wear.contact(state)

    def says(self, state: State, texts: list[str], contact: Contact) -> list[Saying]:
        """Its sentences at the times of this state, `texts` as the wire writes them, in order."""
        words = self._changes(state, texts, contact)
        words += self._rates(state, texts, contact)
        return self._voice.says(words + _steps(state, texts, contact))

    def _rates(self, state: State, texts: list[str], contact: Contact) -> list[Words]:
        rates = self._sensor.reads(state, contact.worn).astype(np.int64).tolist()
        rows = zip(state.at.tolist(), texts, rates, contact.measures.tolist(), strict=True)
        return [
            (at, text, "MEASURES", _HR, {"value": rate, "unit": "/min"}) for at, text, rate, on in rows if on
        ]

    def _changes(self, state: State, texts: list[str], contact: Contact) -> list[Words]:
        """Being taken off is said also by a watch about to charge; a mute one says it later."""
        words: list[Words] = []
        for index in np.flatnonzero(~contact.mute).tolist() if contact.mute.any() else _turns(contact.worn):
            is_worn = bool(contact.worn[index])
            if is_worn != self._said_worn:
                self._said_worn = is_worn
                words.append((float(state.at[index]), texts[index], "REPORTS", _WORN, {"value": is_worn}))
        return words


def _turns(worn: Bools) -> list[int]:
    """Where it may have changed: at the first time, and where it differs from the time before."""
    return [0, *(np.flatnonzero(worn[1:] != worn[:-1]) + 1).tolist()]


def _steps(state: State, texts: list[str], contact: Contact) -> list[Words]:
    """At each full minute, the steps of the minute that ended."""
    full = np.flatnonzero((state.at % 60 == 0) & contact.worn & contact.measures).tolist()
    steps = np.rint(state.steps_before).astype(np.int64).tolist()
    return [
        (float(state.at[i]), texts[i], "MEASURES", _STEPS, {"value": steps[i], "unit": "/min"}) for i in full
    ]
