"""This is the place for a whole simulated home: its people, their bodies, and every device in it.

What the home says over a stretch of time does not depend on how the stretch is cut, nor, for one person's own
devices, on who else lives there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

import numpy as np

from devices.arrays import Floats
from devices.chance import Chance
from devices.people import Person
from devices.physiology.body import Body, State
from devices.physiology.caffeine import Coffee
from devices.stage.script import Script
from devices.things.introduction import oximeter_of, watch_of
from devices.things.kettle import BOILS_FOR, Kettle
from devices.things.oximeter import Oximeter
from devices.things.truth import Truth
from devices.things.voice import Saying, Voice, told
from devices.things.watch import Watch
from healthmon.events import Json, Thing

KETTLE = Thing("KETTLE", "kettle-1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a home is simulated. `every` is the time between two readings in s."""

    seed: int
    boot: str
    every: float = 1.0
    claims: bool = False  # devices say whose readings they are
    knows_drinkers: bool = False  # the kettle says whose coffee it is
    truth: bool = False  # the hidden state is told as well


class _Dweller:
    """One person with body and devices."""

    def __init__(self, person: Person, number: int, script: Script, manner: Manner) -> None:
        chance = Chance(manner.seed, "devices", person.id)
        claims: dict[str, Json] = {"person": person.id} if manner.claims else {}
        watch, oximeter = watch_of(number), oximeter_of(number)
        self.body = Body(person, manner.seed, script)
        self.devices = (watch.id, oximeter.id)
        self._watch = Watch(Voice(watch, manner.boot, claims=claims), chance.of("watch"), script, person.id)
        voice = Voice(oximeter, manner.boot, claims=claims)
        self._oximeter = Oximeter(voice, chance.of("oximeter"), script, person.id)
        self._truth = Truth(person.id, manner.boot) if manner.truth else None

    def says(self, times: Floats, texts: list[str]) -> list[Saying]:
        state: State = self.body.state(times)
        contact = self._watch.contact(state)
        truth = self._truth.says(state, texts, contact.worn) if self._truth else []
        return [*self._watch.says(state, texts, contact), *self._oximeter.says(state, texts), *truth]


class Household:
    """People and devices under one roof. One thread; time may only go forward."""

    def __init__(self, people: Sequence[Person], script: Script, manner: Manner) -> None:
        self.every = manner.every  # s between two readings
        self._knows_drinkers = manner.knows_drinkers
        self._script = script
        self._dwellers = [_Dweller(person, n, script, manner) for n, person in enumerate(people, start=1)]
        self._kettle = Kettle(Voice(KETTLE, manner.boot))
        self._guests = {
            spoken.subject: Voice(spoken.subject, f"{manner.boot}-said") for _, spoken in script.said
        }

    def devices(self) -> tuple[str, ...]:
        """The ids of all that will speak here."""
        worn = [device for dweller in self._dwellers for device in dweller.devices]
        said = [speaker.id for speaker in self._guests]
        return tuple(dict.fromkeys([*worn, KETTLE.id, *said]))

    def says(self, start: float, end: float) -> list[Saying]:
        """All sentences after `start` and up to `end` (s since the epoch), in the order of their times."""
        times = grid(start, end, self.every)
        sayings = self._measured(times) if len(times) else []
        sayings += self._kettle.says(self._cups(start, end + BOILS_FOR + 1), start, end)
        sayings += self._said(start, end)
        return sorted(sayings, key=itemgetter(0))

    def _measured(self, times: Floats) -> list[Saying]:
        texts = told(times)
        return [saying for dweller in self._dwellers for saying in dweller.says(times, texts)]

    def _cups(self, start: float, end: float) -> list[tuple[str, Coffee]]:
        return [
            (dweller.body.person.id, replace(coffee, claimed=coffee.claimed or self._knows_drinkers))
            for dweller in self._dwellers
            for coffee in dweller.body.coffees(start, end)
        ]

    def _said(self, start: float, end: float) -> list[Saying]:
        now = [(at, spoken) for at, spoken in self._script.said if start < at <= end]
        return [
            saying
            for at, spoken in now
            for saying in self._guests[spoken.subject].says(
                [(at, told(np.array([at]))[0], spoken.verb, spoken.object, dict(spoken.context))]
            )
        ]


def grid(start: float, end: float, every: float) -> Floats:
    """The multiples of `every` seconds after `start` and up to `end`."""
    first, last = int(np.floor(start / every)) + 1, int(np.floor(end / every))
    return np.arange(first, last + 1, dtype=np.float64) * every
